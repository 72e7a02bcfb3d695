import type { Stretch } from "./text.ts";

/** A number and what it counts, as running text has it. Offsets are those of the text it was read from. */
export type Amount = {
  value: number;
  /** As it is printed, with its unit: `1.2万元`. */
  text: string;
  /** `件`, `元`, `%` … */
  unit: string;
  from: number;
  to: number;
  /** What the words around the number allow it to be: `200余` is 200 to under 300. Equal where it is exact. */
  least: number;
  most: number;
  /** Decimals as they are written. */
  places: number;
  /** The text before it, back to the amount before, or to where its stretch begins. */
  label: string;
  /** The text behind it in the same clause, up to the next amount. */
  after: string;
};

const UNITS = [
  ...["个百分点", "人次", "万元", "亿元", "家次", "件次", "条次", "场次"],
  ..."件条期次篇份项个则部幅张场宗起例批册名人家户元字页%％".split(""),
].join("|");

/** Digits with or without thousands commas, or a Chinese numeral; 余, 万; the unit; 以上. Never from the middle of a number. */
const AMOUNT = new RegExp(
  `(?<![\\d.,第每某同这那哪首逐何任〇零一二两三四五六七八九十百千万A-Za-z])((?:\\d{1,3}(?:,\\d{3}){1,4}|\\d{1,12})(?:\\.\\d{1,6})?|[〇零一二两三四五六七八九十百千]{1,9})\\s?([余多几])?([万亿])?([余多])?\\s?(${UNITS})(以上|以内|以下|左右|余|多)?`,
  "g",
);
const BEFORE = /(约|大约|近|将近|接近|超过|超|逾|突破|不足|不到|至少|多达)$/;
/** What looks like a number of things and is an idiom, a rank, or one end of a range. */
const NO_AMOUNT =
  /^(?:一件事|一个(?!百分点)|一次性|一条(?:龙|主线)|一批|一项项|[一三]张(?:图|网|表|清单)|一部分|一期工程|[一二两三]个(?:方面|方向|维护|覆盖|确立))/;
const RANGE_BEFORE = /[\d〇零一二两三四五六七八九十百千万](?:[-—–~～－至到])$/;
const RANGE_AFTER = /^[-—–~～－至到]\s?\d/;
const FIRST_CLAUSE = /^[^，。；：、,;:（）()！？\n]*/;

/** Every amount of a stretch that has been made readable, in order. */
export function amountsIn({ text, from }: Stretch): Amount[] {
  const found: Amount[] = [];
  let previous = 0;
  for (const match of text.matchAll(AMOUNT)) {
    const [whole, digits = "", some = "", scale = "", more = "", unit = "", behind = ""] = match;
    const number = numberIn(digits);
    const before = text.slice(Math.max(0, match.index - 4), match.index);
    const end = match.index + whole.length;
    const rest = text.slice(match.index, match.index + 8);
    if (number === undefined || NO_AMOUNT.test(rest)) continue;
    if (RANGE_BEFORE.test(before) || RANGE_AFTER.test(text.slice(end, end + 3))) continue;
    const factor = scale === "万" ? 10_000 : scale === "亿" ? 100_000_000 : 1;
    const value = number * factor;
    const places = digits.split(".")[1]?.length ?? 0;
    const step = stepOf(number, digits, places) * factor;
    const vague = vagueness(some || more || behind, BEFORE.exec(before)?.[1] ?? "");
    found.push({
      value,
      text: whole,
      unit: unit === "％" ? "%" : unit,
      from: from + match.index,
      to: from + end,
      ...boundsOf(value, step, vague),
      places,
      label: text.slice(previous, match.index),
      after: "",
    });
    previous = end;
  }
  return found.map((amount, index) => {
    const end = (found[index + 1]?.from ?? from + text.length) - from;
    return { ...amount, after: FIRST_CLAUSE.exec(text.slice(amount.to - from, end))?.[0] ?? "" };
  });
}

export const isExact = ({ least, most }: Amount): boolean => least === most;

/** Whether the amount, as vague as it is written, can be this number. */
export const agreesWith = ({ least, most }: Amount, number: number): boolean => number >= least && number <= most;

/** `1,204` → 1204, `三百二十` → 320, `二十` → 20; undefined for numerals that make no number. */
function numberIn(digits: string): number | undefined {
  if (/^\d/.test(digits)) return Number(digits.replaceAll(",", ""));
  let all = 0;
  let digit: number | undefined;
  for (const sign of digits) {
    const scale = SCALES[sign];
    if (scale === undefined) {
      if (digit !== undefined && digit !== 0) return undefined;
      digit = sign === "两" ? 2 : "零一二三四五六七八九".indexOf(sign === "〇" ? "零" : sign);
    } else {
      all += (digit ?? 1) * scale;
      digit = undefined;
    }
  }
  return all + (digit ?? 0);
}

const SCALES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** The place of the last digit that is not zero: what 余 may add to. */
function stepOf(number: number, digits: string, places: number): number {
  if (places > 0) return 10 ** -places;
  if (!/^\d/.test(digits) && number < 10) return 1;
  const zeros = /0*$/.exec(String(number))?.[0].length ?? 0;
  return 10 ** Math.min(zeros, Math.max(0, String(number).length - 1));
}

type Vagueness = "exact" | "more" | "less" | "about" | "above";

function vagueness(behind: string, before: string): Vagueness {
  if (/[余多几]/.test(behind)) return "more";
  if (/近|接近|不足|不到/.test(before) || /以内|以下/.test(behind)) return "less";
  if (/约/.test(before) || behind === "左右") return "about";
  return before || behind ? "above" : "exact";
}

/** What a vague number may be. 约 is taken as a tenth to either side. */
function boundsOf(value: number, step: number, vague: Vagueness): { least: number; most: number } {
  switch (vague) {
    case "exact":
      return { least: value, most: value };
    case "more":
      return { least: value, most: value + Math.max(step, 1) };
    case "less":
      return { least: value - Math.max(step, 1), most: value };
    case "about":
      return { least: value * 0.9, most: value * 1.1 };
    case "above":
      return { least: value, most: Number.POSITIVE_INFINITY };
  }
}
