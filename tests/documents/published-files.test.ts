import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { browserOptions } from "../../lib/cli/bench/browser-options.ts";
import { readUntrusted } from "../../lib/import/read-untrusted.ts";
import { compose } from "../../lib/report/compose.ts";
import { applyEdits, type Edit } from "../../lib/report/edits.ts";
import { enteredCells, type Format, unitAt } from "../../lib/report/format.ts";
import type { Report } from "../../lib/report/report.ts";
import { renderDocx } from "../../templates/document/docx.ts";
import { renderHtmlPage } from "../../templates/document/html.ts";
import { formats } from "../../templates/index.ts";
import { sampleReport } from "./reports.ts";

/** What LibreOffice makes of a file: `from` and `to` are extensions, `filter` says how it reads. */
function converted(file: Uint8Array | string, from: string, to: string, filter: readonly string[] = []): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "published-"));
  try {
    writeFileSync(join(folder, `report.${from}`), file);
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const [extension = to] = to.split(":");
    execFileSync("soffice", [
      ...[profile, "--headless", ...filter, "--convert-to", to, "--outdir", join(folder, "made")],
      join(folder, `report.${from}`),
    ]);
    return readFileSync(join(folder, "made", `report.${extension}`));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Many noughts, small figures, and blanks where the notice lets cells be empty. */
function withEverydayFigures(format: Format, report: Report): Report {
  const cells = format.tables.flatMap((table) =>
    enteredCells(table).map(({ row, column }) => ({ path: `tables.${table.id}.${row.id}.${column.id}`, row, column })),
  );
  const edits = cells.flatMap(({ path, row, column }, index): Edit[] => {
    if (unitAt(row, column) !== "count") return [];
    if (format.blanksTolerated && index % 17 === 5) return [{ path, value: null }];
    return [{ path, value: index % 3 === 0 ? 0 : (index * 7) % 97 }];
  });
  return applyEdits(format, report, edits);
}

const WRITER = ["--infilter=HTML (StarWriter)"];
const WORD = "docx:MS Word 2007 XML";

describe.each(formats)("a report of $id is read with every figure", (format) => {
  const report = sampleReport(format);
  const document = compose(format, report, false);

  async function expectFigures(file: Uint8Array, kind: string, written = report): Promise<void> {
    const result = await readUntrusted(file);
    if (!result.ok) throw new Error(result.reason);
    expect(result.kind).toBe(kind);
    expect(result.report.tables).toEqual(written.tables);
    expect(result.cells.filter(({ doubt }) => doubt)).toEqual([]);
    expect(result.notes).toEqual([]);
    expect(result.report.organisation.name).toBe(report.organisation.name);
    expect(result.printed?.headings.map(({ text }) => text)).toEqual(format.sections.map(({ heading }) => heading));
    expect(result.report.closing).toEqual(report.closing);
  }

  test("from a Word file that LibreOffice wrote from a page", async () => {
    await expectFigures(converted(renderHtmlPage(document), "html", WORD, WRITER), "docx");
  });

  test("from a Word file that LibreOffice wrote from its own format", async () => {
    const own = converted(renderHtmlPage(document), "html", "odt", WRITER);
    await expectFigures(converted(own, "odt", WORD), "docx");
  });

  test("from a Word file of ours without its data that LibreOffice saved", async () => {
    await expectFigures(converted(await renderDocx(document), "docx", WORD), "docx");
  });

  test("from a PDF that a browser printed, with its own head and foot, which names characters by radicals", async () => {
    const browser = await chromium.launch(browserOptions);
    try {
      const page = await browser.newPage();
      await page.setContent(renderHtmlPage(document));
      const file = await page.pdf({ format: "A4", displayHeaderFooter: true, margin: { top: "2cm", bottom: "2cm" } });
      await expectFigures(file, "pdf");
    } finally {
      await browser.close();
    }
  });

  test("from a PDF that LibreOffice made of our Word file", async () => {
    await expectFigures(converted(await renderDocx(document), "docx", "pdf"), "pdf");
  });

  test.each([
    ["no lines at all", []],
    ["level lines only", ["top", "bottom", "insideH"]],
    ["a frame and level lines", ["top", "left", "bottom", "right", "insideH"]],
  ])("from a PDF that LibreOffice made, with %s, everyday figures and blanks", async (_, lines) => {
    const everyday = withEverydayFigures(format, report);
    const word = unzipSync(await renderDocx(compose(format, everyday, false)));
    const styles = strFromU8(word["word/styles.xml"] ?? new Uint8Array()).replace(
      /<w:(\w+) w:val="single"/g,
      (border, side: string) => (lines.includes(side) ? border : `<w:${side} w:val="nil"`),
    );
    const file = zipSync({ ...word, "word/styles.xml": strToU8(styles) });
    await expectFigures(converted(file, "docx", "pdf"), "pdf", everyday);
  });

  test("from a PDF without lines that a browser printed", async () => {
    const browser = await chromium.launch(browserOptions);
    try {
      const page = await browser.newPage();
      await page.setContent(renderHtmlPage(document));
      await page.addStyleTag({ content: "table, td, th { border: none !important }" });
      await expectFigures(await page.pdf({ format: "A4" }), "pdf");
    } finally {
      await browser.close();
    }
  });

  test("from a PDF that LibreOffice made of a page, figures broken in narrow columns and rows over pages", async () => {
    const own = converted(renderHtmlPage(document), "html", "odt", WRITER);
    await expectFigures(converted(own, "odt", "pdf"), "pdf");
  });
});
