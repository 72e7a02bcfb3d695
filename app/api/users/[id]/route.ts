import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { displayName, memberships } from "@/lib/auth/fields.ts";
import { handler } from "@/lib/auth/handler.ts";
import { rolesFault } from "@/lib/auth/user-administration.ts";
import { changeUser } from "@/lib/store/users.ts";

const input = z.strictObject({
  name: displayName.optional(),
  organisationId: z.string().optional(),
  isDisabled: z.boolean().optional(),
  memberships: memberships.optional(),
});

/** Changes a user. Whoever is disabled or gets other roles has to log in again. */
export const PATCH = handler("PATCH /api/users/[id]", { input }, async ({ actor, params, input }) => {
  const fault = rolesFault(input.memberships ?? []);
  if (fault) return refusal(422, fault);
  const result = await changeUser(actor, params.id, input);
  switch (result) {
    case "changed":
      return json(200, {});
    case "self":
      return refusal(409, "不能停用自己，也不能取消自己的系统管理员角色。");
    case "absent":
      return refusal(404, "没有这个用户。");
  }
});
