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

test("what is left out is no check of the catalogue, and has a reason", () => {
  const rows = rowsOf(leftOut);
  expect(rows.length).toBeGreaterThan(0);
  for (const [, id = "", reason = ""] of rows) {
    expect(Object.keys(catalogue)).not.toContain(id);
    expect(reason.length, id).toBeGreaterThan(20);
  }
});
