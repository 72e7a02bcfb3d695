import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { band, group, line, money, sum, type Table } from "../../lib/report/format.ts";
import type { Report, Rows } from "../../lib/report/report.ts";
import { emptyReport } from "../../lib/report/schema.ts";
import { addAmounts, addendCells, balanceSides, changeFrom, count, figure } from "../../lib/report/totals.ts";
import { formats } from "../../templates/index.ts";

/** Two groups of rows and a total; two applicants and a total. */
const table: Table = {
  id: "table",
  bands: [
    {
      columns: [group("申请人", [line("person", "人"), group("单位", [line("firm", "企业")]), sum("all", "总计")])],
      rows: [
        line("in", "收"),
        group("办", [line("yes", "给"), group("不给", [line("no", "拒"), line("none", "无")]), sum("done", "总计")]),
      ],
    },
    band(
      "收费",
      [money("spring", "春"), money("autumn", "秋"), { ...money("both", "全年"), sum: true }],
      [line("fee", "费")],
    ),
  ],
  print: { widths: [], size: 9 },
};

describe("a computed figure", () => {
  const rows: Rows = { yes: { person: 3, firm: 4 }, no: { person: 10, firm: null }, none: { person: 0, firm: 2 } };

  test("adds up its column, through groups, without other sums", () => {
    expect(figure(table, rows, "done", "person")).toBe(13);
    expect(figure(table, rows, "done", "firm")).toBe(6);
  });

  test("adds up its row", () => {
    expect(figure(table, rows, "yes", "all")).toBe(7);
    expect(figure(table, rows, "no", "all")).toBe(10);
  });

  test("where two sums cross is the same both ways", () => {
    expect(figure(table, rows, "done", "all")).toBe(19);
  });

  test("over nothing but blanks is blank, over a zero is zero", () => {
    expect(figure(table, rows, "in", "all")).toBeNull();
    expect(figure(table, {}, "done", "all")).toBeNull();
    expect(figure(table, { in: { person: 0 } }, "in", "all")).toBe(0);
    expect(count(table, {}, "done", "all")).toBe(0);
  });

  test("takes no notice of what is no figure", () => {
    const faulty: Rows = { yes: { person: "约3", firm: 4 }, no: { person: "/" } };
    expect(figure(table, faulty, "yes", "person")).toBeNull();
    expect(figure(table, faulty, "yes", "all")).toBe(4);
    expect(figure(table, faulty, "done", "person")).toBeNull();
  });

  test("names the cells it adds up", () => {
    expect(addendCells(table, "done", "firm")).toEqual(["yes", "no", "none"].map((row) => ({ row, column: "firm" })));
    expect(addendCells(table, "in", "all")).toEqual(["person", "firm"].map((column) => ({ row: "in", column })));
    expect(addendCells(table, "in", "person")).toEqual([]);
  });

  test("of lines that do not cross is blank", () => {
    expect(figure(table, rows, "fee", "person")).toBeNull();
    expect(figure(table, rows, "nowhere", "person")).toBeNull();
    expect(addendCells(table, "fee", "person")).toEqual([]);
  });

  test("of money is exact", () => {
    expect(figure(table, { fee: { spring: "0.1", autumn: "0.2" } }, "fee", "both")).toBe("0.3");
    expect(figure(table, { fee: { spring: "0.1" } }, "fee", "both")).toBe("0.1");
    expect(figure(table, { fee: { spring: "约1" } }, "fee", "both")).toBeNull();
  });
});

describe("amounts", () => {
  test("add up as on paper", () => {
    expect(addAmounts(["0.1", "0.2"])).toBe("0.3");
    expect(addAmounts(["1.5", "2.5"])).toBe("4");
    expect(addAmounts(["999999999999999", "0.000001"])).toBe("999999999999999.000001");
    expect(addAmounts(["0", "0"])).toBe("0");
    expect(addAmounts([])).toBe("0");
  });

  test("add up to the last 分, whatever their size and order", () => {
    /** In millionths of 万元, that is in 分. */
    const cents = fc.bigInt({ min: 0n, max: 10n ** 18n });
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 20 }), (all) => {
        const total = decimal(all.reduce((a, b) => a + b, 0n));
        expect(addAmounts(all.map(decimal))).toBe(total);
        expect(addAmounts(all.map(decimal).reverse())).toBe(total);
      }),
    );
  });
});

