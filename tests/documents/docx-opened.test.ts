import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readFile } from "../../lib/import/read.ts";
import { compose, documentText } from "../../lib/report/compose.ts";
import { renderDocx } from "../../templates/document/docx.ts";
import { formats } from "../../templates/index.ts";
import { pdfText } from "./read-pdf.ts";
import { sampleReport } from "./reports.ts";

/** The pages that LibreOffice makes of a Word file, as text. */
const pagesInLibreOffice = (file: Uint8Array): string[] =>
  pdfText(Buffer.from(savedByLibreOffice(file, "pdf"))).split("\f");

/** What LibreOffice saves a Word file as. */
function savedByLibreOffice(file: Uint8Array, kind: "pdf" | "docx"): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "docx-opened-"));
  try {
    writeFileSync(join(folder, "report.docx"), file);
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    execFileSync("soffice", [
      profile,
      "--headless",
      "--convert-to",
      kind,
      "--outdir",
      join(folder, "saved"),
      join(folder, "report.docx"),
    ]);
    return readFileSync(join(folder, "saved", `report.${kind}`));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each(formats)(
  "LibreOffice opens the Word file of $id with every figure, the large table on one page",
  async (format) => {
    const document = compose(format, sampleReport(format), false);
    const pages = pagesInLibreOffice(await renderDocx(document));
    const figures = (text: string) => text.match(/\d{4,}(?:\.\d+)?/g) ?? [];
    expect(figures(documentText(document)).length).toBeGreaterThan(190);
    expect(figures(pages.join("\n"))).toEqual(figures(documentText(document)));
    const withLargeTable = pages.filter((page) => page.includes("勾稽关系"));
    expect(withLargeTable).toHaveLength(1);
    expect(withLargeTable[0]).toContain("四、结转下年度继续办理");
    const numbers = pages.flatMap((page) => page.match(/— \d+ —/g) ?? []);
    expect(numbers).toEqual(numbers.map((_, index) => `— ${index + 1} —`));
    expect(numbers.length).toBeGreaterThanOrEqual(4);
  },
);

test.each(formats)(
  "a Word file of $id that LibreOffice saved still carries its report, and is known to be saved",
  async (format) => {
    const report = sampleReport(format, { opening: "甲<乙>&丙“丁”'戊\"𬭸\u2028\u0085\ufffe己\n庚  辛" });
    const data = new TextEncoder().encode(JSON.stringify(report, null, 2));
    const file = await renderDocx(compose(format, report, false), { data });
    expect(readFile(savedByLibreOffice(file, "docx"))).toEqual({
      ok: true,
      format,
      report,
      notes: [expect.stringMatching(/生成以后又保存过/)],
    });
  },
);
