import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { createReport } from "@/lib/store/reports.ts";

const input = z.strictObject({ year: z.int({ error: "年度应为整数，例如 2024。" }) });

/** Starts the report of a year. */
export const POST = handler("POST /api/reports", { input }, async ({ actor, input: { year } }) => {
  const result = await createReport(actor, year);
  switch (result.kind) {
    case "created":
      return json(201, { id: result.id });
    case "exists":
      return refusal(409, `${year}年度报告已经建立。`, { id: result.id });
    case "uncovered":
      return refusal(422, `没有适用于${year}年度的报告格式。`);
  }
});
