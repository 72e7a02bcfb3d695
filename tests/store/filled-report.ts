import { changesBetween } from "../../lib/report/history.ts";
import type { Actor } from "../../lib/store/actor.ts";
import { createReport, readReport, saveEdits } from "../../lib/store/reports.ts";
import { sampleReport } from "../../templates/samples.ts";

/** Starts a report of the clerk's organisation and fills it in so that nothing is found in it. */
export async function filledReport(clerk: Actor): Promise<{ id: string; version: number }> {
  const { format, report } = sampleReport();
  const made = await createReport(clerk, report.year);
  const begun = made.kind === "created" && (await readReport(clerk, made.id));
  if (made.kind !== "created" || !begun) throw new Error(`creating a report answered ${made.kind}`);
  const edits = changesBetween(format, begun.report, report).map(({ path, after }) => ({ path, value: after }));
  const saved = await saveEdits(clerk, made.id, { baseVersion: 1, operationId: crypto.randomUUID(), edits });
  if (saved.kind !== "saved") throw new Error(`saving answered ${saved.kind}`);
  return { id: made.id, version: saved.version };
}
