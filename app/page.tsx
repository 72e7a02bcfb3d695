import { redirect } from "next/navigation";
import { page } from "@/lib/auth/page.ts";
import { isAllowed } from "@/lib/auth/routes.ts";

/** Where whoever is logged in has something to do: her own reports, those of the units below, or what else she looks after. */
export default page("GET /", async ({ actor: { roles } }) => {
  const writesNone = !roles.some((role) => role === "clerk" || role === "reviewer" || role === "signatory");
  if (writesNone && isAllowed("GET /overview", roles)) redirect("/overview");
  const places = ["/reports", "/audit", "/administration"] as const;
  redirect(places.find((place) => isAllowed(`GET ${place}`, roles)) ?? "/account");
});
