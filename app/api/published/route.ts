import { json } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { readPublished } from "@/lib/store/workflow.ts";

/** What an agency, by its name, has published of a year, as far as it is hers to read; else an empty answer. */
export const GET = handler("GET /api/published", {}, async ({ actor, request }) => {
  const { searchParams } = new URL(request.url);
  const published = await readPublished(actor, searchParams.get("name") ?? "", Number(searchParams.get("year")));
  return json(200, published ? { published } : {});
});
