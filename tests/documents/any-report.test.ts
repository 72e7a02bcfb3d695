import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDraft } from "../../lib/checks/check.ts";
import { exportReport } from "../../lib/export/export.ts";
import type { ExportKind } from "../../lib/export/kinds.ts";
import { readFile } from "../../lib/import/read.ts";
import { type ComposedDocument, compose, documentText } from "../../lib/report/compose.ts";
import type { Format } from "../../lib/report/format.ts";
import type { Report } from "../../lib/report/report.ts";
import { draftMark } from "../../templates/document/style.ts";
import { formats } from "../../templates/index.ts";
import { docxText, wordText } from "./read-docx.ts";
import { htmlText } from "./read-html.ts";
import { readOfd } from "./read-ofd.ts";
import { pdfText } from "./read-pdf.ts";
import { type PdfPage, readPdfPages } from "./read-pdf-pages.ts";
import { anyReportOf } from "./reports.ts";
import { breaches, unitsOf } from "./typography.ts";

/** How many reports of each format are made into files. */
const RUNS = 105;
/** An OFD has the pages of the PDF and is read for every so many reports only. */
const OFD_EVERY = 4;
const LONG = 20_000;

const utf8 = (bytes: Uint8Array): string => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
const withoutBlanks = (text: string): string => text.replace(/\s/g, "");
const typedText = (document: ComposedDocument): string =>
  unitsOf(document)
    .map(({ text }) => text)
    .join("");
const paintedText = (pages: readonly PdfPage[], isShown: (tag: string) => boolean): string =>
  pages.flatMap(({ marks }) => marks.filter(({ tag }) => isShown(tag)).map(({ text }) => text)).join("");
const figureCells = ({ blocks }: ComposedDocument): number =>
  blocks
    .flatMap((block) => (block.kind === "table" ? block.rows.flatMap(({ cells }) => cells) : []))
    .filter(({ at, text }) => at && text).length;

/** The drawn text of an OFD: a 〓 for what no font has. */
async function expectSamePagesInOfd(bytes: Uint8Array, pages: readonly PdfPage[]): Promise<void> {
  const painted = pages.map(({ marks }) => marks.flatMap(({ glyphs }) => glyphs.map(({ text }) => text)).join(""));
  expect(readOfd(bytes).pages.map(({ texts }) => texts.map(({ text }) => text).join(""))).toEqual(painted);
}

async function expectReadBack(
  bytes: Uint8Array,
  kind: "docx" | "pdf" | "json",
  format: Format,
  report: Report,
): Promise<void> {
  expect(await readFile(bytes)).toEqual({ ok: true, kind, format, report, cells: [], notes: [] });
}

describe.each(formats)("any report of $id, as it is downloaded", (format) => {
  const seen = { reports: 0, lines: 0, figures: 0, long: 0, ofd: 0 };

  test("holds the same text and figures in every file, is read back the same, and breaks its lines by the rules", async () => {
    const property = fc.asyncProperty(anyReportOf(format), async ({ report }) => {
      const document = compose(format, report, isDraft(format, report));
      const text = documentText(document);
      const fileOf = async (kind: ExportKind) => (await exportReport(format, report, kind)).bytes;

      const docx = await fileOf("docx");
      expect(docxText(docx)).toBe(wordText(document));
      expect(htmlText(utf8(await fileOf("html")))).toBe(document.draft ? `${draftMark}\n${text}` : text);
      expect(utf8(await fileOf("txt"))).toBe(`${text}\n`.replaceAll("\n", "\r\n"));
      const pdf = await fileOf("pdf");
      const pages = readPdfPages(pdf);
      expect(paintedText(pages, (tag) => tag !== "Artifact")).toBe(typedText(document));
      expect(withoutBlanks(pdfText(pdf))).toBe(withoutBlanks(paintedText(pages, () => true)));
      if (seen.reports % OFD_EVERY === 0) {
        await expectSamePagesInOfd(await fileOf("ofd"), pages);
        seen.ofd++;
      }

      await expectReadBack(docx, "docx", format, report);
      await expectReadBack(pdf, "pdf", format, report);
      await expectReadBack(await fileOf("json"), "json", format, report);

      const { lines, found } = breaches(pages, document);
      expect(found).toEqual([]);

      seen.reports++;
      seen.lines += lines;
      seen.figures += figureCells(document);
      if (text.length > LONG) seen.long++;
    });
    await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
    expect(seen.reports).toBeGreaterThanOrEqual(RUNS);
    expect(seen.lines).toBeGreaterThan(100 * RUNS);
    expect(seen.figures).toBeGreaterThan(100 * RUNS);
    expect(seen.long).toBeGreaterThan(0);
    expect(seen.ofd).toBeGreaterThan(20);
  }, 600_000);
});
