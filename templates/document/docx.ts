import {
  AlignmentType,
  Document,
  DocumentGridType,
  Footer,
  Header,
  HeightRule,
  type IParagraphOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  VerticalMergeType,
  WidthType,
} from "docx";
import { strFromU8, strToU8, type Unzipped, unzipSync, zipSync } from "fflate";
import type { Metrics } from "../../lib/layout/display.ts";
import { breakEvenly, charactersOf, type Line } from "../../lib/layout/lines.ts";
import {
  type BoxedCell,
  type Density,
  FREE,
  measureTable,
  partOf,
  ROOMY,
  rowCount,
  TIGHT,
  wholeTable,
} from "../../lib/layout/table.ts";
import type { Block, ComposedDocument, Run, TableBlock } from "../../lib/report/compose.ts";
import {
  fontsPart,
  linePitch,
  propertiesPart,
  reportPart,
  reportPropertiesPart,
  reportRelationsPart,
  settingsPart,
  styles,
  stylesPart,
  twips,
  withReportRelation,
  withReportType,
} from "./docx-parts.ts";
import { signatureIndents } from "./signature.ts";
import { draftMark, isJustified, lineHeight, page, points, size } from "./style.ts";

/** Space beside, and above and below, a cell's text, in twips. */
const CELL_MARGIN = 30;
const CELL_MARGIN_ABOVE = 15;

/** Ideographs are an em wide in every face; Latin letters and digits narrower than this in every face that offices have. */
const wordMetrics: Metrics = {
  glyph: (face, character) => ({ font: face, advance: /[ -~]/.test(character) ? 0.6 : 1, drawn: character }),
};

/**
 * The document as a Word file, laid out by GB/T 9704. The same document gives the same bytes.
 * Page, faces and sizes come from `style.ts`; the text itself carries named styles and hardly any formatting of its own.
 * `data` is the report in its JSON form, as UTF-8, that the file is to carry for reading it back; whatever is in it gets
 * published with the file (see `carried.ts` for what must never be).
 */
export async function renderDocx(document: ComposedDocument, options: { data?: Uint8Array } = {}): Promise<Uint8Array> {
  const packed = await Packer.toArrayBuffer(wordDocument(document));
  const tables = document.blocks.filter((block) => block.kind === "table");
  const tableSizes = [...new Set(tables.map((table) => table.size))];
  const parts = {
    ...unzipSync(new Uint8Array(packed)),
    "word/styles.xml": strToU8(stylesPart(tableSizes)),
    "word/settings.xml": strToU8(settingsPart()),
    "word/fontTable.xml": strToU8(fontsPart()),
    "docProps/core.xml": strToU8(
      propertiesPart(document.title.replaceAll("\n", ""), `${document.year}年度`, document.organisation),
    ),
  };
  const whole = options.data ? await withReport(parts, options.data) : parts;
  return zipSync(whole, { level: 6, mtime: new Date(1980, 0, 1) });
}

/** The parts of a Word file with those that carry the report. */
async function withReport(parts: Unzipped, data: Uint8Array): Promise<Unzipped> {
  const { "word/document.xml": text, "word/_rels/document.xml.rels": relations, "[Content_Types].xml": types } = parts;
  if (!text || !relations || !types) throw new Error("a Word file has a text, relations and content types");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(text)));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return {
    ...parts,
    "[Content_Types].xml": strToU8(withReportType(strFromU8(types))),
    "word/_rels/document.xml.rels": strToU8(withReportRelation(strFromU8(relations))),
    "customXml/item1.xml": strToU8(reportPart(strFromU8(data), hex)),
    "customXml/itemProps1.xml": strToU8(reportPropertiesPart()),
    "customXml/_rels/item1.xml.rels": strToU8(reportRelationsPart()),
  };
}

