import { beforeAll, describe, expect, test } from "vitest";
import { type Block, type ComposedDocument, compose, type TableBlock } from "../../lib/report/compose.ts";
import type { Format } from "../../lib/report/format.ts";
import { renderPdf } from "../../templates/document/pdf.ts";
import { formats } from "../../templates/index.ts";
import { type PdfGlyph, type PdfPage, type PdfRule, readPdfPages } from "./read-pdf-pages.ts";
import { sampleReport } from "./reports.ts";
import { edgesOf, linesOf, type SetLine, type Unit, unitsOf } from "./typography.ts";

/** So many lines of text stand before the tables: a page and a half, so that everything falls at every height. */
const HEIGHTS = Array.from({ length: 32 }, (_, lines) => lines);
const LINE = "全年公开信息一百二十八条。";

/** A report with so many lines of text, others above each table, and labels so many times as long as they are. */
function documentWith(format: Format, lines: number, labelLength: number): ComposedDocument {
  const text = Array.from({ length: lines }, () => LINE).join("\n");
  const prose = { overview: text, problems: `一是甲。\n二是乙。\n${text}`, other: "无。" };
  const document = compose(format, sampleReport(format, { prose: parsed(prose) }), false);
  const blocks = document.blocks.flatMap((block, index, all): Block[] => {
    if (block.kind === "table") return [withLongLabels(block, labelLength)];
    const isAboveTable = all[index + 1]?.kind === "table";
    return isAboveTable ? [...Array.from({ length: (lines * (index + 2)) % 22 }, () => lineAbove), block] : [block];
  });
  return { ...document, blocks };
}

const lineAbove: Block = { kind: "paragraph", at: "overview", runs: [{ text: LINE }] };

const parsed = (prose: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(prose).map(([section, text]) => [
      section,
      text
        .split("\n")
        .filter(Boolean)
        .map((line) => ({ kind: "paragraph" as const, content: [{ text: line }] })),
    ]),
  );

const withLongLabels = (block: TableBlock, times: number): TableBlock => ({
  ...block,
  rows: block.rows.map(({ cells }) => ({
    cells: cells.map((cell) =>
      cell.role === "rowHeading" && cell.rowSpan === 1 ? { ...cell, text: cell.text.repeat(times) } : cell,
    ),
  })),
});

type Printed = { document: ComposedDocument; pages: PdfPage[]; units: Unit[]; lines: SetLine[] };
/** The lines of a table, with the cell and the page that each is on. */
type CellLine = SetLine & { cell: NonNullable<Unit["place"]> };

async function print(document: ComposedDocument): Promise<Printed> {
  const pages = readPdfPages(await renderPdf(document));
  const units = unitsOf(document);
  return { document, pages, units, lines: linesOf(pages, units) };
}

/** Every table of a document with its lines. */
const tablesOf = ({ document, units, lines }: Printed): { table: TableBlock; lines: CellLine[] }[] =>
  document.blocks.flatMap((table, block) => {
    if (table.kind !== "table") return [];
    const own = lines.flatMap((line) => {
      const unit = units[line.unit] as Unit;
      return unit.block === block && unit.place ? [{ ...line, cell: unit.place }] : [];
    });
    return [{ table, lines: own }];
  });

const rounded = (length: number): number => Math.round(length * 100) / 100;
const distinct = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];
const upright = (rules: readonly PdfRule[], y: number): number[] =>
  rules.filter(({ x1, x2, y1, y2 }) => x1 === x2 && y1 < y && y2 > y).map(({ x1 }) => rounded(x1));

/** Left edges of the columns and the right edge of the last, as the rules beside a table's lines on all pages show them. */
const columnsOf = ({ pages }: Printed, lines: readonly SetLine[]): number[] =>
  distinct(lines.flatMap(({ page, y }) => upright(pages[page]?.rules ?? [], y))).sort((a, b) => a - b);

/** Top and bottom of the cell that a glyph stands in. */
function rowEdges({ x, y }: PdfGlyph, rules: readonly PdfRule[]): { top: number; bottom: number } {
  const across = rules.filter((rule) => rule.y1 === rule.y2 && rule.x1 < x + 1 && rule.x2 > x + 1).map(({ y1 }) => y1);
  return { top: Math.max(...across.filter((at) => at < y)), bottom: Math.min(...across.filter((at) => at >= y)) };
}

/** What is shown again on a page, cell by cell: `left right text`. */
function repeatedOn({ marks, rules }: PdfPage): string[] {
  const cells = new Map<string, string>();
  for (const glyph of marks.filter(({ tag }) => tag === "Artifact").flatMap(({ glyphs }) => glyphs)) {
    const beside = upright(rules, glyph.y);
    const middle = glyph.x + glyph.width / 2;
    const left = Math.max(...beside.filter((x) => x < middle));
    const right = Math.min(...beside.filter((x) => x > middle));
    const { top } = rowEdges({ ...glyph, x: middle }, rules);
    if (beside.length === 0) continue;
    const key = `${left} ${right} ${top}`;
    cells.set(key, (cells.get(key) ?? "") + glyph.text);
  }
  return [...cells].map(([key, text]) => `${key.split(" ").slice(0, 2).join(" ")} ${text}`);
}

