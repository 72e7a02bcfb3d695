import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { batches } from "@/lib/export/batches.ts";
import { downloadKinds } from "@/lib/export/kinds.ts";
import { listReports } from "@/lib/store/reports.ts";
import { savedReport } from "./saved-report.ts";

const input = z.strictObject({
  years: z.array(z.int()).min(1, { error: "请选择要下载的年度。" }).max(100),
  kinds: z.array(z.enum(downloadKinds)).min(1, { error: "请选择要下载的文件种类。" }).max(downloadKinds.length),
});

/** Begins to make one ZIP of several reports and kinds of file. Answers at once, with its id. */
export const POST = handler("POST /api/batches", { input }, async ({ actor, input: { years, kinds } }) => {
  const reports = (await listReports(actor)).filter(({ report }) => years.includes(report.year));
  const order = {
    title: `${actor.organisation.name}年度报告`,
    kinds: downloadKinds.filter((kind) => kinds.includes(kind)),
    reports: reports.map(({ id, report: { year } }) => ({
      name: `${year}年`,
      read: () => savedReport(actor, id, kinds),
    })),
  };
  const started = batches().start(actor.organisation.id, order);
  return started.ok ? json(202, { id: started.id }) : refusal(409, started.message);
});
