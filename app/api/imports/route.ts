import { json, refusal } from "@/lib/auth/answers.ts";
import { fileBody } from "@/lib/auth/body.ts";
import { handler } from "@/lib/auth/handler.ts";
import { LARGEST_FILE } from "@/lib/import/kind.ts";
import { readUntrusted } from "@/lib/import/read-untrusted.ts";

/** Reads a report from a file, for a preview. Nothing is stored. */
export const POST = handler("POST /api/imports", { body: fileBody(LARGEST_FILE) }, async ({ input: file }) => {
  const result = await readUntrusted(file);
  if (!result.ok) return refusal(result.problem === "busy" ? 503 : 422, result.reason, { problem: result.problem });
  const { ok: _, format, ...read } = result;
  return json(200, { ...read, format: format.id });
});
