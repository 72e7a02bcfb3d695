import { refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { tableOf } from "@/templates/document/web-fonts.ts";

/**
 * Coverage and widths of the fonts, by which the browser lays out the pages of the PDF. The file itself is compressed:
 * Next drops the header by which a browser would know of a compressed answer.
 */
export const GET = handler("GET /api/fonts/[version]", { kept: true }, async ({ params }) => {
  const table = tableOf(params.version);
  if (table.kind !== "found") return refusal(404, table.reason);
  return new Response(table.content as Uint8Array<ArrayBuffer>, { headers: { "content-type": "application/gzip" } });
});
