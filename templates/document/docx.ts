import { createHash } from "node:crypto";
import type { Face, Metrics } from "../../lib/layout/display.ts";
import { breakEvenly, charactersOf, type Line } from "../../lib/layout/lines.ts";
import { type PlacedTable, placedTables } from "../../lib/layout/pages.ts";
import {
  type BoxedCell,
  FREE,
  partOf,
  ROOMY,
  rowCount,
  type TablePart,
  TIGHT,
  wholeTable,
} from "../../lib/layout/table.ts";
import type { Block, ComposedDocument, Run, TableBlock } from "../../lib/report/compose.ts";
import { linePitch, propertiesPart, reportPart, styles, stylesPart, twips } from "./docx-parts.ts";
import { skeletonOf } from "./docx-skeleton.ts";
import { signatureIndents } from "./signature.ts";
import { isJustified, layoutStyle, page, points, size } from "./style.ts";
import { escapeXml } from "./xml.ts";
import { zip, zipEntry } from "./zip.ts";

/**
 * Ideographs are an em wide in every face, Latin letters and digits of running text about half of it. What is never to be
 * broken in a narrow place is measured wider: so wide they are in no face that offices have.
 */
const wordMetrics: Metrics = {
  glyph: (face, character) => ({ font: face, advance: /[ -~]/.test(character) ? latin[face] : 1, drawn: character }),
};
const latin: Readonly<Record<Face, number>> = { title: 0.6, body: 0.5, heading: 0.5, lead: 0.5, table: 0.6 };

/**
 * The document as a Word file, laid out by GB/T 9704. The same document gives the same bytes.
 * Page, faces and sizes come from `style.ts`; the text itself carries named styles and hardly any formatting of its own.
 * `data` is the report in its JSON form, as UTF-8, that the file is to carry for reading it back; whatever is in it gets
 * published with the file (see `carried.ts` for what must never be).
 */
export async function renderDocx(document: ComposedDocument, options: { data?: Uint8Array } = {}): Promise<Uint8Array> {
  const { draft, blocks } = document;
  const skeleton = await skeletonOf({ draft, carriesReport: options.data !== undefined });
  const tables = placedTables(document, layoutStyle, wordMetrics);
  const placed = new Map(tables.map((one) => [one.table.block, one]));
  const body = blocks.map((block, index) =>
    blockXml(block, { before: blocks[index - 1], after: blocks[index + 1] }, placed.get(index)),
  );
  const text = skeleton.before + body.join("") + skeleton.after;
  const properties = propertiesPart(document.title.replaceAll("\n", ""), `${document.year}年度`, document.organisation);
  return zip([
    ...skeleton.parts,
    zipEntry("word/document.xml", text),
    zipEntry("word/styles.xml", stylesPart([...new Set(tables.map(({ table }) => table.size))])),
    zipEntry("docProps/core.xml", properties),
    ...(options.data ? [zipEntry("customXml/item1.xml", carriedReport(options.data, text))] : []),
  ]);
}

const carriedReport = (data: Uint8Array, text: string): string =>
  reportPart(new TextDecoder().decode(data), createHash("sha256").update(text).digest("hex"));

/** A table of so many rows fills a page; it begins on a new one, with its heading, so that no merged cell is cut. */
const ROWS_OF_A_FULL_PAGE = 24;

const fillsPage = (block: Block | undefined): boolean =>
  block?.kind === "table" && !block.flows && block.rows.length >= ROWS_OF_A_FULL_PAGE;

type Neighbours = { before: Block | undefined; after: Block | undefined };

/** A block as the content of `w:body`; a table comes with its place. */
function blockXml(block: Block, { before, after }: Neighbours, placed: PlacedTable | undefined): string {
  const gap = before?.kind === "table" && !fillsPage(after) ? { before: BELOW_TABLE } : {};
  switch (block.kind) {
    case "title":
      return paragraph(styles.title, {}, lineRuns(block.lines.flatMap(titleLines)));
    case "heading": {
      const keep = hasNoText(block, after) ? { keepNext: false } : {};
      const format = { ...gap, ...keep, pageBreakBefore: fillsPage(after) };
      return paragraph(styles.heading[block.level], format, textRuns(block.runs));
    }
    case "paragraph": {
      const keep = isClosing(after) ? { keepNext: true } : {};
      const align = isJustified(block.runs) ? {} : ({ align: "left" } as const);
      return paragraph(styles.body, { ...gap, ...keep, ...align }, textRuns(block.runs));
    }
    case "table":
      return tableXml(block, placed as PlacedTable);
    case "signature":
      return signature(block.organisation, block.date, isClosing(after) ? { keepNext: true } : {});
    case "note":
      return paragraph(styles.note, {}, run(block.text));
  }
}

