import { z } from "zod";
import { renderedAnswer } from "@/app/api/rendered-answer.ts";
import { refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { download } from "@/lib/export/download.ts";
import { downloadKinds } from "@/lib/export/kinds.ts";
import { readReport } from "@/lib/store/reports.ts";
import { requirementsFor } from "@/lib/store/requirements.ts";
import { formatById } from "@/templates/index.ts";

const kinds = z.enum(downloadKinds);

/** The report as a file to download. */
export const GET = handler("GET /reports/[id]/export/[kind]", {}, async ({ actor, params }) => {
  const kind = kinds.safeParse(params.kind);
  const stored = await readReport(actor, params.id);
  const format = stored && formatById(stored.report.format);
  if (!kind.success || !format) return refusal(404, "没有这份报告，或者不能导出为这种文件。");
  const { report, version, savedAt } = stored;
  const requirements = kind.data === "pack" ? await requirementsFor(actor, stored.organisationId) : [];
  return renderedAnswer(
    await download(actor.organisation.id, { format, report, saved: { version, savedAt }, requirements }, kind.data),
  );
});
