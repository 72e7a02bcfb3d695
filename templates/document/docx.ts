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
import { unzipSync, zipSync } from "fflate";
import {
  type Block,
  type ComposedDocument,
  type PrintedCell,
  type Run,
  runsText,
  type TableBlock,
} from "../../lib/report/compose.ts";
import { fontsPart, linePitch, propertiesPart, settingsPart, styles, stylesPart, twips } from "./docx-parts.ts";
import { draftMark, page, points, size } from "./style.ts";

/** Space beside, and above and below, a cell's text, in twips. */
const CELL_MARGIN = 40;
const CELL_MARGIN_ABOVE = 15;

/**
 * The document as a Word file, laid out by GB/T 9704. The same document gives the same bytes.
 * Page, faces and sizes come from `style.ts`; the text itself carries named styles and hardly any formatting of its own.
 */
export async function renderDocx(document: ComposedDocument): Promise<Uint8Array> {
  const packed = await Packer.toArrayBuffer(wordDocument(document));
  const encoder = new TextEncoder();
  const tables = document.blocks.filter((block) => block.kind === "table");
  const tableSizes = [...new Set(tables.map((table) => table.size))];
  const parts = {
    ...unzipSync(new Uint8Array(packed)),
    "word/styles.xml": encoder.encode(stylesPart(tableSizes)),
    "word/settings.xml": encoder.encode(settingsPart()),
    "word/fontTable.xml": encoder.encode(fontsPart()),
    "docProps/core.xml": encoder.encode(
      propertiesPart(document.title.replaceAll("\n", ""), `${document.year}年度`, document.organisation),
    ),
  };
  return zipSync(parts, { level: 6, mtime: new Date(1980, 0, 1) });
}

function wordDocument(document: ComposedDocument): Document {
  const numberLine = points(page.bottom - page.numberBelow) - size.number;
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
        children: document.blocks.flatMap((block, index) => wordBlock(block, document.blocks[index + 1])),
      },
    ],
  });
}

/** A table of so many rows fills a page; it begins on a new one, with its heading, so that no merged cell is cut. */
const ROWS_OF_A_FULL_PAGE = 24;

/** Height of a row of one line, in its type size, that leaves such a table on one page. */
const TIGHT_ROW = 1.7;

const fillsPage = (block: Block | undefined): boolean =>
  block?.kind === "table" && block.rows.length >= ROWS_OF_A_FULL_PAGE;

function wordBlock(block: Block, next: Block | undefined): (Paragraph | Table)[] {
  switch (block.kind) {
    case "title":
      return [
        new Paragraph({
          style: styles.title,
          children: block.lines.map((line, index) => textRun({ text: line }, { break: index > 0 ? 1 : 0 })),
        }),
      ];
    case "heading":
      return [paragraph(styles.heading[block.level], block.runs, { pageBreakBefore: fillsPage(next) })];
    case "paragraph":
      return [paragraph(styles.body, block.runs, holdsLongWord(block.runs) ? { alignment: AlignmentType.LEFT } : {})];
    case "table":
      return [wordTable(block)];
    case "signature":
      return signature(block.organisation, block.date);
    case "note":
      return [paragraph(styles.note, [{ text: block.text }])];
  }
}

/** An address or a number that is never broken leaves a wide gap in the line above it: such a paragraph is not justified. */
const holdsLongWord = (runs: readonly Run[]): boolean => /[!-~]{12}/.test(runsText(runs));

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

/**
 * 署名 two characters from the right edge, one line below the text; the date begins two characters to the right of it.
 * When the date reaches further it takes the edge and 署名 moves in (GB/T 9704, without a seal).
 */
function signature(organisation: string, date: string): Paragraph[] {
  const overhang = widthInCharacters(organisation) - widthInCharacters(date);
  const gap = { spacing: { before: linePitch, line: linePitch, lineRule: LineRuleType.EXACT } };
  const signed = organisation
    ? [indentedFromRight(styles.signature, organisation, date ? Math.max(2, 4 - overhang) : 2, gap)]
    : [];
  const dated = date
    ? [indentedFromRight(styles.date, date, organisation ? Math.max(2, overhang) : 2, organisation ? {} : gap)]
    : [];
  return [...signed, ...dated];
}

/** Beyond this the 署名 fills more than one line and the date keeps to the middle of the page. */
const FURTHEST_INDENT = page.characters / 2;

