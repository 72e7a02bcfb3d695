import { printedReport } from "../report/chips.ts";
import { type Format, leaves } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import { catalogue, type RawFinding, type Rule } from "./catalogue.ts";
import { cellRules } from "./cells.ts";
import { chipRules } from "./chips.ts";
import { contentRules } from "./content.ts";
import { copyingRules } from "./copying.ts";
import { dateRules } from "./dates.ts";
import { feeRules } from "./fees.ts";
import {
  type CheckContext,
  type CheckRequest,
  cellAddress,
  type Finding,
  parsePlace,
  type Severity,
} from "./finding.ts";
import { glyphRules } from "./glyphs.ts";
import { lastYearRules } from "./last-year.ts";
import { narrativeRules } from "./narrative.ts";
import { publicationRules } from "./publication.ts";
import { regionRules } from "./region.ts";
import { rememberedRules } from "./remembered.ts";
import { requirementRules } from "./requirements.ts";
import { statisticRules } from "./statistics.ts";
import { structureRules } from "./structure.ts";
import { sumRules } from "./sums.ts";
import { tableRules } from "./tables.ts";
import { typographyRules } from "./typography.ts";
import { wordingRules } from "./wording.ts";
import { yearRules } from "./years.ts";

const rules: readonly Rule[] = [
  ...[cellRules, tableRules, lastYearRules, feeRules].flat(),
  ...[yearRules, dateRules, structureRules, contentRules, chipRules].flat(),
  ...[narrativeRules, sumRules, statisticRules].flat(),
  ...[copyingRules, wordingRules, typographyRules, glyphRules].flat(),
  ...[requirementRules, regionRules, publicationRules].flat(),
];
const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, hint: 2 };
/** More than any part holds of places, so that the parts of a document keep apart. */
const PART = 10_000_000;

type Check = (request: CheckRequest) => Finding[];

/** Everything the engine has to say about a report: errors first, and within a severity in the order of the document. */
export const check: Check = (request) => checkBy(request, ask);

/**
 * The same for a report that is edited again and again: only rules that looked at what changed are asked anew, and a
 * finding that stays is the same object as before. The report must not be changed in place.
 */
export function rememberingCheck(): Check {
  const remembered = rememberedRules(ask);
  return (request) => checkBy(request, remembered);
}

const ask = (rule: Rule, context: CheckContext): readonly Finding[] => rule(context).map(worded);

function checkBy(request: CheckRequest, judge: typeof ask): Finding[] {
  const orderOf = documentOrder(request.format);
  const context = asPrinted(request);
  return rules
    .flatMap((rule) => judge(rule, context))
    .map((finding) => ({ finding, order: orderOf(finding.at) }))
    .sort((a, b) => ranks[a.finding.severity] - ranks[b.finding.severity] || a.order - b.order)
    .map(({ finding }) => finding);
}

/** What the rules look at. Only the report of the year before is last year's: any other has nothing to say. */
function asPrinted({ lastYear, others, publication, ...request }: CheckRequest): CheckContext {
  const printed = ({ format, report }: { format: Format; report: Report }) => ({
    format,
    report: printedReport(format, report),
  });
  const isLastYear = lastYear?.report.year === request.report.year - 1;
  return {
    ...request,
    report: printedReport(request.format, request.report),
    ...(lastYear && isLastYear && { lastYear: printed(lastYear) }),
    ...(others && { others: others.map(printed) }),
    ...(publication && {
      publication: {
        date: publication.date,
        ...(publication.report && { report: printedReport(request.format, publication.report) }),
      },
    }),
  };
}

/**
 * Whether a report could not be submitted as it stands: its documents bear the mark of a draft. Last year's report is told
 * where there is one, and the report with its written reasons.
 */
export const isDraft = (format: Format, report: Report, lastYear?: CheckRequest["lastYear"]): boolean =>
  check({ format, report, stage: "submission", ...(lastYear && { lastYear }) }).some(
    ({ severity }) => severity === "error",
  );

function worded(raw: RawFinding): Finding {
  const { severity, message, advice } = catalogue[raw.code];
  const params: Record<string, string | number> = raw.params;
  return {
    code: raw.code,
    severity: raw.severity ?? severity,
    at: raw.at,
    message: message.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? "")),
    advice,
    params,
    ...(raw.fix && { fix: raw.fix }),
    ...(raw.shared && { shared: raw.shared }),
  };
}

/** Where a place stands in the document, as a number to sort by. */
function documentOrder(format: Format): (at: string) => number {
  const parts = ["title", "opening", ...format.sections.map((section) => section.id), "closing"];
  const cells = cellOrder(format);
  return (at) => {
    const place = parsePlace(at);
    if (place.kind === "cell") return parts.indexOf(place.table) * PART + (cells.get(at) ?? 0);
    return parts.indexOf(place.part) * PART + (place.kind === "passage" ? place.from : 0);
  };
}

const cellOrders = new WeakMap<Format, Map<string, number>>();

function cellOrder(format: Format): Map<string, number> {
  const cached = cellOrders.get(format);
  if (cached) return cached;
  const order = new Map<string, number>();
  for (const table of format.tables) {
    for (const band of table.bands) {
      for (const row of leaves(band.rows)) {
        for (const column of leaves(band.columns)) order.set(cellAddress(table.id, row.id, column.id), order.size);
      }
    }
  }
  cellOrders.set(format, order);
  return order;
}
