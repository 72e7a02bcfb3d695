import { describe, expect, test } from "vitest";
import { placeFigures } from "../../lib/import/figures.ts";
import { line, sum } from "../../lib/report/format.ts";

const columns = [line("a", "甲"), line("b", "乙"), line("c", "丙"), sum("total", "总计")];
const place = (cells: readonly string[], more: { expectedStart?: number; fillGaps?: boolean } = {}) => {
  const printed = cells.map((figure) => ({ figure, text: figure }));
  const { figures, doubtful } = placeFigures({ cells: printed, columns, fillGaps: false, ...more });
  return [...figures.map((cell) => cell?.figure ?? null), doubtful];
};

describe("a row whose figures fit its columns", () => {
  test("is read cell by cell, blanks and all, even when its total is wrong", () => {
    expect(place(["1", "", "2", "9"])).toEqual(["1", "", "2", "9", false]);
  });
  test("is read in order whatever blanks stand between", () => {
    expect(place(["", "1", "", "2", "3", "9", ""])).toEqual(["1", "2", "3", "9", false]);
  });
  test("with no figure at all is blank", () => {
    expect(place(["", ""])).toEqual(["", "", "", "", false]);
  });
});

describe("a row with more cells than columns", () => {
  test("goes where its sum holds", () => {
    expect(place(["", "5", "", "3", "8", ""])).toEqual(["5", "", "3", "8", false]);
  });
  test("with one figure starts where the headings say", () => {
    expect(place(["", "", "", "", "7", ""], { expectedStart: 1 })).toEqual(["", "", "", "7", false]);
  });
  test("with one figure and no headings is its total", () => {
    expect(place(["", "", "", "", "7", ""])).toEqual(["", "", "", "7", false]);
  });
  test("that fits nowhere is left out and said to be doubtful", () => {
    expect(place(["1", "", "", "", "7", "2"])).toEqual([null, null, null, null, true]);
  });
});

describe("a row that lost figures", () => {
  test("is settled by its sum", () => {
    expect(place(["1", "2", "2"])).toEqual(["1", "2", "2", null, false]);
    expect(place(["6", "0", "0"])).toEqual(["6", "0", "0", null, false]);
  });
  test("is left out where its sum allows several readings", () => {
    expect(place(["4", "1", "5"])).toEqual([null, null, null, null, true]);
  });
  test("of nothing but zeros has no other reading", () => {
    expect(place(["0", "0", "0"])).toEqual(["0", "0", "0", null, false]);
  });
  test("has gaps filled with nought only where the total is reached and blanks are not in use", () => {
    expect(place(["", "", "3", "2", "5"])).toEqual(["", "3", "2", "5", false]);
    expect(place(["", "", "3", "2", "5"], { fillGaps: true })).toEqual(["0", "3", "2", "5", false]);
    expect(place(["", "", "3", "2", "6"], { fillGaps: true })).toEqual([null, null, null, null, true]);
  });
});

describe("a row with surplus figures", () => {
  test("loses the one that its sum does not need", () => {
    expect(place(["1", "2", "3", "6", "0"])).toEqual(["1", "2", "3", "6", false]);
  });
  test("of zeros is zeros", () => {
    expect(place(["0", "0", "0", "0", "0"])).toEqual(["0", "0", "0", "0", false]);
  });
});
