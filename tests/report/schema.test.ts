import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printedProse } from "../../lib/report/chips.ts";
import { enteredCells } from "../../lib/report/format.ts";
import { plainText } from "../../lib/report/prose.ts";
import { LONGEST_REASON } from "../../lib/report/reasons.ts";
import { emptyReport, parseReport, parseStored, reportSchema } from "../../lib/report/schema.ts";
import { formatForYear, formats } from "../../templates/index.ts";

const current = formats.find(({ years }) => years.to === undefined);
if (!current) throw new Error("no format without an end");

/** The report as other programs write it. */
const written = {
  format: "2021-30",
  year: 2024,
  organisation: { name: "某某县科学技术局" },
  opening: "根据规定编制本报告。",
  prose: { overview: "（一）主动公开情况\n公开信息12条。", problems: "公开不够及时。", other: "未收取信息处理费。" },
  tables: {
    disclosed: { rules: { issued: 0, repealed: 0, inForce: 0 }, fees: { charged: "12.5" } },
    requests: { received: { natural: 12, business: 1 }, carriedOut: { natural: 0 } },
    disputes: { cases: { reviewUpheld: 0 } },
  },
};

const parsed = (input: unknown) => {
  const result = parseReport(current, input);
  if (!result.ok) throw new Error(result.problems.join(""));
  return result.report;
};
const problemsOf = (input: unknown) => {
  const result = parseReport(current, input);
  return result.ok ? [] : result.problems;
};

describe("a report as JSON", () => {
  test("is read with what it leaves out filled in: every cell, every section", () => {
    const report = parsed(written);
    expect(report.tables.requests?.received).toEqual({
      ...{ natural: 12, business: 1 },
      ...{ research: null, charity: null, legal: null, otherOrg: null },
    });
    expect(report.tables.disputes?.cases?.afterReviewPending).toBeNull();
    expect(report.tables.disclosed?.fees).toEqual({ charged: "12.5" });
    expect(report.closing).toEqual({});
    expect(report.title).toBeUndefined();
  });

  test("holds exactly the entered cells, no computed ones", () => {
    for (const format of formats) {
      const report = emptyReport(format, format.years.from, { name: "青川市云岭区档案馆" });
      const cells = format.tables.flatMap((table) =>
        enteredCells(table).map(({ row, column }) => `${table.id}.${row.id}.${column.id}`),
      );
      const stored = Object.entries(report.tables).flatMap(([table, rows]) =>
        Object.entries(rows).flatMap(([row, columns]) =>
          Object.keys(columns).map((column) => `${table}.${row}.${column}`),
        ),
      );
      expect(cells.length).toBeGreaterThan(160);
      expect(stored.sort()).toEqual(cells.sort());
    }
  });

  test("takes prose as plain text and as passages", () => {
    const report = parsed(written);
    expect(report.prose.overview).toEqual([
      { kind: "heading2", content: [{ text: "（一）主动公开情况" }] },
      { kind: "paragraph", content: [{ text: "公开信息12条。" }] },
    ]);
    const structured = [
      { kind: "paragraph", content: [{ text: "公开" }, { text: "12", bold: true }, { text: "条。" }] },
    ];
    const again = parsed({ ...written, prose: { overview: structured } });
    expect(again.prose.overview).toEqual(structured);
    expect(again.prose.problems).toEqual([]);
    expect(plainText(printedProse(current, again, "overview"))).toBe("公开12条。");
  });

  test("reads figures that are loosely typed and keeps what is no figure", () => {
    const rows = { received: { natural: "１，２３４", business: "约3", research: " ", legal: 2.5 } };
    const report = parsed({ ...written, tables: { requests: rows, disclosed: { fees: { charged: 12.5 } } } });
    expect(report.tables.requests?.received).toMatchObject({
      ...{ natural: 1234, business: "约3", research: null, legal: "2.5" },
    });
    expect(report.tables.disclosed?.fees?.charged).toBe("12.5");
  });

  test("survives being written and read again, unchanged", () => {
    const report = parsed(written);
    expect(parsed(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });
});

test.each(formats)("whatever a report of $id holds, reading it twice gives what reading it once gives", (format) => {
  const anything = fc.oneof(
    fc.nat(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ maxLength: 30 }),
    fc.constant(null),
  );
  const inputs = fc.record(
    {
      format: fc.constant(format.id),
      year: fc.integer({ min: format.years.from, max: format.years.to ?? 2100 }),
      organisation: fc.record(
        { name: fc.string({ minLength: 1, maxLength: 40 }).filter((name) => name.trim() !== ""), phone: fc.string() },
        { requiredKeys: ["name"] },
      ),
      title: fc.string(),
      opening: fc.string(),
      closing: fc.record({ signature: fc.string(), note: fc.string() }, { requiredKeys: [] }),
      prose: fc.record({ overview: fc.string(), problems: fc.string() }, { requiredKeys: [] }),
      tables: fc.record({
        disclosed: fc.record({ rules: fc.record({ inForce: anything }) }),
        requests: fc.record({ received: fc.record({ natural: anything }), carriedOut: fc.record({ legal: anything }) }),
        disputes: fc.record({ cases: fc.record({ reviewPending: anything }) }),
      }),
    },
    { requiredKeys: ["format", "year", "organisation", "tables"] },
  );
  fc.assert(
    fc.property(inputs, (input) => {
      const once = reportSchema(format).parse(input);
      expect(reportSchema(format).parse(once)).toEqual(once);
      expect(reportSchema(format).parse(JSON.parse(JSON.stringify(once)))).toEqual(once);
    }),
  );
});

describe("a file that is no report", () => {
  test.each([
    ["an unknown part", { ...written, author: "甲" }, ["不认识的项目“author”。"]],
    [
      "two unknown rows",
      { ...written, tables: { requests: { guests: {}, others: {} } } },
      ["不认识的项目“tables.requests.guests”。", "不认识的项目“tables.requests.others”。"],
    ],
    [
      "an unknown column",
      { ...written, tables: { requests: { received: { nobody: 1 } } } },
      ["不认识的项目“tables.requests.received.nobody”。"],
    ],
    [
      "a computed cell",
      { ...written, tables: { requests: { received: { total: 13 } } } },
      ["不认识的项目“tables.requests.received.total”。"],
    ],
    [
      "a particular nobody knows",
      { ...written, organisation: { name: "某某县科学技术局", mascot: "猫" } },
      ["不认识的项目“organisation.mascot”。"],
    ],
  ])("is refused for %s by a message that names it", (_, input, problems) => {
    const { tables, ...rest } = input as typeof written;
    expect(problemsOf({ ...rest, tables: { ...written.tables, ...tables } })).toEqual(problems);
  });

  test.each([
    ["no agency", { ...written, organisation: {} }, "organisation.name"],
    ["an empty agency", { ...written, organisation: { name: " " } }, "organisation.name"],
    ["no tables", { ...written, tables: undefined }, "tables"],
    ["a year as text", { ...written, year: "2024" }, "year"],
    ["a year of another format", { ...written, year: 2019 }, "year"],
    ["another format", { ...written, format: "1999-1" }, "format"],
    ["a day that no calendar has", { ...written, closing: { date: "2025-02-30" } }, "closing.date"],
    ["a cell that is a list", { ...written, tables: { requests: { received: { natural: [1] } } } }, "natural"],
    ["a novel in a cell", { ...written, tables: { requests: { received: { natural: "长".repeat(61) } } } }, "natural"],
    ["a list", [], "文件"],
    ["nothing", null, "文件"],
  ])("is refused for %s in Chinese, naming the place", (_, input, place) => {
    const problems = problemsOf(input);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join("")).toContain(place);
    for (const problem of problems) expect(problem).toMatch(/^[^\n]*[\u4e00-\u9fff][^\n]*。$/);
  });

  test("is told all its faults at once", () => {
    expect(problemsOf({ ...written, year: "x", author: "甲", organisation: {} }).length).toBe(3);
  });

  test("of another year is refused by every format but its own", () => {
    const year2020 = formatForYear(2020);
    const report = { format: year2020?.id, year: 2020, organisation: { name: "某某县档案馆" }, tables: blankTables };
    expect(formats.filter((format) => parseReport(format, report).ok)).toEqual([year2020]);
  });
});