function wordDocument(document: ComposedDocument): Document {
  /** The dashes, in the middle of the line of the number, stand where the standard wants them. */
  const numberLine = points(page.bottom - page.numberBelow) - size.number / 2;
  return new Document({
    sections: [
      {
        properties: {
          page: {
            size: { width: millimetres(page.width), height: millimetres(page.height) },
            margin: {
              top: millimetres(page.top),
              right: millimetres(page.right),
              bottom: millimetres(page.bottom),
              left: millimetres(page.left),
              header: millimetres(page.top / 2),
              footer: twips(numberLine),
            },
          },
          grid: { type: DocumentGridType.LINES, linePitch },
        },
        headers: document.draft ? { default: draftHeader(), even: draftHeader() } : {},
        footers: {
          default: pageNumber(AlignmentType.RIGHT, { right: twips(size.number) }),
          even: pageNumber(AlignmentType.LEFT, { left: twips(size.number) }),
        },
        children: document.blocks.flatMap((block, index, blocks) =>
          wordBlock(block, { before: blocks[index - 1], after: blocks[index + 1] }),
        ),
      },
    ],
  });
}

/** A table of so many rows fills a page; it begins on a new one, with its heading, so that no merged cell is cut. */
const ROWS_OF_A_FULL_PAGE = 24;

const fillsPage = (block: Block | undefined): boolean =>
  block?.kind === "table" && block.rows.length >= ROWS_OF_A_FULL_PAGE;

/** Half a line below a table. */
const belowTable = { before: Math.round(linePitch / 2), line: linePitch, lineRule: LineRuleType.EXACT };

type Neighbours = { before: Block | undefined; after: Block | undefined };

function wordBlock(block: Block, { before, after }: Neighbours): (Paragraph | Table)[] {
  const spacing = before?.kind === "table" && !fillsPage(after) ? { spacing: belowTable } : {};
  switch (block.kind) {
    case "title":
      return [
        new Paragraph({
          style: styles.title,
          children: block.lines.flatMap((line, index) => [...(index > 0 ? [lineBreak()] : []), ...titleRuns(line)]),
        }),
      ];
    case "heading":
      return [
        paragraph(styles.heading[block.level], block.runs, {
          ...spacing,
          pageBreakBefore: fillsPage(after),
          ...(hasNoText(block, after) && { keepNext: false }),
        }),
      ];
    case "paragraph":
      return [
        paragraph(styles.body, block.runs, {
          ...spacing,
          ...(!isJustified(block.runs) && { alignment: AlignmentType.LEFT }),
        }),
      ];
    case "table":
      return [wordTable(block)];
    case "signature":
      return signature(block.organisation, block.date);
    case "note":
      return [paragraph(styles.note, [{ text: block.text }])];
  }
}

/** A heading without text of its own has nothing to keep to; programs lose their way in long chains of such headings. */
const hasNoText = (heading: { level: number }, after: Block | undefined): boolean =>
  after?.kind === "heading" && after.level <= heading.level;

/** A title that is longer than a line breaks by its meaning, as in the PDF. */
function titleRuns(text: string): TextRun[] {
  const width = points(page.width - page.left - page.right);
  const characters = charactersOf([{ text, face: "title" }], size.title, wordMetrics);
  return brokenRuns(text, breakEvenly(characters, { size: size.title, width }));
}

const lineBreak = (): TextRun => new TextRun({ break: 1 });

const paragraph = (style: string, runs: readonly Run[], options: IParagraphOptions = {}): Paragraph =>
  new Paragraph({ ...options, style, children: runs.map((run) => textRun(run)) });

const runStyles = { bold: styles.strong, lead: styles.lead } as const;

/** The hint gives signs that both scripts share, such as “ ” and —, their Chinese width. */
const textRun = (run: Run, options: { break?: number; size?: number } = {}): TextRun =>
  new TextRun({
    ...options,
    text: run.text,
    font: { hint: "eastAsia" },
    ...(run.style && { style: runStyles[run.style] }),
  });

/** 署名, one line below the text, and 成文日期. */
function signature(organisation: string, date: string): Paragraph[] {
  const indents = signatureIndents(organisation, date);
  const gap = { spacing: { before: linePitch, line: linePitch, lineRule: LineRuleType.EXACT } };
  const line = (style: string, text: string, characters: number, options: IParagraphOptions) =>
    paragraph(style, [{ text }], { ...options, indent: { right: twips(characters * size.body) } });
  return [
    ...(organisation ? [line(styles.signature, organisation, indents.organisation, gap)] : []),
    ...(date ? [line(styles.date, date, indents.date, organisation ? {} : gap)] : []),
  ];
}

/** Room that a page keeps beside a table that fills it: Word's rows are a little higher than asked for. */
const SPARE = points(10);

/** What is left of a page below the heading of a table, in pt. */
const belowHeading = points(page.height - page.top - page.bottom) - lineHeight - SPARE;

