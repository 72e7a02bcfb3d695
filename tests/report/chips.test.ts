import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check } from "../../lib/checks/check.ts";
import { chipCells, chipName, chipText, printedPassages, printedProse, UNFILLED } from "../../lib/report/chips.ts";
import { compose, documentText } from "../../lib/report/compose.ts";
import { sameValue } from "../../lib/report/edits.ts";
import { printedEntry } from "../../lib/report/entry.ts";
import { cellName, type Format, leaves } from "../../lib/report/format.ts";
import { plainText } from "../../lib/report/prose.ts";
import type { Inline, Passage, Report } from "../../lib/report/report.ts";
import { emptyReport, parseReport } from "../../lib/report/schema.ts";
import { figure } from "../../lib/report/totals.ts";
import { formatForYear, formats } from "../../templates/index.ts";
import { anyReport, sampleReport } from "../documents/reports.ts";

const current = formatForYear(2024) as Format;
const trial = formatForYear(2019) as Format;

/** A report of one section of text, with these cells filled in. */
function reportWith(format: Format, cells: Record<string, number | string>, content: readonly Passage[] = []): Report {
  const tables: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const [address, entry] of Object.entries(cells)) {
    const [table = "", row = "", column = ""] = address.split(".");
    tables[table] = { ...tables[table], [row]: { ...tables[table]?.[row], [column]: entry } };
  }
  const empty = emptyReport(format, format.years.from, { name: "青川市云岭区档案馆" });
  const all = Object.fromEntries(format.tables.map(({ id }) => [id, tables[id] ?? {}]));
  const parsed = parseReport(format, { ...empty, tables: all, prose: { overview: content } });
  if (!parsed.ok) throw new Error(parsed.problems.join(""));
  return parsed.report;
}

const paragraph = (...content: Inline[]): Passage => ({ kind: "paragraph", content });
const item = (...content: Inline[]): Passage => ({ kind: "item", content });

describe("a number chip", () => {
  test("says what its cell says, entered or computed, and follows it", () => {
    const of = (natural: number) =>
      reportWith(current, { "requests.received.natural": natural, "requests.received.business": 2 });
    expect(chipText(current, of(10).tables, "requests.received.natural")).toBe("10");
    expect(chipText(current, of(10).tables, "requests.received.total")).toBe("12");
    expect(chipText(current, of(0).tables, "requests.received.natural")).toBe("0");
    expect(chipText(current, of(31).tables, "requests.received.total")).toBe("33");
  });

  test("of several cells adds them up, as both sides of a balance and the blocks of a table ask", () => {
    const { tables } = reportWith(current, {
      "requests.received.natural": 10,
      "requests.carriedIn.natural": 3,
      "disputes.cases.directUpheld": 2,
      "disputes.cases.afterReviewUpheld": 1,
    });
    expect(chipText(current, tables, "requests.received.total+requests.carriedIn.total")).toBe("13");
    expect(chipText(current, tables, "disputes.cases.directTotal+disputes.cases.afterReviewTotal")).toBe("3");
    expect(chipName(current, "requests.received.total+requests.carriedIn.total")).toMatch(/·总计＋.*·总计$/);
  });

  test("says amounts in 万元 without the unit, and changes with their sign", () => {
    const { tables } = reportWith(trial, {
      "disclosed.procurement.amount": "12.50",
      "disclosed.licensing.change": 5,
    });
    expect(chipText(trial, tables, "disclosed.procurement.amount")).toBe("12.5");
    expect(chipText(trial, tables, "disclosed.licensing.change")).toBe("+5");
  });

  test("of a cell without a figure says so, and no number", () => {
    const { tables } = reportWith(current, { "requests.received.natural": "十二" });
    expect(chipText(current, tables, "requests.received.natural")).toBe(UNFILLED);
    expect(chipText(current, tables, "requests.received.total")).toBe(UNFILLED);
    expect(UNFILLED).not.toMatch(/\d/);
  });

  test("of no cell of this format is not known", () => {
    for (const address of ["", "requests", "requests.received", "requests.received.total.x", "requests.none.total"]) {
      expect(chipCells(current, address), address).toBeUndefined();
    }
    expect(chipCells(current, "requests.received.total+disclosed.fees.charged")).toBeUndefined();
    expect(chipCells(current, Array(40).fill("requests.received.total").join("+"))).toBeUndefined();
  });

  test.each(formats)("can stand for every figure of $id, and is named and printed as the table has it", (format) => {
    const { tables } = sampleReport(format);
    let seen = 0;
    for (const table of format.tables) {
      for (const band of table.bands) {
        for (const row of leaves(band.rows)) {
          for (const column of leaves(band.columns)) {
            const address = `${table.id}.${row.id}.${column.id}`;
            const printed = printedEntry(row, column, figure(table, tables[table.id] ?? {}, row.id, column.id));
            expect(printed.replace(row.printedUnit ?? column.printedUnit ?? "", "")).toBe(
              chipText(format, tables, address),
            );
            expect(chipName(format, address)).toBe(cellName(table, row.id, column.id));
            seen += 1;
          }
        }
      }
    }
    expect(seen).toBeGreaterThan(100);
  });
});

