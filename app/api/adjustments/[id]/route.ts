import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { withdrawAdjustment } from "@/lib/store/adjustments.ts";

/** Takes an adjustment back. It stays on record. */
export const DELETE = handler("DELETE /api/adjustments/[id]", {}, async ({ actor, params }) =>
  (await withdrawAdjustment(actor, params.id)) ? json(200, {}) : refusal(404, "没有这项调整，或者它已经撤销。"),
);
