import type { Block, ComposedDocument, Run } from "../report/compose.ts";
import { baselineIn, type Face, type LayoutStyle, type Metrics, type Tag, type TextRun } from "./display.ts";
import { breakEvenly, breakLines, charactersOf, type Line, lineRuns, type Measure, type StyledText } from "./lines.ts";
import { type MeasuredTable, measureTable } from "./table.ts";

/**
 * What pages are filled with, from top to bottom: lines of text, whose runs are placed as if the line's top were 0, and
 * whole tables.
 */
export type Strip =
  | {
      kind: "line";
      runs: TextRun[];
      /** Stands on the same page as the strip after it. */
      keepWithNext: boolean;
      /** Title of the outline entry that leads here. */
      bookmark?: string;
    }
  | { kind: "table"; table: MeasuredTable };

type LineStrip = Extract<Strip, { kind: "line" }>;

/** Characters that a paragraph is indented by, and that a signature stands away from the right edge. */
const INDENT = 2;
/** A signature never stands alone on a page: so many lines of the last paragraph go with it. */
const LINES_WITH_SIGNATURE = 2;

/** Gives the strips of a block that has been set before in the same place, or sets it. */
export type Remember = (block: Block, index: number, set: () => Strip[]) => readonly Strip[];

/** The document as a column of strips, endlessly long. */
export function stripsOf(
  document: ComposedDocument,
  style: LayoutStyle,
  metrics: Metrics,
  remember: Remember = (_block, _index, set) => set(),
): Strip[] {
  const setter = { style, metrics, left: style.page.left, width: textWidth(style) };
  const strips: Strip[] = [];
  for (const [index, block] of document.blocks.entries()) {
    if (block.kind === "signature") tieLastLines(strips, LINES_WITH_SIGNATURE);
    if (block.kind === "note") tieLastLines(strips, 1);
    strips.push(...remember(block, index, () => blockStrips(setter, block, index)));
  }
  return strips;
}

/** Width of the text block in pt. */
export const textWidth = ({ page }: LayoutStyle): number => page.width - page.left - page.right;

type Setter = { style: LayoutStyle; metrics: Metrics; left: number; width: number };

function blockStrips(setter: Setter, block: Block, index: number): Strip[] {
  const tag: Tag = { kind: "block", block: index };
  switch (block.kind) {
    case "title":
      return titleStrips(setter, block.lines, tag);
    case "heading":
      return headingStrips(setter, block, tag);
    case "paragraph":
      return paragraphStrips(setter, block.runs.map(styledText), tag);
    case "table":
      return [{ kind: "table", table: measureTable(block, index, setter.width, setter.metrics) }];
    case "signature":
      return signatureStrips(setter, block, tag);
    case "note":
      return paragraphStrips(setter, [{ text: block.text, face: "body" }], tag);
  }
}

const styledText = ({ text, style }: Run): StyledText => ({ text, face: runFace(style) });
/** Emphasis within a paragraph is set in 黑体, as offices do; Chinese has no bold of its own. */
const runFace = (style: Run["style"]): Face => (style === "bold" ? "heading" : style === "lead" ? "lead" : "body");

/** The title, centred, and a blank line behind it. */
function titleStrips(setter: Setter, lines: readonly string[], tag: Tag): Strip[] {
  const { style, metrics, left, width } = setter;
  const size = style.size.title;
  const baseline = baselineIn(0, style.lineHeight, size);
  const strips = lines
    .flatMap((text) => breakEvenly(charactersOf([{ text, face: "title" }], size, metrics), { size, width }))
    .map((line) =>
      lineStrip(lineRuns(line, left + (width - line.width + line.hang.end) / 2, baseline, size, tag), true),
    );
  return [...strips, lineStrip([], false)];
}

function headingStrips(setter: Setter, block: Extract<Block, { kind: "heading" }>, tag: Tag): Strip[] {
  const face = setter.style.headingFaces[block.level];
  const text = block.runs.map((run) => run.text).join("");
  const [first, ...rest] = paragraphStrips(setter, [{ text, face }], tag);
  if (!first) return [];
  const bookmark = block.level === 1 ? { bookmark: text } : {};
  return [{ ...first, ...bookmark }, ...rest].map((strip) => ({ ...strip, keepWithNext: true }));
}

/**
 * A paragraph on the character grid of the page, its first line indented. Neither its first nor its last line stands
 * alone on a page, as in Word.
 */
function paragraphStrips(setter: Setter, texts: readonly StyledText[], tag: Tag): LineStrip[] {
  const { style, left } = setter;
  const measure = { ...bodyMeasure(setter), indent: INDENT * style.characterWidth, justify: true };
  const lines = breakLines(charactersOf(texts, measure.size, setter.metrics), measure);
  return lines.map((line, index) => {
    const isTied = lines.length > 1 && (index === 0 || index === lines.length - 2);
    const runs = lineRuns(line, left, baselineIn(0, style.lineHeight, style.size.body), style.size.body, tag);
    return lineStrip(runs, isTied);
  });
}

/**
 * 署名 and 成文日期 without a seal (GB/T 9704 §7.3.5.2): below a blank line, the agency two characters away from the
 * right edge, the date beginning two characters to the right of it; a date that is longer than the agency's name
 * stands two characters from the edge itself and pushes the name to the left. A name that is longer than a line breaks as
 * in the title, its lines centred on each other.
 */
function signatureStrips(setter: Setter, block: Extract<Block, { kind: "signature" }>, tag: Tag): Strip[] {
  const { style, left, width } = setter;
  const gap = INDENT * style.characterWidth;
  const measure = { ...bodyMeasure(setter), width: width - 2 * gap };
  const lines = (text: string) =>
    breakEvenly(charactersOf([{ text, face: "body" }], measure.size, setter.metrics), measure);
  const [name, date] = [lines(block.organisation), lines(block.date)];
  const [nameWidth, dateWidth] = [widest(name), widest(date)];
  const right = left + width - gap;
  const isPushed = nameWidth === 0 || dateWidth > nameWidth;
  const dateX = isPushed ? right - dateWidth : right - nameWidth + gap;
  const nameX = isPushed && dateWidth > 0 ? dateX - gap : right - nameWidth;
  const set = (line: Line, x: number) =>
    lineStrip(lineRuns(line, x, baselineIn(0, style.lineHeight, style.size.body), style.size.body, tag), true);
  const strips = [
    lineStrip([], true),
    ...name.map((line) => set(line, nameX + (nameWidth - line.width) / 2)),
    ...date.map((line) => set(line, dateX)),
  ];
  return strips.map((strip, index) => ({ ...strip, keepWithNext: index < strips.length - 1 }));
}

/** Body text on the character grid of the page. */
const bodyMeasure = ({ style, width }: Setter): Measure => ({
  size: style.size.body,
  width,
  pitch: style.characterWidth - style.size.body,
});

const lineStrip = (runs: TextRun[], keepWithNext: boolean): LineStrip => ({ kind: "line", runs, keepWithNext });
const widest = (lines: readonly Line[]): number => Math.max(0, ...lines.map((line) => line.width));

/** Ties the last lines to what follows them. They are copied: the strips of a block may be remembered. */
function tieLastLines(strips: Strip[], count: number): void {
  for (let index = Math.max(strips.length - count, 0); index < strips.length; index++) {
    const strip = strips[index] as Strip;
    if (strip.kind === "line") strips[index] = { ...strip, keepWithNext: true };
  }
}
