import { printedReport } from "../report/chips.ts";
import { type Format, leaves } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import { catalogue, type RawFinding, type Rule } from "./catalogue.ts";
import { cellRules } from "./cells.ts";
import { chipRules } from "./chips.ts";
import { feeRules } from "./fees.ts";
import {
  type CheckContext,
  type CheckRequest,
  cellAddress,
  type Finding,
  parsePlace,
  type Severity,
} from "./finding.ts";
import { structureRules } from "./structure.ts";
import { tableRules } from "./tables.ts";
import { yearRules } from "./years.ts";

const rules: readonly Rule[] = [
  ...cellRules,
  ...tableRules,
  ...feeRules,
  ...yearRules,
  ...chipRules,
  ...structureRules,
];
const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, hint: 2 };
/** More than any part holds of places, so that the parts of a document keep apart. */
const PART = 10_000_000;

/** Everything the engine has to say about a report: errors first, and within a severity in the order of the document. */
export function check(request: CheckRequest): Finding[] {
  const orderOf = documentOrder(request.format);
  const judged = asPrinted(request);
  return rules
    .flatMap((rule) => rule(judged))
    .map((raw) => ({ finding: worded(raw), order: orderOf(raw.at) }))
    .sort((a, b) => ranks[a.finding.severity] - ranks[b.finding.severity] || a.order - b.order)
    .map(({ finding }) => finding);
}

/** What the rules look at. Only the report of the year before is last year's: any other has nothing to say. */
function asPrinted({ lastYear, ...request }: CheckRequest): CheckContext {
  const context = { ...request, report: printedReport(request.format, request.report) };
  if (lastYear?.report.year !== request.report.year - 1) return context;
  return { ...context, lastYear: { ...lastYear, report: printedReport(lastYear.format, lastYear.report) } };
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
