import { describe, expect, test } from "vitest";
import type { Page, TextRun } from "../../lib/layout/display.ts";
import { layOut } from "../../lib/layout/pages.ts";
import { measureTable, widenedWhereNeeded } from "../../lib/layout/table.ts";
import type { Block, ComposedDocument, PrintedCell, TableBlock } from "../../lib/report/compose.ts";
import { metrics } from "../../templates/document/fonts.ts";
import { layoutStyle } from "../../templates/document/style.ts";
import { formats } from "../../templates/index.ts";
import { sampleDocument } from "./sample-reports.ts";

const { page } = layoutStyle;
const width = page.width - page.left - page.right;
const bottom = page.height - page.bottom;
const startLines = Array.from({ length: 22 }, (_, lines) => lines);

const isTable = (block: Block): block is TableBlock => block.kind === "table";
const tablesOf = (figure: number): TableBlock[] =>
  formats.flatMap((format) => sampleDocument(format, { figure }).blocks.filter(isTable));

const cell = (role: PrintedCell["role"], text: string, spans: Partial<PrintedCell> = {}): PrintedCell => ({
  role,
  text,
  rowSpan: 1,
  colSpan: 1,
  align: "center",
  ...(role === "entry" ? { at: `tall.${text}.column` } : {}),
  ...spans,
});

/** Higher than two pages: a head of two rows and groups of nine rows. */
const tall: TableBlock = {
  kind: "table",
  at: "tall",
  caption: "长表",
  widths: [16, 50, 45, 45],
  size: 10.5,
  headRows: 2,
  rows: [
    { cells: [cell("corner", "项目", { rowSpan: 2, colSpan: 2 }), cell("columnHeading", "数量", { colSpan: 2 })] },
    { cells: [cell("columnHeading", "本年"), cell("columnHeading", "上年")] },
    ...Array.from({ length: 90 }, (_, row) => ({
      cells: [
        ...(row % 9 === 0 ? [cell("rowHeading", `第${row / 9 + 1}组`, { rowSpan: 9 })] : []),
        cell("rowHeading", `第${row}行的项目，名称要占两行才写得下`, { align: "left" }),
        cell("entry", `${row * 1000}`),
        cell("entry", `${row * 1000 + 1}`),
      ],
    })),
  ],
};

/** The table under its heading, after so many lines of text. */
function documentWith(table: TableBlock, lines: number): ComposedDocument {
  const line: Block = { kind: "paragraph", at: "overview", runs: [{ text: "公开" }] };
  const heading: Block = { kind: "heading", at: table.at, level: 1, runs: [{ text: table.caption }] };
  const blocks = [...Array.from({ length: lines }, () => line), heading, table];
  return { title: "", organisation: "", year: 2024, date: "2024-12-31", draft: false, blocks };
}

type CellRun = TextRun & { tag: Extract<TextRun["tag"], { kind: "cell" }> };
const isCellRun = (run: TextRun): run is CellRun => run.tag.kind === "cell";
const cellRuns = (laidOut: Page): CellRun[] => laidOut.runs.filter(isCellRun);
const advance = (run: TextRun) =>
  [...run.text].reduce((all, character) => all + metrics.glyph("table", character).advance * run.size + run.spacing, 0);

/** Text of each cell by `row:cell`, as it is read on one page. */
function cellTexts(runs: readonly CellRun[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { tag, text } of runs) {
    const key = `${tag.row}:${tag.cell}`;
    texts.set(key, (texts.get(key) ?? "") + text);
  }
  return texts;
}

describe.each([0, 11_398_889])("the tables of every format, %i in every cell", (figure) => {
  const tables = tablesOf(figure);

  test("stand whole on one page under their heading, wherever they start", () => {
    expect(tables).toHaveLength(6);
    for (const table of tables) {
      for (const lines of startLines) {
        const pages = layOut(documentWith(table, lines), layoutStyle, metrics);
        const [only, ...others] = pages.filter((each) => cellRuns(each).length > 0);
        expect(others).toEqual([]);
        expect(only?.runs.some((run) => run.text === table.caption)).toBe(true);
      }
    }
  });

  test("keep every figure between the rules of its column", () => {
    let figures = 0;
    for (const table of tables) {
      const { edges, boxes } = measureTable(table, 0, width, metrics);
      for (const lines of startLines) {
        for (const laidOut of layOut(documentWith(table, lines), layoutStyle, metrics)) {
          for (const run of cellRuns(laidOut)) {
            const box = boxes.find((each) => each.row === run.tag.row && each.index === run.tag.cell);
            if (!box?.cell.at) continue;
            figures++;
            expect(run.x).toBeGreaterThan(page.left + (edges[box.column] ?? Number.NaN));
            expect(run.x + advance(run) - run.spacing).toBeLessThan(
              page.left + (edges[box.column + box.cell.colSpan] ?? Number.NaN),
            );
          }
        }
      }
    }
    expect(figures).toBeGreaterThan(8000);
  });

  test("print every cell in full, labels never smaller than nine points, figures on one line", () => {
    for (const table of tables) {
      const [laidOut] = layOut(documentWith(table, 0), layoutStyle, metrics);
      const runs = cellRuns(laidOut as Page);
      const texts = cellTexts(runs);
      const cells = table.rows.flatMap((row, r) => row.cells.map((each, c) => [each.text, texts.get(`${r}:${c}`)]));
      expect(cells.length).toBeGreaterThanOrEqual(30);
      for (const [expected, printed] of cells) expect(printed ?? "").toBe(expected);
      for (const { tag, size } of runs) {
        const isFigure = table.rows[tag.row]?.cells[tag.cell]?.at !== undefined;
        expect(size).toBeGreaterThanOrEqual(isFigure ? 6 : 9);
      }
      for (const box of measureTable(table, 0, width, metrics).boxes.filter((each) => each.cell.at)) {
        expect(box.lines).toHaveLength(1);
      }
    }
  });
});

