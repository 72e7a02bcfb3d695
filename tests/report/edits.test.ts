import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits, type Edit, editableFields, UnknownPath, valueAt } from "../../lib/report/edits.ts";
import { enteredCells } from "../../lib/report/format.ts";
import { emptyReport, parseReport } from "../../lib/report/schema.ts";
import { formatForYear, formats } from "../../templates/index.ts";

const format = formatForYear(2024);
if (!format) throw new Error("no format for 2024");
const empty = emptyReport(format, 2024, { name: "青川市云岭区档案馆", phone: "0839-1234567" });
const edited = (...edits: Edit[]) => applyEdits(format, empty, edits);

describe("an edit", () => {
  test("of a cell reads what was typed", () => {
    const report = edited(
      { path: "tables.requests.received.natural", value: "１２" },
      { path: "tables.requests.received.business", value: "约3" },
      { path: "tables.disclosed.fees.charged", value: "12.50" },
    );
    expect(report.tables.requests?.received).toMatchObject({ natural: 12, business: "约3", research: null });
    expect(report.tables.disclosed?.fees?.charged).toBe("12.5");
  });

  test("of nothing clears a cell and hands a composed field back", () => {
    const report = edited(
      { path: "tables.requests.received.natural", value: 3 },
      { path: "tables.requests.received.natural", value: null },
      { path: "title", value: "别的标题" },
      { path: "title", value: null },
      { path: "organisation.phone", value: null },
      { path: "closing.signature", value: "" },
    );
    expect(report.tables).toEqual(empty.tables);
    expect(report).not.toHaveProperty("title");
    expect(report.organisation).toEqual({ name: "青川市云岭区档案馆" });
    expect(report.closing).toEqual({ signature: "" });
  });

  test("of a section puts its passages in", () => {
    const passages = [{ kind: "paragraph" as const, content: [{ text: "公开信息12条。" }] }];
    expect(edited({ path: "prose.overview", value: passages }).prose.overview).toEqual(passages);
  });

  test("leaves the report it was made on, and every part it does not name, as they are", () => {
    const before = structuredClone(empty);
    const report = edited({ path: "tables.requests.received.natural", value: 1 });
    expect(empty).toEqual(before);
    expect(report.tables.disputes).toBe(empty.tables.disputes);
    expect(report.tables.requests?.granted).toBe(empty.tables.requests?.granted);
    expect(report.prose).toBe(empty.prose);
  });

  test("of a reason writes it beside the content, and nothing is left when the last one goes", () => {
    const path = "reasons.B05.requests.carriedIn.natural";
    const value = { finding: "上年结转5件。", text: "已逐件核对台账。" };
    const report = edited({ path, value });
    expect(report.reasons).toEqual({ "B05.requests.carriedIn.natural": value });
    expect(valueAt(report, path)).toEqual(value);
    expect(valueAt(empty, path)).toBeNull();
    expect(applyEdits(format, report, [{ path, value: null }])).toEqual(empty);
    expect(applyEdits(format, empty, [{ path, value: null }])).toEqual(empty);
  });

  test("of a rule-making power is yes, no or unknown", () => {
    expect(edited({ path: "organisation.canMakeRules", value: false }).organisation.canMakeRules).toBe(false);
    expect(() => edited({ path: "organisation.canMakeRules", value: "no" })).toThrow(UnknownPath);
  });
});

test.each<[string, Edit["value"]]>([
  ["", ""],
  ["tables", null],
  ["tables.requests.received", null],
  ["tables.requests.received.nobody", 1],
  ["tables.requests.guests.natural", 1],
  ["tables.guests.received.natural", 1],
  ["tables.requests.received.natural.more", 1],
  ["tables.requests.received.total", 1],
  ["tables.requests.handled.natural", 1],
  ["tables.disclosed.fees.issued", 1],
  ["tables.requests.received.natural", true],
  ["tables.requests.received.natural", []],
  ["tables.__proto__.received.natural", 1],
  ["tables.requests.__proto__.natural", 1],
  ["prose.disclosed", []],
  ["prose.nowhere", []],
  ["prose.overview", "text"],
  ["prose.overview.0", []],
  ["format", "other"],
  ["year", 2025],
  ["closing", null],
  ["closing.seal", "章"],
  ["organisation.name", null],
  ["organisation.mascot", "猫"],
  ["organisation.constructor", "猫"],
  ["title", 5],
  ["opening", []],
  ["opening", { finding: "上年结转5件。", text: "情况属实。" }],
  ["prose.overview", { finding: "上年结转5件。", text: "情况属实。" }],
  ["reasons", null],
  ["reasons.overview", { finding: "上年结转5件。", text: "情况属实。" }],
  ["reasons.constructor", null],
  ["reasons.S07.a.b.c.d", null],
  ["reasons.S07.overview#1", null],
  ["reasons.S07.overview", "情况属实。"],
  ["reasons.S07.overview", { finding: "上年结转5件。", text: "情况属实。", by: "张三" } as never],
])("an edit of %j to %j is refused and names the place", (path, value) => {
  expect(() => edited({ path, value })).toThrow(new UnknownPath(path));
});

test("every field that may be edited is one that a report may hold", () => {
  const sample: Record<string, Edit["value"]> = {
    "closing.date": "2025-01-07",
    "organisation.level": "county",
    "organisation.kind": "department",
    "organisation.canMakeRules": false,
  };
  for (const path of editableFields) {
    const value = sample[path] ?? "文字";
    const report = edited({ path, value });
    expect(valueAt(report, path)).toBe(value);
    expect(parseReport(format, report)).toEqual({ ok: true, report });
  }
});

test.each(formats)("undoing edits of $id from the last to the first restores the report exactly", (format) => {
  const start = emptyReport(format, format.years.from, { name: "青川市云岭区档案馆", office: "办公室" });
  const cells = format.tables.flatMap((table) =>
    enteredCells(table).map(({ row, column }) => `tables.${table.id}.${row.id}.${column.id}`),
  );
  const words = fc.string({ maxLength: 12 });
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    fc.record({
      path: fc.constantFrom(...cells),
      value: fc.oneof(fc.nat(), words, fc.double({ noNaN: true }), fc.constant(null)),
    }),
    fc.record({
      path: fc.constantFrom("title", "period", "opening", "closing.note", "closing.signature", "organisation.office"),
      value: fc.option(words),
    }),
    fc.record({
      path: fc.constantFrom("prose.overview", "prose.problems"),
      value: fc.array(
        words.map((text) => ({ kind: "paragraph" as const, content: [{ text }] })),
        { maxLength: 3 },
      ),
    }),
  );
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 25 }), (edits) => {
      let report = start;
      const undo: Edit[] = [];
      for (const { path, value } of edits) {
        undo.unshift({ path, value: valueAt(report, path) });
        report = applyEdits(format, report, [{ path, value }]);
      }
      expect(applyEdits(format, start, edits)).toEqual(report);
      expect(applyEdits(format, report, undo)).toStrictEqual(start);
    }),
  );
});
