import type { Metadata } from "next";
import { ReportView } from "@/components/report/report-view.tsx";
import { page } from "@/lib/auth/page.ts";

export const metadata: Metadata = { title: "校验与下载" };

/** The page before the downloads: everything that is still to be mended. */
export default page("GET /reports/[id]/check", async () => <ReportView />);
