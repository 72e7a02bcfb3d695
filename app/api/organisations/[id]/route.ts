import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { organisationName } from "@/lib/auth/fields.ts";
import { handler } from "@/lib/auth/handler.ts";
import { changeOrganisation } from "@/lib/store/organisations.ts";
import { organisationKinds } from "@/lib/workflow/organisation-kinds.ts";

const input = z.strictObject({
  name: organisationName.optional(),
  kind: z.enum(organisationKinds, { error: "请选择单位类别。" }).optional(),
  parentId: z.string().optional(),
});

/** Changes what an organisation is called, what it is, and what it stands below. */
export const PATCH = handler("PATCH /api/organisations/[id]", { input }, async ({ actor, params, input }) => {
  const result = await changeOrganisation(actor, params.id, input);
  switch (result) {
    case "changed":
      return json(200, {});
    case "taken":
      return refusal(409, "已经有这个名称的单位。");
    case "misplaced":
      return refusal(409, "单位不能移到自己或自己的下级之下。");
    case "absent":
      return refusal(404, "没有这个单位。");
  }
});
