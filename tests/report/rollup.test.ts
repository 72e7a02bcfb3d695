import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAdjustment } from "../../lib/report/adjustments.ts";
import { enteredCells, type Format, leaves, linesAt, tableOf, unitAt } from "../../lib/report/format.ts";
import { adjustmentsOf, contributions, countedAdjustments, excessive, rollUp } from "../../lib/report/rollup.ts";
import { figure } from "../../lib/report/totals.ts";
import { formats } from "../../templates/index.ts";

const format = formats.find(({ tables }) => tables.some((table) => linesAt(table, "fees", "charged"))) as Format;
const CHARGED = "disclosed.fees.charged";
const NATURAL = "requests.received.natural";
const unit = (name: string, charged: string | null, natural: number | null = null) => ({
  name,
  tables: { disclosed: { fees: { charged } }, requests: { received: { natural, business: null } } },
});

const reports = (format: (typeof formats)[number]) =>
  fc
    .array(
      fc.infiniteStream(fc.option(fc.nat(50), { nil: null, freq: 4 })).map((stream) => {
        const next = () => stream.next().value;
        const tables = format.tables.map((table) => {
          const rows: Record<string, Record<string, number | string | null>> = {};
          for (const { row, column } of enteredCells(table)) {
            const value = next();
            const entry = value !== null && unitAt(row, column) === "money" ? `${value}.5` : value;
            rows[row.id] = { ...rows[row.id], [column.id]: entry };
          }
          return [table.id, rows] as const;
        });
        return Object.fromEntries(tables);
      }),
      { maxLength: 6 },
    )
    .map((all) => all.map((tables, index) => ({ name: `单位${index}`, tables })));

test.each(formats)(
  "$id: every figure, entered or computed, is the sum of what the units contribute to it",
  (format) => {
    fc.assert(
      fc.property(reports(format), (units) => {
        const tables = rollUp(format, units);
        for (const table of format.tables) {
          for (const band of table.bands) {
            for (const row of leaves(band.rows)) {
              for (const column of leaves(band.columns)) {
                const sum = figure(table, tables[table.id] ?? {}, row.id, column.id);
                const parts = contributions(format, units, `${table.id}.${row.id}.${column.id}`);
                expect(parts.reduce((all, part) => all + Number(part.figure), 0)).toBe(Number(sum ?? 0));
              }
            }
          }
        }
      }),
      { numRuns: 20 },
    );
  },
);

test("amounts are added exactly, blanks stay blank, and whoever contributes most comes first", () => {
  const units = [unit("甲", "0.1"), unit("乙", "0.2"), unit("丙", null), unit("丁", "0")];
  expect(rollUp(format, units).disclosed?.fees?.charged).toBe("0.3");
  expect(rollUp(format, [unit("丙", null)]).disclosed?.fees?.charged).toBeNull();
  expect(contributions(format, units, CHARGED).map((part) => [part.unit.name, part.figure])).toEqual([
    ["乙", "0.2"],
    ["甲", "0.1"],
  ]);
  expect(contributions(format, units, "nowhere.fees.charged")).toEqual([]);
});

const adjust = (unit: string, cell: string, delta: number | string) => ({ unit, cell, delta, reason: "重复登记" });

test("adjustments are added to their cells, exactly, and sums are computed from them", () => {
  const units = [unit("甲", "0.3", 5), unit("乙", "0.2", 2)];
  const adjustments = [
    ...[adjust("甲", CHARGED, "-0.1"), adjust("甲", NATURAL, -2), adjust("乙", NATURAL, 1)],
    ...[adjust("丙", NATURAL, -7), adjust("丙", CHARGED, "4")],
  ];
  const tables = rollUp(format, units, adjustments);
  expect(tables.disclosed?.fees?.charged).toBe("0.4");
  expect(tables.requests?.received?.natural).toBe(6);
  expect(figure(tableOf(format, "requests"), tables.requests ?? {}, "received", "total")).toBe(6);
  expect(countedAdjustments(units, adjustments)).toEqual(adjustments.slice(0, 3));
  expect(rollUp(format, [unit("甲", null, null)], [adjust("甲", NATURAL, 3)]).requests?.received).toMatchObject({
    natural: 3,
    business: null,
  });
  expect(adjustmentsOf(format, adjustments, "requests.received.total")).toEqual(
    adjustments.filter(({ cell }) => cell === NATURAL),
  );
  expect(adjustmentsOf(format, adjustments, "requests.received.business")).toEqual([]);
  expect(adjustmentsOf(format, adjustments, "nowhere")).toEqual([]);
});

test("no more is taken from a unit's figure than there is", () => {
  const units = [unit("甲", "0.3", 5)];
  const [three, two, one] = [adjust("甲", NATURAL, -3), adjust("甲", NATURAL, -2), adjust("甲", NATURAL, -1)];
  expect(excessive(format, units, [three, two])).toEqual([]);
  expect(excessive(format, units, [three, two, one])).toEqual([three]);
  expect(excessive(format, units, [three, two, one, adjust("甲", NATURAL, 1)])).toEqual([]);
  expect(excessive(format, units, [adjust("甲", CHARGED, "-0.30001"), adjust("乙", NATURAL, -9)])).toHaveLength(1);
});

describe("an adjustment that is typed", () => {
  const typed = { unit: "甲", cell: NATURAL, delta: "-2", reason: "与乙重复" };

  test.each([
    ["-2", -2],
    ["－１，０００", -1000],
    ["+3", 3],
    [4, 4],
    ["−5", -5],
  ])("%s is read as %s", (delta, read) => {
    const adjustment = { ...typed, delta: read };
    expect(parseAdjustment(format, { ...typed, delta })).toEqual({ ok: true, adjustment });
  });

  test("amounts are read as such", () => {
    const amount = (delta: string | number) => parseAdjustment(format, { ...typed, cell: CHARGED, delta });
    expect(amount("-0.50")).toMatchObject({ adjustment: { delta: "-0.5" } });
    expect(amount(0.25)).toMatchObject({ adjustment: { delta: "0.25" } });
    for (const wrong of ["0", "-0.00", "1e3", "五", "--1", 1e-9]) {
      expect(amount(wrong)).toMatchObject({
        ok: false,
        problems: [expect.stringContaining("应为不是0的以万元为单位的数")],
      });
    }
  });

  test.each([
    [{ ...typed, delta: 0 }, "调整数“0”不对，应为不是0的整数"],
    [{ ...typed, delta: "1.5" }, "调整数“1.5”不对"],
    [{ ...typed, delta: "+-2" }, "调整数“+-2”不对"],
    [{ ...typed, cell: "requests.received.nobody" }, "没有“requests.received.nobody”这一格"],
    [{ ...typed, cell: "requests.received.total" }, "由别的格相加得出"],
    [{ ...typed, reason: " " }, "没有写明原因（reason）"],
    [{ ...typed, reason: "长".repeat(501) }, "原因过长，最多500个字符"],
    [{ ...typed, unit: undefined }, "没有写明单位（unit）"],
    [{ ...typed, by: "李明" }, "不认识的项目“by”"],
    ["甲", "应为写有 unit、cell、delta、reason 的对象"],
  ])("%j is refused with the reason", (input, problem) => {
    const { problems } = { problems: [], ...parseAdjustment(format, input) };
    expect(problems.join("")).toContain(problem);
  });
});
