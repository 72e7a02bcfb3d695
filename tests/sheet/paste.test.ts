import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../lib/report/edits.ts";
import { parseEntry } from "../../lib/report/entry.ts";
import { enteredCells, tableOf, unitAt } from "../../lib/report/format.ts";
import { emptyReport } from "../../lib/report/schema.ts";
import { clipsOf } from "../../lib/sheet/clipboard.ts";
import { copyOf } from "../../lib/sheet/copy.ts";
import { type PasteChoices, planPaste } from "../../lib/sheet/paste.ts";
import { formatForYear, formats } from "../../templates/index.ts";
import { type ClipboardFixture, fixtures } from "../fixtures/clipboard/fixtures.ts";
import { markupOf } from "./markup.ts";

const usual: PasteChoices = { blanks: "keep", signs: "refuse" };

function planOf({ year, table: id, at, html, text }: ClipboardFixture, choices = usual) {
  const format = formatForYear(year);
  if (!format) throw new Error(`no format for ${year}`);
  const [row = "", column = ""] = at.split(".");
  const report = emptyReport(format, year, { name: "某某县档案馆" });
  const target = { format, table: tableOf(format, id), report, at: { row, column } };
  const plan = planPaste(target, clipsOf(html === "" ? undefined : markupOf(html), text), choices);
  if (!plan) throw new Error("nothing to paste");
  return plan;
}

const keyOf = ({ row, column }: { row: { id: string }; column: { id: string } }) => `${row.id}.${column.id}`;

test("there are enough fixtures, each of a name of its own", () => {
  expect(fixtures.length).toBeGreaterThanOrEqual(60);
  expect(new Set(fixtures.map(({ name }) => name)).size).toBe(fixtures.length);
});

describe("a paste of", () => {
  test.each(fixtures)("$name", (fixture) => {
    const plan = planOf(fixture);
    const of = <Kind extends string>(kind: Kind) => plan.landings.filter((landing) => landing.kind === kind);
    const entered = plan.landings.flatMap((landing) =>
      landing.kind === "entered" ? [[keyOf(landing), landing.after]] : [],
    );
    const refused = plan.landings.flatMap((landing) =>
      landing.kind === "refused" ? [[keyOf(landing), landing.problem]] : [],
    );
    const compared = plan.landings.flatMap((landing) => (landing.kind === "compared" ? [landing] : []));
    expect(Object.fromEntries(entered)).toEqual(fixture.cells);
    expect(plan.edits).toHaveLength(Object.keys(fixture.cells).length);
    expect(Object.fromEntries(refused)).toEqual(fixture.refused ?? {});
    expect(compared.filter(({ agrees }) => !agrees).map(keyOf)).toEqual(fixture.disagreeing ?? []);
    expect(compared.filter(({ agrees }) => agrees)).toHaveLength(fixture.agreeing ?? 0);
    expect(plan.surplus.map(({ text }) => text)).toEqual(fixture.surplus ?? []);
    expect(plan.otherTables).toEqual(fixture.otherTables ?? []);
    expect(of("kept").every(({ pasted }) => pasted === "")).toBe(true);
  });
});

describe("the clerk's choices", () => {
  const fixture = fixtures.find(({ name }) => name === "blanks, signs and words, excel");
  if (!fixture) throw new Error("no such fixture");
  const entered = (choices: PasteChoices) =>
    Object.fromEntries(
      planOf(fixture, choices).landings.flatMap((landing) =>
        landing.kind === "entered" ? [[keyOf(landing), landing.after]] : [],
      ),
    );

  test("a blank may clear the cell or stand for zero", () => {
    expect(entered({ ...usual, blanks: "clear" })).toEqual({ ...fixture.cells, "notHeld.legal": null });
    expect(entered({ ...usual, blanks: "zero" })).toEqual({ ...fixture.cells, "notHeld.legal": 0 });
  });

  test("signs for none may stand for zero", () => {
    const slashes = Object.entries(fixture.refused ?? {}).filter(([, problem]) => problem === "slash");
    expect(slashes.length).toBeGreaterThan(1);
    const zeros = Object.fromEntries(slashes.map(([cell]) => [cell, 0]));
    expect(entered({ ...usual, signs: "zero" })).toEqual({ ...fixture.cells, ...zeros });
  });
});

