/**
 * What page layout takes and gives. All lengths are in pt; x grows to the right and y downwards from the top left
 * corner of the paper.
 */

/** What a stretch of text is set in. The metrics decide which font draws each of its characters. */
export type Face = "title" | "body" | "heading" | "lead" | "table";

/** How one character is drawn: by which font, how wide in em, and what stands in for it where no font has it. */
export type Glyph = { font: string; advance: number; drawn: string };
export type Metrics = { glyph(face: Face, character: string): Glyph };

/** Page, sizes and faces of the document. */
export type LayoutStyle = {
  page: { width: number; height: number; top: number; right: number; bottom: number; left: number };
  /** Height of a body line and width of a body character; what is left between the characters is their spacing. */
  lineHeight: number;
  characterWidth: number;
  size: { title: number; body: number; number: number };
  headingFaces: Readonly<Record<1 | 2 | 3, Face>>;
  /** From the foot of the text block to the dashes of the page number. */
  numberBelow: number;
  draftMark: string;
};

/** Where a mark on the page comes from: a block of the document, a cell of a table, or the page itself. */
export type Tag =
  | { kind: "block"; block: number }
  /** `repeated`: shown again on a later page, already read once. */
  | { kind: "cell"; block: number; row: number; cell: number; repeated: boolean }
  | { kind: "grid"; block: number }
  | { kind: "pageNumber" }
  | { kind: "draftMark" };

/** Text of one font on one line. `y` is the baseline, `spacing` is added behind each character. */
export type TextRun = { text: string; x: number; y: number; font: string; size: number; spacing: number; tag: Tag };
/** A straight line. */
export type Rule = { x1: number; y1: number; x2: number; y2: number; width: number; tag: Tag };
/** What a mark comes from, as an area of the page: the whole of a cell, or the width of the text block at a line. */
export type Area = { x: number; y: number; width: number; height: number; tag: Tag };
/** An entry of the outline, leading to a height on its page. */
export type Bookmark = { title: string; y: number };

/** A finished page. Runs are in reading order, page number and draft mark last. */
export type Page = {
  width: number;
  height: number;
  runs: TextRun[];
  rules: Rule[];
  bookmarks: Bookmark[];
  areas: Area[];
};

/** From the middle of a line down to its baseline, in em: CJK glyphs reach from 0.88 above to 0.12 below it. */
const BASELINE_BELOW_MIDDLE = 0.38;

/** Baseline of text of this size in a line of this height. */
export const baselineIn = (top: number, height: number, size: number): number =>
  top + height / 2 + BASELINE_BELOW_MIDDLE * size;
