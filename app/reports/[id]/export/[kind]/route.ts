import { z } from "zod";
import { attachment, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { exportKinds, exportReport } from "@/lib/export/export.ts";
import { readReport } from "@/lib/store/reports.ts";
import { formatById } from "@/templates/index.ts";

const kinds = z.enum(exportKinds);

/** The report as a file to download. */
export const GET = handler<{ id: string; kind: string }>({}, async ({ organisation, params }) => {
  const kind = kinds.safeParse(params.kind);
  const stored = await readReport(organisation.id, params.id);
  const format = stored && formatById(stored.report.format);
  if (!kind.success || !format) return refusal(404, "没有这份报告，或者不能导出为这种文件。");
  return attachment(await exportReport(format, stored.report, kind.data));
});