/** Half a line below a table. */
const BELOW_TABLE = Math.round(linePitch / 2);

/** A heading without text of its own has nothing to keep to; programs lose their way in long chains of such headings. */
const hasNoText = (heading: { level: number }, after: Block | undefined): boolean =>
  after?.kind === "heading" && after.level <= heading.level;

/** 署名 and 附注 never stand alone on a page: the end of the text before them goes with them. */
const isClosing = (block: Block | undefined): boolean => block?.kind === "signature" || block?.kind === "note";

/** A title that is longer than a line breaks by its meaning, as in the PDF. */
function titleLines(text: string): string[] {
  const width = points(page.width - page.left - page.right);
  const characters = charactersOf([{ text, face: "title" }], size.title, wordMetrics);
  return linesOf(text, breakEvenly(characters, { size: size.title, width }));
}

/** 署名, one line below the text, and 成文日期; `keep` is for the last of them. A name longer than a line breaks by its meaning. */
function signature(organisation: string, date: string, keep: ParagraphFormat): string {
  const name = organisation ? nameLines(organisation) : [];
  const longest = name.reduce((one, other) => (other.length > one.length ? other : one), "");
  const indents = signatureIndents(longest, date);
  const above = { before: linePitch };
  const line = (style: string, texts: readonly string[], characters: number, format: ParagraphFormat) =>
    texts.length > 0 ? paragraph(style, { ...format, right: twips(characters * size.body) }, lineRuns(texts)) : "";
  return (
    line(styles.signature, name, indents.organisation, above) +
    line(styles.date, date ? [date] : [], indents.date, { ...keep, ...(organisation ? {} : above) })
  );
}

/** As in the PDF: two characters stay free on both sides. */
function nameLines(organisation: string): string[] {
  const width = points(page.width - page.left - page.right) - 4 * size.body;
  const characters = charactersOf([{ text: organisation, face: "body" }], size.body, wordMetrics);
  return linesOf(organisation, breakEvenly(characters, { size: size.body, width }));
}

/**
 * Room in pt that a page keeps beside a table: Word's rows are a little higher than asked for, and the text above may
 * take a line more than it does in the PDF.
 */
const SPARE = layoutStyle.lineHeight;

/**
 * A table keeps together, unless it is one that flows: every row holds on to the next. It stands on the page that it has in
 * the PDF.
 */
function tableXml(block: TableBlock, { table, room }: PlacedTable): string {
  const whole = block.flows ? undefined : wholeTable(table, room - SPARE, [...ROOMY, ...TIGHT]);
  const part = whole ?? partOf(table, 0, rowCount(table), (!block.flows && TIGHT[0]) || FREE);
  const edges = table.edges.map(twips);
  const columns = edges.slice(1).map((edge, column) => `<w:gridCol w:w="${edge - (edges[column] ?? 0)}"/>`);
  const rows = table.covers.map((_, row) => rowXml(block, part, edges, row));
  return [
    `<w:tbl><w:tblPr><w:tblStyle w:val="${styles.grid}"/><w:tblW w:w="${edges.at(-1)}" w:type="dxa"/><w:jc w:val="center"/>`,
    `<w:tblLayout w:type="fixed"/><w:tblCaption w:val="${escapeXml(block.caption)}"/></w:tblPr>`,
    `<w:tblGrid>${columns.join("")}</w:tblGrid>${rows.join("")}</w:tbl>`,
  ].join("");
}

function rowXml(block: TableBlock, part: TablePart, edges: readonly number[], row: number): string {
  const cells = [...new Set(part.table.covers[row])].map((box) => cellXml(block, part, edges, row, box));
  const height = twips(part.heights[row] ?? 0);
  const head = row < block.headRows ? "<w:tblHeader/>" : "";
  return `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="${height}" w:hRule="atLeast"/>${head}</w:trPr>${cells.join("")}</w:tr>`;
}

