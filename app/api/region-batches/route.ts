import { z } from "zod";
import { isIn, named, rowsOf, views } from "@/app/overview/rows.ts";
import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { batches } from "@/lib/export/batches.ts";
import { downloadKinds } from "@/lib/export/kinds.ts";
import { dayInChina } from "@/lib/report/day.ts";
import { readProgress } from "@/lib/store/overview.ts";
import { recordExport } from "@/lib/store/reports.ts";
import { regionOf } from "../batches/owners.ts";
import { savedReport } from "../batches/saved-report.ts";

const input = z.strictObject({
  year: z.int(),
  view: z.enum(views),
  name: z.string().max(100),
  kinds: z.array(z.enum(downloadKinds)).min(1, { error: "请选择要下载的文件种类。" }).max(downloadKinds.length),
});

/** Begins to make one ZIP of the reports of the units that the overview shows so, a folder for each unit. Each is put on record. */
export const POST = handler("POST /api/region-batches", { input }, async ({ actor, input: asked }) => {
  const { year, view, name } = asked;
  const rows = named(rowsOf(await readProgress(actor, year), year, dayInChina(new Date())), name);
  const kinds = downloadKinds.filter((kind) => asked.kinds.includes(kind));
  const order = {
    title: `${actor.organisation.name}下级单位${year}年度报告`,
    kinds,
    reports: rows
      .filter((row) => isIn(view, row))
      .flatMap(({ organisation, report }) =>
        report
          ? [
              {
                name: `${organisation.name}${year}年`,
                folder: organisation.name,
                read: async () => {
                  const saved = await savedReport(actor, report.id, kinds);
                  if (saved) await recordExport(actor, report.id, kinds.join(" "));
                  return saved;
                },
              },
            ]
          : [],
      ),
  };
  const started = batches().start(regionOf(actor), order);
  return started.ok ? json(202, { id: started.id }) : refusal(409, started.message);
});
