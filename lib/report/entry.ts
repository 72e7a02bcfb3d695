import type { Line, Unit } from "./format.ts";
import { unitAt } from "./format.ts";

/**
 * What stands in an entered cell. Blank (`null`) is not zero. A count that parsed is a number, an amount that parsed is a
 * canonical decimal string in 万元; any other string is what the clerk typed, kept as typed until she mends it.
 */
export type Entry = number | string | null;

/**
 * Why an entry is no figure. `slash` covers every sign that is written for 无 instead of 0; `signed` is a + or − where
 * none belongs.
 */
export type EntryProblem = "slash" | "signed" | "fraction" | "tooLarge" | "notANumber";

/** Counts beyond this have no exact sum in a double; no agency comes near it. */
const LARGEST_COUNT = 999_999_999_999;
/** How far a full-width sign stands behind its half-width one. Only these are narrowed: ① and ² are no digits. */
const FULL_WIDTH = 0xfee0;
const CANONICAL_AMOUNT = /^(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?$/;
const NOTHING_SIGNS = new Set(["/", "\\", "-", "--", "—", "——", "–", "―", "无", "N/A", "n/a", "NA", "○", "〇"]);

/**
 * Reads what was typed or pasted into a cell: full-width digits, spaces and thousands commas are normalised (V04),
 * a whole number may carry zeros behind its point. What is no figure of this unit comes back as it was typed.
 */
export function parseEntry(unit: Unit, typed: Entry | undefined): Entry {
  if (typed === null || typed === undefined) return null;
  const text = plain(String(typed));
  if (text === "") return null;
  if (unit === "money") {
    const amount = canonicalAmount(text);
    return amount ?? String(typed);
  }
  const match = /^([+-]?)(\d+)(?:\.0*)?$/.exec(text);
  if (!match?.[2]) return String(typed);
  const sign = match[1];
  if (sign && unit !== "delta") return String(typed);
  const size = Number(match[2]);
  if (size > LARGEST_COUNT) return String(typed);
  return sign === "-" && size !== 0 ? -size : size;
}

/** 1 万元 is 10000 元. */
const YUAN_DIGITS = 4;

/**
 * An amount in 元, typed as loosely as entries are, in 万元 as a canonical decimal string: `125,000` is `12.5`.
 * Undefined for what is no amount, is finer than 分 or too large.
 */
export function fromYuan(typed: string): string | undefined {
  const match = /^(\d+)(?:\.(\d{0,2})0*)?$/.exec(plain(typed.replaceAll("，", ",")));
  if (!match?.[1]) return undefined;
  const digits = match[1].padStart(YUAN_DIGITS + 1, "0");
  return canonicalAmount(`${digits.slice(0, -YUAN_DIGITS)}.${digits.slice(-YUAN_DIGITS)}${match[2] ?? ""}`);
}

/** The 元 in an amount written with that unit (`125000元`, not `12.5万元`), to be converted; undefined for any other text. */
export const yuanIn = (typed: string): string | undefined => /^\s*([^万]*[\d０-９])\s*元\s*$/.exec(typed)?.[1];

/** Reads what was typed into a cell, where an amount may bear its unit: 万元, or 元, which is converted. */
export function typedEntry(unit: Unit, typed: string): Entry {
  if (unit !== "money") return parseEntry(unit, typed);
  const yuan = yuanIn(typed);
  const amount = yuan === undefined ? typed.replace(/(?<=[\d０-９]\s*)万\s*元\s*$/, "") : fromYuan(yuan);
  const entry = parseEntry(unit, amount ?? typed);
  return isFigure(unit, entry) ? entry : parseEntry(unit, typed);
}

/** Whether the entry is a figure of this unit (blank is none). */
export const isFigure = (unit: Unit, entry: Entry): entry is number | string =>
  unit === "money" ? typeof entry === "string" && CANONICAL_AMOUNT.test(entry) : typeof entry === "number";

/** Why an entry is no figure; undefined for figures and blanks. */
export function entryProblem(unit: Unit, entry: Entry): EntryProblem | undefined {
  if (entry === null || isFigure(unit, entry)) return undefined;
  const text = plain(String(entry));
  if (NOTHING_SIGNS.has(text)) return "slash";
  if (unit !== "delta" && /^[+-]\d+(?:\.\d+)?$/.test(text)) return "signed";
  if (unit !== "money" && /^[+-]?\d*\.\d*[1-9]\d*$/.test(text)) return "fraction";
  if (/^[+-]?\d+(?:\.\d*)?$/.test(text)) return "tooLarge";
  return "notANumber";
}

/** Whether the crossing of these lines may say `/` in this notice. */
export const mayBeSlash = (row: Line, column: Line): boolean => Boolean(row.slash || column.slash);

/** Whether the entry is the `/` that the notice allows in this cell. */
export const isAllowedSlash = (row: Line, column: Line, entry: Entry): boolean =>
  mayBeSlash(row, column) && entryProblem(unitAt(row, column), entry) === "slash";

/** An entry as it is printed: zero as 0, changes with their sign, nothing for a blank, the typed text for what is no figure. */
export function printedEntry(row: Line, column: Line, entry: Entry): string {
  if (entry === null) return "";
  const unit = unitAt(row, column);
  if (!isFigure(unit, entry)) return String(entry);
  const suffix = column.printedUnit ?? row.printedUnit;
  return `${printedFigure(unit, entry)}${suffix && Number(entry) !== 0 ? suffix : ""}`;
}

/** The number of a figure as it is printed: changes with their sign, amounts in 万元 without it. */
export const printedFigure = (unit: Unit, figure: number | string): string =>
  unit === "delta" && Number(figure) > 0 ? `+${figure}` : String(figure);

/** Half-width, without blanks and thousands commas. Tabs and line ends part cells: what holds one is no single figure. */
function plain(text: string): string {
  const narrow = text
    .trim()
    .replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH))
    .replace(/[−﹣]/g, "-")
    .replace(/[\p{Zs}\u200b\ufeff]+/gu, "");
  return /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(narrow) ? narrow.replaceAll(",", "") : narrow;
}

function canonicalAmount(text: string): string | undefined {
  const match = /^(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match || (!match[1] && !match[2])) return undefined;
  const whole = (match[1] ?? "").replace(/^0+(?=\d)/, "") || "0";
  const fraction = (match[2] ?? "").replace(/0+$/, "");
  const amount = fraction ? `${whole}.${fraction}` : whole;
  return CANONICAL_AMOUNT.test(amount) ? amount : undefined;
}
