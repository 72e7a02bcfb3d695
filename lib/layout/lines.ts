import {
  areIdeographs,
  isBlank,
  isClosing,
  isInvisible,
  isOpening,
  mayPart,
  mayPartInAddress,
  mayPartInHost,
  mayPartInWord,
} from "./characters.ts";
import type { Face, Metrics, Tag, TextRun } from "./display.ts";

/** Text in one face. */
export type StyledText = { text: string; face: Face };

/** A character as it was typed, and how it is drawn; its width is in pt, without spacing. */
export type Character = { text: string; drawn: string; font: string; width: number };

/** How lines are set. Lengths are in pt. */
export type Measure = {
  size: number;
  width: number;
  /** Indent of the first line. */
  indent?: number;
  /** Added behind every character. */
  pitch?: number;
  /** Stretch every line but the last to the full width. */
  justify?: boolean;
  /** Let the blank half of an opening mark hang before the line, as in narrow centred cells. */
  hangAtStart?: boolean;
  /** How far, in em, characters may move together so that the line holds more. */
  shrink?: number;
};

/** A line: its characters, the space behind each, and how far blank halves of marks hang over its ends. */
export type Line = {
  characters: readonly Character[];
  indent: number;
  spacing: number;
  /** From the first to the last character, hanging halves included. */
  width: number;
  hang: { start: number; end: number };
};

/** Beyond this share of what its characters are wide, a stretched line looks spaced out and is left ragged. */
const MOST_STRETCH = 1 / 8;
/** Within this, in em, nobody sees that characters move together so that one more mark stands on the line. */
const INVISIBLE_SHRINK = 1 / 50;
/** What a break within a title or label costs, in characters of imbalance; most Chinese words have two characters. */
const BREAK_COST = { afterName: 0, afterPair: 4.5, elsewhere: 6, inBrackets: 12 };
/** Behind these, names of places and agencies end, remarks in brackets, and clauses. */
const END_OF_NAME = /(?:[省市区县旗州盟镇乡局厅院、，：）]|(?<!社)会)$/;
const ROUNDING = 1e-6;

/** The characters of a text as the metrics draw them. Formatting characters vanish, control characters become blanks. */
export function charactersOf(texts: readonly StyledText[], size: number, metrics: Metrics): Character[] {
  const characters: Character[] = [];
  for (const { text, face } of texts) {
    for (const character of text.replace(/\p{Cc}/gu, " ")) {
      if (isInvisible(character)) continue;
      const { drawn, font, advance } = metrics.glyph(face, character);
      characters.push({ text: character, drawn, font, width: advance * size });
    }
  }
  return characters;
}

/**
 * Breaks a paragraph into lines, each as full as it can be. Marks stand where they may (避头尾); numbers, words and
 * addresses stay whole unless they are longer than a line.
 */
export function breakLines(characters: readonly Character[], measure: Measure): Line[] {
  const breaks = breakPositions(characters, measure);
  const lines: Line[] = [];
  let start = 0;
  let indent = measure.indent ?? 0;
  while (start < characters.length) {
    const end = lineEnd(characters, breaks, start, measure.width - indent, measure);
    const solid = withoutBlanks(characters.slice(start, end));
    if (solid.length > 0) {
      lines.push(setLine(solid, indent, end >= characters.length, measure));
      indent = 0;
    }
    start = end;
  }
  return lines;
}

/**
 * Breaks a title or a centred label into as few lines as it needs, of about the same length, rather behind the name of
 * a place or an agency than within one.
 */
export function breakEvenly(characters: readonly Character[], measure: Measure): Line[] {
  const filled = breakLines(characters, measure);
  if (filled.length <= 1) return filled;
  const breaks = breakPositions(characters, measure);
  const share = widthOf(characters) / filled.length;
  const starts = [0];
  for (let index = 1; index < filled.length; index++) {
    starts.push(
      evenBreak(
        characters,
        breaks,
        { start: starts.at(-1) ?? 0, target: share * index, below: filled.length - index },
        measure,
      ),
    );
  }
  const lines = starts.map((start, index) => withoutBlanks(characters.slice(start, starts[index + 1])));
  const fits = lines.every((line) => line.length > 0 && leastWidth(line, measure) <= measure.width + ROUNDING);
  return fits ? lines.map((line) => setLine(line, 0, true, measure)) : filled;
}

