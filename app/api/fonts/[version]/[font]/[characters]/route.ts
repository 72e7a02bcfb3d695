import { refusal } from "@/lib/auth/answers.ts";
import { handler } from "@/lib/auth/handler.ts";
import { webFont } from "@/templates/document/web-fonts.ts";

/** Some characters of a font of the PDF, as a font file. */
export const GET = handler("GET /api/fonts/[version]/[font]/[characters]", { kept: true }, async ({ params }) => {
  const file = webFont(params.version, params.font, params.characters);
  if (file.kind !== "found") return refusal(file.kind === "unknown" ? 404 : 400, file.reason);
  return new Response(file.content as Uint8Array<ArrayBuffer>, {
    headers: { "content-type": "font/ttf", "x-content-type-options": "nosniff" },
  });
});
