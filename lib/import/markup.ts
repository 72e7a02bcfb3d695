import { expand, type Markup } from "../sheet/clipboard.ts";
import { Unreadable } from "./refusals.ts";
import { PAGE_NUMBER, type Piece } from "./text.ts";

type Options = {
  /** Blanks are part of the text, as in a Word file; on a page they are only room in its source. */
  keepsBlanks: boolean;
};
type Segment = { text: string; bold: boolean };

const BLOCKS = new Set([
  ...["p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "main"],
  ...["header", "tr", "td", "th", "center", "blockquote", "pre", "figure", "figcaption", "fieldset", "form", "body"],
  ...["hr", "address", "aside", "table", "tbody", "thead", "tfoot", "caption"],
]);
const UNSEEN = new Set([
  ...["style", "script", "head", "title", "template", "noscript", "#comment", "#documentType", "xml", "nav", "footer"],
  ...["button", "select", "textarea", "iframe", "object", "svg", "audio", "video", "canvas", "map", "input"],
]);
const BOLD = new Set(["b", "strong"]);
const HIDDEN = /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all/i;
const SOURCE_BLANKS = /[ \t\r\n\f]+/g;
/** Every kind of blank at the ends of a line is indentation. */
const ENDS = /^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/g;
/** A line of a table of contents, which repeats a heading. */
const CONTENTS_LINE = /(?:[.…·．]{3,}|\t)\s*\d{1,3}$/;
/** Deeper than any page that a person reads. */
const DEEPEST = 600;
/** A cell with so much text in several paragraphs holds a part of the page, not of a table. */
const LONG_CELL = 400;
const DIGITS_IN_LINES = /^[\d.,]+(?:\n[\d.,]+)+$/;

export const textNode = (text: string): Markup => ({ name: "#text", text, attribute: () => undefined, children: [] });

export const element = (
  name: string,
  children: readonly Markup[],
  attributes: Readonly<Record<string, string>> = {},
): Markup => ({ name, text: "", attribute: (key) => attributes[key], children });

/**
 * The pieces of marked-up text: a line for each block and line break, the rows of tables with merged cells as they stand
 * in the grid, and tables that only arrange the page taken apart. Bold words stand in `**…**`.
 */
export function piecesOfMarkup(markup: Markup, { keepsBlanks }: Options): Piece[] {
  const pieces: Piece[] = [];
  let line: Segment[] = [];
  walk(markup, false, 0);
  endLine();
  return pieces;

  function walk(node: Markup, bold: boolean, depth: number): void {
    if (depth > DEEPEST) throw new Unreadable("tooDeep");
    if (!isShown(node)) return;
    if (node.name === "#text") {
      line.push({ text: keepsBlanks ? node.text : node.text.replace(SOURCE_BLANKS, " "), bold });
    } else if (node.name === "br") {
      endLine();
    } else if (node.name === "table" && !arrangesPage(node)) {
      endLine();
      for (const row of expand(node)) addRow(row.filter(({ covered }) => covered !== "left"));
    } else {
      const isBlock = BLOCKS.has(node.name);
      if (isBlock) endLine();
      for (const child of node.children) walk(child, bold || BOLD.has(node.name), depth + 1);
      if (isBlock) endLine();
    }
  }

  function addRow(cells: ReturnType<typeof expand>[number]): void {
    const texts = cells.map(({ text, covered }) => (covered ? "" : cellText(text)));
    if (texts.some((text) => text !== "")) pieces.push({ kind: "row", cells: texts });
  }

  function endLine(): void {
    const text = marked(line);
    line = [];
    if (text !== "" && !PAGE_NUMBER.test(text) && !CONTENTS_LINE.test(text)) pieces.push({ kind: "line", text });
  }
}

/** The lines of a cell are one text, but for a figure in several lines, which somebody has to look at. */
const cellText = (text: string): string => (DIGITS_IN_LINES.test(text) ? text : text.replaceAll("\n", ""));

/** The text of a line, with its bold stretches marked, unless all of it is bold. */
function marked(segments: readonly Segment[]): string {
  const plain = segments.map(({ text }) => text).join("");
  const shown = segments.filter(({ text }) => text.trim() !== "");
  if (shown.every(({ bold }) => bold) || shown.every(({ bold }) => !bold)) return tidy(plain);
  const stretches: Segment[] = [];
  for (const { text, bold } of segments) {
    const last = stretches.at(-1);
    if (last && (last.bold === bold || text.trim() === "")) last.text += text;
    else stretches.push({ text, bold });
  }
  return tidy(
    stretches.map(({ text, bold }) => (bold ? text.replace(/^(\s*)([\s\S]*?)(\s*)$/, "$1**$2**$3") : text)).join(""),
  );
}

const tidy = (text: string): string => text.replace(ENDS, "").replaceAll("\u00a0", " ");

function isShown(node: Markup): boolean {
  return (
    !UNSEEN.has(node.name) && node.attribute("hidden") === undefined && !HIDDEN.test(node.attribute("style") ?? "")
  );
}

/** Whether a table holds others, has a single column, or holds long text: it arranges a page and is no table. */
function arrangesPage(table: Markup): boolean {
  if (tablesBelow(table, 0)) return true;
  const rows = expand(table);
  const isColumn = rows.every((row) => row.filter(({ covered }) => covered !== "left").length <= 1);
  return isColumn || rows.some((row) => row.some(({ text }) => text.length > LONG_CELL && text.includes("\n")));
}

/** A table of one cell within a cell is a frame around its text. */
function tablesBelow(node: Markup, depth: number): boolean {
  if (depth > DEEPEST) throw new Unreadable("tooDeep");
  return node.children.some(
    (child) => (child.name === "table" && cellsBelow(child) > 1) || tablesBelow(child, depth + 1),
  );
}

const cellsBelow = (node: Markup): number =>
  node.children.reduce(
    (count, child) => count + (child.name === "td" || child.name === "th" ? 1 : cellsBelow(child)),
    0,
  );
