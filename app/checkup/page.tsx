import type { Metadata } from "next";
import { CheckupView } from "@/components/checkup/checkup-view.tsx";
import { page } from "@/lib/auth/page.ts";
import { isAllowed } from "@/lib/auth/routes.ts";
import { requirementsFor } from "@/lib/store/requirements.ts";

export const metadata: Metadata = { title: "年报体检" };

/** Finished reports of anybody are checked here; nothing of them is stored. */
export default page("GET /checkup", async ({ actor }) => (
  <CheckupView requirements={await requirementsFor(actor)} mayCompare={isAllowed("GET /api/published", actor.roles)} />
));
