import { describe, expect, test } from "vitest";
import { check } from "../../lib/checks/check.ts";
import { type ComposedDocument, compose, documentText } from "../../lib/report/compose.ts";
import { renderDocx } from "../../templates/document/docx.ts";
import { renderHtmlFragment } from "../../templates/document/html.ts";
import { renderPdf } from "../../templates/document/pdf.ts";
import { formats } from "../../templates/index.ts";
import { cityFigures2023, cityFigures2024, cityFigures2025 } from "../fixtures/public-figures.ts";
import { docxText, wordText } from "./read-docx.ts";
import { htmlText } from "./read-html.ts";
import { pdfText } from "./read-pdf.ts";
import { bareReport, sampleReport } from "./reports.ts";

/** Figures as the sample reports have them: four digits or more, which no label and no page number has. */
const figuresIn = (text: string): string[] => text.match(/\d{4,}(?:\.\d+)?/g) ?? [];

const figuresOf = (document: ComposedDocument): string[] =>
  document.blocks
    .filter((block) => block.kind === "table")
    .flatMap((table) => table.rows.flatMap((row) => row.cells.filter((cell) => cell.at).map((cell) => cell.text)));

describe.each(formats)("a report in the format $id", (format) => {
  const document = compose(format, sampleReport(format), false);

  test("has the same text, line by line and cell by cell, as Word file, web page and plain text", async () => {
    const text = documentText(document);
    expect(docxText(await renderDocx(document))).toBe(wordText(document));
    expect(htmlText(renderHtmlFragment(document))).toBe(text);
  });

  test("has the same figures in the same order in all four", async () => {
    const figures = figuresIn(documentText(document));
    expect(figuresOf(document).length).toBeGreaterThan(190);
    expect(figures.length).toBeGreaterThan(figuresOf(document).length);
    expect(figuresIn(docxText(await renderDocx(document)))).toEqual(figures);
    expect(figuresIn(htmlText(renderHtmlFragment(document)))).toEqual(figures);
    expect(figuresIn(pdfText(await renderPdf(document)))).toEqual(figures);
  });

  test("has the same text with nothing entered", async () => {
    const bare = compose(format, bareReport(format), true);
    expect(docxText(await renderDocx(bare))).toBe(wordText(bare));
    expect(htmlText(renderHtmlFragment({ ...bare, draft: false }))).toBe(documentText(bare));
  });
});

const publicFigures = { cityFigures2023, cityFigures2024, cityFigures2025 };

test.each(Object.entries(publicFigures))(
  "published figures (%s) stand in every kind of file in the same order",
  async (_, sample) => {
    const { format, report } = sample();
    expect(check({ format, report, stage: "submission" }).filter(({ severity }) => severity === "error")).toEqual([]);
    const document = compose(format, report, false);
    const figures = figuresOf(document);
    expect(figures).toHaveLength(200);
    expect(figures).not.toContain("");
    const text = documentText(document);
    expect(docxText(await renderDocx(document))).toBe(wordText(document));
    expect(htmlText(renderHtmlFragment(document))).toBe(text);
    const pages = pdfText(await renderPdf(document)).replace(/^— \d+ —$/gm, "");
    expect(pages.replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
  },
);
