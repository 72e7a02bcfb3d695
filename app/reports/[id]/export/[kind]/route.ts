import { z } from "zod";
import { attachment, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { download } from "@/lib/export/download.ts";
import { downloadKinds } from "@/lib/export/kinds.ts";
import { readReport } from "@/lib/store/reports.ts";
import { formatById } from "@/templates/index.ts";

const kinds = z.enum(downloadKinds);

const statuses = { busy: 503, slow: 504, broken: 500 } as const;
/** After how many seconds a client may ask again when too many files are being made. */
const RETRY_AFTER = "15";

/** The report as a file to download. 503 while too many files are being made, 504 and 500 where one could not be. */
export const GET = handler("GET /reports/[id]/export/[kind]", {}, async ({ actor, params }) => {
  const kind = kinds.safeParse(params.kind);
  const stored = await readReport(actor, params.id);
  const format = stored && formatById(stored.report.format);
  if (!kind.success || !format) return refusal(404, "没有这份报告，或者不能导出为这种文件。");
  const { report, version, savedAt } = stored;
  const rendered = await download(actor.organisation.id, { format, report, saved: { version, savedAt } }, kind.data);
  if (rendered.kind === "file") return attachment(rendered.file);
  const refused = refusal(statuses[rendered.kind], rendered.message);
  if (rendered.kind === "busy") refused.headers.set("retry-after", RETRY_AFTER);
  return refused;
});
