import type { Piece } from "./text.ts";

/** A stretch of text on a page: where it begins on its line of writing, in pt from the top left, and its size in pt. */
export type Placed = { text: string; x: number; y: number; width: number; size: number };

/** A table on a page, and the text in it. */
export type PlacedTable = { kind: "table"; top: number; texts: () => string[]; pieces: () => Piece[] };

/** A line of text outside tables. `cells` are its parts where wide gaps part it. */
export type TextLine = {
  kind: "line";
  text: string;
  cells: readonly string[];
  top: number;
  x: number;
  end: number;
  size: number;
  /** It stands in the upper or lower margin, where page numbers and running heads are. */
  inMargin: boolean;
};

export type Paragraph = { kind: "paragraph"; text: string } | { kind: "cells"; cells: readonly string[] } | PlacedTable;

/** Parts of the size of the text: what parts lines, words, and columns, and how far a paragraph begins to the right. */
const SAME_LINE = 0.45;
const LINE_PITCH = 1.6;
const WORD_GAP = 0.3;
const COLUMN_GAP = 2;
const INDENT = 0.8;
/** Part of the width of a cell. */
const FULL = 0.5;
const DEEPEST_INDENT = 4;
const RAGGED = 2.5;
/** Parts of the height of a page. */
const UPPER_MARGIN = 0.09;
const LOWER_MARGIN = 0.89;
const FEWEST_COLUMNS = 3;
const FEWEST_HEADS = 3;
const PAGE_NUMBER =
  /^(?:[—–－\-·\s]*\d{1,3}[—–－\-·\s]*|第\s*\d{1,3}\s*页(?:\s*[，,/]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*\/\s*\d{1,3})$/;
/** What begins a paragraph even where nothing else shows it. */
const NUMBERED = /^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])/;

/** Whether a line begins with the number of a heading. */
export const isNumbered = (text: string): boolean => NUMBERED.test(text);

/** The lines that items of text stand on. */
export const linesOf = (items: readonly Placed[], height: number): TextLine[] =>
  linesOfItems(items).map((line) => {
    const [first = line[0] as Placed] = line;
    const last = line.at(-1) ?? first;
    const cells = joinedParts(line, COLUMN_GAP);
    return {
      kind: "line",
      text: cells.join(" "),
      cells,
      top: first.y - first.size,
      x: first.x,
      end: last.x + last.width,
      size: Math.max(...line.map(({ size }) => size)),
      inMargin: first.y < height * UPPER_MARGIN || first.y - first.size > height * LOWER_MARGIN,
    };
  });

/** The text of a cell of that width, line by line; a figure that fills its line goes on in the next, others are several. */
export function joinedItems(items: readonly Placed[], width: number): string[] {
  const lines = linesOfItems(items);
  const texts = lines.map((line) => joinedParts(line, Number.POSITIVE_INFINITY).join(""));
  const isBroken = texts.length > 1 && texts.every((text) => /^[\d.,]+$/.test(text));
  const [first, last] = [lines[0]?.[0], lines[0]?.at(-1)];
  const isFull = first && last && last.x + last.width - first.x > width * FULL;
  const isTight = lines.every((line, index) => {
    const [above, here] = [lines[index - 1]?.[0], line[0]];
    return !above || !here || here.y - above.y <= here.size * LINE_PITCH;
  });
  return isBroken ? [texts.join(isFull && isTight ? "" : " ")] : texts;
}

/** Items that stand on one line of writing, from left to right, line by line. */
export function linesOfItems(items: readonly Placed[]): Placed[][] {
  const lines: Placed[][] = [];
  for (const item of [...items].sort((a, b) => a.y - b.y)) {
    const line = lines.at(-1);
    const [first] = line ?? [];
    if (line && first && item.y - first.y <= Math.max(item.size, first.size) * SAME_LINE) line.push(item);
    else lines.push([item]);
  }
  return lines.map((line) => line.sort((a, b) => a.x - b.x));
}

/** A stretch of a line between wide gaps. */
type Part = { text: string; x: number; end: number; y: number; size: number };

