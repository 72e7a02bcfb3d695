import * as z from "zod/mini";
import { applyEdits } from "@/lib/report/edits.ts";
import type { Format } from "@/lib/report/format.ts";
import { parseStored } from "@/lib/report/schema.ts";
import { checksum } from "./checksum.ts";
import { DRAFT_KIND, type DraftFile } from "./file.ts";
import { pendingEditsSchema } from "./journal.ts";

export type ReadDraft = { ok: true; draft: DraftFile } | { ok: false; message: string };

const fileSchema = z.object({ kind: z.literal(DRAFT_KIND), checksum: z.string(), draft: z.unknown() });
const draftSchema = z.object({
  id: z.string(),
  report: z.unknown(),
  unsent: pendingEditsSchema,
  exportedAt: z.number(),
});

/** Reads a file of `writeDraftFile` for a report in this format and of this year. Messages are finished Chinese sentences. */
export function readDraftFile(format: Format, year: number, text: string): ReadDraft {
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
  const report = parseStored(format, draft.data.report);
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
