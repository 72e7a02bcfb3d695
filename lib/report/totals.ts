import { isFigure } from "./entry.ts";
import { addends, type Balance, type Format, leaves, linesAt, type Table, tableOf, unitAt } from "./format.ts";
import type { Report, Rows } from "./report.ts";

/** A cell's figure: counts as numbers, amounts as decimal strings in 万元, null where nothing countable is entered. */
export type Figure = number | string | null;

/**
 * The figure in a cell, entered or computed. A sum adds what is there: blanks and entries that are no figures add
 * nothing, and a sum over nothing but those is blank itself (blank is not zero). Unknown cells are null. Sums are kept per
 * rows, which never change in place: they are asked for again and again with every key.
 */
export function figure(table: Table, rows: Rows, row: string, column: string): Figure {
  const at = linesAt(table, row, column);
  if (!at) return null;
  if (!at.row.sum && !at.column.sum) {
    const entry = rows[row]?.[column] ?? null;
    return isFigure(unitAt(at.row, at.column), entry) ? entry : null;
  }
  const sums = sumsOf(table, rows);
  const cell = `${row}.${column}`;
  const known = sums.get(cell);
  if (known !== undefined) return known;
  const sum = total(addendCells(table, row, column).map((addend) => figure(table, rows, addend.row, addend.column)));
  sums.set(cell, sum);
  return sum;
}

const knownSums = new WeakMap<Table, WeakMap<Rows, Map<string, Figure>>>();

/** The sums of a table over these rows, as far as they are formed, by `row.column`. */
function sumsOf(table: Table, rows: Rows): Map<string, Figure> {
  const ofTable = knownSums.get(table) ?? new WeakMap<Rows, Map<string, Figure>>();
  const sums = ofTable.get(rows) ?? new Map<string, Figure>();
  knownSums.set(table, ofTable.set(rows, sums));
  return sums;
}

/** A count where a blank adds nothing. */
export const count = (table: Table, rows: Rows, row: string, column: string): number =>
  Number(figure(table, rows, row, column) ?? 0);

type Cell = { row: string; column: string };
type Addends = { direct: readonly Cell[]; entered: readonly Cell[] };
const knownAddends = new WeakMap<Table, Map<string, Addends>>();

/** The cells a computed cell adds up, directly; empty for entered cells. */
export const addendCells = (table: Table, row: string, column: string): readonly Cell[] =>
  addendsAt(table, row, column).direct;

/** The entered cells that a figure comes from in the end; of an entered cell itself. */
export const enteredAddends = (table: Table, row: string, column: string): readonly Cell[] =>
  addendsAt(table, row, column).entered;

/** Kept per table: figures are added up with every key. */
function addendsAt(table: Table, row: string, column: string): Addends {
  const ofTable = knownAddends.get(table) ?? new Map<string, Addends>();
  knownAddends.set(table, ofTable);
  const cell = `${row}.${column}`;
  const known = ofTable.get(cell);
  if (known) return known;
  const direct = addendsOf(table, row, column);
  const entered = direct.flatMap((addend) => enteredAddends(table, addend.row, addend.column));
  const found = { direct, entered: direct.length > 0 ? entered : [{ row, column }] };
  ofTable.set(cell, found);
  return found;
}

function addendsOf(table: Table, row: string, column: string): Cell[] {
  const at = linesAt(table, row, column);
  if (at?.column.sum) return addends(at.band.columns, column).map((addend) => ({ row, column: addend.id }));
  if (at?.row.sum) return addends(at.band.rows, row).map((addend) => ({ row: addend.id, column }));
  return [];
}

/** Both sides of a balance in one column, addend by addend. */
export type Sides = { column: string; left: number[]; right: number[]; difference: number };

/** Every column of a balance: 左 and 右 and how far they are apart (left − right). */
export function balanceSides(format: Format, report: Pick<Report, "tables">, balance: Balance): Sides[] {
  const table = tableOf(format, balance.table);
  const rows = report.tables[balance.table] ?? {};
  const [band] = table.bands;
  return leaves(band?.columns ?? []).map(({ id: column }) => {
    const left = balance.left.map((row) => count(table, rows, row, column));
    const right = balance.right.map((row) => count(table, rows, row, column));
    const sumOf = (figures: number[]) => figures.reduce((a, b) => a + b, 0);
    return { column, left, right, difference: sumOf(left) - sumOf(right) };
  });
}

/** Adds decimal strings exactly: `0.1` + `0.2` is `0.3`. Each must be a canonical amount, with a `-` where it is taken off. */
export function addAmounts(amounts: readonly string[]): string {
  const places = placesOf(amounts);
  return amountOf(
    amounts.reduce((all, amount) => all + signedUnits(amount, places), 0n),
    places,
  );
}

const placesOf = (amounts: readonly string[]): number =>
  Math.max(0, ...amounts.map((amount) => amount.split(".")[1]?.length ?? 0));

function unitsOf(amount: string, places: number): bigint {
  const [whole = "0", fraction = ""] = amount.split(".");
  return BigInt(whole + fraction.padEnd(places, "0"));
}

function amountOf(units: bigint, places: number): string {
  if (units < 0n) return `-${amountOf(-units, places)}`;
  const digits = units.toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  return fraction ? `${whole}.${fraction}` : whole;
}

/** How a figure differs from an earlier one. */
export type Change = {
  direction: "more" | "less" | "same";
  /** By how much, without a sign. */
  by: string;
  /** The same in per cent of the earlier figure, to one decimal; absent where that is zero. */
  percent?: string;
};

/** From one figure to another of the same unit, exactly; undefined where one of them is blank. */
export function changeFrom(before: Figure, now: Figure): Change | undefined {
  if (before === null || now === null) return undefined;
  const figures = [String(before), String(now)] as const;
  const places = placesOf(figures);
  const [old, young] = [signedUnits(figures[0], places), signedUnits(figures[1], places)];
  const difference = young > old ? young - old : old - young;
  const by = amountOf(difference, places);
  const base = old < 0n ? -old : old;
  return {
    direction: young > old ? "more" : young < old ? "less" : "same",
    by,
    ...(base > 0n && { percent: amountOf((difference * 2000n + base) / (base * 2n), 1) }),
  };
}

const signedUnits = (figure: string, places: number): bigint =>
  figure.startsWith("-") ? -unitsOf(figure.slice(1), places) : unitsOf(figure, places);

export function total(figures: readonly Figure[]): Figure {
  const there = figures.filter((value) => value !== null);
  if (there.length === 0) return null;
  const amounts = there.filter((value) => typeof value === "string");
  if (amounts.length > 0) return addAmounts(there.map(String));
  return there.reduce<number>((all, value) => all + Number(value), 0);
}
