/**
 * One piece of a document that was read: a line of text, or a row of table cells; `doubt` is a finished Chinese sentence on
 * why its cells may not be those of their columns.
 */
export type Piece = { kind: "line"; text: string } | { kind: "row"; cells: readonly string[]; doubt?: string };

export const PAGE_NUMBER = /^[—–-]\s*\d{1,3}\s*[—–-]$/;
const RULE = /^:?-{3,}:?$/;
/** A row of a Markdown table, which needs no `|` at its ends. */
const PIPED = /^\|.*\||^[^|]*\S\s+\|\s(?:.*\||\s*[\d.,，/—-]+$)/;
const HAN_DIGIT_GAP = /(?<=\p{Script=Han})[^\S\n]+(?=\d)|(?<=\d)[^\S\n]+(?=\p{Script=Han})/gu;

/**
 * Plain or Markdown text → its pieces. A line with tabs, with two `|` or more, or with a figure behind its only one is a table row.
 * Blank lines, page numbers and the rule under a Markdown table head go, and so do the marks of Markdown that are no
 * text: `#` in front of a heading, `<…>` around an address. `**…**` stays for `inlines`. Blanks between a 汉字 and a
 * digit come from conversion and are removed; every other character of a line is kept as it stands.
 */
export const piecesOfText = (text: string): Piece[] =>
  text
    .split(/\r\n|[\n\r\f\u2028\u2029\v]/)
    .map(pieceOf)
    .filter((piece) => piece !== undefined);

function pieceOf(line: string): Piece | undefined {
  const text = line.trim();
  const cells = PIPED.test(text) ? pipeCells(text) : line.includes("\t") ? line.split("\t") : undefined;
  if (cells) {
    const plain = cells.map((cell) =>
      cell
        .replaceAll("**", "")
        .replace(/<br\s*\/?>/gi, "")
        .trim(),
    );
    if (plain.every((cell) => cell === "" || RULE.test(cell)) && plain.some((cell) => cell !== "")) return undefined;
    return { kind: "row", cells: plain };
  }
  if (text === "" || PAGE_NUMBER.test(text)) return undefined;
  return { kind: "line", text: plainLine(text) };
}

const pipeCells = (text: string): string[] =>
  text
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll("\\|", "|"));

const plainLine = (text: string): string =>
  withoutGaps(text.replace(/^#{1,6}\s+/, "").replace(/<(https?:\/\/[^<>\s]+)>/g, "$1"));

/** Without the blanks that conversion leaves between a 汉字 and a digit. */
export const withoutGaps = (text: string): string => text.replace(HAN_DIGIT_GAP, "");
