import type { Metadata } from "next";
import { ReportView } from "@/components/report/report-view.tsx";

export const metadata: Metadata = { title: "校验与下载" };

/** The page before the downloads: everything that is still to be mended. */
export default function ReportCheck() {
  return <ReportView />;
}