function cellXml(
  block: TableBlock,
  { density }: TablePart,
  edges: readonly number[],
  row: number,
  box: BoxedCell,
): string {
  const { cell, column } = box;
  const isCovered = box.row < row;
  const width = (edges[column + cell.colSpan] ?? 0) - (edges[column] ?? 0);
  const span = cell.colSpan > 1 ? `<w:gridSpan w:val="${cell.colSpan}"/>` : "";
  const merge = cell.rowSpan > 1 ? `<w:vMerge w:val="${isCovered ? "continue" : "restart"}"/>` : "";
  const format: ParagraphFormat = {
    ...(row < (block.flows ? block.headRows : block.rows.length - 1) && { keepNext: true }),
    ...(density.lineHeight < FREE.lineHeight && { line: twips(block.size * density.lineHeight) }),
    ...(cell.align === "left" && { align: "left" }),
  };
  const text = cell.text && !isCovered ? cellRuns(block, box) : "";
  return [
    `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${span}${merge}<w:vAlign w:val="center"/></w:tcPr>`,
    `${paragraph(styles.table(block.size), format, text)}</w:tc>`,
  ].join("");
}

/** Centred labels break where they break in the PDF; figures that are wider than their cell are set smaller. */
function cellRuns(block: TableBlock, { cell, size: fitting, lines }: BoxedCell): string {
  if (cell.at || cell.align === "left") {
    return run(cell.text, fitting < block.size ? { halfPoints: Math.floor(fitting * 2) } : {});
  }
  return lineRuns(linesOf(cell.text, lines));
}

/** The texts of the lines, or the text unbroken where the lines do not give the whole of it back. */
function linesOf(text: string, lines: readonly Line[]): string[] {
  const texts = lines.map(({ characters }) => characters.map((character) => character.text).join(""));
  return texts.join("") === text ? texts : [text];
}

/** What a paragraph has beside its style: lengths in twips, `line` the exact height of its lines. */
type ParagraphFormat = {
  keepNext?: boolean;
  pageBreakBefore?: boolean;
  before?: number;
  line?: number;
  right?: number;
  align?: "left";
};

/** A paragraph of these runs; its properties stand in the order of the schema. */
function paragraph(style: string, format: ParagraphFormat, runs: string): string {
  const { keepNext, pageBreakBefore, before, line, right, align } = format;
  const spacing = [
    before === undefined ? "" : ` w:before="${before}"`,
    line === undefined ? "" : ` w:line="${line}" w:lineRule="exact"`,
  ].join("");
  return [
    `<w:p><w:pPr><w:pStyle w:val="${style}"/>`,
    keepNext === undefined ? "" : `<w:keepNext${keepNext ? "" : ' w:val="0"'}/>`,
    pageBreakBefore ? "<w:pageBreakBefore/>" : "",
    spacing && `<w:spacing${spacing}/>`,
    right === undefined ? "" : `<w:ind w:right="${right}"/>`,
    align ? `<w:jc w:val="${align}"/>` : "",
    `</w:pPr>${runs}</w:p>`,
  ].join("");
}

const runStyles = { bold: styles.strong, lead: styles.lead } as const;

const textRuns = (runs: readonly Run[]): string => runs.map(({ text, style }) => run(text, { style })).join("");

/** Runs with a break between the lines. */
const lineRuns = (lines: readonly string[]): string =>
  lines.map((line, index) => run(line, { isOnNewLine: index > 0 })).join("");

/** The hint gives signs that both scripts share, such as “ ” and —, their Chinese width. */
function run(
  text: string,
  { style, halfPoints, isOnNewLine }: { style?: Run["style"]; halfPoints?: number; isOnNewLine?: boolean } = {},
): string {
  return [
    `<w:r><w:rPr>${style ? `<w:rStyle w:val="${runStyles[style]}"/>` : ""}<w:rFonts w:hint="eastAsia"/>`,
    halfPoints ? `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>` : "",
    `</w:rPr>${isOnNewLine ? "<w:br/>" : ""}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`,
  ].join("");
}
