import { z } from "zod";
import { faultWords } from "@/lib/audit/chain.ts";
import { json } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { verifyRecord } from "@/lib/store/audit.ts";

/** Follows the whole record. `problem` is there when something is wrong; `message` says what is, or what to note. */
export const POST = handler("POST /api/audit/verification", { input: z.strictObject({}) }, async () => {
  const { fault, head } = await verifyRecord();
  if (fault) return json(200, { problem: fault.kind, message: `操作记录有问题：${faultWords(fault)}` });
  return json(200, {
    message: `操作记录完好，共 ${head.sequence} 条。请抄存末条的序号和校验值，供以后核对：${head.sequence}:${head.hash}`,
  });
});
