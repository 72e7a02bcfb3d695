import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { exportReport } from "../../lib/export/export.ts";
import { publishPack } from "../../lib/export/pack.ts";
import { readFile } from "../../lib/import/read.ts";
import { pdfText } from "../documents/read-pdf.ts";
import { cityFigures2023, cityFigures2025 } from "../fixtures/public-figures.ts";

const saved = { version: 12, savedAt: Date.UTC(2024, 0, 15, 2, 30) };
/** General purpose flag of a ZIP entry: its name is UTF-8. */
const UTF8_FLAG = 0x0800;

test("a pack holds the finished files as they are downloaded, and a sheet to sign that names this version", async () => {
  const { format, report } = cityFigures2023();
  const pack = await publishPack(format, report, saved);
  expect(pack.name).toMatch(/2023年政府信息公开工作年度报告\.zip$/);
  const files = unzipSync(pack.bytes);
  for (const kind of ["docx", "pdf", "html", "json"] as const) {
    const { name, bytes } = await exportReport(format, report, kind);
    expect(Buffer.compare(files[name] ?? new Uint8Array(), bytes), name).toBe(0);
    const digest = createHash("sha256").update(bytes).digest("hex");
    if (kind === "json") expect(pdfText(files["审签单.pdf"] ?? new Uint8Array())).toContain(digest.slice(0, 16));
  }
  expect(Object.keys(files)).toHaveLength(5);
  const sheet = pdfText(files["审签单.pdf"] ?? new Uint8Array()).replace(/\s/g, "");
  for (const part of ["经办", "审核", "签发", "第12版", "2024年1月15日10:30", "错误0项"]) expect(sheet).toContain(part);
  expect(sheet).toContain("—1—");
  expect(sheet).not.toContain("—2—");
});

test("file names are marked as UTF-8 and the same version gives the same bytes", async () => {
  const { format, report } = cityFigures2025();
  const { bytes } = await publishPack(format, report, saved);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  expect(view.getUint16(6, true) & UTF8_FLAG).toBe(UTF8_FLAG);
  expect(Buffer.compare((await publishPack(format, report, saved)).bytes, bytes)).toBe(0);
});

test.each(["docx", "pdf"] as const)("a downloaded %s file brings its report back exactly", async (kind) => {
  for (const { format, report } of [cityFigures2023(), cityFigures2025()]) {
    const { bytes } = await exportReport(format, report, kind);
    expect(await readFile(bytes)).toMatchObject({ ok: true, report });
  }
});
