import { isChip } from "@/lib/report/chips.ts";
import { kindOfLine, mayBeHeading, parsePassages, printedNumber } from "@/lib/report/prose.ts";
import type { Inline, Passage, PrintedPassage } from "@/lib/report/report.ts";
import {
  type Dropped,
  droppedWith,
  droppedWords,
  isHidden,
  isMarker,
  isRemoved,
  markerText,
  type Style,
  styleOf,
} from "./foreign-styles.ts";
import type { Markup } from "./markup.ts";
import { tidied } from "./tidy.ts";

/** What was on the clipboard, as far as a section of text can hold it. */
export type Pasted = {
  passages: readonly PastedPassage[];
  /** What was left out, in words: `字体、字号和颜色`, `批注`. */
  dropped: readonly Dropped[];
};

/** `row` tells that it was a row of a table. */
type PastedPassage = Passage & { row?: true };

/** A line ends wherever one of these begins or ends. */
const BLOCKS =
  wordSet(`address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure
  footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul`);
/** Elements that hold no text of the document. */
const SILENT = wordSet(`head style script title meta link base xml noscript template iframe object embed svg math canvas
  audio video select`);
const kinds: readonly Passage["kind"][] = ["heading2", "heading3", "paragraph", "item"];
/** Word counts the levels of an outline from 1; what is below the second one is a sub-heading of a sub-heading. */
const LAST_SECOND_LEVEL = 2;
const CELL_GAP = "　";

/** An item of a numbered list: which one of which list, and how deep that lies in others. */
type Item = { list: List; number: number };
type List = { depth: number; next: number };

/** What holds for all text within an element. */
type Surroundings = {
  bold: boolean;
  /** Level of the heading around, from 1. */
  level?: number;
  preformatted: boolean;
  /** What the line is in our own editor, from which it was copied. */
  own?: Passage["kind"];
  list?: List;
};
type Line = { pieces: Inline[]; level?: number; own?: Passage["kind"]; item?: Item; row?: true };

/** Passages of plain text, a line each. */
export const pastedText = (text: string): Pasted => ({ passages: parsePassages(text), dropped: [] });

/**
 * Passages of markup as Word, WPS and browsers put it on the clipboard. Text, sub-headings, bold and numbering are kept; a
 * soft break ends a passage. `isKnown` tells which chips the report can hold: others stay as the number they showed.
 */
export function pastedMarkup(markup: Markup, isKnown: (figure: string) => boolean): Pasted {
  const dropped = new Set<Dropped>();
  let lines: Line[] = [];
  let line: Line = { pieces: [] };
  let item: Item | undefined;

  const endLine = () => {
    if (line.pieces.length > 0) lines.push(line);
    line = { pieces: [] };
  };
  const add = (piece: Inline, { bold, level, own }: Surroundings) => {
    line.level ??= level;
    line.own ??= own;
    if (item && (isChip(piece) || piece.text.trim() !== "")) {
      line.item = item;
      item = undefined;
    }
    line.pieces.push(bold ? { ...piece, bold } : piece);
  };
  const addText = (text: string, around: Surroundings) => {
    const parts = text.split(around.preformatted ? /\r\n|[\n\r\v\u2028\u2029]/ : /[\v\u2028\u2029]/);
    for (const [index, part] of parts.entries()) {
      if (index > 0) endLine();
      add({ text: part }, around);
    }
  };
  const readAll = (children: Markup["children"], around: Surroundings) => {
    for (const child of children) {
      if (typeof child === "string") addText(child, around);
      else read(child, around);
    }
  };

  const read = (element: Markup, around: Surroundings) => {
    const { tag, attributes } = element;
    const style = styleOf(element);
    if (SILENT.has(tag) || "data-number" in attributes) return;
    for (const word of droppedWith(element, style)) dropped.add(word);
    if (tag === "img" || isRemoved(element, style) || isHidden(element, style)) return;
    const inside = within(element, style, around);
    const figure = attributes["data-figure"];
    if (figure !== undefined && isKnown(figure)) add({ figure }, inside);
    else if (isMarker(style)) {
      const marker = markerText(element);
      if (marker) add({ text: marker }, { ...inside, bold: false });
      else dropped.add("项目符号");
    } else if (tag === "br") endLine();
    else if (tag === "tr" && isRowOfTable(element)) readRow(element, inside);
    else if (BLOCKS.has(tag)) {
      endLine();
      if (tag === "ol")
        inside.list = { depth: around.list ? around.list.depth + 1 : 0, next: Number(attributes.start ?? 1) };
      if (tag === "ul") inside.list = undefined;
      if (tag === "li" && inside.list) item = itemOf(inside.list, attributes.value);
      else if (tag === "li") dropped.add("项目符号");
      readAll(element.children, inside);
      endLine();
      if (tag === "li") item = undefined;
    } else readAll(element.children, inside);
  };

  /** The cells of a row, one behind the other on one line. */
  const readRow = (row: Markup, around: Surroundings) => {
    endLine();
    const before = lines;
    const cells = row.children.flatMap((cell) => {
      if (typeof cell === "string") return [];
      lines = [];
      read(cell, around);
      endLine();
      return [tidied(lines.flatMap(({ pieces }) => [...pieces, { text: " " }]))];
    });
    lines = before;
    const filled = cells.filter((cell) => cell.length > 0);
    const pieces = filled.flatMap((cell, index) => (index === 0 ? cell : [{ text: CELL_GAP }, ...cell]));
    if (pieces.length > 0) lines.push({ pieces, row: true });
  };

  read(markup, { bold: false, preformatted: false });
  endLine();
  return { passages: passagesOf(lines), dropped: droppedWords.filter((word) => dropped.has(word)) };
}

