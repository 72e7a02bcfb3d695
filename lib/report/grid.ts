import { type Band, depth, type Heading, isGroup, type Line, leaves, type Table } from "./format.ts";

/** What a printed cell is: a label that heads the band, its columns or its rows, or a figure. */
export type CellRole = "band" | "corner" | "columnHeading" | "rowHeading" | "entry" | "computed";

/** One printed cell. Spans are derived from the headings, never written by hand. */
export type GridCell = {
  role: CellRole;
  rowSpan: number;
  colSpan: number;
  /** The printed label; absent for figures. */
  label?: string;
  /** The line a heading names, where it names one; groups have none. */
  line?: string;
  /** Where the figure belongs; absent for labels. */
  at?: { row: Line; column: Line };
};
export type GridRow = { band: number; head: boolean; cells: GridCell[] };
export type Grid = {
  /** Number of grid columns; every row covers exactly as many. */
  columns: number;
  /** Rows at the top that are repeated on each page; 0 when the table is made of several bands. */
  headRows: number;
  rows: GridRow[];
};

/** The printed grid of a table, merged cells and all. */
export function grid(table: Table): Grid {
  const cached = grids.get(table);
  if (cached) return cached;
  const columns = Math.max(...table.bands.map(bandWidth));
  const rows = table.bands.flatMap((band, index) =>
    bandRows(band, index).map((row) => ({ ...row, cells: stretch(row.cells, columns - bandWidth(band)) })),
  );
  const [first] = table.bands;
  const headRows = table.bands.length === 1 && first ? depth(first.columns) : 0;
  const result = { columns, headRows, rows };
  grids.set(table, result);
  return result;
}
const grids = new WeakMap<Table, Grid>();

const isLabelled = (band: Band) => leaves(band.rows).some((row) => row.label !== "");
const labelWidth = (band: Band) => (isLabelled(band) ? depth(band.rows) : 0);
const bandWidth = (band: Band) => labelWidth(band) + leaves(band.columns).length;

function bandRows(band: Band, index: number): GridRow[] {
  const rows: GridRow[] = [];
  if (band.title) {
    const title: GridCell = { role: "band", label: band.title, rowSpan: 1, colSpan: bandWidth(band) };
    rows.push({ band: index, head: true, cells: [title] });
  }
  const headings = columnHeadings(band.columns, depth(band.columns));
  if (isLabelled(band)) {
    headings[0]?.unshift({
      role: "corner",
      label: band.corner ?? "",
      rowSpan: headings.length,
      colSpan: labelWidth(band),
    });
  }
  for (const cells of headings) rows.push({ band: index, head: true, cells });
  for (const { labels, row } of rowHeadings(band.rows, labelWidth(band))) {
    const figures = leaves(band.columns).map(
      (column): GridCell => ({
        role: row.sum || column.sum ? "computed" : "entry",
        rowSpan: 1,
        colSpan: 1,
        at: { row, column },
      }),
    );
    rows.push({ band: index, head: false, cells: [...labels, ...figures] });
  }
  return rows;
}

/** Headings above the figures: a group spans its leaves, a leaf reaches down to the last heading row. */
function columnHeadings(headings: readonly Heading[], height: number): GridCell[][] {
  const rows: GridCell[][] = Array.from({ length: height }, () => []);
  for (const heading of headings) {
    rows[0]?.push(
      isGroup(heading)
        ? { role: "columnHeading", label: heading.label, rowSpan: 1, colSpan: leaves(heading.of).length }
        : { role: "columnHeading", label: heading.label, line: heading.id, rowSpan: height, colSpan: 1 },
    );
    if (isGroup(heading)) {
      for (const [below, cells] of columnHeadings(heading.of, height - 1).entries()) {
        rows[below + 1]?.push(...cells);
      }
    }
  }
  return rows;
}

/** Headings beside the figures: the same, turned on its side. */
function rowHeadings(headings: readonly Heading[], width: number): { labels: GridCell[]; row: Line }[] {
  return headings.flatMap((heading) => {
    if (!isGroup(heading)) {
      const label: GridCell = {
        role: "rowHeading",
        label: heading.label,
        line: heading.id,
        rowSpan: 1,
        colSpan: width,
      };
      return [{ labels: width > 0 ? [label] : [], row: heading }];
    }
    const inner = rowHeadings(heading.of, width - 1);
    inner[0]?.labels.unshift({ role: "rowHeading", label: heading.label, rowSpan: inner.length, colSpan: 1 });
    return inner;
  });
}

/** A narrow band fills the table's width by widening its last cell. */
function stretch(cells: GridCell[], by: number): GridCell[] {
  const last = cells.at(-1);
  if (!last || by === 0) return cells;
  return [...cells.slice(0, -1), { ...last, colSpan: last.colSpan + by }];
}

/** A printed cell with the place of its first row and column in the grid. */
export type PlacedCell = GridCell & { top: number; left: number };

/** Every position of the printed grid, row by row, with the cell that covers it. */
export function placedGrid(table: Table): readonly (readonly PlacedCell[])[] {
  const cached = placedGrids.get(table);
  if (cached) return cached;
  const { rows, columns } = grid(table);
  const placed: PlacedCell[][] = rows.map(() => []);
  for (const [top, row] of rows.entries()) {
    let left = 0;
    for (const cell of row.cells) {
      while (placed[top]?.[left]) left += 1;
      const here = { ...cell, top, left };
      for (let down = top; down < top + cell.rowSpan; down++) {
        for (let across = left; across < Math.min(left + cell.colSpan, columns); across++) {
          const covered = placed[down];
          if (covered) covered[across] = here;
        }
      }
    }
  }
  placedGrids.set(table, placed);
  return placed;
}
const placedGrids = new WeakMap<Table, readonly (readonly PlacedCell[])[]>();

/** Where the figure of this row and column is printed; undefined when the table has no such cell. */
export const placeOf = (table: Table, row: string, column: string): PlacedCell | undefined =>
  placedGrid(table)
    .flat()
    .find(({ at }) => at?.row.id === row && at.column.id === column);
