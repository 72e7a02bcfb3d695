import { z } from "zod";
import { json, refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import type { Passage } from "@/lib/report/report.ts";
import { readReport, type StoredReport, saveEdits } from "@/lib/store/reports.ts";
import { closedWords } from "@/lib/workflow/words.ts";

/** Whether a value fits its place is judged by the report's own schema, when the edit is made. */
const reason = z.strictObject({ finding: z.string(), text: z.string() });
const value = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.custom<Passage>()), reason]);
const input = z.strictObject({
  baseVersion: z.int().min(1),
  operationId: z.string().regex(/^[\w-]{8,64}$/),
  edits: z
    .array(z.strictObject({ path: z.string().max(200), value }))
    .min(1)
    .max(5000),
});

const absent = () => refusal(404, "没有这份报告。");
const content = ({ report, version, savedAt, standing }: StoredReport) => ({ report, version, savedAt, standing });

export const GET = handler("GET /api/reports/[id]", {}, async ({ actor, params }) => {
  const stored = await readReport(actor, params.id);
  return stored ? json(200, content(stored)) : absent();
});

/** Saves a handful of edits. */
export const PATCH = handler("PATCH /api/reports/[id]", { input }, async ({ actor, params, input: save }) => {
  const result = await saveEdits(actor, params.id, save);
  switch (result.kind) {
    case "saved":
      return json(200, { version: result.version, savedAt: result.savedAt });
    case "conflict":
      return refusal(409, "这份报告在别处有更新的内容，本次修改没有写入。", content(result.stored));
    case "refused":
      return refusal(422, result.message);
    case "closed":
      return refusal(409, closedWords(result.standing));
    case "absent":
      return absent();
  }
});
