import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { settleRemark } from "@/lib/store/remarks.ts";
import { LONGEST_ANSWER } from "@/lib/workflow/remarks.ts";

const answer = z
  .string()
  .trim()
  .max(LONGEST_ANSWER, { error: `处理说明最多 ${LONGEST_ANSWER} 个字。` })
  .regex(/^(?:[^\p{Cc}]|[\n\r\t])*$/u, { error: "处理说明中有不能使用的控制字符。" });
const input = z.strictObject({ settled: z.boolean(), answer: answer.optional() });

/** Ticks a remark off, or takes that back. */
export const PATCH = handler(
  "PATCH /api/reports/[id]/remarks/[remark]",
  { input },
  async ({ actor, params, input: { settled, answer } }) => {
    const result = await settleRemark(
      actor,
      params.id,
      params.remark,
      settled ? { answer: answer || undefined } : undefined,
    );
    switch (result.kind) {
      case "done":
        return json(200, { id: result.id });
      case "forbidden":
        return refusal(403, "这条意见现在不能由您处理。");
      default:
        return refusal(404, "没有这条意见。");
    }
  },
);
