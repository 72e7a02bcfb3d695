import { passageAddress } from "@/lib/checks/finding.ts";
import { isBlank, isInvisible } from "@/lib/layout/characters.ts";
import type { Area, Page } from "@/lib/layout/display.ts";
import type { FontSource } from "@/lib/layout/glyphs.ts";
import { type Block, blockText, type ComposedDocument } from "@/lib/report/compose.ts";

/** A document with the pages it was laid out on. */
export type Pages = { document: ComposedDocument; pages: readonly Page[] };

/**
 * Where the clerk is in the form: in a step, at a field, both named as findings name places, or within a text, whose paragraphs are
 * counted without blank ones and whose `offset` (UTF-16) counts from the start of the paragraph.
 */
export type FormPlace =
  | { kind: "step" | "field"; at: string }
  | { kind: "text"; part: string; paragraph: number; offset: number };

export type PlacedArea = Area & { page: number };

/** A point of a page, in pt from its top left corner. */
export type Point = { page: number; x: number; y: number };

/** How near to what it means a click must be, in pt. */
const REACH = 16;

/** The place that a point comes from, as findings name places; undefined for the margins of the page. */
export function placeAt({ document, pages }: Pages, point: Point, advance: FontSource["advance"]): string | undefined {
  const page = pages[point.page];
  const area = page && nearest(page.areas, point);
  if (!page || !area || distance(area, point) > REACH) return undefined;
  const index = blockOf(area);
  const block = document.blocks[index];
  if (!block) return undefined;
  if (block.kind === "table") {
    const figures = page.areas.filter((candidate) => blockOf(candidate) === index && figureOf(document, candidate));
    const figure = nearest(figures, point);
    return figure ? figureOf(document, figure) : block.at;
  }
  if (block.kind === "signature") return isFirstLine(page, area) && block.organisation ? SIGNATURE : "closing";
  if (block.kind === "note") return NOTE;
  const siblings = paragraphsOf(document, block.at);
  if (!siblings.includes(index)) return block.at;
  const before = siblings.slice(0, siblings.indexOf(index)).map((sibling) => textOf(document, sibling).length + 1);
  const drawn = drawnBefore(pages, index, area, point, advance);
  const offset = sumOf(before) + offsetBehind(textOf(document, index), drawn);
  return passageAddress(block.at, offset, offset);
}

/** The areas that belong to where the clerk is, in the order of the pages. */
export function areasOf({ document, pages }: Pages, place: FormPlace): PlacedArea[] {
  const isMeant = meantBy(document, place);
  return pages.flatMap((page, index) =>
    page.areas.filter((area) => isMeant(area)).map((area) => ({ ...area, page: index })),
  );
}

/** Of these areas the one to keep in sight: the line in which the clerk writes. */
export function areaInSight(
  { document, pages }: Pages,
  place: FormPlace,
  areas: readonly PlacedArea[],
): PlacedArea | undefined {
  const [first] = areas;
  if (!first || place.kind !== "text") return first;
  const index = blockOf(first);
  let left = drawnIn(textOf(document, index).slice(0, place.offset));
  for (const area of areas) {
    left -= sumOf(runsIn(pages[area.page], index, area).map(({ text }) => drawnIn(text)));
    if (left <= 0) return area;
  }
  return areas.at(-1);
}

const SIGNATURE = "closing.signature";
const NOTE = "closing.note";

function meantBy(document: ComposedDocument, place: FormPlace): (area: Area) => boolean {
  if (place.kind !== "text" && place.at.split(".").length === 3) {
    return (area) => figureOf(document, area) === place.at && area.tag.kind === "cell" && !area.tag.repeated;
  }
  const blocks = new Set(blocksOf(document, place));
  return (area) => blocks.has(blockOf(area)) && area.tag.kind === "block";
}