/** Millionths as a canonical decimal, the slow way. */
function decimal(millionths: bigint): string {
  const digits = millionths.toString().padStart(7, "0");
  const text = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  return text.replace(/\.?0+$/, "");
}

describe.each(formats)("in the format $id", (format) => {
  const empty = emptyReport(format, format.years.from, { name: "青川市云岭区档案馆" });
  const applicants = ["natural", "business", "research", "charity", "legal", "otherOrg"];
  const withRequests = (requests: Rows): Report => ({ ...empty, tables: { ...empty.tables, requests } });
  const [balance] = format.balances;

  test("a balance has both sides of all seven columns, addend by addend", () => {
    if (!balance) throw new Error("no balance");
    const report = withRequests({
      received: { natural: 12, business: 3 },
      carriedIn: { natural: 2 },
      granted: { natural: 9, business: 3 },
      repeat: { natural: 1 },
      carriedOut: { natural: 3 },
    });
    const sides = balanceSides(format, report, balance);
    expect(sides.map(({ column }) => column)).toEqual([...applicants, "total"]);
    expect(sides[0]).toEqual({ column: "natural", left: [12, 2], right: [10, 3], difference: 1 });
    expect(sides[1]?.difference).toBe(0);
    expect(sides[6]).toEqual({ column: "total", left: [15, 2], right: [13, 3], difference: 1 });
  });

  test("whatever is entered, the difference of 总计 is the sum of the differences", () => {
    if (!balance) throw new Error("no balance");
    const rowIds = ["received", "carriedIn", "granted", "secret", "petition", "otherwise", "carriedOut"];
    const cell = fc.option(fc.nat({ max: 99_999 }));
    const rows = fc.record(
      Object.fromEntries(rowIds.map((id) => [id, fc.record(Object.fromEntries(applicants.map((a) => [a, cell])))])),
    );
    fc.assert(
      fc.property(rows, (entered) => {
        const sides = balanceSides(format, withRequests(entered), balance);
        const differences = sides.slice(0, -1).map(({ difference }) => difference);
        expect(sides.at(-1)?.difference).toBe(differences.reduce((a, b) => a + b, 0));
      }),
      { numRuns: 30 },
    );
  });
});

describe("how a figure differs from an earlier one", () => {
  test.each([
    [12, 15, { direction: "more", by: "3", percent: "25" }],
    [15, 12, { direction: "less", by: "3", percent: "20" }],
    [3, 2, { direction: "less", by: "1", percent: "33.3" }],
    [7, 7, { direction: "same", by: "0", percent: "0" }],
    [0, 4, { direction: "more", by: "4" }],
    [-4, 2, { direction: "more", by: "6", percent: "150" }],
    ["0.1", "0.3", { direction: "more", by: "0.2", percent: "200" }],
    ["12.5", "9.25", { direction: "less", by: "3.25", percent: "26" }],
    [999_999_999_999, 1, { direction: "less", by: "999999999998", percent: "100" }],
  ] as const)("from %s to %s", (before, now, change) => {
    expect(changeFrom(before, now)).toEqual(change);
  });

  test("a blank is no figure to compare", () => {
    expect(changeFrom(null, 3)).toBeUndefined();
    expect(changeFrom(3, null)).toBeUndefined();
  });

  test("the difference leads from the one to the other", () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.nat(99_999), (before, now) => {
        const { direction = "same", by = "" } = changeFrom(before, now) ?? {};
        expect(before + (direction === "less" ? -1 : 1) * Number(by)).toBe(now);
      }),
    );
  });
});
