import { openingOf, printedDate, titleOf } from "../report/compose.ts";
import { enteredCells, plainLabel } from "../report/format.ts";
import { plainText } from "../report/prose.ts";
import type { PrintedReport } from "../report/report.ts";
import type { Figure } from "../report/totals.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { deadlineOf } from "./dates.ts";
import type { CheckContext } from "./finding.ts";

export const publicationRules: readonly Rule[] = [publishedLate, changedAfterPublication];

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
