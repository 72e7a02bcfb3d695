import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { catalogue } from "../../lib/checks/catalogue.ts";

const [built = "", leftOut = ""] = readFileSync("docs/checks.md", "utf8").split("## Left out");
const rowsOf = (table: string): string[][] =>
  table
    .split("\n")
    .filter((line) => /^\| [A-Z]\d\d \|/.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()));

test("the table of checks has every id of the catalogue with its severity, and no other", () => {
  const rows = rowsOf(built).map(([, id, severity]) => `${id} ${severity}`);
  expect(rows.length).toBeGreaterThan(80);
  expect(rows.toSorted()).toEqual(
    Object.entries(catalogue)
      .map(([id, { severity }]) => `${id} ${severity}`)
      .sort(),
  );
});

/** How many checks each family of domain.md §3 has, numbered without a gap. */
const specified = { V: 6, B: 11, A: 5, X: 5, C: 5, F: 6, N: 13, S: 9, Y: 6, D: 8, P: 12, R: 5 };

test("every id of the specification is built or left out, once", () => {
  const named = [...rowsOf(built), ...rowsOf(leftOut)].map(([, id = ""]) => id);
  expect(named.length).toBe(new Set(named).size);
  const ids = Object.entries(specified).flatMap(([family, most]) =>
    Array.from({ length: most }, (_, index) => `${family}${String(index + 1).padStart(2, "0")}`),
  );
  expect(ids).toHaveLength(91);
  expect(ids.filter((id) => !named.includes(id))).toEqual([]);
});

test("what is left out is no check of the catalogue, and has a reason", () => {
  const rows = rowsOf(leftOut);
  expect(rows.length).toBeGreaterThan(0);
  for (const [, id = "", reason = ""] of rows) {
    expect(Object.keys(catalogue)).not.toContain(id);
    expect(reason.length, id).toBeGreaterThan(20);
  }
});
