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
 * A merged cell is written in its first place, the places it covers stay empty, as spreadsheets do it.
 */
export function copyOf(table: Table, rows: Rows, area: Area = wholeArea(table)): Copied {
  const lines = placedGrid(table)
    .slice(area.top, area.bottom + 1)
    .map((row, down) =>
      row.slice(area.left, area.right + 1).map((cell, across) => {
        const isFirst = cell.top === area.top + down && cell.left === area.left + across;
        return { cell, text: isFirst ? printed(table, rows, cell) : undefined };
      }),
    );
  const text = lines.map((line) => `${line.map((cell) => quoted(cell.text ?? "")).join("\t")}\r\n`).join("");
  const html = lines
    .map((line) => `<tr>${line.map(({ cell, text }) => (text === undefined ? "" : markup(cell, text))).join("")}</tr>`)
    .join("");
  return { text, html: `<table border="1">${html}</table>` };
}

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

function markup({ rowSpan, colSpan, at }: PlacedCell, text: string): string {
  const spans = `${rowSpan > 1 ? ` rowspan="${rowSpan}"` : ""}${colSpan > 1 ? ` colspan="${colSpan}"` : ""}`;
  const name = at ? "td" : "th";
  return `<${name}${spans}>${escaped(text)}</${name}>`;
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
