import { blockText, type ComposedDocument, type TableBlock } from "../../lib/report/compose.ts";
import { metrics } from "../../templates/document/fonts.ts";
import type { PdfGlyph, PdfPage, PdfRule } from "./read-pdf-pages.ts";

/**
 * What GB/T 15834-2011 (5.1) and CLREQ (3.1) ask of the ends of lines, written down from them and not from the code that
 * is tested. All lengths are in pt.
 */
const NEVER_FIRST = new Set("。，、；：？！．”’』」）〕］｝〗》〉】·～-%％‰℃°,.;:?!)]}");
const NEVER_LAST = new Set("“‘『「（〔［｛〖《〈【￥＄([{");
/** 分隔号 stands at neither end; 破折号 and 省略号 are never parted; a no-break space holds both its neighbours. */
const NEVER_EITHER = new Set(["/", "\u00a0"]);
const PARTED_NEVER = new Set(["——", "……"]);
const WORD = /[A-Za-z\u00c0-\u024f\p{Nd}]/u;
/** Within a number, a telephone number or a time. */
const IN_NUMBER = /[-.,:]/;

/** GB/T 9704: 版心 of A4; the last mark of a line may hang its blank half over the edge. */
const MM = 72 / 25.4;
const AREA = { left: 28 * MM, right: 184 * MM, top: 37 * MM, bottom: 262 * MM };
const HANGING = /[。，、；：？！．”’』」）〕］｝〗》〉】“‘『「（〔［｛〖《〈【]/;
/** Between two glyphs, in em: wider looks spaced out, closer looks squeezed. Long figures in cells may stand closer. */
const WIDEST_GAP = 1 / 8;
const CLOSEST = { text: -1 / 25, cell: -1 / 15 };
const ROUNDING = 0.02;

/** A cell of the printed grid; `row` and `column` are where it begins. */
type GridPlace = { row: number; column: number; rowSpan: number; colSpan: number };
/** A stretch of text that is set on its own: a line of the title as it was typed, a paragraph, a cell. */
export type Unit = {
  kind: "title" | "heading" | "paragraph" | "signature" | "note" | "cell";
  block: number;
  text: string;
  place?: GridPlace;
};
/** One line of a unit. `text` is what was typed, with blanks at its ends that are not painted. */
export type SetLine = { unit: number; page: number; y: number; text: string; glyphs: PdfGlyph[] };

/** The units of a document in reading order. */
export const unitsOf = ({ blocks }: ComposedDocument): Unit[] =>
  blocks
    .flatMap((block, index): Unit[] => {
      switch (block.kind) {
        case "title":
          return block.lines.map((text) => ({ kind: "title", block: index, text }));
        case "signature":
          return [block.organisation, block.date].map((text) => ({ kind: "signature", block: index, text }));
        case "table":
          return cellsOf(block).map(({ text, place }) => ({ kind: "cell", block: index, text, place }));
        default:
          return [{ kind: block.kind, block: index, text: blockText(block) }];
      }
    })
    .filter(({ text }) => text !== "");

/** The cells of a table in their places: where those before and above them leave room. */
function cellsOf({ rows }: TableBlock): { text: string; place: GridPlace }[] {
  const taken = rows.map(() => new Set<number>());
  return rows.flatMap(({ cells }, row) =>
    cells.map(({ text, rowSpan, colSpan }) => {
      let column = 0;
      while (taken[row]?.has(column)) column++;
      for (const covered of taken.slice(row, row + rowSpan)) {
        for (let at = column; at < column + colSpan; at++) covered.add(at);
      }
      return { text, place: { row, column, rowSpan, colSpan } };
    }),
  );
}

