import type { Entry } from "../report/entry.ts";
import type { Table } from "../report/format.ts";
import { type PlacedCell, placedGrid } from "../report/grid.ts";
import type { Rows } from "../report/report.ts";
import { figure } from "../report/totals.ts";

/** A rectangle of the printed grid, by its first and last row and column. */
export type Area = { top: number; left: number; bottom: number; right: number };

/** What is put on the clipboard: rows of cells parted by tabs, and the same as a table with its merged cells. */
export type Copied = { text: string; html: string };

/**
 * A rectangle of a table as it is printed, or all of it. Figures are plain, without thousands commas; sums are formed.
 * A merged cell is written in its first place, the places it covers stay empty, as spreadsheets do it; of one that only
 * reaches into the rectangle nothing but the place is left.
 */
export function copyOf(table: Table, rows: Rows, area: Area = wholeArea(table)): Copied {
  const lines = placedGrid(table)
    .slice(area.top, area.bottom + 1)
    .map((row, down) => row.slice(area.left, area.right + 1).map((cell, across) => piece(cell, down, across)));

  function piece(cell: PlacedCell, down: number, across: number): Piece {
    const [top, left] = [area.top + down, area.left + across];
    const isFirst = top === Math.max(cell.top, area.top) && left === Math.max(cell.left, area.left);
    return {
      name: cell.at ? "td" : "th",
      text: cell.top === top && cell.left === left ? printed(table, rows, cell) : "",
      rowSpan: isFirst ? Math.min(cell.top + cell.rowSpan, area.bottom + 1) - top : 0,
      colSpan: Math.min(cell.left + cell.colSpan, area.right + 1) - left,
    };
  }

  return {
    text: lines.map((line) => `${line.map(({ text }) => quoted(text)).join("\t")}\r\n`).join(""),
    html: `<table border="1">${lines.map((line) => `<tr>${line.map(markup).join("")}</tr>`).join("")}</table>`,
  };
}

/** What stands in one place of the rectangle; of a merged cell only the first place has a height. */
type Piece = { name: "td" | "th"; text: string; rowSpan: number; colSpan: number };

const wholeArea = (table: Table): Area => {
  const cells = placedGrid(table);
  return { top: 0, left: 0, bottom: cells.length - 1, right: (cells[0]?.length ?? 1) - 1 };
};

function printed(table: Table, rows: Rows, { role, label, at }: PlacedCell): string {
  if (!at) return label ?? "";
  const { row, column } = at;
  const entry: Entry =
    role === "computed" ? figure(table, rows, row.id, column.id) : (rows[row.id]?.[column.id] ?? null);
  return String(entry ?? "");
}

const quoted = (text: string): string => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function markup({ name, text, rowSpan, colSpan }: Piece): string {
  if (rowSpan === 0) return "";
  const spans = `${rowSpan > 1 ? ` rowspan="${rowSpan}"` : ""}${colSpan > 1 ? ` colspan="${colSpan}"` : ""}`;
  return `<${name}${spans}>${escaped(text)}</${name}>`;
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
