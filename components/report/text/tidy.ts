import { isChip } from "@/lib/report/chips.ts";
import type { Inline } from "@/lib/report/report.ts";

const CHIP = "\ufffc";
const BLANKS = /[ \t\r\n\f\u00a0\u200b\ufeff]+/g;
const isBlank = (character: string | undefined): boolean =>
  character !== undefined && /[ \t\r\n\f\u00a0\u200b\ufeff]/.test(character);
const isWide = (character: string): boolean => character > "\u2e80" || /[“”‘’—…·]/.test(character);
/** Word fills the room between a number and its text with blanks. */
const NUMBER_GAP =
  /^((?:\d{1,2}[.．、]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、))[\s\u3000]+/;

/**
 * Inlines of one line as a passage holds them: blanks of the source run together, a line end of the source between two
 * Chinese characters gone, nothing blank at either end, and neighbours of the same look joined.
 */
export function tidied(pieces: readonly Inline[]): Inline[] {
  const whole = pieces.map((piece) => (isChip(piece) ? CHIP : piece.text)).join("");
  let start = 0;
  const inlines = pieces.map((piece): Inline => {
    if (isChip(piece)) {
      start += 1;
      return piece;
    }
    const text = piece.text.replace(BLANKS, (_, offset: number) => blankAt(whole, start + offset));
    start += piece.text.length;
    return { ...piece, text: text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]/gu, "") };
  });
  const joined = joinedLikes(inlines);
  const [first, ...rest] = trimmed(joined);
  if (!first || isChip(first)) return first ? [first, ...rest] : [];
  return [{ ...first, text: first.text.replace(NUMBER_GAP, "$1") }, ...rest];
}

/** What is left of the blanks that begin here: nothing where a run goes on, at an end, or between Chinese characters. */
function blankAt(whole: string, at: number): string {
  if (isBlank(whole[at - 1])) return "";
  let end = at;
  while (isBlank(whole[end])) end++;
  const [before, after] = [whole[at - 1], whole[end]];
  if (before === undefined || after === undefined) return "";
  const run = whole.slice(at, end);
  const isOnlySource = /\n/.test(run) || /^[\u200b\ufeff]+$/.test(run);
  return isOnlySource && isWide(before) && isWide(after) ? "" : " ";
}

function joinedLikes(inlines: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (last && !isChip(last) && !isChip(inline) && Boolean(last.bold) === Boolean(inline.bold)) {
      joined[joined.length - 1] = { ...last, text: last.text + inline.text };
    } else if (isChip(inline) || inline.text !== "") joined.push(inline);
  }
  return joined;
}

/** Without blanks at either end, the full-width ones by which paragraphs are indented included. */
function trimmed(inlines: Inline[]): Inline[] {
  const [first] = inlines;
  const last = inlines.at(-1);
  if (first && !isChip(first) && first.text.trimStart() !== first.text) {
    const text = first.text.trimStart();
    return trimmed(text === "" ? inlines.slice(1) : [{ ...first, text }, ...inlines.slice(1)]);
  }
  if (last && !isChip(last) && last.text.trimEnd() !== last.text) {
    const text = last.text.trimEnd();
    return trimmed(text === "" ? inlines.slice(0, -1) : [...inlines.slice(0, -1), { ...last, text }]);
  }
  return inlines;
}
