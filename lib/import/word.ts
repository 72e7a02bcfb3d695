import type { Markup } from "../sheet/clipboard.ts";
import { element, piecesOfMarkup, textNode } from "./markup.ts";
import type { Piece } from "./text.ts";
import { automaticNumbers } from "./word-numbers.ts";
import { openWord } from "./word-package.ts";
import { elementAt, elementsOf, type XmlElement, type XmlNode } from "./xml.ts";

/** What holds content that is shown where it stands. */
const TRANSPARENT = new Set([
  ...["body", "ins", "moveTo", "sdt", "sdtContent", "smartTag", "hyperlink", "customXml", "fldSimple", "dir", "bdo"],
  ...["drawing", "inline", "anchor", "graphic", "graphicData", "wsp", "wgp", "txbx", "pict", "shape", "group", "rect"],
  ...["textbox", "Choice", "Fallback", "object", "roundrect"],
]);
const BREAKS: Readonly<Record<string, string>> = { tab: "\t", noBreakHyphen: "-", cr: "\n" };
const CONTENTS_STYLE = /^toc/i;

/** The pieces of a Word file, whoever has written it: text, text boxes and tables, without what was deleted or is hidden. */
export function piecesOfWord(bytes: Uint8Array): Piece[] {
  const word = openWord(bytes);
  const number = automaticNumbers(word);
  const boldStyles = new Set(
    elementsOf(word.part("word/styles.xml"), "style")
      .filter((style) => style.attributes.type === "character" && isOn(elementAt(style, "rPr", "b")))
      .map(({ attributes }) => attributes.styleId),
  );
  const body = elementAt(word.part(word.main), "body");
  return piecesOfMarkup(element("body", blocks(body?.children ?? [])), { keepsBlanks: true });

  function blocks(nodes: readonly XmlNode[]): Markup[] {
    return nodes.flatMap((node) => (typeof node === "string" ? [] : block(node)));
  }

  function block(node: XmlElement): Markup[] {
    switch (node.name) {
      case "p":
        return paragraph(node);
      case "tbl":
        return [table(node)];
      case "r":
        return run(node);
      case "AlternateContent":
        return blocks(elementsOf(node).slice(0, 1));
      case "txbxContent":
        return [element("div", blocks(node.children))];
      case "sdt":
        return isContents(node) ? [] : blocks(node.children);
      default:
        return TRANSPARENT.has(node.name) ? blocks(node.children) : [];
    }
  }

  function paragraph(node: XmlElement): Markup[] {
    const properties = elementAt(node, "pPr");
    if (CONTENTS_STYLE.test(elementAt(properties, "pStyle")?.attributes.val ?? "")) return [];
    const numbered = number(properties);
    return [element("p", [...(numbered ? [textNode(numbered)] : []), ...blocks(node.children)])];
  }

  function run(node: XmlElement): Markup[] {
    const properties = elementAt(node, "rPr");
    if (isOn(elementAt(properties, "vanish"))) return [];
    const content = node.children.flatMap((child): Markup[] => {
      if (typeof child === "string") return [];
      if (child.name === "t") return [textNode(child.children.filter((text) => typeof text === "string").join(""))];
      if (child.name === "br") return child.attributes.type === "page" ? [] : [element("br", [])];
      const sign = BREAKS[child.name];
      return sign === undefined ? block(child) : [textNode(sign)];
    });
    const bold = elementAt(properties, "b");
    const isBold = bold ? isOn(bold) : boldStyles.has(elementAt(properties, "rStyle")?.attributes.val);
    return isBold ? [element("b", content)] : content;
  }

  function table(node: XmlElement): Markup {
    const rows = rowsOf(node);
    const cells = rows.map(gridCells);
    return element(
      "table",
      cells.map((row, top) =>
        element(
          "tr",
          row.flatMap((cell) => {
            if (cell.node === undefined) return [element("td", [], { colspan: String(cell.span) })];
            if (cell.goesOn && startsAbove(cells, top, cell.start)) return [];
            const attributes = { colspan: String(cell.span), rowspan: String(heightOf(cells, top, cell)) };
            return [element("td", blocks(cell.node.children), attributes)];
          }),
        ),
      ),
    );
  }
}

/** A cell with the grid columns it takes; one without a node is a gap at the side of the table. */
type GridCell = { node: XmlElement | undefined; start: number; span: number; goesOn: boolean };

/** Rows, also those within content controls and tracked insertions, but for deleted ones. */
const rowsOf = (node: XmlElement): XmlElement[] =>
  elementsOf(node).flatMap((child) => {
    if (child.name === "tr") return elementAt(child, "trPr", "del") ? [] : [child];
    return TRANSPARENT.has(child.name) ? rowsOf(child) : [];
  });

const cellsOf = (row: XmlElement): XmlElement[] =>
  elementsOf(row).flatMap((child) =>
    child.name === "tc" ? [child] : TRANSPARENT.has(child.name) ? cellsOf(child) : [],
  );

function gridCells(row: XmlElement): GridCell[] {
  const before = spanOf(elementAt(row, "trPr", "gridBefore"), 0);
  const cells: GridCell[] = before > 0 ? [{ node: undefined, start: 0, span: before, goesOn: false }] : [];
  let start = before;
  for (const node of cellsOf(row)) {
    const properties = elementAt(node, "tcPr");
    const span = spanOf(elementAt(properties, "gridSpan"), 1);
    const merge = elementAt(properties, "vMerge");
    cells.push({ node, start, span, goesOn: merge !== undefined && merge.attributes.val !== "restart" });
    start += span;
  }
  return cells;
}

/** More grid columns than any table has. */
const WIDEST = 200;

function spanOf(property: XmlElement | undefined, otherwise: number): number {
  const span = Number.parseInt(property?.attributes.val ?? "", 10);
  return span > 0 ? Math.min(span, WIDEST) : otherwise;
}

const cellAt = (row: readonly GridCell[] | undefined, start: number): GridCell | undefined =>
  row?.find((cell) => cell.start === start && cell.node !== undefined);

/** Whether a cell that goes on has one above it to go on from: at a page end the beginning may be gone. */
const startsAbove = (rows: readonly (readonly GridCell[])[], top: number, start: number): boolean =>
  top > 0 && cellAt(rows[top - 1], start) !== undefined;

function heightOf(rows: readonly (readonly GridCell[])[], top: number, { start }: GridCell): number {
  let height = 1;
  while (cellAt(rows[top + height], start)?.goesOn) height += 1;
  return height;
}

/** Whether an on-off property is there and not switched off. */
const isOn = (property: XmlElement | undefined): boolean =>
  property !== undefined && !["0", "false", "off"].includes(property.attributes.val ?? "");

const isContents = (control: XmlElement): boolean =>
  elementAt(control, "sdtPr", "docPartObj", "docPartGallery")?.attributes.val === "Table of Contents";
