import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { removePack } from "@/lib/store/requirements.ts";

/** Takes local requirements of one's organisation away. */
export const DELETE = handler("DELETE /api/requirements/[id]", {}, async ({ actor, params }) =>
  (await removePack(actor, params.id)) ? json(200, {}) : refusal(404, "没有这份地方要求，或者它不是本单位放入的。"),
);
