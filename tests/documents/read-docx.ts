import { strFromU8, unzipSync } from "fflate";
import { type ComposedDocument, documentText } from "../../lib/report/compose.ts";
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

/** The plain text of a document as a Word file holds it: the lines of a title are no lines of the text there. */
export const wordText = (document: ComposedDocument): string =>
  documentText({
    ...document,
    blocks: document.blocks.map((block) =>
      block.kind === "title" ? { ...block, lines: [block.lines.join("")] } : block,
    ),
  });

/** Lines of a paragraph as far as the file itself breaks it. */
export const brokenLines = (paragraph: Element): string[] =>
  elementsOf(paragraph)
    .map((run) => (all(run, "w:br").length > 0 ? "\n" : "") + paragraphText(run))
    .join("")
    .split("\n");

/** Text of a paragraph; its breaks are layout. */
export function paragraphText(paragraph: Element): string {
  return elementsOf(paragraph)
    .map((child) => {
      return child.name === "w:t" ? child.children.join("") : paragraphText(child);
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