/** The text runs of a line whose text block begins at `x`; one run a font. */
export function lineRuns(line: Line, x: number, baseline: number, size: number, tag: Tag): TextRun[] {
  const runs: TextRun[] = [];
  let at = x + line.indent - line.hang.start;
  for (const { drawn, font, width } of line.characters) {
    const last = runs.at(-1);
    if (last?.font === font) last.text += drawn;
    else runs.push({ text: drawn, x: at, y: baseline, font, size, spacing: line.spacing, tag });
    at += width + line.spacing;
  }
  return runs;
}

/** Latin letters stand closer than ideographs and bear less space between them. */
const averageWidth = (characters: readonly Character[]): number => widthOf(characters) / Math.max(characters.length, 1);

/** Width of characters set without spacing. */
const widthOf = (characters: readonly Character[]): number =>
  characters.reduce((all, character) => all + character.width, 0);

/** The width that the longest word needs to stay on one line, hanging and moving together as the measure allows. */
export function widestWord(characters: readonly Character[], measure: Omit<Measure, "width">): number {
  const breaks = characters.map((_, index) => mayEndBefore(characters, index, mayPart));
  const words = wordsOf(breaks).map(({ start, end }) => withoutBlanks(characters.slice(start, end)));
  return Math.max(0, ...words.map((word) => leastWidth(word, measure)));
}

/** The least width into which characters can be set as one line. */
function leastWidth(
  characters: readonly Character[],
  { size, pitch = 0, hangAtStart = false, shrink = INVISIBLE_SHRINK }: Omit<Measure, "width">,
): number {
  const hang =
    blankHalf(characters.at(-1), size, isClosing) + (hangAtStart ? blankHalf(characters[0], size, isOpening) : 0);
  return widthOf(characters) + Math.max(characters.length - 1, 0) * (pitch - size * shrink) - hang;
}

/**
 * For each position whether a line may end before it. A word that is longer than a line may be parted: an address
 * behind its joints or, if need be, its dots, and anything else anywhere.
 */
function breakPositions(characters: readonly Character[], measure: Measure): boolean[] {
  const breaks = characters.map((_, index) => mayEndBefore(characters, index, mayPart));
  for (const rule of [mayPartInAddress, mayPartInHost, mayPartInWord]) {
    const tooLong = wordsOf(breaks).filter((word) => isTooLong(characters, word, measure));
    if (tooLong.length === 0) break;
    for (const { start, end } of tooLong) {
      for (let index = start + 1; index < end; index++) breaks[index] = mayEndBefore(characters, index, rule);
    }
  }
  return breaks;
}

/** A single character cannot be parted, however wide it is. */
const isTooLong = (characters: readonly Character[], { start, end }: Word, measure: Measure): boolean =>
  end - start > 1 && leastWidth(withoutBlanks(characters.slice(start, end)), measure) > measure.width;

function mayEndBefore(
  characters: readonly Character[],
  index: number,
  rule: (before: string, after: string, blankBetween: boolean) => boolean,
): boolean {
  const after = characters[index]?.text ?? "";
  if (index > 0 && areIdeographs(characters[index - 1]?.text ?? "", after)) return true;
  if (isBlank(after)) return false;
  let solid = index - 1;
  while (solid >= 0 && isBlank(characters[solid]?.text ?? "")) solid--;
  const before = characters[solid]?.text;
  return before !== undefined && rule(before, after, solid < index - 1);
}

/** A stretch between two places where a line may end; `end` is the first character behind it. */
type Word = { start: number; end: number };

function wordsOf(breaks: readonly boolean[]): Word[] {
  const words: Word[] = [];
  let start = 0;
  for (let index = 1; index <= breaks.length; index++) {
    if (index < breaks.length && !breaks[index]) continue;
    words.push({ start, end: index });
    start = index;
  }
  return words;
}

