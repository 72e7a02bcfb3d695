import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readFile } from "../../lib/import/read.ts";
import { compose } from "../../lib/report/compose.ts";
import { renderDocx } from "../../templates/document/docx.ts";
import { renderHtmlFragment, renderHtmlPage } from "../../templates/document/html.ts";
import { renderPdf } from "../../templates/document/pdf.ts";
import { formats } from "../../templates/index.ts";
import { sampleReport } from "../documents/reports.ts";
import { gb18030 } from "./gb18030.ts";
import { type Damage, sitePage } from "./site-page.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const fixtures = join(import.meta.dirname, "../fixtures/producers");

async function read(file: Uint8Array) {
  const result = await readFile(file);
  if (!result.ok) throw new Error(result.reason);
  return result;
}

describe.each(formats)("a report of $id", (format) => {
  const report = sampleReport(format);
  const document = compose(format, report, false);
  const headings = format.sections.map(({ heading }) => heading);

  /** Everything but where bold begins and ends, which not every kind of file tells. */
  async function expectWhole(file: Uint8Array, kind: string): Promise<void> {
    const result = await read(file);
    expect(result.kind).toBe(kind);
    expect(result.format).toBe(format);
    expect(result.report.tables).toEqual(report.tables);
    expect(result.cells.filter(({ doubt }) => doubt)).toEqual([]);
    expect(result.notes).toEqual([]);
    expect(result.report.organisation).toEqual({ name: report.organisation.name });
    expect(result.report.year).toBe(report.year);
    expect(result.report.closing).toEqual(report.closing);
    expect(result.printed?.headings.map(({ text }) => text)).toEqual(headings);
    expect(textsOf(result.report.prose)).toEqual(textsOf(report.prose));
  }

  test("is read whole from our Word file without its data, bold words and all", async () => {
    const file = await renderDocx(document);
    await expectWhole(file, "docx");
    expect((await read(file)).report.prose).toEqual(report.prose);
  });

  test("is read whole from our PDF without its data", async () => {
    await expectWhole(await renderPdf(document), "pdf");
  });

  test("is read whole from our page and from the fragment for websites, bold words and all", async () => {
    await expectWhole(bytes(renderHtmlPage(document)), "html");
    await expectWhole(bytes(renderHtmlFragment(document)), "html");
    expect((await read(bytes(renderHtmlPage(document)))).report.prose).toEqual(report.prose);
  });

  test.each(["python-docx", "docx-js"])(
    "is read whole from a Word file that %s wrote, its largest table cut at a page end",
    async (producer) => {
      await expectWhole(readFileSync(join(fixtures, `${producer}-${format.id}.docx`)), "docx");
    },
  );

  test.each<Damage>(["none", "cut", "cutRepeated", "tornFiguresFirst", "tornFiguresLast", "unmerged"])(
    "is read whole from a page of a website, tables damaged: %s",
    async (damage) => {
      await expectWhole(bytes(sitePage(document, damage)), "html");
    },
  );

  test("is read whole from a page in GB18030", async () => {
    await expectWhole(gb18030(sitePage(document, "none").replace("charset=UTF-8", "charset=gb2312")), "html");
  });

  test("every cell says what stands in the file", async () => {
    const { cells, report: imported, printed } = await read(bytes(sitePage(document, "none")));
    const filled = cells.filter(({ text }) => text !== "");
    expect(filled.length).toBeGreaterThan(190);
    for (const { at, entry, text } of filled) {
      const [table = "", row = "", column = ""] = at.split(".");
      expect(imported.tables[table]?.[row]?.[column] ?? printed?.totals[table]?.[row]?.[column]).toBe(entry);
      expect(text.replace(/^\+|万元$/g, "")).toBe(String(entry));
    }
  });
});

const textsOf = (prose: Readonly<Record<string, readonly { kind: string; content: readonly object[] }[]>>) =>
  Object.fromEntries(
    Object.entries(prose).map(([section, passages]) => [
      section,
      passages.map(({ kind, content }) => [
        kind,
        content.map((inline) => ("text" in inline ? inline.text : "")).join(""),
      ]),
    ]),
  );
