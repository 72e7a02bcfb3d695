import fc from "fast-check";
import { expect, test } from "vitest";
import { enteredCells, leaves, linesAt, unitAt } from "../../lib/report/format.ts";
import { contributions, rollUp } from "../../lib/report/rollup.ts";
import { figure } from "../../lib/report/totals.ts";
import { formats } from "../../templates/index.ts";

const reports = (format: (typeof formats)[number]) =>
  fc.array(
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
      return { tables: Object.fromEntries(tables) };
    }),
    { maxLength: 6 },
  );

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
                const parts = contributions(format, units, { table: table.id, row: row.id, column: column.id });
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
  const format = formats.find(({ tables }) => tables.some((table) => linesAt(table, "fees", "charged")));
  if (!format) throw new Error("no format");
  const unit = (name: string, charged: string | null) => ({ name, tables: { disclosed: { fees: { charged } } } });
  const units = [unit("甲", "0.1"), unit("乙", "0.2"), unit("丙", null), unit("丁", "0")];
  expect(rollUp(format, units).disclosed?.fees?.charged).toBe("0.3");
  expect(rollUp(format, [unit("丙", null)]).disclosed?.fees?.charged).toBeNull();
  const cell = { table: "disclosed", row: "fees", column: "charged" };
  expect(contributions(format, units, cell).map((part) => [part.unit.name, part.figure])).toEqual([
    ["乙", "0.2"],
    ["甲", "0.1"],
  ]);
  expect(contributions(format, units, { ...cell, table: "nowhere" })).toEqual([]);
});
