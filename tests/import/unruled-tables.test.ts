import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Placed } from "../../lib/import/pdf-lines.ts";
import { readTables, tableLabels } from "../../lib/import/tables.ts";
import { lacksColumns, unruledTables } from "../../lib/import/unruled-tables.ts";
import { compose, type TableBlock } from "../../lib/report/compose.ts";
import { labelKey } from "../../lib/sheet/labels.ts";
import { formats } from "../../templates/index.ts";
import { sampleReport } from "../documents/reports.ts";

const labels = new Set(
  ["规章", "行政规范性文件", "行政许可", "新收数量", "上年结转数量", "自然人", "企业"].map(labelKey),
);
const SIZE = 10;

/** A text as wide as it is set, with its line of writing so far from the top. */
const at = (x: number, y: number, text: string): Placed => {
  const width = [...text].reduce((all, sign) => all + (/[\u2e80-\uffef]/.test(sign) ? SIZE : SIZE / 2), 0);
  return { text, x, y, width, size: SIZE };
};
const rowsOf = (items: readonly Placed[]) =>
  unruledTables(items, labels).tables.map((table) =>
    table.pieces().map((piece) => (piece.kind === "row" ? piece.cells : [])),
  );

describe("a table without lines", () => {
  test("has its rows by their labels and its columns by where figures stand above each other", () => {
    const items = [
      ...[at(200, 20, "自然人"), at(300, 20, "企业")],
      ...[at(20, 40, "规章"), at(210, 40, "1"), at(310, 40, "2")],
      ...[at(20, 60, "行政规范性文件"), at(208, 60, "13"), at(306, 60, "214")],
    ];
    expect(rowsOf(items)).toEqual([
      [
        ["", "自然人", "企业"],
        ["规章", "1", "2"],
        ["行政规范性文件", "13", "214"],
      ],
    ]);
    expect(unruledTables(items, labels).rest).toEqual([]);
  });

  test("keeps a figure in its column where the others are blank", () => {
    const items = [
      ...[at(20, 40, "规章"), at(210, 40, "1"), at(310, 40, "2"), at(410, 40, "3")],
      ...[at(20, 60, "行政许可"), at(310, 60, "7")],
      ...[at(20, 80, "行政规范性文件"), at(410, 80, "9")],
    ];
    expect(rowsOf([...items].reverse())).toEqual([
      [
        ["规章", "1", "2", "3"],
        ["行政许可", "", "7", ""],
        ["行政规范性文件", "", "", "9"],
      ],
    ]);
  });

  test("has a column for a heading that stands over no figure", () => {
    const items = [
      ...[at(20, 20, "规章"), at(200, 20, "自然人"), at(300, 20, "企业"), at(400, 20, "行政许可")],
      ...[at(20, 40, "新收数量"), at(310, 40, "2"), at(420, 40, "3")],
      ...[at(20, 60, "上年结转数量"), at(310, 60, "0"), at(420, 60, "5")],
    ];
    expect(rowsOf(items)[0]?.slice(-3)).toEqual([
      ["", "自然人", "企业", "行政许可"],
      ["新收数量", "", "2", "3"],
      ["上年结转数量", "", "0", "5"],
    ]);
  });

  test("has a label over several lines beside figures in the middle, above or below", () => {
    for (const y of [48, 60, 72]) {
      const items = [
        ...[at(20, 20, "规章"), at(210, 20, "1"), at(310, 20, "2")],
        ...[at(20, 48, "行政规"), at(20, 60, "范性文"), at(20, 72, "件"), at(210, y, "5"), at(310, y, "6")],
      ];
      expect(rowsOf(items)).toEqual([
        [
          ["规章", "1", "2"],
          ["行政规范性文件", "5", "6"],
        ],
      ]);
    }
  });

  test("says so where the figures of a row do not stand in the columns", () => {
    const items = [
      ...[at(20, 40, "规章"), at(210, 40, "1"), at(310, 40, "2")],
      ...[at(20, 60, "行政许可"), at(210, 60, "3"), at(310, 60, "4")],
      ...[at(20, 80, "行政规范性文件"), at(210, 80, "7")],
      ...[at(20, 100, "新收数量"), at(260, 100, "8")],
    ];
    const [table] = unruledTables(items, labels).tables;
    const doubts = table?.pieces().map((piece) => (piece.kind === "row" ? piece.doubt : undefined)) ?? [];
    expect(doubts.slice(0, 3)).toEqual([undefined, undefined, undefined]);
    expect(doubts[3]).toMatch(/没有框线.*没有对齐/);
  });

  test("parts figures that one item holds together", () => {
    const items = [
      ...[at(20, 40, "规章"), at(210, 40, "10 20 30")],
      ...[at(20, 60, "行政许可"), at(210, 60, "11 21 31")],
    ];
    expect(rowsOf(items)).toEqual([
      [
        ["规章", "10", "20", "30"],
        ["行政许可", "11", "21", "31"],
      ],
    ]);
  });

  test("ends where the text goes on, and text with figures is none", () => {
    const text = [
      at(20, 120, "五、存在的主要问题及改进情况"),
      at(40, 140, "全年公开信息"),
      at(105, 140, "46"),
      at(120, 140, "条，其中通知"),
      at(190, 140, "30"),
      at(205, 140, "条。"),
    ];
    expect(unruledTables(text, labels)).toEqual({ tables: [], rest: text });
    const items = [
      ...[at(20, 40, "规章"), at(210, 40, "1"), at(310, 40, "2")],
      ...[at(20, 60, "行政许可"), at(210, 60, "3"), at(310, 60, "4")],
    ];
    const { tables, rest } = unruledTables([...items, ...text], labels);
    expect(tables).toHaveLength(1);
    expect(rest).toEqual(text);
  });

  test("is not looked for among more items than a page of a report has", () => {
    const items = Array.from({ length: 4_000 }, (_, index) => at(20, index, "规章"));
    expect(unruledTables(items, labels).tables).toEqual([]);
  });
});

