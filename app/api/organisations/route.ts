import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { organisationName } from "@/lib/auth/fields.ts";
import { handler } from "@/lib/auth/handler.ts";
import { createOrganisation } from "@/lib/store/organisations.ts";
import { organisationKinds } from "@/lib/workflow/organisation-kinds.ts";

const input = z.strictObject({
  name: organisationName,
  kind: z.enum(organisationKinds, { error: "请选择单位类别。" }),
  parentId: z.string({ error: "请选择上级单位。" }),
});

/** Adds an organisation below another one. */
export const POST = handler("POST /api/organisations", { input }, async ({ actor, input }) => {
  const made = await createOrganisation(actor, input);
  switch (made.kind) {
    case "created":
      return json(201, { id: made.id });
    case "taken":
      return refusal(409, "已经有这个名称的单位。");
    case "absent":
      return refusal(404, "没有这个单位。");
  }
});
