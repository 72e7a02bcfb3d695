import { isFigure } from "./entry.ts";
import { addends, type Balance, type Format, leaves, linesAt, type Table, tableOf, unitAt } from "./format.ts";
import type { Report, Rows } from "./report.ts";

/** A cell's figure: counts as numbers, amounts as decimal strings in 万元, null where nothing countable is entered. */
export type Figure = number | string | null;

/**
 * The figure in a cell, entered or computed. A sum adds what is there: blanks and entries that are no figures add
 * nothing, and a sum over nothing but those is blank itself (blank is not zero). Unknown cells are null.
 */
export function figure(table: Table, rows: Rows, row: string, column: string): Figure {
  const at = linesAt(table, row, column);
  if (!at) return null;
  if (at.column.sum) {
    return total(addends(at.band.columns, column).map((addend) => figure(table, rows, row, addend.id)));
  }
  if (at.row.sum) {
    return total(addends(at.band.rows, row).map((addend) => figure(table, rows, addend.id, column)));
  }
  const entry = rows[row]?.[column] ?? null;
  return isFigure(unitAt(at.row, at.column), entry) ? entry : null;
}

/** A count where a blank adds nothing. */
export const count = (table: Table, rows: Rows, row: string, column: string): number =>
  Number(figure(table, rows, row, column) ?? 0);

/** The cells a computed cell adds up, directly; empty for entered cells. */
export function addendCells(table: Table, row: string, column: string): { row: string; column: string }[] {
  const at = linesAt(table, row, column);
  if (!at) return [];
  if (at.column.sum) return addends(at.band.columns, column).map((addend) => ({ row, column: addend.id }));
  if (at.row.sum) return addends(at.band.rows, row).map((addend) => ({ row: addend.id, column }));
  return [];
}

/** Both sides of a balance in one column, addend by addend. */
export type Sides = { column: string; left: number[]; right: number[]; difference: number };

/** Every column of a balance: 左 and 右 and how far they are apart (left − right). */
export function balanceSides(format: Format, report: Report, balance: Balance): Sides[] {
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

/** Adds decimal strings exactly: `0.1` + `0.2` is `0.3`. Each must be a canonical amount. */
export function addAmounts(amounts: readonly string[]): string {
  const places = Math.max(0, ...amounts.map((amount) => amount.split(".")[1]?.length ?? 0));
  const units = amounts.reduce((all, amount) => {
    const [whole = "0", fraction = ""] = amount.split(".");
    return all + BigInt(whole + fraction.padEnd(places, "0"));
  }, 0n);
  const digits = units.toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  return fraction ? `${whole}.${fraction}` : whole;
}

export function total(figures: readonly Figure[]): Figure {
  const there = figures.filter((value) => value !== null);
  if (there.length === 0) return null;
  const amounts = there.filter((value) => typeof value === "string");
  if (amounts.length > 0) return addAmounts(there.map(String));
  return there.reduce<number>((all, value) => all + Number(value), 0);
}
