import type { Page, Rule, TextRun } from "../../lib/layout/display.ts";
import { box, element, millimetres, textElement, xmlFile } from "./ofd-xml.ts";

/** What a page needs to know of a font that its text is set in. */
export type FontResource = {
  /** Number of the font among the objects of the document. */
  id: number;
  /** Width of a character in em. */
  advance: (character: string) => number;
};

/** How far the box around text reaches above and below its baseline, in em: readers may cut off what is outside. */
const ABOVE_BASELINE = 1;
const BELOW_BASELINE = 0.25;

/**
 * Where text is parted into pieces that are placed one by one: blanks in front, which XML readers may drop, and
 * characters beyond U+FFFF, which some readers count as two. Neither can move the characters after it then.
 */
const PIECES = /^\s+|[\u{10000}-\u{10FFFF}]|[^\u{10000}-\u{10FFFF}]+/gu;

/** Fewest equal distances in a row that are written as a group. */
const GROUP = 3;

/** A page as Content.xml. Every object takes the next number. */
export function pageContent(
  page: Page,
  fontResource: (font: string) => FontResource,
  nextId: () => number,
): Uint8Array {
  const layer = nextId();
  const objects = [
    ...page.rules.map((rule) => pathObject(rule, nextId())),
    ...page.runs.map((run) => textObject(run, fontResource(run.font), nextId())),
  ];
  const area = element("Area", {}, textElement("PhysicalBox", box(0, 0, page.width, page.height)));
  const content = element("Content", {}, element("Layer", { ID: layer, Type: "Body" }, objects.join("")));
  return xmlFile("Page", {}, area + content);
}

/** A straight line; its points are counted from the corner of its box, which leaves the line's width around it. */
function pathObject({ x1, y1, x2, y2, width }: Rule, id: number): string {
  const [left, top] = [Math.min(x1, x2) - width, Math.min(y1, y2) - width];
  const boundary = box(left, top, Math.abs(x2 - x1) + 2 * width, Math.abs(y2 - y1) + 2 * width);
  const from = [x1 - left, y1 - top].map(millimetres).join(" ");
  const to = [x2 - left, y2 - top].map(millimetres).join(" ");
  return element(
    "PathObject",
    { ID: id, Boundary: boundary, LineWidth: millimetres(width) },
    textElement("AbbreviatedData", `M ${from} L ${to}`),
  );
}

function textObject({ text, x, y, size, spacing }: TextRun, font: FontResource, id: number): string {
  const baseline = ABOVE_BASELINE * size;
  const widthOf = (character: string): number => font.advance(character) * size + spacing;
  const codes: string[] = [];
  let at = 0;
  for (const piece of text.match(PIECES) ?? []) {
    const widths = [...piece].map(widthOf);
    const distances = deltas(widths.slice(0, -1).map(millimetres));
    codes.push(
      textElement("TextCode", piece, {
        X: millimetres(at),
        Y: millimetres(baseline),
        ...(distances && { DeltaX: distances }),
      }),
    );
    at += widths.reduce((all, width) => all + width, 0);
  }
  const boundary = box(x, y - baseline, at, baseline + BELOW_BASELINE * size);
  return element("TextObject", { ID: id, Boundary: boundary, Font: font.id, Size: millimetres(size) }, codes.join(""));
}

/** Distances from character to character; `g 12 5.644` stands for 12 equal ones. */
function deltas(distances: readonly number[]): string {
  const groups: { count: number; distance: number }[] = [];
  for (const distance of distances) {
    const last = groups.at(-1);
    if (last?.distance === distance) last.count++;
    else groups.push({ count: 1, distance });
  }
  return groups
    .flatMap(({ count, distance }) =>
      count < GROUP ? Array.from({ length: count }, () => distance) : ["g", count, distance],
    )
    .join(" ");
}
