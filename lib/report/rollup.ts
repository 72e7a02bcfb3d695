import type { Adjustment } from "./adjustments.ts";
import { cellAt, enteredCells, type Format } from "./format.ts";
import type { Report, Rows } from "./report.ts";
import { enteredAddends, type Figure, figure, total } from "./totals.ts";

/** A unit whose figures are added up. Names are unique among those of a sum. */
export type SummedUnit = { name: string; tables: Report["tables"] };

/**
 * 汇总: the tables of a region, each entered figure the sum of its units' figures and of their adjustments. Blank where there is
 * none of either. Sums of lines are not added up but computed, as in every report.
 */
export function rollUp(
  format: Format,
  units: readonly SummedUnit[],
  adjustments: readonly Adjustment[] = [],
): Report["tables"] {
  const corrections = countedAdjustments(units, adjustments).map(({ cell, delta }) => ({
    at: cellAt(format, cell),
    delta,
  }));
  return Object.fromEntries(
    format.tables.map((table) => {
      const rows: Rows = {};
      for (const { row, column } of enteredCells(table)) {
        const figures = units.map(({ tables }) => figure(table, tables[table.id] ?? {}, row.id, column.id));
        const deltas = corrections.flatMap(({ at, delta }) =>
          at?.table === table && at.row === row.id && at.column === column.id ? [delta] : [],
        );
        rows[row.id] = { ...rows[row.id], [column.id]: total([...figures, ...deltas]) };
      }
      return [table.id, rows];
    }),
  );
}

/** The adjustments that are in the sum: a unit that is not in it has nothing to be corrected. */
export function countedAdjustments<One extends Adjustment>(
  units: readonly Pick<SummedUnit, "name">[],
  adjustments: readonly One[],
): One[] {
  const names = new Set(units.map(({ name }) => name));
  return adjustments.filter(({ unit }) => names.has(unit));
}

/** Those of the adjustments that a figure of the sum, entered or computed, holds. */
export function adjustmentsOf<One extends Adjustment>(
  format: Format,
  adjustments: readonly One[],
  address: string,
): One[] {
  const asked = cellAt(format, address);
  if (!asked) return [];
  const cells = enteredAddends(asked.table, asked.row, asked.column);
  return adjustments.filter(({ cell }) => {
    const at = cellAt(format, cell);
    return at?.table === asked.table && cells.some(({ row, column }) => row === at.row && column === at.column);
  });
}

/** The units that contribute to a figure of the sum, entered or computed, the largest first. Zeros and blanks do not. */
export function contributions<Unit extends SummedUnit>(
  format: Format,
  units: readonly Unit[],
  address: string,
): { unit: Unit; figure: Exclude<Figure, null> }[] {
  const at = cellAt(format, address);
  if (!at) return [];
  return units
    .flatMap((unit) => {
      const value = figure(at.table, unit.tables[at.table.id] ?? {}, at.row, at.column);
      return value === null || Number(value) === 0 ? [] : [{ unit, figure: value }];
    })
    .sort((a, b) => Number(b.figure) - Number(a.figure));
}

/** Adjustments that take more from a unit's figure than there is: the first of each figure. Changes may be below zero. */
export const excessive = <One extends Adjustment>(
  format: Format,
  units: readonly SummedUnit[],
  adjustments: readonly One[],
): One[] =>
  countedAdjustments(units, adjustments).filter((one, _, counted) => {
    const at = cellAt(format, one.cell);
    const ofFigure = counted.filter(({ unit, cell }) => unit === one.unit && cell === one.cell);
    if (!at || at.unit === "delta" || ofFigure[0] !== one) return false;
    const tables = units.find(({ name }) => name === one.unit)?.tables[at.table.id] ?? {};
    const left = total([figure(at.table, tables, at.row, at.column), ...ofFigure.map(({ delta }) => delta)]);
    return Number(left) < 0;
  });