/** What a page that goes on with a table from row `from` must show again. */
function expectedAgain(table: TableBlock, from: number, columns: readonly number[]): string[] {
  const units = unitsOf({ title: "", organisation: "", year: 0, date: "", draft: false, blocks: [table] });
  return units.flatMap(({ text, place }) => {
    if (!place || place.row >= from) return [];
    const edges = `${columns[place.column]} ${columns[place.column + place.colSpan]}`;
    if (place.row < table.headRows) return [`${edges} ${text}`];
    if (place.rowSpan === 1 || place.row + place.rowSpan <= from) return [];
    const isNarrow = (columns[place.column + 1] ?? 0) - (columns[place.column] ?? 0) < 2.5 * table.size;
    return [`${edges} ${text}${isNarrow ? "︵续︶" : "（续）"}`];
  });
}

describe.each(formats)("pages of reports in the format $id, with the tables at every height", (format) => {
  const whole: Printed[] = [];
  const parted: Printed[] = [];
  let all: Printed[] = [];
  beforeAll(async () => {
    for (const lines of HEIGHTS) {
      whole.push(await print(documentWith(format, lines, 1)));
      parted.push(await print(documentWith(format, lines, 4)));
    }
    all = [...whole, ...parted];
  }, 120_000);

  test("fall differently each time", () => {
    expect(all.length).toBeGreaterThanOrEqual(60);
    const starts = all.flatMap((printed) =>
      tablesOf(printed).map(({ table, lines: [line] }) => `${table.at} ${line?.y}`),
    );
    expect(distinct(starts).length).toBeGreaterThan(25);
  });

  test("part a table only if it is higher than a page", () => {
    const pagesOf = (printed: Printed) =>
      tablesOf(printed).map(({ lines }) => distinct(lines.map(({ page }) => page)).length);
    for (const printed of whole) expect(pagesOf(printed)).toEqual([1, 1, 1]);
    for (const printed of parted) expect(Math.max(...pagesOf(printed))).toBeGreaterThan(1);
  });

  test("print every cell in its own column, which is the same on every page", () => {
    let cells = 0;
    for (const printed of all) {
      for (const { table, lines } of tablesOf(printed)) {
        const columns = columnsOf(printed, lines);
        expect(columns).toHaveLength(table.widths.length + 1);
        for (const line of lines) {
          const unit = printed.units[line.unit] as Unit;
          const { left, right } = edgesOf(line, unit, printed.pages[line.page]?.rules ?? []);
          const { column, colSpan } = line.cell;
          expect([rounded(left), rounded(right)], unit.text).toEqual([columns[column], columns[column + colSpan]]);
          cells++;
        }
      }
    }
    expect(cells).toBeGreaterThan(10_000);
  });

  test("keep every row and every cell on one page, between its rules", () => {
    for (const printed of all) {
      for (const { lines } of tablesOf(printed)) {
        const rows = new Map<number, Set<number>>();
        const boxes = new Map<number, Set<string>>();
        for (const line of lines) {
          if (line.cell.rowSpan === 1) rows.set(line.cell.row, (rows.get(line.cell.row) ?? new Set()).add(line.page));
          const [glyph] = line.glyphs as [PdfGlyph];
          const { top, bottom } = rowEdges(glyph, printed.pages[line.page]?.rules ?? []);
          expect(glyph.y - 0.88 * glyph.size).toBeGreaterThan(top - 0.5);
          expect(glyph.y + 0.12 * glyph.size).toBeLessThan(bottom + 0.5);
          boxes.set(line.unit, (boxes.get(line.unit) ?? new Set()).add(`${line.page} ${top} ${bottom}`));
        }
        expect(rows.size).toBeGreaterThan(1);
        for (const on of [...rows.values(), ...boxes.values()]) expect(on.size).toBe(1);
      }
    }
  });

  test("show the head of a table, and the groups that go on with （续）, on each of its pages", () => {
    let again = 0;
    for (const printed of parted) {
      for (const { table, lines } of tablesOf(printed)) {
        const [, ...others] = distinct(lines.map(({ page }) => page));
        const columns = columnsOf(printed, lines);
        for (const page of others) {
          const from = Math.min(...lines.filter((line) => line.page === page).map(({ cell }) => cell.row));
          const expected = expectedAgain(table, from, columns);
          expect(repeatedOn(printed.pages[page] as PdfPage)).toEqual(expect.arrayContaining(expected));
          again += expected.length;
        }
      }
    }
    expect(again).toBeGreaterThan(HEIGHTS.length * 5);
  });

  test("leave no heading at the foot of a page, nor a table's heading without its first rows", () => {
    for (const { document, lines, units } of all) {
      for (const [index, line] of lines.entries()) {
        const unit = units[line.unit] as Unit;
        if (unit.kind !== "heading") continue;
        expect(lines[index + 1]?.page, unit.text).toBe(line.page);
        const below = document.blocks[unit.block + 1];
        if (below?.kind !== "table") continue;
        const rows = lines.filter((each) => units[each.unit]?.block === unit.block + 1 && each.page === line.page);
        const least = Math.min(below.headRows + 2, below.rows.length - 1);
        expect(Math.max(...rows.map((each) => units[each.unit]?.place?.row ?? 0))).toBeGreaterThanOrEqual(least);
      }
    }
  });

  test("never have the signature alone on a page, nor apart from its note", () => {
    for (const { lines, units } of all) {
      const kinds = lines.map((line) => ({ kind: units[line.unit]?.kind, page: line.page }));
      const end = kinds.filter(({ kind }) => kind === "signature" || kind === "note");
      expect(end.length).toBeGreaterThanOrEqual(3);
      expect(distinct(end.map(({ page }) => page))).toHaveLength(1);
      expect(kinds.some(({ kind, page }) => kind === "paragraph" && page === end[0]?.page)).toBe(true);
    }
  });
});
