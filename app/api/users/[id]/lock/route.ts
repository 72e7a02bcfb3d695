import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { unlockUser } from "@/lib/auth/user-administration.ts";

/** Lets somebody try again who was locked after too many failures. */
export const DELETE = handler("DELETE /api/users/[id]/lock", {}, async ({ actor, params }) =>
  (await unlockUser(actor, params.id)) ? json(200, {}) : refusal(404, "没有这个用户。"),
);
