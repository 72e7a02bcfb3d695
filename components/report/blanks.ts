import { isFigure } from "@/lib/report/entry.ts";
import { enteredCells, type Line, type Table, unitAt } from "@/lib/report/format.ts";
import type { Rows } from "@/lib/report/report.ts";

/** The path by which edits name a cell. */
export const cellPath = (table: Table, row: Line, column: Line): string => `tables.${table.id}.${row.id}.${column.id}`;

/** Paths of the cells that nothing was entered in. Blank is not zero. */
export const blankPaths = (table: Table, rows: Rows | undefined): string[] =>
  enteredCells(table)
    .filter(({ row, column }) => (rows?.[row.id]?.[column.id] ?? null) === null)
    .map(({ row, column }) => cellPath(table, row, column));

/** How many entered figures are not zero. */
export const nonZeroCount = (table: Table, rows: Rows | undefined): number =>
  enteredCells(table).filter(({ row, column }) => {
    const entry = rows?.[row.id]?.[column.id] ?? null;
    return isFigure(unitAt(row, column), entry) && Number(entry) !== 0;
  }).length;
