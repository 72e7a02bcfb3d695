import { parseEntry } from "../report/entry.ts";
import { bandOf, type Line, type Table } from "../report/format.ts";
import { type PlacedCell, placedGrid, placeOf } from "../report/grid.ts";
import type { Report } from "../report/report.ts";
import { figure } from "../report/totals.ts";
import type { Clip } from "./clipboard.ts";
import { labelKey } from "./labels.ts";
import type { Laid, Layout, Surplus } from "./layout.ts";
import { headedColumns, headPaths, isHeadRow } from "./paste-by-labels.ts";

type Sheet = { table: Table; report: Report };

/**
 * Lays a block of figures from a cell on: over the printed grid, or, where the block holds no sums and headings, over
 * the cells that are filled in only. The block itself tells which: the layout wins that leaves less over and contradicts
 * fewer sums. Where the block begins with headings of columns, these say which columns it has.
 */
export function laidByPosition(sheet: Sheet, clip: Clip, at: { row: string; column: string }): Layout | undefined {
  const { table } = sheet;
  const start = placeOf(table, at.row, at.column);
  const band = bandOf(table, at.row);
  if (!start || !band) return undefined;
  const firstFigures = clip.findIndex((row) => !isHeadRow(table, row));
  const heads = firstFigures > 0 ? headedColumns(band, headPaths(clip.slice(0, firstFigures))) : undefined;
  const figures = firstFigures > 0 ? clip.slice(firstFigures) : clip;
  if (heads && heads.size > 0) return underHeads(table, figures, start, heads);
  const printed = overGrid(table, figures, start);
  const filledIn = overEntries(table, figures, start);
  return faults(sheet, filledIn) < faults(sheet, printed) ? filledIn : printed;
}

function underHeads(table: Table, clip: Clip, start: PlacedCell, heads: ReadonlyMap<number, Line>): Layout {
  const cells = placedGrid(table);
  return layOut(clip, (down, across) => {
    const column = heads.get(across);
    const cell = column && cells[start.top + down]?.find(({ at }) => at?.column === column);
    return cell?.at ?? { why: column ? "beyond" : "noColumn" };
  });
}

function overGrid(table: Table, clip: Clip, start: PlacedCell): Layout {
  const cells = placedGrid(table);
  return layOut(clip, (down, across, text) => {
    const top = start.top + down;
    const left = start.left + across;
    const cell = cells[top]?.[left];
    if (cell?.at) return cell.top === top && cell.left === left ? cell.at : { why: "beyond" };
    if (cell && labelKey(cell.label ?? "") === labelKey(text)) return undefined;
    return { why: cell ? "heading" : "beyond" };
  });
}

function overEntries(table: Table, clip: Clip, start: PlacedCell): Layout {
  const rows = placedGrid(table)
    .map((row, top) => ({ top, cells: entriesOf(row, top, start.left) }))
    .filter(({ top, cells }) => top >= start.top && cells.length > 0);
  const bare = clip.map((row) => row.filter(({ covered }) => !covered));
  return layOut(bare, (down, across) => rows[down]?.cells[across] ?? { why: "beyond" });
}

/** The cells of a grid row that are filled in, from that grid column on. */
const entriesOf = (row: readonly PlacedCell[], top: number, left: number): { row: Line; column: Line }[] =>
  row
    .filter((cell, at) => cell.role === "entry" && cell.top === top && cell.left === at && at + cell.colSpan > left)
    .flatMap(({ at }) => (at ? [at] : []));

type Found = { row: Line; column: Line } | Pick<Surplus, "why"> | undefined;

/** Asks for every copied cell where it belongs: a cell of the table, none for a reason, or nowhere because it is a label. */
function layOut(clip: Clip, find: (down: number, across: number, text: string) => Found): Layout {
  const laid: Laid[] = [];
  const surplus: Surplus[] = [];
  for (const [down, row] of clip.entries()) {
    for (const [across, { text, covered }] of row.entries()) {
      const found = covered ? undefined : find(down, across, text);
      if (found && "row" in found) laid.push({ cell: found, text });
      else if (found && text !== "") surplus.push({ text, ...found });
    }
  }
  return { laid, surplus };
}

/** How much of a layout cannot be right: what is left over, and sums that are none of what lands beside them. */
function faults({ table, report }: Sheet, { laid, surplus }: Layout): number {
  const rows = structuredClone(report.tables[table.id] ?? {}) as Record<string, Record<string, number | string | null>>;
  for (const { cell, text } of laid) {
    const row = rows[cell.row.id];
    if (!cell.row.sum && !cell.column.sum && text !== "" && row)
      row[cell.column.id] = parseEntry(cell.column.unit, text);
  }
  const wrong = laid.filter(
    ({ cell, text }) =>
      (cell.row.sum || cell.column.sum) &&
      text !== "" &&
      parseEntry("count", text) !== figure(table, rows, cell.row.id, cell.column.id),
  );
  return surplus.length + wrong.length;
}
