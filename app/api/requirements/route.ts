import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { parseRequirements } from "@/lib/checks/requirement-pack.ts";
import { putPack } from "@/lib/store/requirements.ts";
import { formats } from "@/templates/index.ts";

/** The sections of text that a pack can speak of. */
const sections = [
  ...new Set(formats.flatMap((format) => format.sections.filter(({ kind }) => kind === "prose").map(({ id }) => id))),
];

/** Lays local requirements down for one's organisation and all below it; those of the same name are replaced. */
export const POST = handler("POST /api/requirements", { input: z.unknown() }, async ({ actor, input }) => {
  const parsed = parseRequirements(input, sections);
  if (!parsed.ok) return refusal(422, `这不是地方要求文件，没有放入：${parsed.problems.join("")}`);
  await putPack(actor, parsed.pack);
  return json(201, {});
});
