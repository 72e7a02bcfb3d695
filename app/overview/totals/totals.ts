import { notFound } from "next/navigation";
import type { visitor } from "@/lib/auth/page.ts";
import { listAdjustments, type StoredAdjustment } from "@/lib/store/adjustments.ts";
import { readProgress } from "@/lib/store/overview.ts";
import { readSent } from "@/lib/store/rollup.ts";
import { stageNames, stageOf } from "@/lib/workflow/stages.ts";
import { formatForYear } from "@/templates/index.ts";

type Actor = Awaited<ReturnType<typeof visitor>>["actor"];

/** What a region's sum of a year is made of: the units that handed their reports in, the others, and what was adjusted. */
export async function totalsOf(actor: Actor, year: number) {
  const format = formatForYear(year);
  if (!format) notFound();
  const progress = await readProgress(actor, year);
  const sent = new Map((await readSent(actor, format, year)).map((report) => [report.organisationId, report]));
  const units = progress.flatMap(({ organisation: { id, name } }) => {
    const report = sent.get(id);
    return report ? [{ id: report.id, organisationId: id, name, tables: report.tables }] : [];
  });
  const missing = progress
    .filter(({ organisation }) => !sent.has(organisation.id))
    .map(({ organisation: { name }, report }) => ({ name, why: stageNames[stageOf(report?.standing)] }));
  return { format, units, missing, adjustments: await listAdjustments(actor, format, year) };
}

/** Who wrote an adjustment down, and when. */
export const signatureOf = ({ userName, at }: StoredAdjustment): string => `${userName}，${day.format(at)}`;

const day = new Intl.DateTimeFormat("zh-CN", { dateStyle: "long", timeZone: "Asia/Shanghai" });
