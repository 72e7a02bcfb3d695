import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check } from "../../lib/checks/check.ts";
import type { CheckRequest } from "../../lib/checks/finding.ts";
import { applyEdits } from "../../lib/report/edits.ts";
import { type Format, leaves, type Table } from "../../lib/report/format.ts";
import type { Rows } from "../../lib/report/report.ts";
import { figure } from "../../lib/report/totals.ts";
import { formats } from "../../templates/index.ts";
import { cityFigures2023, cityFigures2024, cityFigures2025 } from "../fixtures/public-figures.ts";
import { codesOf, findingsOf, soundReport } from "./samples.ts";

const errorsOf = (context: CheckRequest) => check(context).filter(({ severity }) => severity === "error");

describe("published figures", () => {
  test.each([
    ["T1", cityFigures2023(), undefined],
    ["T2", cityFigures2024(), cityFigures2023()],
    ["T3", cityFigures2025(), undefined],
  ])("%s have no error and no warning", (_, sample, lastYear) => {
    const findings = check({ ...sample, lastYear, stage: "submission" });
    expect(findings.filter(({ severity }) => severity !== "hint")).toEqual([]);
  });

  test.each([
    [cityFigures2023(), { received: 3511, carriedIn: 96, handled: 3486, carriedOut: 121 }, [440, 24, 89]],
    [cityFigures2024(), { received: 3525, carriedIn: 121, handled: 3521, carriedOut: 125 }, [170, 25, 52]],
    [cityFigures2025(), { received: 14069, carriedIn: 560, handled: 13810, carriedOut: 819 }, [790, 56, 156]],
  ])("add up to the published totals", ({ format, report }, totals, disputes) => {
    const of = (id: string, row: string, column: string) => {
      const table = format.tables.find((candidate) => candidate.id === id);
      return table && figure(table, report.tables[id] ?? {}, row, column);
    };
    for (const [row, total] of Object.entries(totals)) expect(of("requests", row, "total")).toBe(total);
    const blocks = ["reviewTotal", "directTotal", "afterReviewTotal"];
    expect(blocks.map((column) => of("disputes", "cases", column))).toEqual(disputes);
  });

  test("of two following years carry the same requests over", () => {
    const { format, report } = cityFigures2024();
    const altered = applyEdits(format, report, [{ path: "tables.requests.carriedIn.business", value: 4 }]);
    const context: CheckRequest = { format, report: altered, lastYear: cityFigures2023(), stage: "submission" };
    expect(codesOf(errorsOf(context))).toEqual(["B01", "B01", "X01"]);
  });
});

describe.each(formats.map((format): [string, Format] => [format.id, format]))("any figures in %s", (_, format) => {
  test("that balance pass without an error", () => {
    fc.assert(
      fc.property(balancedReport(format), ({ report }) => {
        expect(errorsOf({ format, report, stage: "submission" })).toEqual([]);
        expect(errorsOf({ format, report, stage: "drafting" })).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("of the table of requests are out of balance as soon as one is another", () => {
    fc.assert(
      fc.property(
        balancedReport(format),
        fc.nat({ max: 10_000 }),
        fc.integer({ min: 1, max: 500 }),
        ({ report, cells }, pick, by) => {
          const cell = cells[pick % cells.length];
          if (!cell) throw new Error("the table of requests has no cells");
          const before = Number(report.tables.requests?.[cell.row]?.[cell.column]);
          const path = `tables.requests.${cell.row}.${cell.column}`;
          const altered = applyEdits(format, report, [{ path, value: before + by }]);
          const found = findingsOf({ format, report: altered, stage: "submission" }, "B01");
          expect(found.map(({ at }) => at).sort()).toEqual(
            [`requests.received.${cell.column}`, "requests.received.total"].sort(),
          );
          for (const finding of found) expect(finding.params.difference).toBe(by);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Random figures in every cell of every table; in the table of requests every column balances. */
function balancedReport(format: Format) {
  const sound = soundReport({ year: format.years.from });
  const table = format.tables.find(({ id }) => id === "requests") as Table;
  const cells = enteredIn(table);
  const disputes = enteredIn(format.tables.find(({ id }) => id === "disputes") as Table);
  const figures = (length: number) =>
    fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 5000 })), { minLength: length, maxLength: length });
  return fc.tuple(figures(cells.length), figures(disputes.length)).map(([requestFigures, disputeFigures]) => {
    const requests = filled(cells, requestFigures);
    for (const column of new Set(cells.map((cell) => cell.column))) balance(table, requests, column);
    const tables = { ...sound.report.tables, requests, disputes: filled(disputes, disputeFigures) };
    return { report: { ...sound.report, tables }, cells };
  });
}

function enteredIn(table: Table): { row: string; column: string }[] {
  return table.bands.flatMap((band) =>
    leaves(band.rows)
      .filter((row) => !row.sum)
      .flatMap((row) =>
        leaves(band.columns)
          .filter((column) => !column.sum)
          .map((column) => ({ row: row.id, column: column.id })),
      ),
  );
}

function filled(cells: { row: string; column: string }[], figures: number[]): Rows {
  const rows: Record<string, Record<string, number>> = {};
  for (const [index, { row, column }] of cells.entries()) {
    rows[row] = { ...rows[row], [column]: figures[index] ?? 0 };
  }
  return rows;
}

/** Raises whichever side of a column is smaller until 一 + 二 = 三 + 四. */
function balance(table: Table, rows: Rows, column: string) {
  const of = (row: string) => Number(figure(table, rows, row, column));
  const difference = of("received") + of("carriedIn") - of("handled") - of("carriedOut");
  const row = difference > 0 ? "granted" : "received";
  const cells = rows[row];
  if (cells) cells[column] = of(row) + Math.abs(difference);
}
