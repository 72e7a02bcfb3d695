import { enteredCells, leaves, linesAt, type Table, tableOf, unitAt } from "../report/format.ts";
import { expectedInForce, inForceBefore } from "../report/last-year.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, cellAddress } from "./finding.ts";
import { columnName, countAt, figureAt, named, rowName, tableIn } from "./lookup.ts";
import { openingsOf } from "./opening.ts";
import { writtenAt } from "./reasons.ts";
import { isSettled, stocksOf } from "./tables.ts";

export const lastYearRules: readonly Rule[] = [
  carriedOverDifferently,
  stockDoesNotFollow,
  stockCannotBeCompared,
  pendingCasesLost,
  greatChanges,
];

/**
 * X01: what this year opens with is what last year closed with, for every kind of applicant. A written reason lets a row
 * open with other figures: then it is a warning, which that reason answers.
 */
function carriedOverDifferently(context: CheckContext): RawFinding[] {
  const { format, lastYear, report } = context;
  if (!lastYear) return [];
  return openingsOf(format, lastYear).flatMap(({ table: id, row, figures, key, about }) => {
    const table = tableOf(format, id);
    const isExplained = writtenAt(report.reasons, key, about).state === "given";
    return figures.flatMap(({ column, closingRow, figure: closing }): RawFinding[] => {
      const opening = figureAt(context, id, row, column);
      if (typeof opening !== "number" || opening === closing) return [];
      const params = {
        column: columnName(table, column),
        opening,
        lastYear: lastYear.report.year,
        closingRow: rowName(table, closingRow),
        closing,
      };
      const severity = isExplained ? { severity: "warning" as const, shared: { key, about } } : {};
      return [{ code: "X01", at: cellAddress(id, row, column), params, ...severity }];
    });
  });
}

/** X02: in force last year, and issued, less repealed, is in force this year. */
function stockDoesNotFollow(context: CheckContext): RawFinding[] {
  const { lastYear, format, report } = context;
  if (!lastYear) return [];
  return stocksOf(context).flatMap(({ stock, row, inForce }): RawFinding[] => {
    const awaited = expectedInForce(format, report, lastYear, stock.table, row);
    if (!awaited || awaited.expected === inForce) return [];
    const { expected } = awaited;
    const params = {
      row: rowName(tableOf(format, stock.table), row),
      ...awaited,
      inForce,
      difference: Math.abs(expected - inForce),
    };
    return [{ code: "X02", at: cellAddress(stock.table, row, stock.inForce), params }];
  });
}

/** X05: last year's form did not count what is in force, so X02 has nothing to go by. Once a report. */
function stockCannotBeCompared(context: CheckContext): RawFinding[] {
  const { lastYear } = context;
  if (!lastYear) return [];
  const uncomparable = stocksOf(context).find(
    ({ stock, row, inForce }) => inForce > 0 && inForceBefore(lastYear, stock.table, row) === undefined,
  );
  if (!uncomparable) return [];
  const { stock, row, inForce } = uncomparable;
  const params = {
    lastYear: lastYear.report.year,
    row: rowName(tableOf(context.format, stock.table), row),
    inForce,
  };
  return [{ code: "X05", at: cellAddress(stock.table, row, stock.inForce), params }];
}

/** X03: cases that were pending last year are among this year's. */
function pendingCasesLost(context: CheckContext): RawFinding[] {
  const { lastYear } = context;
  if (!lastYear) return [];
  const kinds = [
    { name: "行政复议", columns: ["review"] },
    { name: "行政诉讼", columns: ["direct", "afterReview"] },
  ];
  return kinds.flatMap(({ name, columns }): RawFinding[] => {
    const sum = (source: Parameters<typeof countAt>[0], end: string) =>
      columns.reduce((all, column) => all + (countAt(source, "disputes", "cases", `${column}${end}`) ?? 0), 0);
    if (columns.some((column) => !isSettled(context, "disputes", "cases", `${column}Total`))) return [];
    const pending = sum(lastYear, "Pending");
    const all = sum(context, "Total");
    if (all >= pending) return [];
    const at = cellAddress("disputes", "cases", `${columns[0]}Total`);
    return [{ code: "X03", at, params: { name, pending, all } }];
  });
}

/** How many times a figure grows or shrinks before it is worth a look, and how large one must be to count. */
const GREAT_CHANGE = 10;
const WORTH_A_LOOK = 50;

/**
 * X04: figures that have nothing in common with last year's. Of a row with a total only the total is looked at; decisions
 * that went to none are A04's, fees a hundred times as high V06's.
 */
function greatChanges(context: CheckContext): RawFinding[] {
  const { format, lastYear } = context;
  if (!lastYear) return [];
  return format.tables.flatMap((table) =>
    comparedCells(table).flatMap(({ row, column }): RawFinding[] => {
      const last = tableIn(lastYear, table.id);
      const lines = last && linesAt(last, row, column);
      if (!lines || lines.column.label !== linesAt(table, row, column)?.column.label) return [];
      const before = Number(figureAt(lastYear, table.id, row, column) ?? Number.NaN);
      const now = Number(figureAt(context, table.id, row, column) ?? Number.NaN);
      if (!isSettled(context, table.id, row, column) || !isGreat(before, now)) return [];
      if (column === "decisions" && now === 0 && before > 100) return [];
      if (unitAt(lines.row, lines.column) === "money" && now >= before * 100) return [];
      const { cell, at } = named(table, row, column);
      return [{ code: "X04", at, params: { cell, before, now } }];
    }),
  );
}

const isGreat = (before: number, now: number): boolean => {
  if (now === 0) return before > WORTH_A_LOOK;
  if (before === 0 || Math.max(before, now) < WORTH_A_LOOK) return false;
  return now > before * GREAT_CHANGE || before > now * GREAT_CHANGE;
};

/** The cells of a table that stand for the rest: the total of a row that has one, else every entered cell. */
function comparedCells(table: Table): { row: string; column: string }[] {
  return table.bands.flatMap((band) => {
    const columns = leaves(band.columns);
    const total = columns.filter(({ sum }) => sum).length === 1 ? columns.find(({ sum }) => sum) : undefined;
    if (!total) {
      return enteredCells({ ...table, bands: [band] }).map(({ row, column }) => ({ row: row.id, column: column.id }));
    }
    return leaves(band.rows).map((row) => ({ row: row.id, column: total.id }));
  });
}
