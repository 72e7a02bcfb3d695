import { isFigure } from "@/lib/report/entry.ts";
import { leaves, linesAt, type Table, unitAt } from "@/lib/report/format.ts";
import type { Rows } from "@/lib/report/report.ts";
import { addendCells, type Figure, total } from "@/lib/report/totals.ts";

type Sum = { cell: string; of: readonly string[] };
const sumsOfTables = new WeakMap<Table, readonly Sum[]>();
const figuresOfRows = new WeakMap<Rows, ReadonlyMap<string, Figure>>();
const noFigures: ReadonlyMap<string, Figure> = new Map();

const cellKey = (row: string, column: string) => `${row}.${column}`;

/**
 * The figures of all computed cells, by `row.column`, each sum formed once from the sums below it: cheap enough to be done
 * with every key.
 */
export function computedFigures(table: Table, rows: Rows | undefined): ReadonlyMap<string, Figure> {
  if (!rows) return noFigures;
  const known = figuresOfRows.get(rows);
  if (known) return known;
  const figures = new Map<string, Figure>();
  for (const { cell, of } of sumsOf(table)) {
    figures.set(cell, total(of.map((addend) => figures.get(addend) ?? enteredFigure(table, rows, addend))));
  }
  figuresOfRows.set(rows, figures);
  return figures;
}

/** The figure of a cell, entered or computed; null where there is none. */
export function figureAt(table: Table, rows: Rows | undefined, row: string, column: string): Figure {
  const key = cellKey(row, column);
  const computed = computedFigures(table, rows);
  if (computed.has(key)) return computed.get(key) ?? null;
  return rows ? enteredFigure(table, rows, key) : null;
}

function enteredFigure(table: Table, rows: Rows, cell: string): Figure {
  const [row = "", column = ""] = cell.split(".");
  const entry = rows[row]?.[column] ?? null;
  if (entry === null) return null;
  const at = linesAt(table, row, column);
  return at && isFigure(unitAt(at.row, at.column), entry) ? entry : null;
}

/** The computed cells of a table in an order in which every sum comes after the sums it adds up. */
function sumsOf(table: Table): readonly Sum[] {
  const known = sumsOfTables.get(table);
  if (known) return known;
  const cells = table.bands.flatMap((band) =>
    leaves(band.rows).flatMap((row) => leaves(band.columns).map((column) => ({ row, column }))),
  );
  // A sum of columns adds cells of its own row, which may be sums of rows: those come first.
  const ordered = [
    ...cells.filter(({ row, column }) => row.sum && !column.sum),
    ...cells.filter(({ column }) => column.sum),
  ];
  const sums = ordered.map(({ row, column }) => ({
    cell: cellKey(row.id, column.id),
    of: addendCells(table, row.id, column.id).map((addend) => cellKey(addend.row, addend.column)),
  }));
  sumsOfTables.set(table, sums);
  return sums;
}
