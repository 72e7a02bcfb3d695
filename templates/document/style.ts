import type { Face, LayoutStyle } from "../../lib/layout/display.ts";
import { type Run, runsText } from "../../lib/report/compose.ts";

/**
 * How a finished document looks: GB/T 9704 page, faces and sizes (domain.md §5). One list for every renderer.
 * Lengths are in mm where they are the standard's own, in pt where they concern type.
 */

/** mm → pt. */
export const points = (mm: number): number => (mm * 72) / 25.4;

/** A4, 版心 156 × 225 mm. */
export const page = {
  width: 210,
  height: 297,
  top: 37,
  right: 26,
  bottom: 35,
  left: 28,
  /** Lines a page and characters a line of body text. */
  lines: 22,
  characters: 28,
  /** From the foot of the 版心 to the top of the page number. */
  numberBelow: 7,
} as const;

/** Height of one body line in pt: 225 mm / 22. */
export const lineHeight = points(page.height - page.top - page.bottom) / page.lines;

/** Type sizes in pt: 二号, 三号, 四号. Tables carry their own. */
export const size = { title: 22, body: 16, number: 14 } as const;

/** Official face names, as Word and WPS know them; the PDF embeds open ones in their place. */
export const officialFaces: Readonly<Record<Face, string>> = {
  title: "方正小标宋简体",
  body: "仿宋_GB2312",
  heading: "黑体",
  lead: "楷体_GB2312",
  table: "宋体",
};

/** Face of a heading by its level (一级黑体、二级楷体、三级仿宋). */
export const headingFaces: Readonly<Record<1 | 2 | 3, Face>> = { 1: "heading", 2: "lead", 3: "body" };

/**
 * Whether Word and browsers stretch the lines of a paragraph: not where an address or a number that is never broken
 * would leave a wide gap in the line above it.
 */
export const isJustified = (runs: readonly Run[]): boolean => !/[!-~]{12}/.test(runsText(runs));

/** Mark of a document that must not be published yet. */
export const draftMark = "草稿";

/** The same in pt, for `lib/layout`. */
export const layoutStyle: LayoutStyle = {
  page: {
    width: points(page.width),
    height: points(page.height),
    top: points(page.top),
    right: points(page.right),
    bottom: points(page.bottom),
    left: points(page.left),
  },
  lineHeight,
  characterWidth: points(page.width - page.left - page.right) / page.characters,
  size,
  headingFaces,
  numberBelow: points(page.numberBelow),
  draftMark,
};
