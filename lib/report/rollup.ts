import { enteredCells, type Format } from "./format.ts";
import type { Report, Rows } from "./report.ts";
import { type Figure, figure, total } from "./totals.ts";

type Tables = Pick<Report, "tables">;

/**
 * 汇总: the tables of a region, each entered figure the sum of its units' figures. Blank where it is blank in all of them. Sums
 * of lines are not added up but computed, as in every report.
 */
export const rollUp = (format: Format, units: readonly Tables[]): Report["tables"] =>
  Object.fromEntries(
    format.tables.map((table) => {
      const rows: Rows = {};
      for (const { row, column } of enteredCells(table)) {
        const figures = units.map(({ tables }) => figure(table, tables[table.id] ?? {}, row.id, column.id));
        rows[row.id] = { ...rows[row.id], [column.id]: total(figures) };
      }
      return [table.id, rows];
    }),
  );

/** The units that contribute to a figure of the sum, entered or computed, the largest first. Zeros and blanks do not. */
export function contributions<Unit extends Tables>(
  format: Format,
  units: readonly Unit[],
  cell: { table: string; row: string; column: string },
): { unit: Unit; figure: Exclude<Figure, null> }[] {
  const table = format.tables.find(({ id }) => id === cell.table);
  if (!table) return [];
  return units
    .flatMap((unit) => {
      const value = figure(table, unit.tables[table.id] ?? {}, cell.row, cell.column);
      return value === null || Number(value) === 0 ? [] : [{ unit, figure: value }];
    })
    .sort((a, b) => Number(b.figure) - Number(a.figure));
}