/** The stretches of a line from left to right; a gap of `parting` times its size parts it. */
export function partsOfLine(line: readonly Placed[], parting: number): Part[] {
  const parts: Part[] = [];
  for (const [index, item] of line.entries()) {
    const before = line[index - 1];
    const last = parts.at(-1);
    const gap = before ? (item.x - before.x - before.width) / item.size : 0;
    const end = item.x + item.width;
    if (!before || !last || gap > parting) {
      parts.push({ text: item.text, x: item.x, end, y: item.y, size: item.size });
    } else {
      last.text += `${isParted(before.text, item.text, gap) ? " " : ""}${item.text}`;
      last.end = end;
    }
  }
  return parts.map((part) => ({ ...part, text: part.text.trim() })).filter(({ text }) => text !== "");
}

const joinedParts = (line: readonly Placed[], parting: number): string[] =>
  partsOfLine(line, parting).map(({ text }) => text);

/** Words and figures that stand apart are two; Chinese signs may be set apart to fill a line. */
const isParted = (before: string, behind: string, gap: number): boolean =>
  gap > WORD_GAP && /[\w.%]$/.test(before) && /^\w/.test(behind);

/** Without page numbers, and without lines that stand in the margin of several pages alike. */
export function withoutFurniture(pages: readonly (readonly (TextLine | PlacedTable)[])[]): (TextLine | PlacedTable)[] {
  const keyOf = (line: TextLine) => `${Math.round(line.top / 4)} ${line.text.replace(/\d+/g, "0")}`;
  const counts = new Map<string, number>();
  for (const line of pages.flat()) {
    if (line.kind === "line" && line.inMargin) counts.set(keyOf(line), (counts.get(keyOf(line)) ?? 0) + 1);
  }
  return pages
    .flat()
    .filter(
      (line) =>
        line.kind === "table" ||
        !(
          line.inMargin &&
          (PAGE_NUMBER.test(line.text.trim()) || isRunning(counts.get(keyOf(line)) ?? 0, pages.length))
        ),
    );
}

/** A line on so many pages is a running head; a title or a signature may well stand at the top of two. */
const isRunning = (count: number, pages: number): boolean => count > 1 && (count === pages || count >= FEWEST_HEADS);

/**
 * Puts lines together to paragraphs: a line goes on where the one before is full and this one is not indented. Pages end
 * within paragraphs, tables do not stand within them.
 */
export function paragraphsOf(contents: readonly (TextLine | PlacedTable)[]): Paragraph[] {
  const lines = contents.filter((content) => content.kind === "line");
  const left = Math.min(...lines.map(({ x }) => x));
  const right = Math.max(...lines.map(({ end }) => end));
  const paragraphs: Paragraph[] = [];
  let before: TextLine | undefined;
  for (const content of contents) {
    const last = paragraphs.at(-1);
    if (content.kind === "table") {
      paragraphs.push(content);
      before = undefined;
    } else if (content.cells.length >= FEWEST_COLUMNS) {
      paragraphs.push({ kind: "cells", cells: content.cells });
      before = undefined;
    } else {
      if (before && last?.kind === "paragraph" && goesOn(before, content, left, right)) {
        last.text = joinedLines(last.text, content.text);
      } else {
        paragraphs.push({ kind: "paragraph", text: content.text });
      }
      before = content;
    }
  }
  return paragraphs;
}

const goesOn = (before: TextLine, line: TextLine, left: number, right: number): boolean =>
  line.x < left + line.size * INDENT &&
  before.x < left + before.size * DEEPEST_INDENT &&
  before.end > right - line.size * RAGGED &&
  Math.abs(before.size - line.size) < 1 &&
  !isNumbered(line.text);

const joinedLines = (above: string, below: string): string =>
  `${above}${/[a-z]$/i.test(above) && /^[a-z]/i.test(below) ? " " : ""}${below}`;

/** The words of an item that reaches over several cells, about where they stand. */
export function words(item: Placed): Placed[] {
  const unit = item.width / (widthOf(item.text) || 1);
  return [...item.text.matchAll(/\S+/g)].map((match) => ({
    ...item,
    text: match[0],
    x: item.x + widthOf(item.text.slice(0, match.index)) * unit,
    width: widthOf(match[0]) * unit,
  }));
}

/** Chinese signs are twice as wide as Latin ones. */
const widthOf = (text: string): number =>
  [...text].reduce((width, sign) => width + (/[\u2e80-\uffef]/.test(sign) ? 2 : 1), 0);
