import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { check } from "../../lib/checks/check.ts";
import { openingsOf } from "../../lib/checks/opening.ts";
import { answersTo } from "../../lib/checks/reasons.ts";
import { type ExportedFile, exportReport } from "../../lib/export/export.ts";
import { exportKinds } from "../../lib/export/kinds.ts";
import { publishPack } from "../../lib/export/pack.ts";
import { readFile } from "../../lib/import/read.ts";
import type { Report } from "../../lib/report/report.ts";
import { type Difference, formatOf, soundReport } from "../checks/samples.ts";
import { decodedPdf, pdfText } from "../documents/read-pdf.ts";

const saved = { version: 12, savedAt: Date.UTC(2025, 0, 15, 2, 30) };
const SHEET = "审签单.pdf";

/** A report whose warnings all have this reason. */
function explained(difference: Difference, text: string): ReturnType<typeof soundReport> {
  const { format, report } = soundReport(difference);
  const answers = answersTo(check({ format, report, stage: "submission" }), undefined);
  const reasons = Object.fromEntries(answers.map(({ key, finding }) => [key, { finding: finding.message, text }]));
  return { format, report: { ...report, reasons } };
}
const warned = { cells: { "disclosed.normative.issued": 5, "disclosed.normative.inForce": 2 } };
const explain = (text: string) => explained(warned, text);

/** Everything a file says, whatever it is wrapped in: the files of a ZIP, the streams and texts of a PDF. */
function readable(name: string, bytes: Uint8Array): string {
  const head = strFromU8(bytes.subarray(0, 4), true);
  if (head.startsWith("PK")) {
    return Object.entries(unzipSync(bytes))
      .map(([part, content]) => readable(part, content))
      .join("\n");
  }
  if (head === "%PDF") return decodedPdf(bytes) + pdfText(bytes).replace(/\s/g, "");
  return name + strFromU8(bytes);
}

describe("a written reason", () => {
  const reason = "翡翠湖档案柜第三格";
  const { format, report } = explain(reason);
  expect(Object.keys(report.reasons ?? {})).toHaveLength(1);

  test.each(exportKinds)("is in no %s file", async (kind) => {
    const { name, bytes } = await exportReport(format, report, kind);
    const said = readable(name, bytes);
    expect(said).toContain("科学技术局");
    for (const secret of [reason, "翡翠湖", "reasons", encodeURIComponent(reason), JSON.stringify({ reason })]) {
      expect(said).not.toContain(secret);
    }
    const without = await exportReport(format, { ...report, reasons: undefined }, kind);
    expect(Buffer.compare(bytes, without.bytes)).toBe(0);
  });

  test("is on the sheet of a pack and nowhere else in it", async () => {
    const files = unzipSync((await publishPack(format, report, saved)).bytes);
    const holding = Object.entries(files).filter(([name, bytes]) => readable(name, bytes).includes(reason));
    expect(holding.map(([name]) => name)).toEqual([SHEET]);
    expect(Object.keys(files).length).toBeGreaterThan(4);
  });

  test("is refused in the JSON form, which has no place for one", async () => {
    const file = new TextEncoder().encode(JSON.stringify(report));
    expect(await readFile(file)).toMatchObject({ ok: false, reason: "不认识的项目“reasons”。" });
  });
});

