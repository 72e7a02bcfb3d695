import type { Adjustment } from "../report/adjustments.ts";
import { enteredCells, type Format } from "../report/format.ts";
import { contributions, countedAdjustments, rollUp, type SummedUnit } from "../report/rollup.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, cellAddress, type RegionSum } from "./finding.ts";
import { figureAt, named } from "./lookup.ts";
import { reportsForRegion } from "./standing.ts";

export const regionRules: readonly Rule[] = [sumsOfBodies, missingBodies, suitsCountedTwice];

const DISPUTES = "disputes";
const CASES = "cases";
const AFTER_REVIEW = "afterReview";
const SUITS = cellAddress(DISPUTES, CASES, `${AFTER_REVIEW}Total`);

/** What a region's report in this format is held against. `missing`: names of bodies whose reports have not come. */
export const regionSum = (
  format: Format,
  units: readonly SummedUnit[],
  adjustments: readonly Adjustment[],
  missing: readonly string[],
): RegionSum => ({
  tables: rollUp(format, units, adjustments),
  bodies: units.length,
  adjustments: countedAdjustments(units, adjustments),
  missing,
  suits: contributions(format, units, SUITS).map(({ unit, figure }) => ({ name: unit.name, count: Number(figure) })),
});

/** R01: every figure of a region's report is the sum of its bodies' figures and of the adjustments that were written down. */
function sumsOfBodies(context: CheckContext): RawFinding[] {
  const { rollup, format } = context;
  if (!rollup || rollup.bodies === 0) return [];
  return format.tables.flatMap((table) =>
    enteredCells(table).flatMap(({ row, column }): RawFinding[] => {
      const { cell, at } = named(table, row.id, column.id);
      const sum = rollup.tables[table.id]?.[row.id]?.[column.id] ?? 0;
      const printed = figureAt(context, table.id, row.id, column.id);
      if (printed === null || printed === undefined || String(printed) === String(sum)) return [];
      const adjusted = rollup.adjustments.filter((adjustment) => adjustment.cell === at).length;
      const params = {
        cell,
        bodies: rollup.bodies,
        adjusted: adjusted > 0 ? `，含${adjusted}项调整` : "",
        sum,
        printed,
      };
      return [{ code: "R01", at, params }];
    }),
  );
}

/** R02: bodies whose reports were expected and have not come. */
function missingBodies({ rollup }: CheckContext): RawFinding[] {
  const missing = rollup?.missing ?? [];
  if (missing.length === 0) return [];
  const listed = missing.length > 10 ? `${missing.slice(0, 10).join("、")}等` : missing.join("、");
  return [{ code: "R02", at: "title", params: { n: missing.length, missing: listed } }];
}

/**
 * R03: a government and its bodies both report suits after 复议, in which they may have stood side by side. A township decides no
 * 复议.
 */
function suitsCountedTwice({ rollup }: CheckContext): RawFinding[] {
  const suits = rollup?.suits ?? [];
  const government = suits.find(({ name }) => reportsForRegion({ name }));
  const others = suits.filter((body) => body !== government).reduce((all, { count }) => all + count, 0);
  const isAdjusted = rollup?.adjustments.some(({ cell }) =>
    cell.startsWith(cellAddress(DISPUTES, CASES, AFTER_REVIEW)),
  );
  if (!government || others === 0 || isAdjusted) return [];
  return [{ code: "R03", at: SUITS, params: { government: government.name, own: government.count, others } }];
}
