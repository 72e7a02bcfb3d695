import fc from "fast-check";
import { expect, test } from "vitest";
import { readFile } from "../../lib/import/read.ts";
import { printedProse } from "../../lib/report/chips.ts";
import { compose, documentText } from "../../lib/report/compose.ts";
import { type Entry, mayBeSlash } from "../../lib/report/entry.ts";
import { type Format, type Line, leaves, type Table, unitAt } from "../../lib/report/format.ts";
import { plainText } from "../../lib/report/prose.ts";
import type { Report } from "../../lib/report/report.ts";
import { parseReport } from "../../lib/report/schema.ts";
import { figure } from "../../lib/report/totals.ts";
import { formats } from "../../templates/index.ts";

const textOf = (format: Format, report: Report) => documentText(compose(format, report, false));

const entry = (row: Line, column: Line): fc.Arbitrary<Entry> => {
  const unit = unitAt(row, column);
  const figures = {
    count: fc.nat({ max: 20_000_000 }),
    delta: fc.integer({ min: -5000, max: 5000 }),
    money: fc.nat({ max: 999_999_999 }).map((units) => String(units / 10_000)),
  }[unit];
  const others = mayBeSlash(row, column) ? [null, 0, "/"] : [null, 0];
  return fc.oneof({ arbitrary: figures, weight: 3 }, fc.constantFrom<Entry>(...others));
};

const tableOf = (table: Table) =>
  fc.record(
    Object.fromEntries(
      table.bands.flatMap((band) =>
        leaves(band.rows)
          .filter((row) => !row.sum)
          .map((row) => [
            row.id,
            fc.record(
              Object.fromEntries(
                leaves(band.columns)
                  .filter((column) => !column.sum)
                  .map((column) => [column.id, entry(row, column)]),
              ),
            ),
          ]),
      ),
    ),
  );

const words = fc.array(fc.constantFrom("公开", "申请", "答复", "目录", "12条", "网站", "，", "“窗口”", "（含附件）"), {
  minLength: 1,
  maxLength: 30,
});
const paragraph = words.map((parts) => `本机关${parts.join("")}。`);
const heading = fc.constantFrom("（一）主动公开情况", "（二）依申请公开情况", "1.目录管理", "（三）平台建设情况");
const prose = fc.array(fc.oneof(paragraph, heading), { maxLength: 6 }).map((lines) => lines.join("\n"));

const reportIn = (format: Format): fc.Arbitrary<Report> =>
  fc
    .record({
      year: fc.integer({ min: format.years.from, max: format.years.to ?? format.years.from + 9 }),
      name: fc.constantFrom("某某县科学技术局", "青川市云岭区人民政府办公室", "白沙镇人民政府"),
      opening: fc.array(paragraph, { maxLength: 2 }).map((lines) => lines.join("\n")),
      closing: fc.constantFrom(
        { signature: "" },
        {},
        { date: "2025-01-07" },
        { date: "2025-01-07", note: "此件公开发布" },
        { signature: "青川市云岭区档案馆", date: "2024-12-31" },
      ),
      prose: fc.record(
        Object.fromEntries(format.sections.filter(({ kind }) => kind === "prose").map(({ id }) => [id, prose])),
      ),
      tables: fc.record(Object.fromEntries(format.tables.map((table) => [table.id, tableOf(table)]))),
    })
    .map(({ name, ...rest }) => {
      const parsed = parseReport(format, { format: format.id, organisation: { name }, ...rest });
      if (!parsed.ok) throw new Error(parsed.problems.join(""));
      return parsed.report;
    });

test.each(formats.map((format) => [format.id, format] as const))(
  "a report of %s, printed as text and read back, is the same report",
  async (_, format) => {
    await fc.assert(
      fc.asyncProperty(reportIn(format), async (report) => {
        const result = await readFile(new TextEncoder().encode(textOf(format, report)));
        if (!result.ok) throw new Error(result.reason);
        expect(result.notes).toEqual([]);
        expect(result.format).toBe(format);
        expect(result.report.tables).toEqual(report.tables);
        for (const [section, passages] of Object.entries(report.prose)) {
          expect(plainText(printedProse(format, result.report, section))).toBe(
            plainText(printedProse(format, report, section)),
          );
          expect(result.report.prose[section]).toEqual(passages);
        }
        expect(textOf(format, result.report)).toBe(textOf(format, report));
        expect(publishedTotals(format, result.printed?.totals ?? {})).toBeGreaterThan(0);
        for (const [table, rows] of Object.entries(result.printed?.totals ?? {})) {
          const definition = format.tables.find(({ id }) => id === table) as Table;
          for (const [row, columns] of Object.entries(rows)) {
            for (const [column, printed] of Object.entries(columns)) {
              expect(printed).toBe(figure(definition, report.tables[table] ?? {}, row, column));
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  },
);

const publishedTotals = (format: Format, totals: Record<string, Record<string, Record<string, Entry>>>): number =>
  format.tables.flatMap(({ id }) => Object.values(totals[id] ?? {}).flatMap((row) => Object.keys(row))).length;