/** The blocks that a place makes; where it makes none yet, the heading of its section. */
function blocksOf({ blocks, ...document }: ComposedDocument, place: FormPlace): number[] {
  const indexes = (isMeant: (block: Block) => boolean) =>
    [...blocks.keys()].filter((index) => isMeant(blocks[index] as Block));
  if (place.kind === "text") {
    const index = paragraphsOf({ blocks, ...document }, place.part)[place.paragraph];
    return index === undefined ? indexes((block) => isSectionHeading(block) && block.at === place.part) : [index];
  }
  const { at } = place;
  if (at === "title") return indexes((block) => block.kind === "title");
  if (at === NOTE) return indexes((block) => block.kind === "note");
  if (at.startsWith("closing")) return indexes((block) => block.kind === "signature");
  const heading = indexes((block) => isSectionHeading(block) && block.at === at);
  return heading.length > 0 ? heading : indexes((block) => block.at === "opening");
}

const isSectionHeading = (block: Block): boolean => block.kind === "heading" && block.level === 1;

/** The blocks that the text of a part makes, one a paragraph. */
const paragraphsOf = ({ blocks }: ComposedDocument, part: string): number[] =>
  [...blocks.keys()].filter((index) => {
    const block = blocks[index] as Block;
    return block.at === part && (block.kind === "paragraph" || block.kind === "heading") && !isSectionHeading(block);
  });

const textOf = ({ blocks }: ComposedDocument, index: number): string => blockText(blocks[index] as Block);

const blockOf = ({ tag }: Area): number => ("block" in tag ? tag.block : -1);

function figureOf({ blocks }: ComposedDocument, { tag }: Area): string | undefined {
  const block = tag.kind === "cell" ? blocks[tag.block] : undefined;
  return tag.kind === "cell" && block?.kind === "table" ? block.rows[tag.row]?.cells[tag.cell]?.at : undefined;
}

const isFirstLine = (page: Page, area: Area): boolean =>
  page.areas.every((other) => blockOf(other) !== blockOf(area) || other.y >= area.y);

/** Distance of a point from an area, 0 within it. */
const distance = ({ x, y, width, height }: Area, point: Point): number =>
  Math.hypot(Math.max(x - point.x, 0, point.x - x - width), Math.max(y - point.y, 0, point.y - y - height));

function nearest(areas: readonly Area[], point: Point): Area | undefined {
  let best: Area | undefined;
  for (const area of areas) if (!best || distance(area, point) < distance(best, point)) best = area;
  return best;
}

const runsIn = (page: Page | undefined, block: number, { y, height }: Area) =>
  (page?.runs ?? []).filter(
    (run) => "block" in run.tag && run.tag.block === block && run.y >= y && run.y <= y + height,
  );

/** How many characters of a block are drawn before a point on one of its lines. */
function drawnBefore(
  pages: readonly Page[],
  block: number,
  line: Area,
  point: Point,
  advance: FontSource["advance"],
): number {
  let count = 0;
  for (const [index, page] of pages.slice(0, point.page + 1).entries()) {
    const lines = page.areas.filter((area) => blockOf(area) === block && (index < point.page || area.y < line.y));
    count += sumOf(lines.flatMap((area) => runsIn(page, block, area)).map(({ text }) => drawnIn(text)));
  }
  for (const run of runsIn(pages[point.page], block, line)) {
    let x = run.x;
    for (const character of run.text) {
      const width = (advance(run.font, character.codePointAt(0) ?? 0) ?? 1) * run.size;
      if (x + width / 2 < point.x) count += drawnIn(character);
      x += width + run.spacing;
    }
  }
  return count;
}

/** Blanks at the ends of lines and formatting characters are not drawn, so neither is counted. */
const isCounted = (character: string): boolean => !isBlank(character) && !isInvisible(character);
const drawnIn = (text: string): number => [...text].filter(isCounted).length;

/** Where the text goes on behind so many of its drawn characters. */
function offsetBehind(text: string, drawn: number): number {
  let [offset, left] = [0, drawn];
  for (const character of text) {
    if (left === 0) break;
    offset += character.length;
    if (isCounted(character)) left--;
  }
  return offset;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);