const blankTables = { disclosed: {}, requests: {}, disputes: {} };

test("a date may be left out, given, or deliberately empty", () => {
  for (const closing of [{}, { date: "2025-01-07" }, { date: "", signature: "", note: "此件公开发布" }]) {
    expect(parsed({ ...written, closing }).closing).toEqual(closing);
  }
});

test("an empty report has nothing but blanks", () => {
  for (const format of formats) {
    const report = emptyReport(format, format.years.from, { name: "某某县档案馆" });
    const entries = Object.values(report.tables).flatMap((rows) => Object.values(rows).flatMap(Object.values));
    expect(entries.length).toBeGreaterThan(160);
    expect(entries.every((entry) => entry === null)).toBe(true);
    expect(Object.values(report.prose).every((passages) => passages.length === 0)).toBe(true);
  }
});

describe("written reasons", () => {
  const reasons = {
    "B05.requests.carriedIn.natural": { finding: "上年结转5件。", text: "已逐件核对台账。" },
    "S07.overview#2": { finding: "序号不连续。", text: "按附件编号。" },
  };
  const withReasons = (given: unknown) => ({ ...emptyReport(current, 2024, { name: "云岭区档案馆" }), reasons: given });

  test("are stored, and refused in a file", () => {
    expect(parseStored(current, withReasons(reasons))).toMatchObject({ ok: true, report: { reasons } });
    expect(parseReport(current, withReasons(reasons))).toEqual({ ok: false, problems: ["不认识的项目“reasons”。"] });
  });

  test.each([
    ["of a key that names no check", { overview: { finding: "", text: "" } }],
    ["with more than their two texts", { "S07.overview": { finding: "", text: "", by: "张三" } }],
    ["that are no texts", { "S07.overview": { finding: "", text: 5 } }],
    ["that are too long", { "S07.overview": { finding: "", text: "长".repeat(LONGEST_REASON + 1) } }],
    [
      "too many to be of one report",
      Object.fromEntries(
        Array.from({ length: 999 * 2 }, (_, index) => [
          `S0${1 + (index % 2)}.overview#${2 + (index >> 1)}`,
          { finding: "", text: "" },
        ]),
      ),
    ],
  ])("%s are not stored", (_, given) => {
    expect(parseStored(current, withReasons(given)).ok).toBe(false);
  });
});
