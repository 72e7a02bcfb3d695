import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { moveReport } from "@/lib/store/workflow.ts";
import { actions } from "@/lib/workflow/transitions.ts";
import { refusalWords } from "@/lib/workflow/words.ts";
import { LONGEST_MOVE_REASON } from "@/lib/workflow/workflow.ts";
import { isCovered } from "@/templates/document/fonts.ts";

const reason = z
  .string()
  .max(LONGEST_MOVE_REASON, { error: `理由最多 ${LONGEST_MOVE_REASON} 个字。` })
  .regex(/^(?:[^\p{Cc}]|[\n\r\t])*$/u, { error: "理由中有不能使用的控制字符。" });
const publication = z.strictObject({
  date: z.iso.date({ error: "请填写公开日期。" }),
  address: z
    .url({ protocol: /^https?$/, error: "网址应以 http:// 或者 https:// 开头。" })
    .max(500, { error: "网址最多 500 个字符。" })
    .optional(),
});
const input = z.strictObject({
  action: z.enum(actions),
  version: z.int().min(1),
  reason: reason.optional(),
  publication: publication.optional(),
});

/** Does one of the things with a report that the table of transitions allows. Answers with the receipt. */
export const POST = handler("POST /api/reports/[id]/moves", { input }, async ({ actor, params, input: order }) => {
  const result = await moveReport(actor, params.id, order, isCovered);
  switch (result.kind) {
    case "moved":
      return json(200, { standing: result.standing, receipt: result.transition });
    case "stale":
      return refusal(409, "报告在别处有更新的内容。请刷新页面，核对后再操作。");
    case "untimely":
      return refusal(409, refusalWords(result));
    case "forbidden":
      return refusal(403, refusalWords(result));
    case "obstructed":
      return refusal(422, refusalWords(result), { obstacles: result.obstacles });
    case "absent":
      return refusal(404, "没有这份报告。");
  }
});
