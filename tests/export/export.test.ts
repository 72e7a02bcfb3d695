import { describe, expect, test } from "vitest";
import { exportReport } from "../../lib/export/export.ts";
import { exportKinds } from "../../lib/export/kinds.ts";
import { compose, documentText } from "../../lib/report/compose.ts";
import type { Format } from "../../lib/report/format.ts";
import type { Report } from "../../lib/report/report.ts";
import { parseReport, reportSchema } from "../../lib/report/schema.ts";
import { formats } from "../../templates/index.ts";
import { docxText, paragraphText, partOf, wordText } from "../documents/read-docx.ts";
import { filledTables, sampleReport } from "../documents/reports.ts";

const text = (bytes: Uint8Array): string => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

/** A report without any error: every cell zero, every section written. */
function soundReport(format: Format): Report {
  const year = format.years.from;
  const written =
    "全年没有收到政府信息公开申请。存在的主要问题是政策解读形式单一、栏目更新不够及时，下一步明确专人负责，按月自查，逐项整改到位，并继续加强业务培训。";
  const sections = format.sections.filter((section) => section.kind === "prose");
  return reportSchema(format).parse({
    format: format.id,
    year,
    organisation: { name: "云岭区档案馆" },
    closing: { date: `${year + 1}-01-21` },
    prose: Object.fromEntries(sections.map((section) => [section.id, written])),
    tables: filledTables(format, () => 0),
  });
}

describe.each(formats)("exporting a report in the format $id", (format) => {
  const sound = soundReport(format);
  const title = `云岭区档案馆${format.years.from}年政府信息公开工作年度报告`;

  test("names every kind by the title of the report and gives it its type", async () => {
    const files = await Promise.all(exportKinds.map((kind) => exportReport(format, sound, kind)));
    const names = exportKinds.map((kind) => (kind === "pdfa" ? `${title}（存档）.pdf` : `${title}.${kind}`));
    expect(files.map((file) => file.name)).toEqual(names);
    expect(files.map((file) => file.type)).toEqual([
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "application/pdf",
      "application/pdf",
      "application/ofd",
      "text/html; charset=utf-8",
      "text/plain; charset=utf-8",
      "application/json",
    ]);
  });

  test("gives the bytes of that kind", async () => {
    const bytes = async (kind: (typeof exportKinds)[number]) => (await exportReport(format, sound, kind)).bytes;
    const document = compose(format, sound, false);
    const plain = documentText(document);
    expect(docxText(await bytes("docx"))).toBe(wordText(document));
    expect(text((await bytes("pdf")).slice(0, 5))).toBe("%PDF-");
    expect(text((await bytes("ofd")).slice(0, 2))).toBe("PK");
    expect(text(await bytes("html"))).toMatch(/^<!doctype html>/);
    expect(text(await bytes("txt"))).toBe(`${plain}\n`.replaceAll("\n", "\r\n"));
  });

  test("writes JSON that reads back as the same report", async () => {
    const json = text((await exportReport(format, sound, "json")).bytes);
    expect(json.startsWith(`{\n  "format": "${format.id}",\n`)).toBe(true);
    expect(json.endsWith("}\n")).toBe(true);
    expect(parseReport(format, JSON.parse(json))).toEqual({ ok: true, report: sound });
  });

  test("marks a report with an error as a draft, in its name and on its pages", async () => {
    const faulty = sampleReport(format);
    const { name, bytes } = await exportReport(format, faulty, "docx");
    expect(name).toMatch(/报告（草稿）\.docx$/);
    expect(paragraphText(partOf(bytes, "word/header1.xml"))).toBe("草稿");
    const page = await exportReport(format, faulty, "html");
    expect(page.name).toMatch(/报告（草稿）\.html$/);
    expect(text(page.bytes)).toContain(">草稿</p>");
    expect((await exportReport(format, sound, "docx")).name).not.toContain("草稿");
  });

  test("takes an edited title, without its line breaks and what no file name may hold", async () => {
    const titled = { ...sound, title: `云岭区/档案馆\n${format.years.from}年“年报”: 正本?` };
    expect((await exportReport(format, titled, "json")).name).toContain(
      `云岭区档案馆${format.years.from}年“年报” 正本`,
    );
  });
});
