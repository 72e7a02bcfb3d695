import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { readCarried } from "../../lib/import/carried.ts";
import { readFile } from "../../lib/import/read.ts";
import { CARRIED_FILE } from "../../lib/report/carried.ts";
import { compose } from "../../lib/report/compose.ts";
import type { Format } from "../../lib/report/format.ts";
import type { Report } from "../../lib/report/report.ts";
import { renderDocx } from "../../templates/document/docx.ts";
import { renderPdf } from "../../templates/document/pdf.ts";
import { formats } from "../../templates/index.ts";
import { anyReport, bareReport, sampleReport } from "../documents/reports.ts";

const PART = "customXml/item1.xml";
const TEXT = "word/document.xml";
const EDITED = /生成以后又保存过/;

const dataOf = (report: Report) => strToU8(JSON.stringify(report, null, 2));
const docxOf = (format: Format, report: Report) => renderDocx(compose(format, report, false), { data: dataOf(report) });
const pdfOf = (format: Format, report: Report) => {
  const attachment = { name: CARRIED_FILE, type: "application/json", bytes: dataOf(report) };
  return renderPdf(compose(format, report, false), { attachment });
};

function read(file: Uint8Array) {
  const result = readCarried(file);
  if (!result?.ok) throw new Error(result?.reason ?? "it carries nothing");
  return result;
}
const refusal = (file: Uint8Array) => {
  const result = readCarried(file);
  return result?.ok === false ? result.reason : "";
};

/** A Word file with some of its parts changed, zipped anew. */
const changed = (file: Uint8Array, changes: Record<string, (part: string) => string>) =>
  zipSync(
    Object.fromEntries(
      Object.entries(unzipSync(file)).map(([path, part]) => [
        path,
        strToU8((changes[path] ?? ((whole: string) => whole))(strFromU8(part))),
      ]),
    ),
  );

/** What is hard to carry: characters that mean something to XML or to JSON, that programs fold, or that XML cannot hold. */
const hardText = "前<b>&amp;</b>&#65;“引”'\"\\ \t 行\u2028分\u0085隔\ufffe\uffff\ufeff𬭸]]>终";

describe.each(formats)("a report of $id", (format) => {
  const reports: [string, Report][] = [
    ["full", sampleReport(format)],
    ["bare", bareReport(format)],
    ["hard to carry", sampleReport(format, { opening: hardText, organisation: { name: "云岭区<档案>&馆" } })],
    ["long", sampleReport(format, { prose: { overview: [paragraph("公开信息三百条。".repeat(2500))] } })],
  ];

  test.each(reports)("carried by a Word file is read back the same (%s)", async (_, report) => {
    expect(read(await docxOf(format, report))).toEqual({ ok: true, format, report, cells: [], notes: [] });
  });

  test.each(reports)("carried by a PDF is read back the same (%s)", async (_, report) => {
    expect(read(await pdfOf(format, report))).toEqual({ ok: true, format, report, cells: [], notes: [] });
  });
});

function paragraph(text: string) {
  return { kind: "paragraph" as const, content: [{ text }] };
}

const fixtures = join(import.meta.dirname, "../fixtures/documents");

test.each(readdirSync(fixtures).filter((name) => name.endsWith(".txt")))(
  "a published report is, once read, carried on by Word file and PDF alike (%s)",
  async (name) => {
    const published = await readFile(readFileSync(join(fixtures, name)));
    if (!published.ok) throw new Error(published.reason);
    const { format, report } = published;
    expect(read(await docxOf(format, report))).toEqual({ ok: true, format, report, cells: [], notes: [] });
    expect(read(await pdfOf(format, report))).toEqual({ ok: true, format, report, cells: [], notes: [] });
  },
);

test("any report is read back from its Word file the same", { timeout: 120_000 }, async () => {
  const seen = new Set<string>();
  const roundTrip = fc.asyncProperty(anyReport, async ({ format, report }) => {
    seen.add(format.id);
    expect(read(await docxOf(format, report))).toEqual({ ok: true, format, report, cells: [], notes: [] });
  });
  await fc.assert(roundTrip, { numRuns: 100 });
  expect(seen.size).toBe(formats.length);
});