describe("printed text", () => {
  const chip = { figure: "requests.received.natural" } as const;

  test("has chips as numbers and items as paragraphs that begin with their number", () => {
    const report = reportWith(current, { "requests.received.natural": 12 }, [
      paragraph({ text: "收到申请" }, { ...chip, bold: true }, { text: "件。" }),
      item({ text: "按时答复；" }),
      item(),
      item({ text: "没有结转。" }),
      paragraph({ text: "其他：" }),
      item({ text: "无。" }),
    ]);
    const printed = printedProse(current, report, "overview");
    expect(plainText(printed)).toBe("收到申请12件。\n1.按时答复；\n\n2.没有结转。\n其他：\n1.无。");
    expect(printed[0]?.content[1]).toEqual({ text: "12", bold: true, ...chip });
    const text = documentText(compose(current, report, false));
    expect(text).toContain("收到申请12件。\n1.按时答复；\n2.没有结转。\n其他：\n1.无。");
  });

  test("without chips and items is the stored one", () => {
    const passages = [paragraph({ text: "没有收到申请。" })];
    expect(printedPassages(current, {}, passages)).toBe(passages);
  });

  test("is what the checks read: offsets count the number", () => {
    const report = reportWith(current, { "requests.received.natural": 1200 }, [
      item({ text: "收到申请" }, chip, { text: "件，" }, { figure: "requests.carriedIn.natural" }),
    ]);
    const text = plainText(printedProse(current, report, "overview"));
    const found = check({ format: current, report, stage: "submission" }).filter(({ code }) => code === "N14");
    expect(found).toHaveLength(1);
    const [from = 0, to = 0] = found[0]?.at.split(":")[1]?.split("-").map(Number) ?? [];
    expect(text).toBe(`1.收到申请1200件，${UNFILLED}`);
    expect(text.slice(from, to)).toBe(UNFILLED);
  });
});

describe("in a stored report", () => {
  test("chips and items are accepted and come out as they went in", () => {
    fc.assert(
      fc.property(anyReport, ({ format, report }) => {
        expect(parseReport(format, JSON.parse(JSON.stringify(report)))).toEqual({ ok: true, report });
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    [{ figure: "requests.none.total" }, "“prose.overview.0.content.0.figure”不是这种格式的统计表中的格子。"],
    [{ figure: 12 }, "“prose.overview”应为文字，或者段落的列表。"],
    [{ text: "12", italic: true }, "不认识的项目“prose.overview.0.content.0.italic”。"],
    [{ figure: "requests.received.total", text: "12" }, "“prose.overview”应为文字，或者段落的列表。"],
  ])("%j is refused with a line that names the place", (inline, problem) => {
    const input = { ...reportWith(current, {}), prose: { overview: [{ kind: "paragraph", content: [inline] }] } };
    expect(parseReport(current, input)).toEqual({ ok: false, problems: [problem] });
  });

  test("two chips are the same when they stand for the same figure in the same way", () => {
    const [plain, bold, other, typed] = [
      [paragraph({ figure: "a.b.c" })],
      [paragraph({ figure: "a.b.c", bold: true })],
      [paragraph({ figure: "a.b.d" })],
      [paragraph({ text: "12" })],
    ];
    expect(sameValue(plain, [paragraph({ figure: "a.b.c" })])).toBe(true);
    for (const different of [bold, other, typed]) {
      expect(sameValue(plain, different)).toBe(false);
      expect(sameValue(different, plain)).toBe(false);
    }
  });
});
