import {
  cellName,
  type Format,
  labelPath,
  leaves,
  linesAt,
  plainLabel,
  type Section,
  type Table,
} from "../report/format.ts";
import { plainText } from "../report/prose.ts";
import type { PrintedReport, Rows } from "../report/report.ts";
import { type Figure, figure } from "../report/totals.ts";
import { cellAddress } from "./finding.ts";

/** A report with the format it is written in: what a rule looks a figure up in, this year's or last year's. */
export type Source = { format: Format; report: PrintedReport };

export const tableIn = ({ format }: Source, id: string): Table | undefined =>
  format.tables.find((table) => table.id === id);

export const rowsIn = ({ report }: Source, table: string): Rows => report.tables[table] ?? {};

/** The figure in a cell, entered or computed: null when blank, undefined when the format has no such cell. */
export function figureAt(source: Source, table: string, row: string, column: string): Figure | undefined {
  const found = tableIn(source, table);
  if (!found || !linesAt(found, row, column)) return undefined;
  return figure(found, rowsIn(source, table), row, column);
}

/** A count where a blank adds nothing; undefined when the format has no such cell. */
export function countAt(source: Source, table: string, row: string, column: string): number | undefined {
  const found = figureAt(source, table, row, column);
  return found === undefined ? undefined : Number(found ?? 0);
}

/** The columns in which a table keeps the row's figures, computed ones too; empty when the format has no such row. */
export const columnsOf = (table: Table, row: string): string[] =>
  table.bands
    .filter((band) => leaves(band.rows).some((line) => line.id === row))
    .flatMap((band) => leaves(band.columns).map((column) => column.id));

/** How a person names a row: `其他处理—其他`, under its group where it has one. */
export const rowName = (table: Table, row: string): string => nameOf(table, "rows", row);

/** How a person names a column: its own label. */
export function columnName(table: Table, column: string): string {
  const path = pathOf(table, "columns", column);
  return path.at(-1) ?? column;
}

/** The groups above a column: `行政诉讼—复议后起诉`. */
export const columnGroup = (table: Table, column: string): string =>
  pathOf(table, "columns", column).slice(0, -1).join("—");

/** A cell's name and its address, which most findings need together. */
export const named = (table: Table, row: string, column: string): { cell: string; at: string } => ({
  cell: cellName(table, row, column),
  at: cellAddress(table.id, row, column),
});

/** The prose section with that id, or undefined. */
export const proseSection = (format: Format, id: string): Extract<Section, { kind: "prose" }> | undefined =>
  format.sections.find((section) => section.kind === "prose" && section.id === id) as
    | Extract<Section, { kind: "prose" }>
    | undefined;

/** Plain text of a prose section; findings count their offsets in it. */
export const textOf = (report: PrintedReport, section: string): string => plainText(report.prose[section] ?? []);

/** Share of a whole in percent with one decimal: `33.3%`. */
export const percent = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(1)}%`;

const nameOf = (table: Table, side: "rows" | "columns", id: string): string =>
  pathOf(table, side, id).slice(-2).map(plainLabel).join("—") || id;

function pathOf(table: Table, side: "rows" | "columns", id: string): string[] {
  for (const band of table.bands) {
    const path = labelPath(band[side], id);
    if (path.length > 0) return path;
  }
  return [];
}
