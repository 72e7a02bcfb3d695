import type { Edit } from "../report/edits.ts";
import { isFigure } from "../report/entry.ts";
import {
  type Balance,
  bandOf,
  type Format,
  leaves,
  linesAt,
  shortRowName,
  type Table,
  tableOf,
} from "../report/format.ts";
import type { Report, Rows } from "../report/report.ts";
import { addendCells, balanceSides } from "../report/totals.ts";

/**
 * One change that would make a column balance. `side` puts right a row that the balance itself names, `more` and `less`
 * one that a sum of the balance adds up, `digits` two digits that were typed the wrong way round, `neighbour` a figure
 * that stands one column beside its own.
 */
export type Candidate = {
  kind: "side" | "more" | "less" | "digits" | "neighbour";
  /** How a person names the row. */
  row: string;
  /** The cell that changes, and its figure before and after. */
  cell: { row: string; column: string };
  before: number;
  after: number;
  /** The column a figure comes from or goes to; only of `neighbour`. */
  other?: { column: string; label: string };
  edits: readonly Edit[];
};

/** More than these are no help. */
const MOST_CANDIDATES = 4;

/**
 * The few single changes after which the two sides of a balance are even in a column, the likeliest first. None where
 * they are even already, and none in a computed column, which follows the others.
 */
export function balancingChanges(
  format: Format,
  report: Pick<Report, "tables">,
  balance: Balance,
  column: string,
): Candidate[] {
  const table = tableOf(format, balance.table);
  const rows = report.tables[table.id] ?? {};
  const sides = balanceSides(format, report, balance);
  const difference = sides.find((side) => side.column === column)?.difference ?? 0;
  const sheet = { table, rows, balance, column };
  const entries = entriesOf(sheet);
  if (difference === 0 || entries.length === 0) return [];
  const differenceIn = (other: string) => sides.find((side) => side.column === other)?.difference ?? 0;
  // What was carried in is what last year's report says: it is no place to make up a difference.
  const openings = format.carryOvers.filter((carry) => carry.table === table.id).map(({ opening }) => opening);
  const named = entries.filter(({ isNamed, row }) => isNamed && !openings.includes(row));
  const added = entries.filter(({ isNamed }) => !isNamed);
  const found = [
    ...entries.flatMap((entry) => neighbours(sheet, entry, difference, differenceIn)),
    ...entries.flatMap((entry) => swappedDigits(sheet, entry, difference)),
    ...added
      .filter(({ figure, sign }) => figure > 0 && figure === difference * sign)
      .map((entry) => put(sheet, entry, difference)),
    ...[...named].reverse().map((entry) => put(sheet, entry, difference)),
    ...[...added].sort((one, other) => other.figure - one.figure).map((entry) => put(sheet, entry, difference)),
  ].filter((candidate) => candidate.after >= 0);
  const seen = new Set<string>();
  return found
    .filter(({ edits }) => !seen.has(JSON.stringify(edits)) && seen.add(JSON.stringify(edits)))
    .slice(0, MOST_CANDIDATES);
}

type Sheet = { table: Table; rows: Rows; balance: Balance; column: string };
/** An entered figure of the column that counts on one side: +1 where it makes the difference larger, −1 where smaller. */
type SideEntry = { row: string; figure: number; sign: 1 | -1; isNamed: boolean };

/** The entered cells that a balance adds up in this column, directly or through a sum. What is no figure is none of them. */
function entriesOf({ table, rows, balance, column }: Sheet): SideEntry[] {
  const isComputed = leaves(table.bands[0]?.columns ?? []).find(({ id }) => id === column)?.sum ?? true;
  if (isComputed) return [];
  const side = (ids: readonly string[], sign: 1 | -1) =>
    ids.flatMap((row) => {
      const addends = addendCells(table, row, column);
      const cells = addends.length > 0 ? addends : [{ row, column }];
      return cells.flatMap((cell): SideEntry[] => {
        const entry = rows[cell.row]?.[column] ?? null;
        if (entry !== null && !isFigure("count", entry)) return [];
        return [{ row: cell.row, figure: Number(entry ?? 0), sign, isNamed: addends.length === 0 }];
      });
    });
  return [...side(balance.left, 1), ...side(balance.right, -1)];
}

const edit = ({ table }: Sheet, row: string, column: string, value: number): Edit => ({
  path: `tables.${table.id}.${row}.${column}`,
  value,
});

/** The figure that makes the column even if nothing else changes. */
function put(sheet: Sheet, { row, figure, sign, isNamed }: SideEntry, difference: number): Candidate {
  const after = figure - difference * sign;
  return {
    kind: isNamed ? "side" : after > figure ? "more" : "less",
    row: nameOf(sheet, row),
    cell: { row, column: sheet.column },
    before: figure,
    after,
    edits: [edit(sheet, row, sheet.column, after)],
  };
}

/** The same figure with two neighbouring digits the other way round, where that is just what is missing. */
function swappedDigits(sheet: Sheet, entry: SideEntry, difference: number): Candidate[] {
  const candidate = put(sheet, entry, difference);
  const digits = String(entry.figure);
  const swapped = Array.from(
    { length: digits.length - 1 },
    (_, at) => digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2),
  );
  return swapped.includes(String(candidate.after)) ? [{ ...candidate, kind: "digits" }] : [];
}

/** The figure moved one column on, or one from there moved here, where that makes both columns even. */
function neighbours(
  sheet: Sheet,
  { row, figure, sign }: SideEntry,
  difference: number,
  differenceIn: (column: string) => number,
): Candidate[] {
  const { table, rows, column } = sheet;
  const columns = leaves(table.bands[0]?.columns ?? []).filter((line) => !line.sum);
  const at = columns.findIndex(({ id }) => id === column);
  return [columns[at - 1], columns[at + 1]].flatMap((beside): Candidate[] => {
    if (!beside || !linesAt(table, row, beside.id)) return [];
    const there = rows[row]?.[beside.id] ?? null;
    if (there !== null && !isFigure("count", there)) return [];
    const moved = -difference * sign;
    const isHere = moved < 0 && figure === -moved && Number(there ?? 0) === 0;
    const isThere = moved > 0 && Number(there ?? 0) === moved && figure === 0;
    if (!(isHere || isThere) || differenceIn(beside.id) !== -difference) return [];
    return [
      {
        kind: "neighbour",
        row: nameOf(sheet, row),
        cell: { row, column },
        before: figure,
        after: figure + moved,
        other: { column: beside.id, label: beside.label },
        edits: [edit(sheet, row, column, figure + moved), edit(sheet, row, beside.id, Number(there ?? 0) - moved)],
      },
    ];
  });
}

function nameOf({ table, balance }: Sheet, row: string): string {
  const band = bandOf(table, row);
  return balance.names[row] ?? (band ? shortRowName(band, row) : row);
}
