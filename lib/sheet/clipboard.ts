/**
 * One cell of what was copied. A cell that a merged one covers bears the text of that one and says on which side it lies;
 * its own figure is none.
 */
export type ClipCell = { text: string; covered?: "left" | "above" };
/** A copied rectangle, row by row. Rows may differ in length. */
export type Clip = readonly (readonly ClipCell[])[];

/** A node of a document, of whatever parser: `name` in lower case, empty for a text, whose characters are `text`. */
export type Markup = {
  name: string;
  text: string;
  attribute: (name: string) => string | undefined;
  children: readonly Markup[];
};

/** More than any table has; a page that says more is not believed. */
const LARGEST_SPAN = 500;
const BLOCKS = new Set(["p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6"]);
const UNSEEN = new Set(["style", "script", "head", "title", "template", "noscript", "#comment", "xml"]);
const BLANKS = /[\s\u200b\ufeff]+/g;

/**
 * The rectangles on a clipboard: the tables of its markup, where that has any, else its text, cells parted by tabs and
 * rows by line ends. Empty for a clipboard without text.
 */
export function clipsOf(markup: Markup | undefined, text: string): Clip[] {
  const tables = markup ? innermostTables(markup).map(expand).filter(isFilled) : [];
  return tables.length > 0 ? tables : [clipOfText(text)].filter(isFilled);
}

const isFilled = (clip: Clip): boolean => clip.some((row) => row.some(({ text }) => text !== ""));

/** Text as spreadsheets copy it. A cell in quotation marks may hold tabs and line ends, and doubled marks stand for one. */
function clipOfText(text: string): Clip {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/gy;
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "") break;
    if (match[3] !== "\t") rows.push([]);
  }
  while (rows.length > 1 && rows.at(-1)?.length === 1 && rows.at(-1)?.[0]?.trim() === "") rows.pop();
  const parted = text.includes("\t") ? rows : rows.map(([line = ""]) => partedByBlanks(line));
  return parted.map((cells) => cells.map((printed) => ({ text: tidy(printed) })));
}

/** A line of a document without tabs: figures behind a label, parted by blanks, are cells of their own. */
function partedByBlanks(line: string): string[] {
  const figures = /(?:(?<=\s|^)[\d,.，．０-９/—-]+\s*){2,}$/.exec(line)?.[0] ?? "";
  if (figures === "") return [line];
  const label = line.slice(0, line.length - figures.length).trim();
  return [...(label ? [label] : []), ...figures.trim().split(/\s+/)];
}

/** Line ends within a cell stay, since they part figures; every other run of blanks is one. */
const tidy = (text: string): string =>
  text
    .split(/\r\n|[\r\n]/)
    .map((line) => line.replace(BLANKS, " ").trim())
    .filter((line) => line !== "")
    .join("\n");

function innermostTables(node: Markup): Markup[] {
  const below = visible(node).flatMap(innermostTables);
  return node.name === "table" && below.length === 0 ? [node] : below;
}

/** What is shown of a node. Excel adds a hidden row that holds nothing but widths. */
const visible = (node: Markup): Markup[] =>
  node.children.filter(
    (child) => !UNSEEN.has(child.name) && !/display:\s*none|mso-hide:\s*all/i.test(child.attribute("style") ?? ""),
  );

const rowsOf = (node: Markup): Markup[] =>
  visible(node).flatMap((child) => (child.name === "tr" ? [child] : rowsOf(child)));

/** The grid of a table, merged cells laid out. */
export function expand(table: Markup): Clip {
  const sources = rowsOf(table);
  const rows: ClipCell[][] = sources.map(() => []);
  for (const [top, source] of sources.entries()) {
    let left = 0;
    for (const cell of visible(source).filter(({ name }) => name === "td" || name === "th")) {
      while (rows[top]?.[left]) left += 1;
      const text = tidy(textOf(cell));
      const height = spanOf(cell, "rowspan") || sources.length;
      const width = spanOf(cell, "colspan") || 1;
      for (const [down, row] of rows.slice(top, top + height).entries()) {
        for (let across = 0; across < width; across++) {
          row[left + across] ??=
            across > 0 ? { text, covered: "left" } : down > 0 ? { text, covered: "above" } : { text };
        }
      }
    }
  }
  return rows.map((row) => Array.from(row, (cell) => cell ?? { text: "" }));
}

function spanOf(cell: Markup, attribute: string): number {
  const span = Number.parseInt(cell.attribute(attribute) ?? "1", 10);
  return Number.isNaN(span) || span < 0 ? 1 : Math.min(span, LARGEST_SPAN);
}

/** Text of a cell: blocks and `<br>` end lines, line ends of the source do not; a field counts with what it holds. */
function textOf(node: Markup): string {
  if (node.name === "br") return "\n";
  if (node.name === "input")
    return /^(?:hidden|button|submit)$/i.test(node.attribute("type") ?? "") ? "" : (node.attribute("value") ?? "");
  if (node.name === "#text" || node.name === "") return node.text.replace(BLANKS, " ");
  const text = visible(node).map(textOf).join("");
  return BLOCKS.has(node.name) ? `\n${text}\n` : text;
}