/** The lines of the pages, each known by its unit. Throws when the pages do not hold the units' text in its order. */
export function linesOf(pages: readonly PdfPage[], units: readonly Unit[]): SetLine[] {
  const lines: SetLine[] = [];
  let unit = 0;
  let read = "";
  const take = (page: number, text: string, glyphs: readonly PdfGlyph[]) => {
    if (text && read === units[unit]?.text) {
      unit++;
      read = "";
    }
    read += text;
    if (!units[unit]?.text.startsWith(read)) throw new Error(`read ${read} where ${units[unit]?.text} stands`);
    const y = glyphs[0]?.y ?? Number.NaN;
    const last = lines.at(-1);
    if (last && last.unit === unit && last.page === page && last.y === y) {
      last.text += text;
      last.glyphs.push(...glyphs);
    } else lines.push({ unit, page, y, text, glyphs: [...glyphs] });
  };
  for (const [page, { marks }] of pages.entries()) {
    for (const { tag, text, glyphs } of marks) {
      if (tag === "Artifact" || glyphs.length === 0) continue;
      if (text === glyphs.map((glyph) => glyph.text).join("")) {
        for (const glyph of glyphs) take(page, glyph.text, [glyph]);
      } else take(page, text, glyphs);
    }
  }
  if (unit !== units.length - 1 || read !== units[unit]?.text) throw new Error("the pages end before the text does");
  return lines;
}

/** Every breach of the rules in the lines of a PDF, in words for whoever reads a failed test. */
export function breaches(pages: readonly PdfPage[], document: ComposedDocument): { lines: number; found: string[] } {
  const units = unitsOf(document);
  const lines = linesOf(pages, units);
  const found = lines.flatMap((line, index) => {
    const unit = units[line.unit] as Unit;
    const rules = pages[line.page]?.rules ?? [];
    const next = lines[index + 1];
    const goesOn = next?.unit === line.unit ? next : undefined;
    return [
      ...placeBreaches(line, unit, rules),
      ...gapBreaches(line, unit),
      ...(goesOn ? breakBreaches(line, goesOn, unit, rules) : []),
      ...(goesOn && unit.kind === "paragraph" ? edgeBreaches(line) : []),
    ].map((breach) => `${breach}: ${line.text}${goesOn ? ` ⏎ ${goesOn.text}` : ""} (page ${line.page + 1})`);
  });
  return { lines: lines.length, found: [...found, ...hyphenBreaches(lines)] };
}

/** Left and right edge of what a line may fill: the text block, or its cell between the nearest rules beside it. */
export function edgesOf(
  { glyphs, y }: SetLine,
  unit: Unit,
  rules: readonly PdfRule[],
): { left: number; right: number } {
  if (unit.kind !== "cell") return AREA;
  const [first, last] = [glyphs[0] as PdfGlyph, glyphs.at(-1) as PdfGlyph];
  const middle = (first.x + last.x + last.width) / 2;
  const beside = rules.filter((rule) => rule.x1 === rule.x2 && rule.y1 < y && rule.y2 > y).map((rule) => rule.x1);
  return {
    left: Math.max(...beside.filter((x) => x < middle)),
    right: Math.min(...beside.filter((x) => x > middle)),
  };
}

function placeBreaches(line: SetLine, unit: Unit, rules: readonly PdfRule[]): string[] {
  const { left, right } = edgesOf(line, unit, rules);
  const isOutside = ({ text, x, y, width, size }: PdfGlyph) => {
    const spare = (HANGING.test(text) ? size / 2 : 0) + ROUNDING;
    return x < left - spare || x + width > right + spare || y - size * 0.7 < AREA.top - 1 || y > AREA.bottom;
  };
  return line.glyphs.filter(isOutside).map(({ text }) => `${text} is outside`);
}

const isFigure = (text: string): boolean => /^[-+]?[\d.]+$/.test(text);

function gapBreaches({ glyphs }: SetLine, unit: Unit): string[] {
  const closest = unit.kind === "cell" && isFigure(unit.text) ? CLOSEST.cell : CLOSEST.text;
  return glyphs.slice(1).flatMap(({ text, x }, index) => {
    const before = glyphs[index] as PdfGlyph;
    const gap = (x - before.x - before.width) / before.size;
    if (gap < closest - ROUNDING / before.size) return [`${before.text}${text} are squeezed by ${gap} em`];
    return gap > WIDEST_GAP + ROUNDING / before.size ? [`${before.text} and ${text} are ${gap} em apart`] : [];
  });
}