describe("the sheet to sign", () => {
  const sheetOf = async (sample: ReturnType<typeof soundReport>): Promise<string> => {
    const pack: ExportedFile = await publishPack(sample.format, sample.report, saved);
    return pdfText(unzipSync(pack.bytes)[SHEET] ?? new Uint8Array());
  };
  const words = (text: string) => text.replace(/\s/g, "");

  test("has the reason beside its warning, and room for those who sign", async () => {
    const sheet = words(await sheetOf(explain("三件已于年底前失效，目录已更新。")));
    expect(sheet).toContain("警告1项（已说明1项）");
    const row = /警告(“行政规范性文件”.*?请核实。)三件已于年底前失效，目录已更新。/.exec(sheet);
    expect(row?.[1]).toContain("少于本年制发5件");
    for (const role of ["经办", "审核", "保密审查", "签发"]) expect(sheet).toContain(`${role}意见：签名`);
    expect(sheet.split("年月日")).toHaveLength(5);
    expect(sheet).toContain("不随报告公布");
  });

  test("names those through whose hands this content went, and leaves room for the others", async () => {
    const at = Date.UTC(2026, 0, 5, 2, 5);
    const { format, report } = soundReport();
    const hands = [
      { action: "submit" as const, userName: "李明", at },
      { action: "sign" as const, userName: "王芳", at: at + 3_600_000 },
    ];
    const pack = await publishPack(format, report, { ...saved, hands });
    const sheet = words(await pdfText(unzipSync(pack.bytes)[SHEET] ?? new Uint8Array()));
    expect(sheet).toContain("经办意见：送审（系统记录）签名李明日期2026年1月5日10:05");
    expect(sheet).toContain("签发意见：签发（系统记录）签名王芳日期2026年1月5日11:05");
    expect(sheet.split("年月日")).toHaveLength(3);
  });

  test("says of a reason that lapsed or is too short no more than that", async () => {
    const { format, report } = explain("早先的说明已经失去依据");
    const changed: Report = structuredClone(report);
    const row = changed.tables.disclosed?.normative;
    if (!row) throw new Error("the format has no such row");
    row.inForce = 3;
    const lapsed = words(await sheetOf({ format, report: changed }));
    expect(lapsed).toContain("情况已变化，待重新说明");
    expect(lapsed).toContain("（已说明0项）");
    expect(lapsed).not.toContain("早先的说明");
    expect(words(await sheetOf(explain("已核")))).not.toContain("已核");
  });

  test("has the one reason beside every figure that opens otherwise than last year closed, and no file is a draft", async () => {
    const lastYear = soundReport({ year: 2023 });
    const text = "上年报告漏报两件，已经更正公布。";
    const [opening] = openingsOf(formatOf(2024), lastYear);
    if (!opening) throw new Error("last year's report opens nothing");
    const cells = { "requests.carriedIn.natural": 1, "requests.carriedIn.legal": 1 };
    const outcomes = { "requests.granted.natural": 7, "requests.granted.legal": 1 };
    const { format, report } = soundReport({ cells: { ...cells, ...outcomes } });
    const reasons = { [opening.key]: { finding: opening.about, text } };
    const made = await publishPack(format, { ...report, reasons }, saved, { lastYear });
    expect(made.name).not.toContain("草稿");
    const sheet = words(pdfText(unzipSync(made.bytes)[SHEET] ?? new Uint8Array()));
    expect(sheet).toContain("警告2项（已说明2项）");
    expect(sheet.split(text)).toHaveLength(3);
    const bare = await publishPack(format, report, saved, { lastYear });
    expect(bare.name).toContain("草稿");
    const names = Object.keys(unzipSync(bare.bytes)).filter((name) => name !== SHEET);
    expect(names.filter((name) => !name.includes("草稿"))).toEqual([]);
    expect(words(pdfText(unzipSync(bare.bytes)[SHEET] ?? new Uint8Array()))).toContain("错误2项");
  });

  test("is clean when nothing was found", async () => {
    expect(words(await sheetOf(soundReport()))).toContain("系统检查：没有发现问题。");
  });

  test.each([0, 60, 499])("is one page whatever is found and however long the reasons are: %i", async (length) => {
    const overview = Array.from({ length: 30 }, (_, index) =>
      index % 2 ? `（${"一二三四五六七八九十"[index % 10]}）公开情况\n已公开若干。` : `2021年公开了${index}件。`,
    ).join("\n");
    const name = `青川县${"云岭".repeat(45)}局`;
    const cells = { ...warned.cells, "requests.received.legal": 1 };
    const sample = explained({ prose: { overview }, organisation: { name }, cells }, "已核实情况。".repeat(length / 6));
    const sheet = await sheetOf(sample);
    expect(words(sheet)).toContain("—1—");
    expect(sheet.split("\f").filter((page) => page.trim() !== "")).toHaveLength(1);
    expect(words(sheet)).toMatch(/下表列出前\d+项，其余\d+项详见系统。/);
    if (length > 100) expect(sheet.replace(/\s/g, "").split("…（详见系统）").length).toBeGreaterThan(3);
  });
});
