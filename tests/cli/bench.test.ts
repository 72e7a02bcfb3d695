import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { check } from "../../lib/checks/check.ts";
import { completeness } from "../../lib/cli/bench/completeness.ts";
import { ownReport, readSubject } from "../../lib/cli/bench/subject.ts";
import { printedReport } from "../../lib/report/chips.ts";
import { type ComposedDocument, documentText } from "../../lib/report/compose.ts";
import { plainText } from "../../lib/report/prose.ts";
import { renderDocx } from "../../templates/document/docx.ts";
import { renderPdf } from "../../templates/document/pdf.ts";

const { document, format, report } = await readSubject(ownReport);
const render = { pdf: renderPdf, docx: renderDocx } as const;

/** The document with the text of some cells changed. */
const withCells = (change: (text: string) => string): ComposedDocument => ({
  ...document,
  blocks: document.blocks.map((block) =>
    block.kind === "table"
      ? {
          ...block,
          rows: block.rows.map(({ cells }) => ({
            cells: cells.map((cell) => (cell.at === undefined ? cell : { ...cell, text: change(cell.text) })),
          })),
        }
      : block,
  ),
});

test("the report that is measured is one that could be published, of an ordinary size", async () => {
  const findings = check({ format, report, stage: "submission" });
  expect(findings.filter(({ severity }) => severity !== "hint")).toEqual([]);
  const ideographs = documentText(document).match(/\p{Script=Han}/gu) ?? [];
  expect(new Set(ideographs).size).toBeGreaterThan(500);
  expect(completeness(document, await renderPdf(document)).pages).toBe(7);
  const long = (await readSubject(ownReport, "long")).document;
  expect(documentText(long).length).toBeGreaterThan(8 * documentText(document).length);
  const { report: checked } = await readSubject(ownReport, "checked");
  const characters = Object.values(printedReport(format, checked).prose).map((passages) => plainText(passages).length);
  expect(characters.reduce((all, length) => all + length)).toBeGreaterThan(20_000);
});

test.each(["pdf", "docx"] as const)("what is missing in a %s is counted", async (kind) => {
  const whole = await render[kind](document);
  expect(completeness(document, whole)).toMatchObject({ figures: 0, characters: 0 });
  const figures = document.blocks.flatMap((block) =>
    block.kind === "table" ? block.rows.flatMap(({ cells }) => cells.filter(({ at }) => at !== undefined)) : [],
  );
  const nines = figures.filter(({ text }) => text === "9").length;
  expect(nines).toBeGreaterThan(3);
  const cut = await render[kind](withCells((text) => (text === "9" ? "" : text)));
  expect(completeness(document, cut)).toMatchObject({ figures: nines, characters: nines });
});

test("every peer is pinned, and the product installs none", () => {
  const dependencies = (path: string, key = "dependencies") =>
    (JSON.parse(readFileSync(path, "utf8")) as Record<string, Record<string, string>>)[key] ?? {};
  const peers = dependencies("lib/cli/bench/peers/package.json");
  expect(Object.keys(peers).length).toBeGreaterThan(3);
  for (const version of Object.values(peers)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  const product = { ...dependencies("package.json"), ...dependencies("package.json", "devDependencies") };
  expect(Object.keys(peers).filter((name) => name in product)).toEqual([]);
});
