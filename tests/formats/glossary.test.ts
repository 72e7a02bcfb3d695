import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { glossary } from "../../lib/glossary.ts";
import { leaves, plainLabel } from "../../lib/report/format.ts";
import { formats } from "../../templates/index.ts";

const lines = formats.flatMap(({ tables }) =>
  tables.flatMap(({ bands }) => bands.flatMap(({ rows, columns }) => [...leaves(rows), ...leaves(columns)])),
);
const ids = new Set([
  ...formats.flatMap(({ sections, tables }) => [...sections, ...tables].map(({ id }) => id)),
  ...lines.map(({ id }) => id),
]);

test("every id of every format has an entry", () => {
  expect(ids.size).toBeGreaterThan(60);
  expect([...ids].filter((id) => !(id in glossary))).toEqual([]);
});

test("no entry is unused: what is no id of a format is a word that the code is written in", () => {
  const words = Object.keys(glossary).filter((id) => !ids.has(id));
  expect(words).toContain("balance");
  expect(words.length).toBeGreaterThan(30);
  const code = sourcesBelow("lib").filter(({ path }) => path !== join("lib", "glossary.ts"));
  expect(code.length).toBeGreaterThan(10);
  const text = code.map(({ source }) => source).join("\n");
  expect(words.filter((word) => !new RegExp(`\\b${word}s?\\b`, "i").test(text))).toEqual([]);
});

test("the term of a line is the one that a notice prints", () => {
  const labelled = lines.filter(({ label }) => label !== "");
  const strangers = [...new Set(labelled.map(({ id }) => id))].filter((id) => {
    const labels = labelled.filter((line) => line.id === id).map(({ label }) => plainLabel(label));
    return !labels.some((label) => glossary[id]?.term.includes(label));
  });
  expect(strangers).toEqual([]);
});

test("the term of a section is its heading", () => {
  for (const { id, heading } of formats.flatMap(({ sections }) => sections)) {
    expect(glossary[id]?.term).toBe(plainLabel(heading));
  }
});

test("every entry is complete and no two say the same", () => {
  const entries = Object.values(glossary);
  for (const { term, english, article } of entries) {
    expect(term.trim()).not.toBe("");
    expect(english.trim()).not.toBe("");
    if (article !== undefined) expect(article).toMatch(/^第[一二三四五六七八九十]+条/);
  }
  expect(new Set(entries.map(({ english }) => english)).size).toBe(entries.length);
});

test("no page and no document takes its labels from the glossary", () => {
  const users = ["lib", "components", "app", "templates"]
    .flatMap(sourcesBelow)
    .filter(({ source }) => /from "[^"]*\/glossary\.ts"/.test(source));
  expect(users.map(({ path }) => path)).toEqual([]);
});

function sourcesBelow(folder: string): { path: string; source: string }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name))
    .map((path) => ({ path, source: readFileSync(path, "utf8") }));
}
