import { all, type Element, elementsOf, first, readMarkup, textOf } from "./read-markup.ts";

/** Text of a fragment: a line a block, tabs between the cells of a row; the draft mark is not part of it. */
export function htmlText(fragment: string): string {
  return elementsOf(first(readMarkup(fragment), "div"))
    .flatMap(blockLines)
    .join("\n");
}

function blockLines(block: Element): string[] {
  if (block.name === "table") return all(block, "tr").map((row) => elementsOf(row).map(textOf).join("\t"));
  return [block.children.map((child) => (isBreak(child) ? "\n" : inlineText(child))).join("")];
}

const isBreak = (child: Element | string): boolean => typeof child !== "string" && child.name === "br";
const inlineText = (child: Element | string): string => (typeof child === "string" ? child : textOf(child));