test("lines that leave out the columns are known by figures beside each other in one cell", () => {
  const row = (y: number) => [at(210, y, "1"), at(310, y, "2"), at(410, y, "3")];
  expect(lacksColumns([[at(20, 40, "规章"), ...row(40)], row(60)])).toBe(true);
  expect(lacksColumns([row(40).slice(0, 1), row(40).slice(1, 2)])).toBe(false);
});

/** A composed table as a program sets it: cells in their columns, labels broken into lines, everything in the middle. */
function setTable({ rows, widths }: TableBlock): Placed[] {
  const places = widths.map((_, index) => LEFT + widths.slice(0, index).reduce((all, one) => all + one, 0) * SCALE);
  const right = LEFT + widths.reduce((all, one) => all + one, 0) * SCALE;
  const edge = (column: number) => places[column] ?? right;
  const taken = new Set<string>();
  return rows.flatMap(({ cells }, row) => {
    let column = 0;
    return cells.flatMap(({ text, rowSpan, colSpan }) => {
      while (taken.has(`${row}.${column}`)) column++;
      for (let down = 0; down < rowSpan; down++) {
        for (let across = 0; across < colSpan; across++) taken.add(`${row + down}.${column + across}`);
      }
      const [from, to] = [edge(column), edge(column + colSpan)];
      column += colSpan;
      const lines = brokenInto(text, (to - from) / SIZE - 1);
      const middle = (row + rowSpan / 2) * ROW;
      return lines.map((line, index) => {
        const item = at(0, middle + (index - (lines.length - 1) / 2) * SIZE * 1.2, line);
        return { ...item, x: (from + to - item.width) / 2 };
      });
    });
  });
}
const [LEFT, SCALE, ROW] = [50, 6, 62];

function brokenInto(text: string, signs: number): string[] {
  const lines: string[] = [];
  for (const sign of text) {
    const last = lines.at(-1);
    if (last !== undefined && at(0, 0, `${last}${sign}`).width <= Math.max(1, signs) * SIZE)
      lines[lines.length - 1] += sign;
    else lines.push(sign);
  }
  return lines;
}

describe.each(formats)("the tables of $id, set without lines", (format) => {
  const report = sampleReport(format);
  const known = new Set(formats.flatMap(tableLabels).map(labelKey));
  const tables = compose(format, report, false).blocks.filter((block) => block.kind === "table");
  const read = (items: readonly Placed[], table: string) =>
    readTables(
      format,
      unruledTables(items, known)
        .tables.flatMap((one) => one.pieces())
        .flatMap((piece) => (piece.kind === "row" ? [{ table, ...piece }] : [])),
    );

  test("are read with every figure", () => {
    for (const table of tables) {
      const { entries, cells } = read(setTable(table), table.at);
      expect(entries[table.at]).toEqual(report.tables[table.at]);
      expect(cells.filter(({ at: cell, doubt }) => doubt && cell.startsWith(`${table.at}.`))).toEqual([]);
    }
  });

  test("lose what is lost, and have every other figure in its place or in doubt", () => {
    let kept = 0;
    fc.assert(
      fc.property(fc.constantFrom(...tables), fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (table, losses) => {
        const items = setTable(table);
        const lost = new Set(losses.slice(0, 12).map((share) => Math.floor(share * items.length)));
        const { cells } = read(
          items.filter((_, index) => !lost.has(index)),
          table.at,
        );
        for (const { at: cell, entry, doubt } of cells) {
          const [id = "", row = "", column = ""] = cell.split(".");
          const written = report.tables[id]?.[row]?.[column];
          if (id !== table.at || written === undefined || entry === null || doubt !== undefined) continue;
          expect(entry, cell).toBe(written);
          kept++;
        }
      }),
      { numRuns: 100 },
    );
    expect(kept).toBeGreaterThan(1_000);
  });
});
