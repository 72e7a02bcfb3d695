import { json, refusal } from "@/lib/auth/answers.ts";
import { fileBody } from "@/lib/auth/body.ts";
import { handler } from "@/lib/auth/handler.ts";
import { applyImport, type ImportPlan, planImport } from "@/lib/auth/unit-import.ts";
import { readRowsUntrusted } from "@/lib/import/read-untrusted.ts";

const body = fileBody(5 * 1024 * 1024);

/** Says what an import of the table would add, and what is wrong in which line. Nothing is stored. */
export const POST = handler("POST /api/unit-imports", { body }, async ({ actor, input: file }) =>
  planned(actor, file, async ({ problems, units, users, known }) =>
    json(200, { problems, units: units.length, users: users.length, known }),
  ),
);

/** Adds what is new in the table, a number of users at a time; their first passwords are shown this once. */
export const PUT = handler("PUT /api/unit-imports", { body }, async ({ actor, input: file }) =>
  planned(actor, file, async (plan) => {
    const result = await applyImport(actor, plan);
    if (result.kind === "added") return json(200, { added: result.users, left: result.left });
    return refusal(422, "表格里有错误，没有导入。", { problems: result.problems });
  }),
);

type Administrator = Parameters<typeof planImport>[0];

async function planned(
  actor: Administrator,
  file: Uint8Array,
  answer: (plan: ImportPlan) => Promise<Response>,
): Promise<Response> {
  const read = await readRowsUntrusted(file);
  if (!read.ok) return refusal(read.problem === "busy" ? 503 : 422, read.reason);
  return answer(await planImport(actor, read.rows));
}
