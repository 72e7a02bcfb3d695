import { z } from "zod";
import { totalsOf } from "@/app/overview/totals/totals.ts";
import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { placeName } from "@/lib/checks/place-names.ts";
import { parseAdjustment } from "@/lib/report/adjustments.ts";
import { excessive } from "@/lib/report/rollup.ts";
import { makeAdjustment } from "@/lib/store/adjustments.ts";
import { formatForYear } from "@/templates/index.ts";

const input = z.strictObject({
  year: z.int(),
  /** The organisation whose figure is corrected. */
  unit: z.string(),
  cell: z.string(),
  delta: z.string().max(60),
  reason: z.string(),
});

/** Corrects a figure of a unit in the sum of one's region. Answers with the adjustment's id. */
export const POST = handler("POST /api/adjustments", { input }, async ({ actor, input: { year, unit, ...typed } }) => {
  if (!formatForYear(year)) return refusal(422, "没有适用于这一年度的格式。");
  const { format, units, adjustments } = await totalsOf(actor, year);
  const summed = units.find(({ organisationId }) => organisationId === unit);
  if (!summed) return refusal(404, "没有登记：这个单位的报告没有计入汇总。");
  const parsed = parseAdjustment(format, { ...typed, unit: summed.name });
  if (!parsed.ok) return refusal(422, `没有登记：${parsed.problems.join("")}`);
  const { adjustment } = parsed;
  const isExcessive = excessive(format, units, [...adjustments, adjustment]).some(
    (one) => one.unit === adjustment.unit && one.cell === adjustment.cell,
  );
  if (isExcessive && Number(adjustment.delta) < 0) {
    const place = `${summed.name}的“${placeName(format, adjustment.cell)}”`;
    return refusal(409, `没有登记：${place}没有这么多，连同已登记的调整，减去以后小于 0。`);
  }
  const id = await makeAdjustment(actor, year, { ...adjustment, unit });
  return id === undefined ? refusal(404, "没有登记：这个单位的报告没有计入汇总。") : json(201, { id });
});