describe.each(formats)("every table of $id, copied whole,", (format) => {
  test.each(format.tables)("comes back the same: $id", (table) => {
    const cells = enteredCells(table);
    const values = fc.array(fc.oneof(fc.nat(99_999), fc.constant(null), fc.constant("约3")), {
      minLength: cells.length,
      maxLength: cells.length,
    });
    fc.assert(
      fc.property(values, fc.boolean(), (figures, asText) => {
        const empty = emptyReport(format, format.years.from, { name: "某某县档案馆" });
        const edits = cells.map(({ row, column }, index) => ({
          path: `tables.${table.id}.${row.id}.${column.id}`,
          value: figures[index] ?? null,
        }));
        const report = applyEdits(format, empty, edits);
        const copied = copyOf(table, report.tables[table.id] ?? {});
        const clips = clipsOf(asText ? undefined : markupOf(copied.html), copied.text);
        const plan = planPaste({ format, table, report, at: undefined }, clips, usual);
        // Without a single number there is nothing that tells a copied table from any other text.
        if (!figures.some((figure) => typeof figure === "number")) return;
        expect(plan?.edits).toEqual([]);
        expect(plan?.surplus).toEqual([]);
        const sums = plan?.landings.filter((landing) => landing.kind === "compared") ?? [];
        expect(sums.filter(({ agrees }) => !agrees)).toEqual([]);
        const pasted = planPaste({ format, table, report: empty, at: undefined }, clips, usual);
        const numbers = figures.filter((figure) => typeof figure === "number");
        expect(pasted?.edits).toHaveLength(numbers.length);
        const again = applyEdits(format, empty, pasted?.edits ?? []).tables[table.id];
        for (const [index, { row, column }] of cells.entries()) {
          const figure = figures[index];
          const unit = unitAt(row, column);
          const expected = typeof figure === "number" ? parseEntry(unit, figure) : null;
          expect(again?.[row.id]?.[column.id]).toBe(expected);
        }
      }),
      { numRuns: 12 },
    );
  });

  test.each(format.tables)("lands nowhere else: $id", (table) => {
    const report = emptyReport(format, format.years.from, { name: "某某县档案馆" });
    const filled = applyEdits(
      format,
      report,
      enteredCells(table).map(({ row, column }) => ({ path: `tables.${table.id}.${row.id}.${column.id}`, value: 3 })),
    );
    const { text } = copyOf(table, filled.tables[table.id] ?? {});
    const others = format.tables.filter((other) => other !== table);
    expect(others.length).toBeGreaterThan(0);
    for (const other of others) {
      const [cell] = enteredCells(other);
      const at = { row: cell?.row.id ?? "", column: cell?.column.id ?? "" };
      const plan = planPaste({ format, table: other, report, at }, clipsOf(undefined, text), usual);
      expect(plan).toMatchObject({ landings: [], edits: [], surplus: [], otherTables: [table.id] });
    }
  });
});

test("a rectangle is copied as it is printed: labels, merged cells and sums", () => {
  const format = formatForYear(2024);
  const table = format?.tables[0];
  if (!format || !table) throw new Error("no format for 2024");
  const report = applyEdits(format, emptyReport(format, 2024, { name: "某某县档案馆" }), [
    { path: "tables.disclosed.normative.inForce", value: 1200 },
    { path: "tables.disclosed.licensing.decisions", value: "说“无”" },
  ]);
  const copied = copyOf(table, report.tables.disclosed ?? {}, { top: 3, left: 1, bottom: 6, right: 3 });
  expect(copied.text).toBe("\t\t1200\r\n\t\t\r\n本年处理决定数量\t\t\r\n说“无”\t\t\r\n");
  expect(copied.html).toContain("<td>1200</td>");
  expect(copied.html).toContain('<td colspan="3">说“无”</td>');
});

test("a locked cell takes what stands in it and refuses everything else", () => {
  const format = formatForYear(2024);
  if (!format) throw new Error("no format for 2024");
  const empty = emptyReport(format, 2024, { name: "某某县档案馆" });
  const report = applyEdits(format, empty, [{ path: "tables.requests.carriedIn.natural", value: 3 }]);
  const at = { row: "received", column: "natural" };
  const target = { format, table: tableOf(format, "requests"), report, at };
  const isLocked = (row: string, column: string) => `${row}.${column}` === "carriedIn.natural";
  const pasted = (text: string) => planPaste({ ...target, isLocked }, clipsOf(undefined, text), usual);
  const other = pasted("5\n4\n5");
  expect(other?.landings.map(({ kind }) => kind)).toEqual(["entered", "refused", "entered"]);
  expect(other?.landings[1]).toMatchObject({ problem: "locked", pasted: "4", before: 3 });
  expect(other?.edits.map(({ path }) => path)).not.toContain("tables.requests.carriedIn.natural");
  expect(other?.edits).toHaveLength(2);
  expect(pasted("5\n3\n5")?.landings.map(({ kind }) => kind)).toEqual(["entered", "entered", "entered"]);
});
