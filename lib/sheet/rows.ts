import { entryProblem } from "../report/entry.ts";
import { type Line, leaves, type Table, type Unit } from "../report/format.ts";
import { bareLabel, labelNumber, matchingLabels } from "./labels.ts";

/** A row of the table that was recognised in printed cells. */
export type FoundRow = {
  row: Line;
  /** Which cell holds its label; -1 for a table whose only row has no label. */
  label: number;
  /** Nothing but its number says so. */
  guessed: boolean;
};

export const bodyRows = (table: Table): Line[] => table.bands.flatMap((band) => leaves(band.rows));

/** The figure without the unit that some write behind it, where it is the unit of the cell. */
export const withoutUnit = (unit: Unit, figure: string): string =>
  figure.replace(unit === "money" ? /(?<=[\d０-９]\s*)万\s*元$/ : /(?<=[\d０-９]\s*)[件条个项]$/, "");

/** Whether a cell holds a figure or a sign for none, rather than a label. */
export const looksLikeFigure = (cell: string): boolean =>
  entryProblem("count", cell.replace(/(?:万?元|[件条个项])$/, "")) !== "notANumber";

/** What is left of a label that was split over several cells. */
const joined = (cells: readonly string[]): string => bareLabel(cells.join(""));

/**
 * The row whose label is printed in front of these cells. Rows read already come last; a label nobody knows is that of
 * the row after `last` (its place in the table, -1 for none) when it has its number.
 */
export function findRow(
  table: Table,
  cells: readonly string[],
  read: ReadonlySet<string>,
  last: number,
): FoundRow | undefined {
  const rows = bodyRows(table);
  const firstFigure = cells.findIndex((cell) => cell !== "" && looksLikeFigure(cell));
  const leading = cells.slice(0, firstFigure < 0 ? cells.length : firstFigure);
  const unlabelled = rows.find((row) => row.label === "");
  if (unlabelled) {
    const isAlone = firstFigure >= 0 && leading.every((cell) => cell === "");
    return isAlone ? { row: unlabelled, label: -1, guessed: false } : undefined;
  }
  for (const [label, cell] of [...leading.entries()].reverse()) {
    if (cell === "") continue;
    const matching = matchingLabels(cell, rows);
    const row =
      matching.find((candidate) => !read.has(candidate.id) && rows.indexOf(candidate) > last) ??
      matching.find((candidate) => !read.has(candidate.id)) ??
      matching[0];
    if (row) return { row, label, guessed: false };
  }
  const whole = rows.find(
    (row) => row.label !== "" && leading.some((_, from) => joined(leading.slice(from)) === bareLabel(row.label)),
  );
  if (whole) return { row: whole, label: leading.length - 1, guessed: false };
  const label = leading.findLastIndex((cell) => cell !== "");
  const next = rows[last + 1];
  const number = labelNumber(leading[label] ?? "");
  const isNext = firstFigure >= 0 && next && number !== "" && labelNumber(next.label) === number;
  return isNext ? { row: next, label, guessed: true } : undefined;
}