/** A line that another follows is full, unless it would have to be torn apart. */
function edgeBreaches({ glyphs }: SetLine): string[] {
  const last = glyphs.at(-1) as PdfGlyph;
  const slack = AREA.right - (last.x + last.width);
  const average = glyphs.reduce((all, { width }) => all + width, 0) / glyphs.length;
  const isTorn = slack / Math.max(glyphs.length - 1, 1) > average * WIDEST_GAP;
  return slack < 0.05 || isTorn ? [] : [`the line ends ${slack} pt early`];
}

const DRAWS_NOTHING = /\p{Default_Ignorable_Code_Point}/u;
const isBlank = (character: string): boolean => /\s/.test(character) && character !== "\u00a0";

/** Whether a line may end before this character of a text. */
function mayEndBefore(characters: readonly string[], at: number): boolean {
  const after = characters[at] ?? "";
  const before = characters[at - 1] ?? "";
  if (isBlank(after)) return false;
  if (isBlank(before)) {
    const solid = characters.slice(0, at).findLast((character) => !isBlank(character)) ?? "";
    return !NEVER_FIRST.has(after) && !NEVER_LAST.has(solid) && !NEVER_EITHER.has(after) && !NEVER_EITHER.has(solid);
  }
  if (NEVER_FIRST.has(after) || NEVER_LAST.has(before) || /\p{M}/u.test(after)) return false;
  if (NEVER_EITHER.has(after) || NEVER_EITHER.has(before) || PARTED_NEVER.has(before + after)) return false;
  const [first = "", last = ""] = [characters[at - 2], characters[at + 1]];
  if (IN_NUMBER.test(before) && /\d/.test(first) && /\d/.test(after)) return false;
  if (IN_NUMBER.test(after) && /\d/.test(before) && /\d/.test(last)) return false;
  return !(WORD.test(before) && WORD.test(after));
}

/** A line ends where it may, or within a word that is longer than a line. */
function breakBreaches(line: SetLine, next: SetLine, unit: Unit, rules: readonly PdfRule[]): string[] {
  const drawn = (text: string) => [...text].filter((character) => !DRAWS_NOTHING.test(character));
  const before = drawn(line.text);
  const characters = [...before, ...drawn(next.text)];
  const at = before.length + (next.text.length - next.text.trimStart().length);
  if (mayEndBefore(characters, at)) return [];
  const whole = drawn(unit.text);
  const start = whole.length - drawn(unit.text.slice(unit.text.lastIndexOf(line.text + next.text))).length + at;
  const word = wordAround(whole, start);
  const { left, right } = edgesOf(line, unit, rules);
  const size = line.glyphs[0]?.size ?? 0;
  const padding = unit.kind === "cell" ? 3 : 0;
  const narrower = unit.kind === "signature" ? 4 * size : 0;
  const face = unit.kind === "cell" ? "table" : unit.kind === "title" ? "title" : "body";
  const width = word.reduce((all, character) => all + metrics.glyph(face, character).advance * size, 0);
  if (width * (1 - CLOSEST.text) > right - left - padding - narrower) return [];
  return [`${characters[at - 1]} and ${characters[at]} are parted`];
}

/**
 * Up to where a line may end on both sides; an address is one word with all its signs, and a 破折号 or 省略号 may be kept
 * with what is before it.
 */
function wordAround(characters: readonly string[], at: number): string[] {
  const isWithin = (index: number) =>
    !mayEndBefore(characters, index) ||
    /^[!-~]{2}$/.test(`${characters[index - 1]}${characters[index]}`) ||
    /[—…]/.test(characters[index] ?? "");
  let [start, end] = [at - 1, at + 1];
  while (start > 0 && isWithin(start)) start--;
  while (end < characters.length && isWithin(end)) end++;
  return characters.slice(start, end).filter((character) => !isBlank(character));
}

/** A hyphen that nobody typed. */
function hyphenBreaches(lines: readonly SetLine[]): string[] {
  const hyphens = (text: string) => text.match(/[-\u2010\u2011]/g)?.length ?? 0;
  return lines
    .filter(({ glyphs, text }) => hyphens(glyphs.map((glyph) => glyph.text).join("")) !== hyphens(text))
    .map(({ text }) => `a hyphen was added: ${text}`);
}
