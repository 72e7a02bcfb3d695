import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { displayName, memberships, username } from "@/lib/auth/fields.ts";
import { handler } from "@/lib/auth/handler.ts";
import { addUser, rolesFault } from "@/lib/auth/user-administration.ts";

const input = z.strictObject({
  organisationId: z.string({ error: "请选择单位。" }),
  username,
  name: displayName,
  memberships,
});

/** Adds a user; the answer holds her first password, which is to be changed at once and cannot be seen again. */
export const POST = handler("POST /api/users", { input }, async ({ actor, input }) => {
  const fault = rolesFault(input.memberships);
  if (fault) return refusal(422, fault);
  const made = await addUser(actor, input);
  switch (made.kind) {
    case "created":
      return json(201, { id: made.id, password: made.password });
    case "taken":
      return refusal(409, "用户名已经有人使用，请换一个，例如在后面加单位简称。");
    case "absent":
      return refusal(404, "没有这个单位。");
  }
});
