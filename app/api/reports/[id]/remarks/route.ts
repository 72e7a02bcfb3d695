import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { makeRemark } from "@/lib/store/remarks.ts";
import { LONGEST_QUOTE, LONGEST_REMARK } from "@/lib/workflow/remarks.ts";

const input = z.strictObject({
  place: z.string().max(200),
  quote: z.string().min(1).max(LONGEST_QUOTE).optional(),
  text: z
    .string()
    .trim()
    .min(1, { error: "请写明意见。" })
    .max(LONGEST_REMARK, { error: `意见最多 ${LONGEST_REMARK} 个字。` })
    .regex(/^(?:[^\p{Cc}]|[\n\r\t])*$/u, { error: "意见中有不能使用的控制字符。" }),
});

/** Hangs a remark on a place of a report. */
export const POST = handler("POST /api/reports/[id]/remarks", { input }, async ({ actor, params, input: remark }) => {
  const result = await makeRemark(actor, params.id, remark);
  switch (result.kind) {
    case "done":
      return json(201, { id: result.id });
    case "absent":
      return refusal(404, "没有这份报告。");
    case "forbidden":
      return refusal(403, "现在不能对这份报告提意见。");
    case "nowhere":
      return refusal(422, "报告中没有这个位置，请刷新页面后再试。");
  }
});
