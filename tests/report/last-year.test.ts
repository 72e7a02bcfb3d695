import { expect, test } from "vitest";
import { enteredCells, tableOf } from "../../lib/report/format.ts";
import {
  expectedInForce,
  inForceBefore,
  keptOfLastYear,
  openingEdits,
  openingFigures,
} from "../../lib/report/last-year.ts";
import { formats } from "../../templates/index.ts";
import { formatOf, soundReport } from "../checks/samples.ts";

const format = formatOf(2025);

test("every column opens with what last year's closed with, in whatever format that was", () => {
  for (const year of [2024, 2020]) {
    const lastYear = soundReport({ year, cells: { "requests.carriedOut.natural": 3, "requests.carriedOut.legal": 1 } });
    const opened = openingFigures(format, lastYear);
    expect(opened.map(({ row, closingRow }) => [row, closingRow])).toEqual(
      opened.map(() => ["carriedIn", "carriedOut"]),
    );
    expect(Object.fromEntries(opened.map(({ column, figure }) => [column, figure]))).toMatchObject({
      ...{ natural: 3, business: 0, legal: 1 },
    });
    const columns = enteredCells(tableOf(format, "requests")).filter(({ row }) => row.id === "carriedIn");
    expect(opened).toHaveLength(columns.length);
  }
});

test("a blank closing figure opens nothing, unless its notice allows empty cells", () => {
  const blank = { "requests.carriedOut.business": null };
  const strict = openingEdits(format, soundReport({ year: 2024, cells: blank }));
  expect(strict.map(({ path }) => path)).not.toContain("tables.requests.carriedIn.business");
  expect(strict.length).toBeGreaterThan(3);
  const tolerant = openingEdits(format, soundReport({ year: 2020, cells: blank }));
  expect(tolerant).toContainEqual({ path: "tables.requests.carriedIn.business", value: 0 });
});

test("a report without any closing figure says nothing", () => {
  const cells = Object.fromEntries(
    enteredCells(tableOf(format, "requests"))
      .filter(({ row }) => row.id === "carriedOut")
      .map(({ column }) => [`requests.carriedOut.${column.id}`, null]),
  );
  for (const { years } of formats) {
    expect(openingFigures(format, soundReport({ year: years.to ?? years.from, cells }))).toEqual([]);
  }
});

test("figures and texts are kept of it, and nothing that names a person or a way to reach one", () => {
  const { report } = soundReport({ year: 2024, organisation: { phone: "0816-2345678", office: "办公室" } });
  const reasons = { "B05.requests.carriedIn.natural": { finding: "甲", text: "乙丙丁戊己" } };
  const kept = keptOfLastYear({ ...report, reasons, opening: "联系人王某，电话0816-2345678。" });
  expect(kept).toEqual({
    ...{ format: report.format, year: 2024, organisation: { name: report.organisation.name }, closing: {} },
    ...{ prose: report.prose, tables: report.tables },
  });
});

test("what is in force follows from last year's, as soon as issued and repealed are there", () => {
  const lastYear = soundReport({ year: 2024, cells: { "disclosed.normative.inForce": 8 } });
  const cells = { "disclosed.normative.issued": 3, "disclosed.normative.repealed": 1 };
  const { report } = soundReport({ year: 2025, cells });
  expect(expectedInForce(format, report, lastYear, "disclosed", "normative")).toEqual({
    ...{ before: 8, issued: 3, repealed: 1, expected: 10 },
  });
  const blank = soundReport({ year: 2025, cells: { "disclosed.normative.issued": null } });
  expect(expectedInForce(format, blank.report, lastYear, "disclosed", "normative")).toBeUndefined();
  expect(expectedInForce(format, report, lastYear, "disclosed", "licensing")).toBeUndefined();
});

test("an earlier form that did not count what is in force has nothing to follow from", () => {
  const earlier = soundReport({ year: 2020 });
  expect(inForceBefore(earlier, "disclosed", "normative")).toBeUndefined();
  const blank = soundReport({ year: 2024, cells: { "disclosed.normative.inForce": null } });
  expect(inForceBefore(blank, "disclosed", "normative")).toBeNull();
  const { report } = soundReport({ year: 2025 });
  for (const lastYear of [earlier, blank]) {
    expect(expectedInForce(format, report, lastYear, "disclosed", "normative")).toBeUndefined();
  }
});
