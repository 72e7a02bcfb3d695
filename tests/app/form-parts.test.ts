import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blankPaths, nonZeroCount } from "../../components/report/blanks.ts";
import { offsetInTyped } from "../../components/report/places.ts";
import { hasPart, withScaffold } from "../../components/report/scaffold.ts";
import { computedFigures, figureAt } from "../../components/report/table-figures.ts";
import { printedPassages } from "../../lib/report/chips.ts";
import { applyEdits } from "../../lib/report/edits.ts";
import { enteredCells, leaves } from "../../lib/report/format.ts";
import { parsePassages, plainText } from "../../lib/report/prose.ts";
import { emptyReport } from "../../lib/report/schema.ts";
import { figure } from "../../lib/report/totals.ts";
import { formats } from "../../templates/index.ts";

const empty = (format: (typeof formats)[number]) =>
  emptyReport(format, format.years.from, { name: "青川市云岭区档案馆" });

describe.each(formats)("tables of $id", (format) => {
  test.each(format.tables)("computed cells of $id are what the totals say, whatever is entered", (table) => {
    const cells = enteredCells(table);
    const typed = fc.oneof(fc.nat(999), fc.constant(null), fc.constant("无"), fc.constant("0.1"));
    let compared = 0;
    fc.assert(
      fc.property(fc.array(typed, { minLength: cells.length, maxLength: cells.length }), (values) => {
        const edits = cells.map(({ row, column }, index) => ({
          path: `tables.${table.id}.${row.id}.${column.id}`,
          value: values[index] ?? null,
        }));
        const rows = applyEdits(format, empty(format), edits).tables[table.id] ?? {};
        for (const band of table.bands) {
          for (const row of leaves(band.rows)) {
            for (const column of leaves(band.columns)) {
              expect(figureAt(table, rows, row.id, column.id)).toBe(figure(table, rows, row.id, column.id));
              compared += 1;
            }
          }
        }
      }),
      { numRuns: 20 },
    );
    expect(compared).toBeGreaterThan(0);
  });

  test("blanks are counted cell by cell, zeros and figures are none", () => {
    for (const table of format.tables) {
      const report = empty(format);
      const all = blankPaths(table, report.tables[table.id]);
      expect(all).toHaveLength(enteredCells(table).length);
      const [first = "", second = ""] = all;
      const edited = applyEdits(format, report, [
        { path: first, value: 0 },
        ...(second ? [{ path: second, value: "5" }] : []),
      ]);
      expect(blankPaths(table, edited.tables[table.id])).toEqual(all.slice(second ? 2 : 1));
      expect(nonZeroCount(table, edited.tables[table.id])).toBe(second ? 1 : 0);
    }
  });
});

test("figures of the same rows are formed once", () => {
  const format = formats[0];
  const table = format?.tables[0];
  if (!format || !table) throw new Error("no format");
  const rows = empty(format).tables[table.id];
  expect(computedFigures(table, rows)).toBe(computedFigures(table, rows));
});

describe("offsets of findings", () => {
  test("fall on the same characters in the text as typed, with its blank lines and indents", () => {
    const typed = "（一）主动公开情况\n\n　　全年公开信息三十条。\n \n  其中政策解读五条。  \n";
    const plain = plainText(parsePassages(typed));
    for (const words of ["主动公开", "全年", "三十条。", "政策解读", "五条。"]) {
      const from = plain.indexOf(words);
      const at = offsetInTyped(typed, from);
      expect(typed.slice(at, offsetInTyped(typed, from + words.length))).toBe(words);
    }
  });

  test("of any character of any text name that character", () => {
    const line = fc.string({ unit: fc.constantFrom("公", "开", "1", " ", "　", "。", "\t") });
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const typed = lines.join("\n");
        const plain = plainText(parsePassages(typed));
        for (const [index, character] of [...plain].entries()) {
          if (character !== "\n") expect(typed[offsetInTyped(typed, index)]).toBe(character);
        }
      }),
    );
  });
});

describe("the scaffold of a section", () => {
  const parts = ["（一）主动公开情况", "（二）依申请公开情况", "（三）监督保障情况"].map((heading) => ({
    heading,
    ask: "",
  }));
  const format = formats[0] as (typeof formats)[number];
  const scaffolded = (text: string) => plainText(printedPassages(format, {}, withScaffold(parsePassages(text), parts)));

  test("gives an empty section all its sub-headings", () => {
    expect(scaffolded("")).toBe(parts.map((part) => part.heading).join("\n"));
  });

  test("puts a missing sub-heading in front of the next one and leaves what is written", () => {
    const text = "开头一段。\n（二）依申请公开情况\n收到申请两件。";
    expect(scaffolded(text)).toBe(
      "开头一段。\n（一）主动公开情况\n（二）依申请公开情况\n收到申请两件。\n（三）监督保障情况",
    );
  });

  test("takes a lead-in or another number for the same part", () => {
    const text = "（一）主动公开。全年公开信息三十条。\n（二）依申请公开情况\n（四）监督保障情况";
    expect(scaffolded(text)).toBe(text);
    expect(parts.every((part) => hasPart(parsePassages(text), part))).toBe(true);
  });

  test("never takes anything away", () => {
    const line = fc.constantFrom("（一）主动公开情况", "（三）监督保障情况", "全年无申请。", "1.网站", "（五）其他");
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const before = parsePassages(lines.join("\n"));
        const after = withScaffold(before, parts);
        expect(after.filter((passage) => before.some((kept) => kept === passage))).toEqual(before);
        expect(parts.every((part) => hasPart(after, part))).toBe(true);
      }),
    );
  });
});