test("figures of eight digits stand in the requests table at its own size", () => {
  const requests = tablesOf(11_398_889).filter((table) => table.rows.length > 20);
  expect(requests).toHaveLength(2);
  for (const table of requests) {
    const figures = measureTable(table, 0, width, metrics).boxes.filter((box) => box.cell.at);
    expect(figures.length).toBeGreaterThan(150);
    for (const box of figures) expect(box.size).toBe(table.size);
  }
});

test("labels of the requests table end in no line of a single character, but for the one set upright", () => {
  let labels = 0;
  for (const table of tablesOf(120).filter(({ rows }) => rows.length > 20)) {
    for (const { cell, lines } of measureTable(table, 0, width, metrics).boxes) {
      const texts = lines.map((line) => line.characters.map(({ text }) => text).join(""));
      if (cell.at || texts.length < 2) continue;
      labels++;
      if (cell.text === "三、本年度办理结果") expect(texts).toEqual(["三、", ..."本年度办理结果"]);
      else expect(texts.at(-1)?.length).toBeGreaterThan(1);
    }
  }
  expect(labels).toBeGreaterThan(20);
});

test("the text below a table begins half a line under it, on its page", () => {
  const [table] = tablesOf(0);
  if (!table) throw new Error("no table");
  const before = documentWith(table, 2);
  const below: Block = { kind: "paragraph", at: "overview", runs: [{ text: "表后" }] };
  const [laidOut] = layOut({ ...before, blocks: [...before.blocks, below] }, layoutStyle, metrics);
  const foot = Math.max(...(laidOut?.rules ?? []).map((rule) => rule.y2));
  const line = laidOut?.runs.find((run) => run.text === "表后");
  expect((line?.y ?? 0) - foot).toBeCloseTo(layoutStyle.lineHeight + layoutStyle.size.body * 0.38, 3);
});

describe("a table that is higher than a page", () => {
  const starts = startLines.map((lines) => layOut(documentWith(tall, lines), layoutStyle, metrics));

  test("repeats its head rows on each of its pages", () => {
    for (const pages of starts) {
      const withRows = pages.filter((each) => cellRuns(each).length > 0);
      expect(withRows.length).toBeGreaterThan(2);
      for (const laidOut of withRows) {
        const texts = cellTexts(cellRuns(laidOut));
        expect([texts.get("0:0"), texts.get("0:1"), texts.get("1:0"), texts.get("1:1")]).toEqual([
          "项目",
          "数量",
          "本年",
          "上年",
        ]);
      }
    }
  });

  test("parts no row and loses none", () => {
    for (const pages of starts) {
      const rowsByPage = pages.map(
        (each) =>
          new Set(
            cellRuns(each)
              .filter((run) => !run.tag.repeated && run.tag.row > 1)
              .map((run) => run.tag.row),
          ),
      );
      const rows = rowsByPage.flatMap((each) => [...each]);
      expect(rows).toEqual(Array.from({ length: 90 }, (_, row) => row + 2));
      for (const laidOut of pages) {
        const texts = cellTexts(cellRuns(laidOut));
        for (const [key, text] of texts) {
          const [row = 0, index = 0] = key.split(":").map(Number);
          expect(text.replace(/（续）$/, "")).toBe(tall.rows[row]?.cells[index]?.text);
        }
      }
    }
  });

  test("says on the next page which group goes on, and that it does", () => {
    let continued = 0;
    for (const pages of starts) {
      for (const laidOut of pages) {
        const body = cellRuns(laidOut).filter((run) => run.tag.row > 1);
        const [first] = body.filter((run) => !run.tag.repeated);
        if (!first || (first.tag.row - 2) % 9 === 0) continue;
        continued++;
        const group = cellTexts(body.filter((run) => run.tag.repeated));
        expect([...group.values()]).toEqual([`第${Math.floor((first.tag.row - 2) / 9) + 1}组（续）`]);
      }
    }
    expect(continued).toBeGreaterThan(20);
  });

  test("stays within the text block, texts and rules", () => {
    for (const laidOut of starts.flat()) {
      for (const run of laidOut.runs.filter((each) => each.tag.kind !== "pageNumber")) {
        expect(run.y - run.size * 0.88).toBeGreaterThanOrEqual(page.top - 0.001);
        expect(run.y + run.size * 0.12).toBeLessThanOrEqual(bottom + 0.001);
      }
      for (const rule of laidOut.rules) {
        expect(rule.x1).toBeGreaterThanOrEqual(page.left - 0.001);
        expect(rule.x2).toBeLessThanOrEqual(page.width - page.right + 0.001);
        expect(rule.y2).toBeLessThanOrEqual(bottom + 0.001);
      }
    }
  });
});

describe("column widths", () => {
  test("are those asked for where nothing lacks", () => {
    expect(widenedWhereNeeded([50, 30, 20], [10, 30, 5])).toEqual([50, 30, 20]);
  });

  test("grow where a figure needs it, at the cost of those that can spare it", () => {
    expect(widenedWhereNeeded([60, 20, 20], [20, 20, 30])).toEqual([50, 20, 30]);
  });

  test("stay as asked for when the table is too narrow for all", () => {
    expect(widenedWhereNeeded([40, 30, 30], [40, 40, 40])).toEqual([40, 30, 30]);
  });
});
