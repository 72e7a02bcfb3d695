import * as z from "zod/mini";
import { applyEdits } from "@/lib/report/edits.ts";
import type { Format } from "@/lib/report/format.ts";
import type { Report } from "@/lib/report/report.ts";
import { checksum } from "./checksum.ts";
import { pendingEditsSchema } from "./journal.ts";
import type { PendingEdit } from "./pending.ts";

/** A draft as it is carried on a stick: the report as the clerk sees it, and what of it the server did not have. */
export type DraftFile = {
  /** Id of the report it was taken from. */
  id: string;
  report: Report;
  unsent: readonly PendingEdit[];
  /** Epoch milliseconds of the machine it was made on; to be shown, not relied on. */
  exportedAt: number;
};

export type ReadDraft = { ok: true; draft: DraftFile } | { ok: false; message: string };

const KIND = "政府信息公开工作年度报告草稿";
const fileSchema = z.object({ kind: z.literal(KIND), checksum: z.string(), draft: z.unknown() });
const draftSchema = z.object({
  id: z.string(),
  report: z.unknown(),
  unsent: pendingEditsSchema,
  exportedAt: z.number(),
});

/** The text of the file: JSON whose checksum covers the draft. */
export const writeDraftFile = (draft: DraftFile): string =>
  JSON.stringify({ kind: KIND, checksum: checksum(JSON.stringify(draft)), draft }, null, 1);

/** What a whole report may hold is a large part of the form's scripts, and needed for reading a file alone. */
export const loadReportSchema = () => import("@/lib/report/schema.ts");

/** Reads a file of `writeDraftFile` for a report in this format and of this year. Messages are finished Chinese sentences. */
export async function readDraftFile(format: Format, year: number, text: string): Promise<ReadDraft> {
  const refused = (message: string): ReadDraft => ({ ok: false, message });
  const file = fileSchema.safeParse(parsedJson(text));
  if (!file.success) return refused("这不是本系统导出的草稿文件，没有恢复任何内容。");
  if (checksum(JSON.stringify(file.data.draft)) !== file.data.checksum) {
    return refused("草稿文件不完整，或者被改动过，没有恢复任何内容。请换一份文件再试。");
  }
  const draft = draftSchema.safeParse(file.data.draft);
  const of = draft.success ? yearAndFormat.safeParse(draft.data.report) : undefined;
  if (!draft.success || !of?.success) return refused("草稿文件的内容无法识别，没有恢复任何内容。");
  if (of.data.year !== year || of.data.format !== format.id) {
    return refused(`这是${of.data.year}年度报告的草稿，请打开${of.data.year}年的报告再恢复。`);
  }
  const schema = await loadReportSchema().catch(() => undefined);
  if (!schema) return refused("服务器没有应答，还不能读取草稿文件，没有恢复任何内容。网络恢复以后再试。");
  const report = schema.parseStored(format, draft.data.report);
  if (!report.ok) return refused(`草稿文件的内容不符合报告格式，没有恢复任何内容：${report.problems[0] ?? ""}`);
  try {
    applyEdits(format, report.report, draft.data.unsent);
  } catch {
    return refused("草稿文件中有本报告没有的填写位置，没有恢复任何内容。");
  }
  return { ok: true, draft: { ...draft.data, report: report.report } };
}

const yearAndFormat = z.object({ year: z.number(), format: z.string() });

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}
