import { createHash } from "node:crypto";
import { zipSync } from "fflate";
import { isCovered } from "../../templates/document/fonts.ts";
import { check } from "../checks/check.ts";
import type { Finding, RegionSum } from "../checks/finding.ts";
import type { Requirements } from "../checks/requirement-pack.ts";
import { layOut } from "../layout/pages.ts";
import type { ComposedDocument } from "../report/compose.ts";
import type { Format } from "../report/format.ts";
import type { FormattedReport } from "../report/last-year.ts";
import type { Report } from "../report/report.ts";
import { type ApprovedVersion, approvalSheet, type Hand } from "./approval-sheet.ts";
import { type ExportedFile, exportReport } from "./export.ts";
import type { ExportKind } from "./kinds.ts";

/**
 * Which saved state of a report is packed; `savedAt` in epoch milliseconds. `hands`: through whose hands exactly this
 * content went, where that is on record.
 */
export type SavedVersion = { version: number; savedAt: number; hands?: readonly Hand[] };

/** What else the sheet of a pack judges the report by: local requirements, last year's report, the sum of its region. */
export type JudgedBeside = { requirements?: readonly Requirements[]; lastYear?: FormattedReport; rollup?: RegionSum };

const packed: readonly ExportKind[] = ["docx", "pdf", "html", "json"];
const SHEET = "审签单.pdf";

/**
 * 发布包: one ZIP with everything a unit needs to sign and publish this version, the 审签单 among it. The digest on the sheet
 * is the SHA-256 of the JSON file beside it. Names are marked as UTF-8, so that Windows shows them right.
 */
export async function publishPack(
  format: Format,
  report: Report,
  saved: SavedVersion,
  beside: JudgedBeside = {},
): Promise<ExportedFile> {
  const files = await Promise.all(packed.map((kind) => exportReport(format, report, kind, beside.lastYear)));
  const [first] = files;
  const data = files.find(({ name }) => name.endsWith(".json"));
  if (!first || !data) throw new Error("a pack without files");
  const digest = createHash("sha256").update(data.bytes).digest("hex");
  const findings = check({ format, report, stage: "submission", ...beside, covers: isCovered });
  const sheet = await sheetFile(format, report, findings, { ...saved, digest });
  const entries = [...files, { name: SHEET, bytes: sheet }].map(({ name, bytes }) => [name, bytes] as const);
  return {
    name: first.name.replace(/\.\w+$/, ".zip"),
    type: "application/zip",
    bytes: zipSync(Object.fromEntries(entries), { mtime: new Date(saved.savedAt), level: 1 }),
  };
}

/** The sheet as a PDF. It is measured as it will be set, or nobody could say that it is one page. */
async function sheetFile(
  format: Format,
  report: Report,
  findings: readonly Finding[],
  approved: ApprovedVersion,
): Promise<Uint8Array> {
  const [{ renderPdf }, { metrics }, { layoutStyle }] = await Promise.all([
    import("../../templates/document/pdf.ts"),
    import("../../templates/document/fonts.ts"),
    import("../../templates/document/style.ts"),
  ]);
  const fits = (sheet: ComposedDocument) => layOut(sheet, layoutStyle, metrics).length === 1;
  return renderPdf(approvalSheet(format, report, findings, approved, fits));
}
