import { notFound } from "next/navigation";
import type { visitor } from "@/lib/auth/page.ts";
import { readProgress } from "@/lib/store/overview.ts";
import { readSent } from "@/lib/store/rollup.ts";
import { stageNames, stageOf } from "@/lib/workflow/stages.ts";
import { formatForYear } from "@/templates/index.ts";

type Actor = Awaited<ReturnType<typeof visitor>>["actor"];

/** What a region's sum of a year is made of: the units that handed their reports in, by name, and the others. */
export async function totalsOf(actor: Actor, year: number) {
  const format = formatForYear(year);
  if (!format) notFound();
  const progress = await readProgress(actor, year);
  const sent = new Map((await readSent(actor, format, year)).map((report) => [report.organisationId, report]));
  const units = progress.flatMap(({ organisation: { id, name } }) => {
    const report = sent.get(id);
    return report ? [{ id: report.id, name, tables: report.tables }] : [];
  });
  const missing = progress
    .filter(({ organisation }) => !sent.has(organisation.id))
    .map(({ organisation: { name }, report }) => ({ name, why: stageNames[stageOf(report?.standing)] }));
  return { format, units, missing };
}
