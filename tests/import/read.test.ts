import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { readFile } from "../../lib/import/read.ts";
import type { Problem } from "../../lib/import/refusals.ts";
import { gb18030 } from "./gb18030.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const cutTables = readFileSync(join(import.meta.dirname, "../fixtures/documents/cut-tables.txt"), "utf8");
/** An OLE file with a stream of that name, as far as telling its kind goes. */
const ole = (stream: string) =>
  Buffer.concat([Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), Buffer.from(stream, "utf16le")]);
const refusal = async (file: Uint8Array) => {
  const result = await readFile(file);
  return result.ok ? "" : result.reason;
};

describe("encodings", async () => {
  const expected = await readFile(bytes(cutTables));

  test("the same document reads the same as UTF-8 with a byte order mark, as UTF-16 and with Windows line ends", async () => {
    expect(expected.ok).toBe(true);
    expect(await readFile(bytes(`\ufeff${cutTables}`))).toEqual(expected);
    expect(await readFile(new Uint8Array(Buffer.from(`\ufeff${cutTables}`, "utf16le")))).toEqual(expected);
    expect(await readFile(new Uint8Array(Buffer.from(`\ufeff${cutTables}`, "utf16le").swap16()))).toEqual(expected);
    expect(await readFile(bytes(cutTables.replaceAll("\n", "\r\n")))).toEqual(expected);
  });

  test("a GB18030 file is read", async () => {
    const file = gb18030(cutTables);
    expect(() => new TextDecoder("utf-8", { fatal: true }).decode(file)).toThrow();
    expect(await readFile(file)).toEqual(expected);
  });
});

describe("other files are refused by what they are", () => {
  test.each<[Problem, string, Uint8Array]>([
    ["damagedPdf", "PDF", bytes("%PDF-1.7\n%âãÏÓ")],
    ["spreadsheet", "Excel", zipSync({ "xl/workbook.xml": strToU8("<workbook/>") })],
    ["presentation", "演示文稿", zipSync({ "ppt/presentation.xml": strToU8("<p/>") })],
    ["ofd", "OFD", zipSync({ "OFD.xml": strToU8("<ofd/>") })],
    ["openDocument", "OpenDocument", zipSync({ "META-INF/manifest.xml": strToU8("<m/>") })],
    ["archive", "压缩文件", zipSync({ "a.txt": strToU8("一") })],
    ["oldWord", "请用 WPS 打开，另存为 DOCX", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0)],
    ["encrypted", "打开密码", ole("EncryptedPackage")],
    ["spreadsheet", "ET", ole("Workbook")],
    ["rtf", "RTF", bytes("{\\rtf1\\ansi 一}")],
    ["image", "图片", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ["webArchive", "MHT", bytes("MIME-Version: 1.0\nContent-Type: multipart/related;\n\n<html>")],
  ])("%s", async (problem, words, file) => {
    const result = await readFile(file);
    expect(result).toMatchObject({ ok: false, problem });
    expect(await refusal(file)).toContain(words);
  });

  test("nothing, blanks, unknown bytes and other texts", async () => {
    expect(await refusal(new Uint8Array())).toBe("文件是空的。");
    expect(await refusal(new Uint8Array(33 * 1024 * 1024).fill(0x61))).toBe("文件太大（33 MB），不像是年度报告。");
    expect(await refusal(bytes(" \n\t\n"))).toBe("文件里没有文字。");
    expect(await refusal(Uint8Array.of(0xff, 0x81, 0xff, 0xff))).toMatch(/编码无法识别/);
    expect(await refusal(Uint8Array.of(1, 0, 2, 0))).toMatch(/不是文本文件/);
    expect(await refusal(bytes("今天的会议改到下午三点。"))).toMatch(/没有找到报告年份/);
    expect(await refusal(bytes("某某县水务局2024年政府信息公开工作年度报告\n\n正在起草。"))).toMatch(
      /没有找到“一、总体情况”/,
    );
    expect(await refusal(bytes("某某县水务局2012年政府信息公开工作年度报告\n\n一、总体情况\n\n无。"))).toMatch(
      /2012年度/,
    );
  });

  test("a year that the format of the tables does not cover", async () => {
    const mixed = cutTables.replaceAll("2024", "2020");
    expect(await refusal(bytes(mixed))).toMatch(/2020年度报告，表格却是国办公开办函〔2021〕30号的格式/);
  });
});

describe("JSON", () => {
  const report = {
    format: "2021-30",
    year: 2024,
    organisation: { name: "某某县水务局" },
    prose: { overview: "（一）主动公开情况\n公开信息3条。" },
    tables: { requests: { received: { natural: 12, business: "１,000" } }, disclosed: { fees: { charged: 12.5 } } },
  };
  const json = (value: unknown) => bytes(JSON.stringify(value));

  test("a report is read whole, with nothing printed to compare it with", async () => {
    const result = await readFile(bytes(`\ufeff \n${JSON.stringify(report)}`));
    if (!result.ok) throw new Error(result.reason);
    expect(result.format.id).toBe("2021-30");
    expect(result.printed).toBeUndefined();
    expect(result.report.tables.requests?.received).toMatchObject({ natural: 12, business: 1000, legal: null });
    expect(result.report.tables.disclosed?.fees).toEqual({ charged: "12.5" });
    expect(result.report.prose.overview?.map(({ kind }) => kind)).toEqual(["heading2", "paragraph"]);
  });

  test("what is wrong with it is said in Chinese", async () => {
    expect(await refusal(bytes('{\n "year": 2024\n "tables": {}}'))).toBe("不是有效的 JSON：第 3 行有错。");
    expect(await refusal(bytes("[1, 2"))).toMatch(/^不是有效的 JSON/);
    expect(await refusal(bytes("[1, 2]"))).toMatch(/没有报告格式/);
    expect(await refusal(json({ ...report, format: "1999-1" }))).toMatch(/不认识的报告格式“1999-1”，应为.*2021-30/);
    expect(await refusal(json({ ...report, colour: "red" }))).toBe("不认识的项目“colour”。");
    expect(await refusal(json({ ...report, year: 2020 }))).toBe("“year”过小，至少2021。");
    const received = (natural: unknown) => ({ ...report, tables: { requests: { received: { natural } } } });
    expect(await refusal(json(received(true)))).toBe("“tables.requests.received.natural”应为数字、文字或空（null）。");
    expect(await refusal(json(received("长".repeat(61))))).toBe(
      "“tables.requests.received.natural”过长，最多60个字符。",
    );
    expect(await refusal(json({ ...report, prose: { other: 3 } }))).toBe("“prose.other”应为文字，或者段落的列表。");
    expect(await refusal(json({ ...report, closing: { date: "2025-02-30" } }))).toMatch(
      /^“closing.date”应为“年-月-日”形式/,
    );
    expect(await refusal(json({ ...report, organisation: { name: " " } }))).toBe("“organisation.name”不能为空。");
    expect(await refusal(json({ ...report, tables: undefined }))).toMatch(/“tables”缺失/);
  });
});
