import { z } from "zod";
import { renderedAnswer } from "@/app/api/rendered-answer.ts";
import { refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { download } from "@/lib/export/download.ts";
import { downloadKinds } from "@/lib/export/kinds.ts";
import { readLastYear, readReport, recordExport } from "@/lib/store/reports.ts";
import { requirementsFor } from "@/lib/store/requirements.ts";
import { readRegionSum } from "@/lib/store/rollup.ts";
import { readEdition, readWorkflow } from "@/lib/store/workflow.ts";
import { handsOf, handsOfEdition } from "@/lib/workflow/history.ts";
import { isOpen, type Standing } from "@/lib/workflow/workflow.ts";
import { formatById } from "@/templates/index.ts";

const kinds = z.enum(downloadKinds);
/** Of which published edition; without it the report as it stands. */
const editions = z.coerce.number().int().min(1).optional();

/** The report as a file to download. */
export const GET = handler("GET /reports/[id]/export/[kind]", {}, async ({ actor, params, request }) => {
  const kind = kinds.safeParse(params.kind);
  const edition = editions.safeParse(new URL(request.url).searchParams.get("edition") ?? undefined);
  const found = edition.success ? await reportToExport(actor, params.id, edition.data) : undefined;
  const format = found && formatById(found.content.report.format);
  if (!kind.success || !format) return refusal(404, "没有这份报告，或者不能导出为这种文件。");
  const isPack = kind.data === "pack";
  const requirements = isPack ? await requirementsFor(actor, found.organisationId) : [];
  const isHeld = isPack && found.isPresent;
  const rollup = isHeld ? await readRegionSum(actor, format, { ...found, report: found.content.report }) : undefined;
  const beside = { requirements, ...(rollup && { rollup }) };
  const rendered = await download(actor.organisation.id, { format, ...beside, ...found.content }, kind.data);
  if (rendered.kind === "file") await recordExport(actor, params.id, kind.data);
  return renderedAnswer(rendered);
});

async function reportToExport(actor: Parameters<typeof readReport>[0], id: string, edition: number | undefined) {
  const [stored, workflow] = await Promise.all([readReport(actor, id), readWorkflow(actor, id)]);
  const content = edition === undefined ? stored : await readEdition(actor, id, edition);
  if (!stored || !workflow || !content) return undefined;
  const { report, version, savedAt } = content;
  const made = edition === undefined ? handsOf(workflow.transitions) : handsOfEdition(workflow.transitions, edition);
  const hands = made.map(({ action, userName, at }) => ({ action, userName, at }));
  const present = isPresent(edition, workflow.standing);
  const lastYear = present ? await readLastYear(actor, id) : undefined;
  const saved = { version, savedAt, hands };
  const { organisationId } = stored;
  return { organisationId, isPresent: present, content: { report, saved, ...(lastYear && { lastYear }) } };
}

/**
 * Last year's report and the sum of the region may have changed since an earlier edition was published: that one is not held
 * against them.
 */
const isPresent = (edition: number | undefined, standing: Standing): boolean =>
  edition === undefined || (edition === standing.edition && !isOpen(standing));
