import type { Metadata } from "next";
import { ReportView } from "@/components/report/report-view.tsx";
import { page } from "@/lib/auth/page.ts";
import { titleOf } from "@/lib/report/compose.ts";
import { reportOfPage } from "./report.ts";

type MetadataProps = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: MetadataProps): Promise<Metadata> {
  const { stored, format } = await reportOfPage((await params).id);
  return { title: titleOf(format, stored.report) };
}

/** The task list of a report. */
export default page("GET /reports/[id]", async () => <ReportView />);
