import { openingOf, printedDate, titleOf } from "../report/compose.ts";
import { enteredCells, plainLabel, unitAt } from "../report/format.ts";
import { plainText } from "../report/prose.ts";
import type { PrintedReport } from "../report/report.ts";
import { type Figure, total } from "../report/totals.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { deadlineOf } from "./dates.ts";
import { type CheckContext, cellAddress } from "./finding.ts";
import { countAt, figureAt, named } from "./lookup.ts";
import { standingOf } from "./standing.ts";

export const publicationRules: readonly Rule[] = [
  sumsOfBodies,
  missingBodies,
  suitsCountedTwice,
  publishedLate,
  changedAfterPublication,
];

/** R01: every figure of a region's report is the sum of its bodies' figures and of the adjustments that were written down. */
function sumsOfBodies(context: CheckContext): RawFinding[] {
  const { rollup, format } = context;
  if (!rollup || rollup.bodies.length === 0) return [];
  return format.tables.flatMap((table) =>
    enteredCells(table).flatMap(({ row, column }): RawFinding[] => {
      const { cell, at } = named(table, row.id, column.id);
      const figures = rollup.bodies.map((body) => figureAt(body, table.id, row.id, column.id) ?? null);
      const adjustments = (rollup.adjustments ?? []).filter((adjustment) => adjustment.at === at);
      const isMoney = unitAt(row, column) === "money";
      const sum = Number(total(figures) ?? 0) + adjustments.reduce((all, { delta }) => all + Number(delta), 0);
      const printed: Figure | undefined = figureAt(context, table.id, row.id, column.id);
      if (printed === null || printed === undefined || same(Number(printed), sum)) return [];
      const params = {
        cell,
        bodies: rollup.bodies.length,
        adjusted: adjustments.length > 0 ? `，含${adjustments.length}项调整` : "",
        sum: isMoney ? String(Number(sum.toFixed(6))) : sum,
        printed,
      };
      return [{ code: "R01", at, params }];
    }),
  );
}

const same = (a: number, b: number): boolean => Math.abs(a - b) < 1e-7;

/** R02: bodies whose reports were expected and have not come. */
function missingBodies({ rollup }: CheckContext): RawFinding[] {
  const missing = rollup?.missing ?? [];
  if (missing.length === 0) return [];
  const listed = missing.length > 10 ? `${missing.slice(0, 10).join("、")}等` : missing.join("、");
  return [{ code: "R02", at: "title", params: { n: missing.length, missing: listed } }];
}

const DISPUTES = "disputes";
const CASES = "cases";
const AFTER_REVIEW = "afterReview";

/** R03: a government and its bodies both report suits after 复议, in which they may have stood side by side. */
function suitsCountedTwice({ rollup }: CheckContext): RawFinding[] {
  const suits = (rollup?.bodies ?? [])
    .map((body) => ({
      name: body.report.organisation.name,
      isGovernment: standingOf(body.report.organisation).kind === "government",
      count: countAt(body, DISPUTES, CASES, `${AFTER_REVIEW}Total`) ?? 0,
    }))
    .filter(({ count }) => count > 0);
  const [government] = suits.filter(({ isGovernment }) => isGovernment);
  const others = suits.filter((body) => body !== government).reduce((all, { count }) => all + count, 0);
  const isAdjusted = rollup?.adjustments?.some(({ at }) => at.startsWith(cellAddress(DISPUTES, CASES, AFTER_REVIEW)));
  if (!government || others === 0 || isAdjusted) return [];
  const params = { government: government.name, own: government.count, others };
  return [{ code: "R03", at: cellAddress(DISPUTES, CASES, `${AFTER_REVIEW}Total`), params }];
}

/** Days before the deadline at which an unpublished report is spoken of. */
const SOON = 7;

/** R04: published behind the deadline, or not published with few days left. Days are data; there is no clock here. */
function publishedLate(context: CheckContext): RawFinding[] {
  const { publication, today } = context;
  const { day, by } = deadlineOf(context);
  if (publication) {
    if (publication.date <= day) return [];
    const problem = `公布日期${printedDate(publication.date)}晚于${by}规定的${printedDate(day)}`;
    return [{ code: "R04", at: "closing", params: { problem } }];
  }
  if (!today) return [];
  const left = daysBetween(today, day);
  if (left > SOON) return [];
  const problem =
    left < 0
      ? `已过${by}规定的公布期限${printedDate(day)}${-left}天，还没有公布`
      : `距${by}规定的公布期限${printedDate(day)}还有${left}天，还没有公布`;
  return [{ code: "R04", at: "closing", params: { problem }, severity: left < 0 ? "warning" : "hint" }];
}

const DAY = 86_400_000;
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/** R05: what stands in the report now is not what was published. One finding, naming the parts. */
function changedAfterPublication(context: CheckContext): RawFinding[] {
  const { format, report, publication } = context;
  const published = publication?.report;
  if (!published) return [];
  const parts = [
    { at: "title", name: "标题", of: (of: PrintedReport) => titleOf(format, of) },
    { at: "opening", name: "开头部分", of: (of: PrintedReport) => openingOf(format, of) },
    ...format.sections.map((section) => ({
      at: section.id,
      name: plainLabel(section.heading),
      of: (of: PrintedReport) =>
        section.kind === "prose"
          ? plainText(of.prose[section.id] ?? [])
          : JSON.stringify(figuresOf(context, of, section.id)),
    })),
  ];
  const changed = parts.filter(({ of }) => of(report) !== of(published));
  const [first] = changed;
  if (!first) return [];
  return [{ code: "R05", at: first.at, params: { parts: changed.map(({ name }) => `“${name}”`).join("") } }];
}

const figuresOf = ({ format }: CheckContext, report: PrintedReport, id: string): (Figure | undefined)[] =>
  format.tables
    .filter((table) => table.id === id)
    .flatMap((table) => enteredCells(table).map(({ row, column }) => report.tables[id]?.[row.id]?.[column.id] ?? null));