/** Where the line that begins at `start` ends: the last place it may that leaves it no wider than `available`. */
function lineEnd(
  characters: readonly Character[],
  breaks: readonly boolean[],
  start: number,
  available: number,
  { size, pitch = 0, hangAtStart, shrink = INVISIBLE_SHRINK }: Measure,
): number {
  const before = hangAtStart ? blankHalf(characters[start], size, isOpening) : 0;
  let end = start;
  let forced = start;
  let width = 0;
  let solidWidth = 0;
  for (let index = start; index < characters.length; index++) {
    const character = characters[index] as Character;
    width += character.width;
    if (!isBlank(character.text)) {
      const least = width + (index - start) * (pitch - size * shrink) - before;
      solidWidth = least > available ? least - blankHalf(character, size, isClosing) : least;
      if (least - size / 2 > available + ROUNDING) break;
    }
    if (solidWidth > available + ROUNDING) continue;
    forced = index + 1;
    if (index + 1 === characters.length || breaks[index + 1]) end = index + 1;
  }
  return end > start ? end : Math.max(forced, start + 1);
}

/** Spaces a line out over the width it has: hanging and moving together if it is too wide, stretching if it may. */
function setLine(characters: readonly Character[], indent: number, isLast: boolean, measure: Measure): Line {
  const { size, pitch = 0, justify = false, hangAtStart = false, shrink = INVISIBLE_SHRINK } = measure;
  const gaps = Math.max(characters.length - 1, 1);
  const natural = widthOf(characters) + (characters.length - 1) * pitch;
  const slack = measure.width - indent - natural;
  const over = Math.max(-slack, 0);
  const end = Math.min(over, blankHalf(characters.at(-1), size, isClosing));
  const start = hangAtStart ? Math.min(over - end, blankHalf(characters[0], size, isOpening)) : 0;
  const stretch =
    justify && !isLast && slack > 0 && slack / gaps <= averageWidth(characters) * MOST_STRETCH ? slack / gaps : 0;
  const spacing = pitch + stretch - Math.min((over - start - end) / gaps, size * shrink);
  const width = widthOf(characters) + (characters.length - 1) * spacing;
  return { characters, indent, spacing, width, hang: { start, end } };
}

/**
 * Where to break after `start` so that what is before comes close to `target` pt, the line is not too wide, and so many
 * lines `below` it hold the rest.
 */
function evenBreak(
  characters: readonly Character[],
  breaks: readonly boolean[],
  { start, target, below }: { start: number; target: number; below: number },
  measure: Measure,
): number {
  let best = { at: start, cost: Number.POSITIVE_INFINITY };
  for (let index = start + 1; index < characters.length; index++) {
    if (leastWidth(characters.slice(start, index), measure) > measure.width + ROUNDING) break;
    const imbalance = Math.abs(widthOf(characters.slice(0, index)) - target) / measure.size;
    const cost = imbalance + breakCost(characters, start, index);
    const fitsBelow = leastWidth(characters.slice(index), measure) <= below * measure.width + ROUNDING;
    if (breaks[index] && fitsBelow && cost < best.cost) best = { at: index, cost };
  }
  return best.at;
}

function breakCost(characters: readonly Character[], start: number, index: number): number {
  const before = textOf(characters.slice(0, index));
  if (isWithinBrackets(before)) return BREAK_COST.inBrackets;
  if (END_OF_NAME.test(before) && !END_OF_NAME.test(textOf(characters.slice(0, index + 1))))
    return BREAK_COST.afterName;
  return (index - start) % 2 === 0 ? BREAK_COST.afterPair : BREAK_COST.elsewhere;
}

const textOf = (characters: readonly Character[]): string => characters.map(({ text }) => text).join("");
/** Within a remark in brackets; a text that is bracketed as a whole breaks as any other. */
const isWithinBrackets = (before: string): boolean => before.lastIndexOf("（") > Math.max(before.lastIndexOf("）"), 0);

/** How much of a full-width mark is blank, in pt; 0 for everything else. */
function blankHalf(character: Character | undefined, size: number, isMark: (character: string) => boolean): number {
  return character && isMark(character.drawn) && character.width > size * 0.8 ? size / 2 : 0;
}

function withoutBlanks(characters: readonly Character[]): Character[] {
  const first = characters.findIndex((character) => !isBlank(character.text));
  const last = characters.findLastIndex((character) => !isBlank(character.text));
  return first < 0 ? [] : characters.slice(first, last + 1);
}
