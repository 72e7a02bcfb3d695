import { redirect } from "next/navigation";
import { page } from "@/lib/auth/page.ts";
import { isAllowed } from "@/lib/auth/routes.ts";

/** Where whoever is logged in has something to do. */
export default page("GET /", async ({ actor }) => {
  redirect(isAllowed("GET /reports", actor.roles) ? "/reports" : "/account");
});
