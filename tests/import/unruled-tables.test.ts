import { describe, expect, test } from "vitest";
import type { Placed } from "../../lib/import/pdf-lines.ts";
import { lacksColumns, unruledTables } from "../../lib/import/unruled-tables.ts";
import { labelKey } from "../../lib/sheet/labels.ts";

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
