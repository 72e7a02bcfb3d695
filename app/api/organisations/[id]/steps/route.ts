import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { changeSteps } from "@/lib/store/organisations.ts";
import { optionalSteps } from "@/lib/workflow/transitions.ts";

const input = z.strictObject({ skipped: z.array(z.enum(optionalSteps)).max(optionalSteps.length) });

/** Says which steps of the workflow an organisation does without. */
export const PUT = handler(
  "PUT /api/organisations/[id]/steps",
  { input },
  async ({ actor, params, input: { skipped } }) =>
    (await changeSteps(actor, params.id, [...new Set(skipped)])) === "changed"
      ? json(200, {})
      : refusal(404, "没有这个单位。"),
);
