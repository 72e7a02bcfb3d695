import { type Format, leaves } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import { catalogue, type RawFinding, type Rule } from "./catalogue.ts";
import { cellRules } from "./cells.ts";
import { feeRules } from "./fees.ts";
import { type CheckContext, cellAddress, type Finding, parsePlace, type Severity } from "./finding.ts";
import { structureRules } from "./structure.ts";
import { tableRules } from "./tables.ts";
import { yearRules } from "./years.ts";

const rules: readonly Rule[] = [...cellRules, ...tableRules, ...feeRules, ...yearRules, ...structureRules];
const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, hint: 2 };
/** More than any part holds of places, so that the parts of a document keep apart. */
const PART = 10_000_000;

/** Everything the engine has to say about a report: errors first, and within a severity in the order of the document. */
export function check(context: CheckContext): Finding[] {
  const orderOf = documentOrder(context.format);
  const judged = withoutOtherYears(context);
  return rules
    .flatMap((rule) => rule(judged))
    .map((raw) => ({ finding: worded(raw), order: orderOf(raw.at) }))
    .sort((a, b) => ranks[a.finding.severity] - ranks[b.finding.severity] || a.order - b.order)
    .map(({ finding }) => finding);
}

/** Only the report of the year before is last year's: any other has nothing to say. */
function withoutOtherYears({ lastYear, ...context }: CheckContext): CheckContext {
  return lastYear?.report.year === context.report.year - 1 ? { ...context, lastYear } : context;
}

/** Whether a report could not be submitted as it stands: its documents bear the mark of a draft. */
export const isDraft = (format: Format, report: Report): boolean =>
  check({ format, report, stage: "submission" }).some(({ severity }) => severity === "error");

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
