import type { Table } from "@/lib/report/format.ts";
import { type PlacedCell, placedGrid, placeOf } from "@/lib/report/grid.ts";
import type { Area } from "@/lib/sheet/copy.ts";

/** A cell by its row and column. */
export type Spot = { row: string; column: string };
export type Move = "up" | "down" | "left" | "right" | "rowStart" | "rowEnd" | "first" | "last";

/** The cell an element shows, by its id; undefined for elements that show none of this table. */
export function spotOf(table: Table, element: { id: string }): Spot | undefined {
  const [id, row, column, ...more] = element.id.split(".");
  return id === table.id && row && column && more.length === 0 ? { row, column } : undefined;
}

export const elementOf = (table: Table, { row, column }: Spot): string => `${table.id}.${row}.${column}`;

/**
 * The next cell to fill in: over the printed grid, past headings and sums. `lane` is the grid column to keep to on the
 * way up or down, where merged cells are wider than those they follow. Undefined at the edge of the table.
 */
export function moved(table: Table, from: Spot, move: Move, lane?: number): Spot | undefined {
  return firstOn(table, from, move, lane, (cell) => cell.role === "entry");
}

/** Where a selection ends after a step that widens or narrows it: like a move, but sums belong to it. */
export function extended(table: Table, from: Spot, move: Move): Spot | undefined {
  return firstOn(table, from, move, undefined, (cell) => cell.at !== undefined);
}

function firstOn(
  table: Table,
  from: Spot,
  move: Move,
  lane: number | undefined,
  isWanted: (cell: PlacedCell) => boolean,
): Spot | undefined {
  const start = placeOf(table, from.row, from.column);
  if (!start) return undefined;
  const cells = placedGrid(table);
  const inLane = cells.map((row) => row[lane ?? start.left]);
  const inRow = cells[start.top] ?? [];
  const ways: Record<Move, readonly (PlacedCell | undefined)[]> = {
    up: inLane.slice(0, start.top).reverse(),
    down: inLane.slice(start.top + start.rowSpan),
    left: inRow.slice(0, start.left).reverse(),
    right: inRow.slice(start.left + start.colSpan),
    rowStart: inRow,
    rowEnd: [...inRow].reverse(),
    first: cells.flat(),
    last: cells.flat().reverse(),
  };
  const at = ways[move].find((cell) => cell && isWanted(cell))?.at;
  return at && { row: at.row.id, column: at.column.id };
}

/** The smallest rectangle of the printed grid that holds both cells and cuts no figure in two. */
export function areaOf(table: Table, one: Spot, other: Spot): Area | undefined {
  const corners = [placeOf(table, one.row, one.column), placeOf(table, other.row, other.column)];
  const [first, second] = corners;
  if (!first || !second) return undefined;
  let area = bounds([first, second]);
  for (;;) {
    const wider = bounds(cellsIn(table, area).filter(({ at }) => at));
    if (JSON.stringify(wider) === JSON.stringify(area)) return area;
    area = wider;
  }
}

/** The printed cells in a rectangle, each once. */
export const cellsIn = (table: Table, { top, left, bottom, right }: Area): PlacedCell[] => [
  ...new Set(
    placedGrid(table)
      .slice(top, bottom + 1)
      .flatMap((row) => row.slice(left, right + 1)),
  ),
];

const bounds = (cells: readonly PlacedCell[]): Area => ({
  top: Math.min(...cells.map(({ top }) => top)),
  left: Math.min(...cells.map(({ left }) => left)),
  bottom: Math.max(...cells.map(({ top, rowSpan }) => top + rowSpan - 1)),
  right: Math.max(...cells.map(({ left, colSpan }) => left + colSpan - 1)),
});
