import { passageText } from "../report/prose.ts";
import type { PrintedPassage } from "../report/report.ts";

/** A stretch of text with its UTF-16 offset in the plain text of its part. */
export type Stretch = { text: string; from: number };

/** The passages of a section with their offsets in its plain text, which joins them with line breaks. */
export function placedPassages(passages: readonly PrintedPassage[]): (Stretch & { kind: PrintedPassage["kind"] })[] {
  let from = 0;
  return passages.map((passage) => {
    const text = passageText(passage);
    const placed = { kind: passage.kind, text, from };
    from += text.length + 1;
    return placed;
  });
}

/** The sentences of a text, cut behind 。！？； and at line breaks. */
export const sentencesOf = ({ text, from }: Stretch): Stretch[] =>
  [...text.matchAll(/[^。！？；\n]+[。！？；\n]?/g)].map((match) => ({ text: match[0], from: from + match.index }));

/** Digits half-width, `二〇二三年` as 2023年, names within 《》 blotted out; every character keeps its offset. */
export const readableText = (text: string): string => blotTitles(blotTitles(withReadableDigits(text)));

/** Digits half-width, `二〇二三年` as 2023年; every character keeps its offset. */
export const withReadableDigits = (text: string): string =>
  text
    .replace(FULL_WIDTH_COMMA, ",")
    .replace(/[０-９．％]/g, (sign) => sign.normalize("NFKC"))
    .replace(CHINESE_YEAR, yearInDigits);

/** A comma of thousands: between full-width digits as an input method writes them, three behind it. */
const FULL_WIDTH_COMMA = /(?<=[０-９])，(?=[０-９]{3}(?![０-９]))/g;

const CHINESE_YEAR = /(?:二[〇○Ｏ零]|一九)[〇○Ｏ零一二三四五六七八九]{2}(?=\s*年)/g;
const yearInDigits = (year: string): string =>
  year.replace(/[〇○Ｏ]/g, "零").replace(/./g, (digit) => String(NUMERALS.indexOf(digit)));

/** The text with some stretches of it, in their order, blotted out; every character keeps its offset. */
export function blotOut(text: string, stretches: readonly Stretch[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const stretch of stretches) {
    pieces.push(text.slice(done, stretch.from), BLOT.repeat(stretch.text.length));
    done = stretch.from + stretch.text.length;
  }
  return pieces.join("") + text.slice(done);
}

const BLOT = "＿";

/** Blots out the innermost 《》, so that twice does for a name within a name. */
const blotTitles = (text: string): string => text.replace(/《[^《》\n]*》/g, (title) => BLOT.repeat(title.length));

const NUMERALS = "零一二三四五六七八九";

/** `十二` → 12; undefined for what is no number below a hundred. */
export function numberOf(numeral: string): number | undefined {
  const match = /^([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)$/.exec(numeral);
  if (!match || numeral === "") return undefined;
  const [, tens = "", ten, ones = ""] = match;
  if (!ten) return tens && ones ? undefined : NUMERALS.indexOf(tens || ones);
  return (tens ? NUMERALS.indexOf(tens) : 1) * 10 + (ones ? NUMERALS.indexOf(ones) : 0);
}

/** 12 → `十二`, below a hundred. */
export function numeralOf(number: number): string {
  const tens = Math.floor(number / 10);
  const ones = number % 10;
  return `${tens > 1 ? NUMERALS[tens] : ""}${tens > 0 ? "十" : ""}${ones > 0 || tens === 0 ? NUMERALS[ones] : ""}`;
}