const indentedFromRight = (style: string, text: string, characters: number, options: IParagraphOptions): Paragraph =>
  paragraph(style, [{ text }], {
    ...options,
    indent: { right: twips(Math.min(characters, FURTHEST_INDENT) * size.body) },
  });

/** Digits and Latin letters are half as wide as a character. */
const widthInCharacters = (text: string): number =>
  [...text].reduce((width, character) => width + (/[ -~]/.test(character) ? 0.5 : 1), 0);

/** A table keeps together: every row holds on to the next. */
function wordTable(block: TableBlock): Table {
  const columnWidths = gridWidths(block.widths);
  const rowHeight = twips(block.size * (fillsPage(block) ? TIGHT_ROW : 2));
  return new Table({
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    width: { size: sum(columnWidths), type: WidthType.DXA },
    columnWidths,
    margins: {
      left: CELL_MARGIN,
      right: CELL_MARGIN,
      top: CELL_MARGIN_ABOVE,
      bottom: CELL_MARGIN_ABOVE,
      marginUnitType: WidthType.DXA,
    },
    rows: placed(block).map(
      (cells, index) =>
        new TableRow({
          cantSplit: true,
          ...(index < block.headRows && { tableHeader: true }),
          height: { value: rowHeight, rule: HeightRule.ATLEAST },
          children: cells.map((place) => {
            const width = sum(columnWidths.slice(place.column, place.column + place.cell.colSpan));
            return wordCell(block, place, width, index < block.rows.length - 1);
          }),
        }),
    ),
  });
}

function wordCell(block: TableBlock, { cell, covered }: Place, width: number, keepNext: boolean): TableCell {
  const merge = covered ? VerticalMergeType.CONTINUE : VerticalMergeType.RESTART;
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
        ...(cell.role === "columnHeading" && { indent: evenLines(block, cell, width) }),
        children: cell.text && !covered ? [textRun({ text: cell.text }, fittingSize(block, cell, width))] : [],
      }),
    ],
  });
}

/** A figure is never broken: where it is wider than its cell it is set smaller. */
function fittingSize(block: TableBlock, cell: PrintedCell, width: number): { size?: number } {
  const room = (width - 2 * CELL_MARGIN) / 20;
  if (!/^[-+\d.]+$/.test(cell.text) || cell.text.length * 0.5 * block.size <= room) return {};
  return { size: Math.floor((room / (cell.text.length * 0.5)) * 2) };
}

/** Indents that break a heading into lines of even length: 商业/企业, not 商业企/业. */
function evenLines(block: TableBlock, cell: PrintedCell, width: number): { left: number; right: number } {
  const character = twips(block.size);
  const room = width - 2 * CELL_MARGIN;
  const lines = Math.ceil((cell.text.length * character) / room);
  const longest = Math.ceil(cell.text.length / lines) * character;
  const slack = character / 4;
  const aside = lines > 1 ? Math.max(0, Math.floor((room - longest - slack) / 2)) : 0;
  return { left: aside, right: aside };
}

/** A cell in a row, with the grid column it begins in; `covered` where it only continues a cell of the row above. */
type Place = { cell: PrintedCell; column: number; covered: boolean };

/** All cells of every row from left to right, those that reach down from above included. */
function placed(block: TableBlock): Place[][] {
  const rows: Place[][] = block.rows.map(() => []);
  for (const [index, row] of block.rows.entries()) {
    let column = 0;
    for (const cell of row.cells) {
      column = firstFree(rows[index] ?? [], column);
      for (let below = 0; below < cell.rowSpan; below++) {
        rows[index + below]?.push({ cell, column, covered: below > 0 });
      }
      column += cell.colSpan;
    }
  }
  return rows.map((places) => places.sort((left, right) => left.column - right.column));
}

/** The first column from `column` on that no cell of the row stands in. */
function firstFree(places: readonly Place[], column: number): number {
  const here = places.find((place) => place.column <= column && column < place.column + place.cell.colSpan);
  return here ? firstFree(places, here.column + here.cell.colSpan) : column;
}

/** mm → twips; rounding errors go to the last column, so that the widths add up to the whole. */
function gridWidths(widths: readonly number[]): number[] {
  const rounded = widths.map(millimetres);
  const rest = millimetres(sum(widths)) - sum(rounded);
  return rounded.map((width, index) => (index === rounded.length - 1 ? width + rest : width));
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
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
