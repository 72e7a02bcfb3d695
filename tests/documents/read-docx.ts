import { strFromU8, unzipSync } from "fflate";
import { all, type Element, elementsOf, first, readMarkup } from "./read-markup.ts";

/** The parts of a Word file by path, unzipped. */
export const unzip = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, part]) => [path, strFromU8(part)]));

/** One part of a Word file as XML. Throws when the file has no such part. */
export function partOf(bytes: Uint8Array, path: string): Element {
  const part = unzip(bytes)[path];
  if (part === undefined) throw new Error(`no ${path}`);
  return readMarkup(part);
}

export const bodyOf = (bytes: Uint8Array): Element => first(partOf(bytes, "word/document.xml"), "w:body");

/** Text of the body as it stands in the file: a line a paragraph, tabs between the cells of a row. */
export const docxText = (bytes: Uint8Array): string =>
  elementsOf(bodyOf(bytes))
    .flatMap((block) => {
      if (block.name === "w:p") return [paragraphText(block)];
      return block.name === "w:tbl" ? all(block, "w:tr").map(rowText) : [];
    })
    .join("\n");

/** Text of a paragraph; a break is a new line. */
export function paragraphText(paragraph: Element): string {
  return elementsOf(paragraph)
    .map((child) => {
      if (child.name === "w:t") return child.children.join("");
      return child.name === "w:br" ? "\n" : paragraphText(child);
    })
    .join("");
}

/** The cells of a row that are printed: those that a cell from above covers are left out. */
export const printedCells = (row: Element): Element[] => all(row, "w:tc").filter((cell) => !isCovered(cell));

export const isCovered = (cell: Element): boolean =>
  all(cell, "w:vMerge").some((merge) => merge.attributes["w:val"] !== "restart");

const rowText = (row: Element): string =>
  printedCells(row)
    .map((cell) => all(cell, "w:p").map(paragraphText).join("\n"))
    .join("\t");

/** A style by its id. */
export function styleOf(bytes: Uint8Array, id: string): Element {
  const style = all(partOf(bytes, "word/styles.xml"), "w:style").find((one) => one.attributes["w:styleId"] === id);
  if (!style) throw new Error(`no style ${id}`);
  return style;
}
