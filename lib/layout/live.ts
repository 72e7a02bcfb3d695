import type { ComposedDocument } from "../report/compose.ts";
import type { LayoutStyle, Metrics, Page, Rule, TextRun } from "./display.ts";
import { layOut } from "./pages.ts";
import type { Remember, Strip } from "./strips.ts";

/**
 * Lays out one state of a document after the other, as typing changes it. Blocks that stay what and where they were are
 * not set again, and pages that look as before stay the same objects; the pages are those of `layOut`.
 */
export function liveLayout(style: LayoutStyle, metrics: Metrics): (document: ComposedDocument) => readonly Page[] {
  let known: ReadonlyMap<string, readonly Strip[]> = new Map();
  let pages: readonly Page[] = [];
  return (document) => {
    const used = new Map<string, readonly Strip[]>();
    const remember: Remember = (block, index, set) => {
      const key = `${index} ${JSON.stringify(block)}`;
      const strips = known.get(key) ?? set();
      used.set(key, strips);
      return strips;
    };
    const next = layOut(document, style, metrics, remember);
    known = used;
    pages = next.map((page, index) => {
      const before = pages[index];
      return before && looksLike(before, page) ? before : page;
    });
    return pages;
  };
}

/** Whether two pages of one style are the same, down to what their marks come from. */
const looksLike = (one: Page, other: Page): boolean =>
  sameList(one.runs, other.runs, sameRun) && sameList(one.rules, other.rules, sameRule);

const sameRun = (one: TextRun, other: TextRun): boolean =>
  one.text === other.text &&
  one.x === other.x &&
  one.y === other.y &&
  one.font === other.font &&
  one.size === other.size &&
  one.spacing === other.spacing &&
  sameTag(one.tag, other.tag);

const sameRule = (one: Rule, other: Rule): boolean =>
  one.x1 === other.x1 && one.y1 === other.y1 && one.x2 === other.x2 && one.y2 === other.y2 && one.width === other.width;

const sameTag = (one: TextRun["tag"], other: TextRun["tag"]): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

const sameList = <Item>(one: readonly Item[], other: readonly Item[], same: (a: Item, b: Item) => boolean): boolean =>
  one.length === other.length && one.every((item, index) => same(item, other[index] as Item));
