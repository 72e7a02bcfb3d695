import { type Edit, valueAt } from "../report/edits.ts";
import { type Format, tableOf } from "../report/format.ts";
import { type OpeningFigure, openingFigures } from "../report/last-year.ts";
import { reasonKey } from "../report/reasons.ts";
import type { Report } from "../report/report.ts";
import { columnName, rowName } from "./lookup.ts";
import { type Written, writtenAt } from "./reasons.ts";

/**
 * A row that opens with what last year's report closed with (上年结转). Its cells are locked until a reason is written why
 * they say something else: one reason for the row, kept under `key`, about what last year's report says (`about`).
 */
export type Opening = {
  table: string;
  row: string;
  lastYear: number;
  /** What last year's report calls its closing row. */
  closing: string;
  figures: readonly OpeningFigure[];
  key: string;
  about: string;
};

type LastYear = { format: Format; report: Pick<Report, "year" | "tables"> };

/** The rows that last year's report opens; none where it has no closing figures. */
export function openingsOf(format: Format, lastYear: LastYear): Opening[] {
  const byRow = new Map<string, OpeningFigure[]>();
  for (const figure of openingFigures(format, lastYear)) {
    const row = `${figure.table}.${figure.row}`;
    byRow.set(row, [...(byRow.get(row) ?? []), figure]);
  }
  return [...byRow].flatMap(([place, figures]): Opening[] => {
    const [first] = figures;
    if (!first) return [];
    const table = tableOf(format, first.table);
    const closing = rowName(table, first.closingRow);
    const list = figures.map(({ column, figure }) => `${columnName(table, column)}${figure}件`).join("、");
    return [
      {
        ...{ table: first.table, row: first.row, lastYear: lastYear.report.year, closing, figures },
        key: reasonKey({ code: "X01", place, slot: 1 }),
        about: `${lastYear.report.year}年报告“${closing}”：${list}。`,
      },
    ];
  });
}

/** What is written about why the row opens with other figures. */
export const openingReason = ({ key, about }: Opening, reasons: Report["reasons"]): Written =>
  writtenAt(reasons, key, about);

/** Whether the cells of the row may say nothing but what last year's report says. */
export const isLocked = (opening: Opening, reasons: Report["reasons"]): boolean =>
  openingReason(opening, reasons).state !== "given";

/** The row that locks the cell of a path, and the figure that it holds there; undefined for a cell that takes any. */
export function lockAt(
  openings: readonly Opening[],
  path: string,
  reasons: Report["reasons"],
): { opening: Opening; due: OpeningFigure } | undefined {
  for (const opening of openings) {
    const due = opening.figures.find(({ table, row, column }) => path === `tables.${table}.${row}.${column}`);
    if (due) return isLocked(opening, reasons) ? { opening, due } : undefined;
  }
  return undefined;
}

/** What the cells of the row would have to be changed to. */
export const openingChanges = ({ table, row, figures }: Opening, { tables }: Pick<Report, "tables">): Edit[] =>
  figures.flatMap(({ column, figure }) =>
    tables[table]?.[row]?.[column] === figure ? [] : [{ path: `tables.${table}.${row}.${column}`, value: figure }],
  );

/** Whether an edit may be made: a locked cell takes nothing but what last year's report says. `after` is the report with all of them. */
export function admits(openings: readonly Opening[], after: Report, { path }: Edit): boolean {
  const lock = lockAt(openings, path, after.reasons);
  return !lock || valueAt(after, path) === lock.due.figure;
}