/** A table keeps together: every row holds on to the next. Columns and rows are as wide and high as in the PDF. */
function wordTable(block: TableBlock): Table {
  const table = measureTable(block, 0, points(page.width - page.left - page.right), wordMetrics);
  const part =
    wholeTable(table, belowHeading, [...ROOMY, ...TIGHT]) ?? partOf(table, 0, rowCount(table), TIGHT[0] ?? FREE);
  const edges = table.edges.map(twips);
  const widthOf = ({ column, cell }: BoxedCell) => (edges[column + cell.colSpan] ?? 0) - (edges[column] ?? 0);
  return new Table({
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    width: { size: edges.at(-1) ?? 0, type: WidthType.DXA },
    columnWidths: edges.slice(1).map((edge, column) => edge - (edges[column] ?? 0)),
    margins: {
      left: CELL_MARGIN,
      right: CELL_MARGIN,
      top: CELL_MARGIN_ABOVE,
      bottom: CELL_MARGIN_ABOVE,
      marginUnitType: WidthType.DXA,
    },
    rows: table.covers.map(
      (boxes, row) =>
        new TableRow({
          cantSplit: true,
          ...(row < block.headRows && { tableHeader: true }),
          height: { value: twips(part.heights[row] ?? 0), rule: HeightRule.ATLEAST },
          children: [...new Set(boxes)].map((box) =>
            wordCell(block, box, {
              width: widthOf(box),
              density: part.density,
              isCovered: box.row < row,
              keepNext: row < block.rows.length - 1,
            }),
          ),
        }),
    ),
  });
}

/** `isCovered` where a cell only goes on from the row above; `width` in twips. */
type CellPlace = { width: number; density: Density; isCovered: boolean; keepNext: boolean };

function wordCell(block: TableBlock, box: BoxedCell, { width, density, isCovered, keepNext }: CellPlace): TableCell {
  const { cell } = box;
  const merge = isCovered ? VerticalMergeType.CONTINUE : VerticalMergeType.RESTART;
  return new TableCell({
    verticalAlign: VerticalAlignTable.CENTER,
    width: { size: width, type: WidthType.DXA },
    ...(cell.colSpan > 1 && { columnSpan: cell.colSpan }),
    ...(cell.rowSpan > 1 && { verticalMerge: merge }),
    children: [
      new Paragraph({
        style: styles.table(block.size),
        ...(keepNext && { keepNext }),
        ...(cell.align === "left" && { alignment: AlignmentType.LEFT }),
        ...(density.lineHeight < FREE.lineHeight && {
          spacing: { line: twips(block.size * density.lineHeight), lineRule: LineRuleType.EXACT },
        }),
        children: cell.text && !isCovered ? cellRuns(block, box) : [],
      }),
    ],
  });
}

/** Centred labels break where they break in the PDF; figures that are wider than their cell are set smaller. */
function cellRuns(block: TableBlock, { cell, size: fitting, lines }: BoxedCell): TextRun[] {
  if (cell.at || cell.align === "left") {
    return [textRun({ text: cell.text }, fitting < block.size ? { size: Math.floor(fitting * 2) } : {})];
  }
  return brokenRuns(cell.text, lines);
}

/** A text with a break behind each line, or unbroken where the lines do not give the whole text back. */
function brokenRuns(text: string, lines: readonly Line[]): TextRun[] {
  const texts = lines.map(({ characters }) => characters.map((character) => character.text).join(""));
  const broken = texts.join("") === text ? texts : [text];
  return broken.map((line, index) => textRun({ text: line }, { break: index > 0 ? 1 : 0 }));
}

/** `— 1 —`, odd pages on the right, even pages on the left, one character in. */
const pageNumber = (alignment: "left" | "right", indent: { left?: number; right?: number }): Footer =>
  new Footer({
    children: [
      new Paragraph({
        style: styles.footer,
        alignment,
        indent,
        children: [new TextRun({ children: ["— ", PageNumber.CURRENT, " —"] })],
      }),
    ],
  });

const draftHeader = (): Header =>
  new Header({
    children: [
      new Paragraph({
        style: styles.header,
        children: [new TextRun({ text: draftMark, size: size.title * 2, color: "C00000" })],
      }),
    ],
  });

const millimetres = (length: number): number => twips(points(length));
