import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { balancingChanges, type Candidate } from "../../lib/checks/candidates.ts";
import { applyEdits } from "../../lib/report/edits.ts";
import { type Balance, enteredCells, leaves, tableOf } from "../../lib/report/format.ts";
import { balanceSides } from "../../lib/report/totals.ts";
import { formats } from "../../templates/index.ts";
import { soundReport } from "./samples.ts";

const changesIn = (cells: Record<string, number | string | null>, column: string): Candidate[] => {
  const { format, report } = soundReport({ cells });
  return balancingChanges(format, report, format.balances[0] as Balance, column);
};
const brief = ({ kind, cell, before, after, other }: Candidate) =>
  `${kind} ${cell.row} ${before}→${after}${other ? ` ${other.column}` : ""}`;

describe("a column that is out of balance", () => {
  test("is settled by its closing row, by what came in, or by one more in an outcome", () => {
    const changes = changesIn({ "requests.received.natural": 9 }, "natural");
    expect(changes.map(brief)).toEqual([
      "side carriedOut 0→3",
      "side received 9→6",
      "more granted 6→9",
      "more partial 0→3",
    ]);
    expect(changes.map(({ row }) => row)).toEqual(["结转下年", "新收", "予以公开", "部分公开"]);
  });

  test("may have a row too many, first of all one that is just as large as the difference", () => {
    const changes = changesIn({ "requests.secret.natural": 2, "requests.granted.natural": 6 }, "natural");
    expect(changes.map(brief)).toEqual(["less secret 2→0", "side received 6→8", "less granted 6→4"]);
  });

  test("may have two digits the wrong way round", () => {
    const changes = changesIn({ "requests.received.natural": 21, "requests.granted.natural": 12 }, "natural");
    expect(changes.slice(0, 2).map(brief)).toEqual(["digits received 21→12", "digits granted 12→21"]);
  });

  test("may have a figure one column beside its own, which settles both", () => {
    const cells = { "requests.received.business": 4, "requests.granted.research": 4 };
    const [here] = changesIn(cells, "business");
    expect(here && brief(here)).toBe("neighbour received 4→0 research");
    expect(here?.edits).toEqual([
      { path: "tables.requests.received.business", value: 0 },
      { path: "tables.requests.received.research", value: 4 },
    ]);
    expect(changesIn(cells, "business").map(brief)).toContain("neighbour granted 0→4 research");
    expect(changesIn(cells, "research").map(brief)).toContain("neighbour granted 4→0 business");
  });

  test("is never settled by a figure below nought, by what last year closed with, or by what is no figure", () => {
    const changes = changesIn(
      { "requests.granted.natural": 30, "requests.carriedOut.natural": 2, "requests.secret.natural": "约3" },
      "natural",
    );
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.every(({ after }) => after >= 0)).toBe(true);
    expect(changes.map(({ cell }) => cell.row)).not.toContain("carriedIn");
    expect(changes.map(({ cell }) => cell.row)).not.toContain("secret");
  });
});

test("an even column and a computed one have nothing to settle", () => {
  expect(changesIn({}, "natural")).toEqual([]);
  expect(changesIn({ "requests.received.natural": 9 }, "total")).toEqual([]);
});

test.each(formats)("every change offered in $id makes its column even, and none makes another one worse", (format) => {
  let offered = 0;
  for (const balance of format.balances) {
    const table = tableOf(format, balance.table);
    const { report } = soundReport({ year: format.years.from });
    const cells = enteredCells(table);
    const figures = fc.array(fc.oneof(fc.nat(3), fc.nat(300)), { minLength: cells.length, maxLength: cells.length });
    fc.assert(
      fc.property(figures, (values) => {
        const edits = cells.map(({ row, column }, index) => ({
          path: `tables.${table.id}.${row.id}.${column.id}`,
          value: values[index] ?? 0,
        }));
        const filled = applyEdits(format, report, edits);
        const apart = balanceSides(format, filled, balance);
        for (const { id: column } of leaves(table.bands[0]?.columns ?? []).filter((line) => !line.sum)) {
          const changes = balancingChanges(format, filled, balance, column);
          expect(changes.length).toBeLessThanOrEqual(4);
          for (const { edits: change } of changes) {
            offered += 1;
            const settled = balanceSides(format, applyEdits(format, filled, change), balance);
            expect(settled.find((side) => side.column === column)?.difference).toBe(0);
            const worse = settled.filter(
              (side, index) =>
                !["total", column].includes(side.column) &&
                side.difference !== 0 &&
                side.difference !== apart[index]?.difference,
            );
            expect(worse).toEqual([]);
          }
        }
      }),
      { numRuns: 10 },
    );
  }
  expect(offered).toBeGreaterThan(10);
});
