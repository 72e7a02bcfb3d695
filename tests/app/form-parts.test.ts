import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blankPaths, nonZeroCount } from "../../components/report/blanks.ts";
import { offsetInTyped } from "../../components/report/places.ts";
import { hasPart, outlineOf, whereWritten, withScaffold } from "../../components/report/scaffold.ts";
import { chipChoices, matching } from "../../components/report/text/chip-choices.ts";
import { chipCells, printedPassages } from "../../lib/report/chips.ts";
import { applyEdits } from "../../lib/report/edits.ts";
import { enteredCells } from "../../lib/report/format.ts";
import { parsePassages, plainText } from "../../lib/report/prose.ts";
import type { Report } from "../../lib/report/report.ts";
import { emptyReport } from "../../lib/report/schema.ts";
import { formats } from "../../templates/index.ts";
import { filledTables } from "../documents/reports.ts";

const empty = (format: (typeof formats)[number]) =>
  emptyReport(format, format.years.from, { name: "青川市云岭区档案馆" });

describe.each(formats)("tables of $id", (format) => {
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

describe("beside a text", () => {
  const parts = ["（一）主动公开情况", "（二）依申请公开情况", "（三）监督保障情况"].map((heading) => ({
    heading,
    ask: "",
  }));
  const [first, second, third] = parts as [(typeof parts)[0], (typeof parts)[0], (typeof parts)[0]];
  const text =
    "（一）主动公开情况\n1.网站\n全年九条。其中解读两条。\n（二）依申请公开。收到三件。全部答复。\n（三）监督保障情况";
  const passages = parsePassages(text);
  const wordsAt = ({ text: words, from }: { text: string; from: number }) => {
    expect(plainText(passages).slice(from, from + words.length)).toBe(words);
    return words;
  };

  test("every part is shown with the sentence it begins with, below its sub-heading or behind its lead-in", () => {
    const written = (part: (typeof parts)[0]) => {
      const where = whereWritten(passages, part);
      return where && [wordsAt(where.heading), where.sentence && wordsAt(where.sentence)];
    };
    expect(written(first)).toEqual(["（一）主动公开情况", "1.网站"]);
    expect(written(second)).toEqual(["（二）依申请公开。收到三件。全部答复。", "收到三件。"]);
    expect(written(third)).toEqual(["（三）监督保障情况", undefined]);
    expect(written({ heading: "（四）平台建设情况", ask: "" })).toBeUndefined();
  });

  test("the outline has every sub-heading, and says which is empty or comes twice", () => {
    const twice = parsePassages(`${text}\n（一）主动公开情况\n第二次。`);
    const outline = outlineOf(twice).map(({ text: words, level, empty, repeated }) => [words, level, empty, repeated]);
    expect(outline).toEqual([
      ["（一）主动公开情况", 2, false, false],
      ["1.网站", 3, false, false],
      ["（二）依申请公开。", 2, false, false],
      ["（三）监督保障情况", 2, true, false],
      ["（一）主动公开情况", 2, false, true],
    ]);
    expect(outlineOf(passages).map(wordsAt)).toHaveLength(4);
    const onlyHeadings = parsePassages("（一）公开\n1.网站\n（二）答复。收到三件。");
    expect(outlineOf(onlyHeadings).map(({ empty }) => empty)).toEqual([false, true, false]);
  });
});

describe.each(formats)("the figures of $id that a text may name", (format) => {
  const filled = (entry: number) =>
    filledTables(format, ({ unit }) => (unit === "money" ? String(entry) : entry)) as Report["tables"];

  test("are every cell once, both sides of the balance and sums of sums, each with a name and a figure", () => {
    const choices = chipChoices(format, filled(3), []);
    const names = choices.map(({ figure: address }) => address);
    expect(new Set(names).size).toBe(names.length);
    for (const { figure: address, name, value } of choices) {
      expect(chipCells(format, address), address).toBeDefined();
      expect(name).not.toBe("");
      expect(Number(value)).toBeGreaterThan(0);
    }
    for (const table of format.tables) {
      for (const { row, column } of enteredCells(table)) expect(names).toContain(`${table.id}.${row.id}.${column.id}`);
    }
    const { left, right } = format.balances[0] ?? { left: [], right: [] };
    expect(names).toContain(left.map((row) => `requests.${row}.total`).join("+"));
    expect(names).toContain(right.map((row) => `requests.${row}.total`).join("+"));
    expect(names).toContain("disputes.cases.directTotal+disputes.cases.afterReviewTotal");
  });

  test("begin with those used last, then with sums that are not zero", () => {
    const recent = ["disputes.cases.directOther", "requests.secret.legal"];
    const [first, second, third] = chipChoices(format, filled(3), recent);
    expect([first?.figure, second?.figure]).toEqual(recent);
    expect(third?.figure).toBe("requests.received.total");
    expect(chipChoices(format, {}, [])[0]?.value).toBeNull();
  });

  test("are found by words of their name, their table or their number, in any order", () => {
    const choices = chipChoices(format, filled(3), []);
    const received = choices.find(({ figure: address }) => address === "requests.received.total");
    for (const typed of ["新收 总计", "总计　新收", "申请 18"]) expect(matching(choices, typed)).toContain(received);
    expect(matching(choices, "没有这样的数字")).toEqual([]);
    expect(matching(choices, " ")).toEqual(choices);
  });
});
