import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { stepTitle } from "@/components/report/places.ts";
import { ReportView } from "@/components/report/report-view.tsx";
import { page } from "@/lib/auth/page.ts";
import { stepsOf } from "@/lib/checks/progress.ts";
import { reportOfPage } from "../report.ts";

type MetadataProps = { params: Promise<{ id: string; step: string }> };

export async function generateMetadata({ params }: MetadataProps): Promise<Metadata> {
  const { id, step } = await params;
  const { format } = await reportOfPage(id);
  const steps = stepsOf(format);
  return steps.includes(step) ? { title: stepTitle(format, steps, step) } : {};
}

/** One step of the guided form. */
export default page("GET /reports/[id]/[step]", async ({ params: { id, step } }) => {
  const { format } = await reportOfPage(id);
  if (!stepsOf(format).includes(step)) notFound();
  return <ReportView />;
});
