import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { newPassword } from "@/lib/auth/fields.ts";
import { handler } from "@/lib/auth/handler.ts";
import { changePassword } from "@/lib/auth/own-password.ts";
import { renewSession } from "@/lib/auth/session.ts";

const input = z.strictObject({
  current: z.string({ error: "请填写现在的密码。" }).min(1, { error: "请填写现在的密码。" }).max(1000),
  password: newPassword,
});

/** Takes another password. All other sessions of hers end, and this one gets a new token. */
export const POST = handler("POST /api/account/password", { input }, async ({ actor, session, input, request }) => {
  const fault = await changePassword(actor, session.id, input);
  return fault ? refusal(422, fault) : renewSession(request, session, json(200, {}));
});
