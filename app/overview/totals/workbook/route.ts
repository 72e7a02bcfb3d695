import { refusal, workbook } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { fileName } from "@/lib/export/file-name.ts";
import { totalsWorkbook } from "@/lib/export/totals-workbook.ts";
import { formatForYear } from "@/templates/index.ts";
import { signatureOf, totalsOf } from "../totals.ts";

/** The sum of the region as a workbook with formulas. */
export const GET = handler("GET /overview/totals/workbook", {}, async ({ actor, request }) => {
  const year = Number(new URL(request.url).searchParams.get("year"));
  if (!formatForYear(year)) return refusal(422, "没有适用于这一年度的格式。");
  const { format, units, missing, adjustments } = await totalsOf(actor, year);
  const signed = adjustments.map((one) => ({ ...one, signed: signatureOf(one) }));
  const name = fileName(`${actor.organisation.name}下级单位${year}年度报告汇总`, "xlsx");
  return workbook(name, await totalsWorkbook(format, units, missing, signed));
});
