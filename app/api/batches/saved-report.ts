import type { DownloadKind } from "@/lib/export/kinds.ts";
import { readLastYear, readReport } from "@/lib/store/reports.ts";
import { requirementsFor } from "@/lib/store/requirements.ts";
import { readRegionSum } from "@/lib/store/rollup.ts";
import { formatById } from "@/templates/index.ts";

/** A report as it is saved by now, with all that its files depend on; undefined when it is gone. */
export async function savedReport(actor: Parameters<typeof readReport>[0], id: string, kinds: readonly DownloadKind[]) {
  const stored = await readReport(actor, id);
  const format = stored && formatById(stored.report.format);
  if (!format) return undefined;
  const { report, version, savedAt, organisationId } = stored;
  const isPacked = kinds.includes("pack");
  const requirements = isPacked ? await requirementsFor(actor, organisationId) : [];
  const rollup = isPacked ? await readRegionSum(actor, format, stored) : undefined;
  const lastYear = await readLastYear(actor, id);
  const beside = { requirements, ...(lastYear && { lastYear }), ...(rollup && { rollup }) };
  return { format, report, saved: { version, savedAt }, ...beside };
}
