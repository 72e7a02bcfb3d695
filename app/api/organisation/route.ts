import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { openHandler } from "@/lib/auth/handler.ts";
import { createOrganisation } from "@/lib/store/organisations.ts";

const input = z.strictObject({
  name: z
    .string({ error: "请填写单位名称。" })
    .trim()
    .min(1, { error: "请填写单位名称。" })
    .max(100, { error: "单位名称最多100个字。" })
    .regex(/^\P{Cc}*$/u, { error: "单位名称中有不能使用的控制字符。" }),
});

/** Names the organisation, once. */
export const POST = openHandler({ input }, async ({ input: { name } }) => {
  const result = await createOrganisation(name);
  return result.kind === "created" ? json(201, { id: result.id }) : refusal(409, "单位名称已经登记过。");
});
