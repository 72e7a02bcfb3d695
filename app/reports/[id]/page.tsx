import type { Metadata } from "next";
import { ReportView } from "@/components/report/report-view.tsx";
import { titleOf } from "@/lib/report/compose.ts";
import { reportOfPage } from "./report.ts";

type PageProps = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { stored, format } = await reportOfPage((await params).id);
  return { title: titleOf(format, stored.report) };
}

/** The task list of a report. */
export default function ReportOverview() {
  return <ReportView />;
}
