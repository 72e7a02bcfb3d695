import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { endSession } from "@/lib/store/sessions.ts";

/** Ends a session of one's own, on another machine for instance. */
export const DELETE = handler("DELETE /api/sessions/[id]", {}, async ({ actor, params }) =>
  (await endSession(actor, params.id, "session.revoke")) ? json(200, {}) : refusal(404, "这次登录已经结束。"),
);
