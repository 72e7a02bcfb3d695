import { handler } from "@/lib/auth/handler.ts";
import { fontsVersion } from "@/templates/document/web-fonts.ts";

/** Leads to the table of the fonts that are installed now. */
export const GET = handler(
  "GET /api/fonts",
  {},
  async () => new Response(null, { status: 307, headers: { location: `/api/fonts/${fontsVersion()}` } }),
);