test("any report is read back from its PDF the same", { timeout: 120_000 }, async () => {
  const seen = new Set<string>();
  const roundTrip = fc.asyncProperty(anyReport, async ({ format, report }) => {
    seen.add(format.id);
    expect(read(await pdfOf(format, report))).toEqual({ ok: true, format, report, cells: [], notes: [] });
  });
  await fc.assert(roundTrip, { numRuns: 100 });
  expect(seen.size).toBe(formats.length);
});

describe("a Word file that went through other hands", () => {
  const format = formats.at(-1) as Format;
  const report = sampleReport(format);
  let file: Uint8Array;
  beforeAll(async () => {
    file = await docxOf(format, report);
  });

  test("zipped anew it reads the same; with its text edited too, and that is said", () => {
    expect(read(changed(file, {}))).toEqual({ ok: true, format, report, cells: [], notes: [] });
    const edited = read(changed(file, { [TEXT]: (text) => text.replace("科学技术", "工业技术") }));
    expect(edited.report).toEqual(report);
    expect(edited.notes).toEqual([expect.stringMatching(EDITED)]);
  });

  test("whatever number and prefix its part was given, the report is found among those of others", () => {
    const { [PART]: part = new Uint8Array(), ...others } = unzipSync(file);
    const rewritten = strFromU8(part)
      .replace("<report xmlns=", "<ns0:report xmlns:ns0=")
      .replace("</report>", "</ns0:report>\n")
      .replaceAll("&quot;", "&#34;")
      .replaceAll("年", "&#x5E74;");
    const foreign = strToU8('<?xml version="1.0"?><b:Sources xmlns:b="urn:else"/>');
    const moved = zipSync({ ...others, [PART]: foreign, "customXml/item2.xml": strToU8(rewritten) });
    expect(read(moved)).toEqual({ ok: true, format, report, cells: [], notes: [] });
  });

  test("without our part it is a Word file as any other", () => {
    const { [PART]: _, ...others } = unzipSync(file);
    expect(readCarried(zipSync(others))).toBeUndefined();
    expect(readCarried(changed(file, { [PART]: () => "<a/>" }))).toBeUndefined();
  });

  test("what is wrong with the data it carries is said", () => {
    const withPart = (change: (part: string) => string) => refusal(changed(file, { [PART]: change }));
    expect(withPart((part) => part.slice(0, part.length / 2))).toBe("Word 文件附带的报告数据已损坏，不能读入。");
    expect(withPart((part) => part.replace("{", ""))).toMatch(/^Word 文件附带的报告数据不能读入：不是有效的 JSON/);
    expect(withPart((part) => part.replace(`: ${report.year},`, ": 1900,"))).toMatch(/不能读入：“year”过小/);
    expect(withPart((part) => part.replace(format.id, "1900-1"))).toMatch(/不认识的报告格式“1900-1”/);
  });

  test("a damaged byte of the data is noticed, a file cut short is no Word file", () => {
    const at = Buffer.from(file).indexOf(PART) + PART.length + 40;
    expect(refusal(file.with(at, (file[at] ?? 0) ^ 0xff))).toBe("Word 文件附带的报告数据已损坏，不能读入。");
    expect(readCarried(file.slice(0, -30))).toBeUndefined();
  });

  test("no byte that is cut off or turned over makes reading throw", () => {
    const small = changed(file, { [TEXT]: () => "<w/>", "word/styles.xml": () => "<w/>" });
    for (let at = 0; at < small.length; at += 7) {
      expect(() => readCarried(small.slice(0, at))).not.toThrow();
      expect(() => readCarried(small.with(at, (small[at] ?? 0) ^ 0xff))).not.toThrow();
    }
  });
});

