import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { remind } from "@/lib/store/reminders.ts";
import { formatForYear } from "@/templates/index.ts";

const input = z.strictObject({
  year: z.int(),
  organisations: z.array(z.string()).min(1, { error: "请选择要催报的单位。" }).max(10_000),
});

/** Asks units for their reports of a year. Answers with how many were asked. */
export const POST = handler("POST /api/reminders", { input }, async ({ actor, input: { year, organisations } }) => {
  if (!formatForYear(year)) return refusal(422, "没有适用于这一年度的格式。");
  const reminded = await remind(actor, year, organisations);
  return reminded === "absent" ? refusal(404, "没有这个单位。") : json(200, { reminded });
});
