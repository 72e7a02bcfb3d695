import { describe, expect, test } from "vitest";
import { areaOf, cellsIn, extended, type Move, moved, spotOf } from "../../components/report/cell-moves.ts";
import { grouped } from "../../components/report/grouped.ts";
import { enteredCells, type Table, tableOf } from "../../lib/report/format.ts";
import { grid, placedGrid } from "../../lib/report/grid.ts";
import { formatForYear, formats } from "../../templates/index.ts";

const format = formatForYear(2024);
if (!format) throw new Error("no format for 2024");
const [requests, disclosed] = ["requests", "disclosed"].map((id) => tableOf(format, id)) as [Table, Table];
const spot = (cell: string) => {
  const [row = "", column = ""] = cell.split(".");
  return { row, column };
};

describe.each(formats.flatMap(({ id, tables }) => tables.map((table) => ({ name: `${id} ${table.id}`, table }))))(
  "the table $name",
  ({ table }) => {
    const entries = enteredCells(table).map(({ row, column }) => ({ row: row.id, column: column.id }));
    const keys = new Set(entries.map(({ row, column }) => `${row}.${column}`));

    test("is never left by a move, and never entered anywhere but in a field", () => {
      const moves: Move[] = ["up", "down", "left", "right", "rowStart", "rowEnd", "first", "last"];
      const reached = entries.flatMap((from) => moves.flatMap((move) => moved(table, from, move) ?? []));
      expect(reached.length).toBeGreaterThan(entries.length);
      expect(reached.filter(({ row, column }) => !keys.has(`${row}.${column}`))).toEqual([]);
    });

    test("has every field between its first and its last one", () => {
      expect(entries.map((from) => moved(table, from, "first"))).toEqual(entries.map(() => entries[0]));
      expect(entries.map((from) => moved(table, from, "last"))).toEqual(entries.map(() => entries.at(-1)));
    });

    test("is walked through to the end of a row by going right, and back by going left", () => {
      for (const from of entries) {
        const right = moved(table, from, "right");
        if (right) expect(moved(table, right, "left")).toEqual(from);
        else expect(moved(table, from, "rowEnd")).toEqual(from);
      }
    });

    test("is placed cell by cell where it is printed", () => {
      const cells = placedGrid(table);
      expect(cells.map((row) => row.length)).toEqual(cells.map(() => grid(table).columns));
      for (const [top, row] of cells.entries()) {
        for (const [left, cell] of row.entries()) {
          expect(top).toBeGreaterThanOrEqual(cell.top);
          expect(top).toBeLessThan(cell.top + cell.rowSpan);
          expect(left).toBeGreaterThanOrEqual(cell.left);
          expect(left).toBeLessThan(cell.left + cell.colSpan);
        }
      }
    });
  },
);

test("a lane is kept through cells that are wider", () => {
  expect(moved(disclosed, spot("licensing.decisions"), "up", 3)).toEqual(spot("normative.inForce"));
  expect(moved(disclosed, spot("licensing.decisions"), "up")).toEqual(spot("normative.issued"));
});

test("a selection takes sums in, and a rectangle never cuts a merged cell", () => {
  expect(extended(requests, spot("received.otherOrg"), "right")).toEqual(spot("received.total"));
  const area = areaOf(disclosed, spot("normative.repealed"), spot("licensing.decisions"));
  expect(area).toEqual({ top: 3, left: 1, bottom: 6, right: 3 });
  expect(area && cellsIn(disclosed, area).filter(({ at }) => at)).toHaveLength(4);
  expect(areaOf(requests, spot("received.natural"), spot("no.where"))).toBeUndefined();
});

test("only elements of the table's cells are its cells", () => {
  expect(spotOf(requests, { id: "requests.received.natural" })).toEqual(spot("received.natural"));
  for (const id of ["", "requests", "disclosed.rules.issued", "requests.received.natural.reason"]) {
    expect(spotOf(requests, { id })).toBeUndefined();
  }
});

test.each([
  [999, undefined],
  [1000, "1,000"],
  [1234567, "1,234,567"],
  [12345678, undefined],
  ["12345678.9", "12,345,678.9"],
  [-12345, "-12,345"],
  ["1234.567891", "1,234.567891"],
  ["12.3456", undefined],
  ["约3000", undefined],
  ["2024年", undefined],
  [null, undefined],
])("%j is shown with commas as %j", (entry, shown) => {
  expect(grouped(entry)).toBe(shown);
});