/** What an element says about the text in it. */
function within({ tag, attributes }: Markup, style: Style, around: Surroundings): Surroundings {
  const inside = { ...around };
  const weight = style["font-weight"];
  if (weight) inside.bold = /^(?:bold|bolder|[6-9]00)$/.test(weight);
  else if (tag === "b" || tag === "strong") inside.bold = true;
  if (tag === "pre" || /^(?:pre|break-spaces)/.test(style["white-space"] ?? "")) inside.preformatted = true;
  const level = /^h([1-6])$/.exec(tag)?.[1] ?? /^[1-9]$/.exec(style["mso-outline-level"] ?? "")?.[0];
  if (level) inside.level = Number(level);
  const own = kinds.find((kind) => kind === attributes["data-kind"]);
  if (own) inside.own = own;
  return inside;
}

function itemOf(list: List, value: string | undefined): Item {
  const number = Number(value) || list.next;
  list.next = number + 1;
  return { list, number };
}

/** Tables that only lay a page out have a single cell in a row. */
const isRowOfTable = (row: Markup): boolean =>
  row.children.filter((cell) => typeof cell !== "string" && (cell.tag === "td" || cell.tag === "th")).length > 1;

function passagesOf(lines: readonly Line[]): PastedPassage[] {
  const written = lines
    .map((line) => ({ ...line, pieces: tidied(line.pieces) }))
    .filter(({ pieces }) => pieces.length > 0);
  const counted = countedLists(written);
  return written.map((line): PastedPassage => {
    const { pieces, item, row } = line;
    if (row) return { kind: "paragraph", content: pieces, row };
    if (line.own) return { kind: line.own, content: pieces };
    if (item && counted.has(item.list)) return { kind: "item", content: pieces };
    const number = item && (item.list.depth === 0 ? printedNumber(item.number) : `（${item.number}）`);
    const content = number ? tidied([{ text: number }, ...pieces]) : pieces;
    const kind = kindOfPasted(content, line.level);
    // Sub-headings are bold by nature.
    return { kind, content: kind === "paragraph" ? content : tidied(content.map(({ bold: _, ...plain }) => plain)) };
  });
}

/**
 * The lists that the editor can number by itself: from 1 on, without a line between their items, and not right behind
 * another such list. The numbers of all others are kept as text.
 */
function countedLists(lines: readonly Line[]): ReadonlySet<List> {
  const counted = new Set<List>();
  const lists = new Set(lines.flatMap(({ item }) => (item ? [item.list] : [])));
  for (const list of lists) {
    const first = lines.findIndex(({ item }) => item?.list === list);
    const numbers = lines.flatMap(({ item }) => (item?.list === list ? [item.number] : []));
    const isCounted =
      list.depth === 0 &&
      numbers.every((number, index) => number === index + 1 && lines[first + index]?.item?.list === list);
    const before = lines[first - 1];
    if (isCounted && before?.own !== "item" && !(before?.item && counted.has(before.item.list))) counted.add(list);
  }
  return counted;
}

/** A sub-heading by its number, or by what it was in its own document. */
function kindOfPasted(content: readonly Inline[], level: number | undefined): PrintedPassage["kind"] {
  const text = content.map((inline) => (isChip(inline) ? "0" : inline.text)).join("");
  const kind = kindOfLine(text);
  if (kind !== "paragraph" || !level || !mayBeHeading(text)) return kind;
  return level <= LAST_SECOND_LEVEL ? "heading2" : "heading3";
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}