describe("packed files too large to be a report are refused before they are unpacked", () => {
  const megabytes = (count: number) => new Uint8Array(count * 1024 * 1024);
  const word = { [TEXT]: strToU8("<w/>") };

  test("by the number of their entries, the size of one, or of all", () => {
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`${index}.xml`, new Uint8Array()]));
    expect(refusal(zipSync({ ...word, ...many }))).toBe(
      "文件解压后过大（含有的文件超过 2000 个），已拒绝读取。请用 WPS 打开，只保留报告内容，另存为 DOCX 后再试。",
    );
    expect(refusal(zipSync({ ...word, [PART]: megabytes(31) }))).toMatch(/其中有文件超过 30 MB/);
    const three = { "a.bin": megabytes(28), "b.bin": megabytes(28), "c.bin": megabytes(28) };
    expect(refusal(zipSync({ ...word, ...three }))).toMatch(/全部超过 80 MB/);
  });

  test("and one that says less than it holds is not unpacked beyond what it says", () => {
    const file = Buffer.from(zipSync({ ...word, [PART]: megabytes(29) }));
    const listed = file.lastIndexOf(PART) - 46;
    expect(file.readUInt32LE(listed + 24)).toBe(29 * 1024 * 1024);
    file.writeUInt32LE(1000, listed + 24);
    expect(refusal(file)).toBe("Word 文件附带的报告数据已损坏，不能读入。");
  });
});

describe("a PDF", () => {
  const format = formats.at(-1) as Format;
  const report = sampleReport(format);

  /** A PDF with an attached file, as far as reading goes, written by hand. */
  const pdfWith = (stored: Uint8Array, { name = CARRIED_FILE, filter = "", length = `${stored.length}` } = {}) =>
    Buffer.concat([
      Buffer.from(`%PDF-1.7\n5 0 obj\n<<\n/Type /EmbeddedFile\n/Length ${length}\n${filter}>>\nstream\n`, "latin1"),
      stored,
      Buffer.from(
        `\nendstream\nendobj\n6 0 obj\n<<\n/Type /Filespec\n/F (${name})\n/EF <<\n/F 5 0 R\n>>\n/UF (${name})\n>>\nendobj\n`,
        "latin1",
      ),
    ]);

  test("may hold the file as it is", () => {
    expect(read(pdfWith(dataOf(report))).report).toEqual(report);
  });

  test("that carries nothing, or only files of other names, is a PDF as any other", async () => {
    expect(readCarried(await renderPdf(compose(format, report, false)))).toBeUndefined();
    expect(readCarried(pdfWith(dataOf(report), { name: "invoice.xml" }))).toBeUndefined();
  });

  test("that is added to later reads the same, and what was attached last counts", async () => {
    const file = await pdfOf(format, report);
    const comment = Buffer.from("\n900 0 obj\n<<\n/Type /Annot\n>>\nendobj\n%%EOF\n");
    expect(read(Buffer.concat([file, comment])).report).toEqual(report);
    const other = bareReport(format);
    expect(read(Buffer.concat([pdfWith(dataOf(report)), pdfWith(dataOf(other))])).report).toEqual(other);
  });

  test("with any byte turned over or cut off does not make reading throw", () => {
    const small = pdfWith(dataOf(bareReport(format)));
    for (let at = 0; at < small.length; at += 3) {
      expect(() => readCarried(small.subarray(0, at))).not.toThrow();
      expect(() => readCarried(small.with(at, (small[at] ?? 0) ^ 0xff))).not.toThrow();
    }
  });

  test("whose attachment is damaged says so", async () => {
    const damaged = "PDF 文件附带的报告数据已损坏，不能读入。";
    expect(refusal(pdfWith(dataOf(report), { filter: "/Filter /FlateDecode\n" }))).toBe(damaged);
    expect(refusal(pdfWith(dataOf(report), { filter: "/Filter /LZWDecode\n" }))).toBe(damaged);
    expect(refusal(pdfWith(dataOf(report), { length: "12 0 R" }))).toBe(damaged);
    expect(refusal(pdfWith(strToU8("[1, 2")))).toMatch(/^PDF 文件附带的报告数据不能读入：不是有效的 JSON/);
    const file = Buffer.from(await pdfOf(format, report));
    const stream = file.indexOf("stream\n", file.indexOf("/EmbeddedFile")) + 60;
    expect(refusal(file.with(stream, (file[stream] ?? 0) ^ 0xff))).toBe(damaged);
  });
});
