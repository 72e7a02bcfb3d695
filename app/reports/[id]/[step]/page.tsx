import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { stepTitle } from "@/components/report/places.ts";
import { ReportView } from "@/components/report/report-view.tsx";
import { stepsOf } from "@/lib/checks/progress.ts";
import { reportOfPage } from "../report.ts";

type PageProps = { params: Promise<{ id: string; step: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { id, step } = await params;
  const { format } = await reportOfPage(id);
  const steps = stepsOf(format);
  return steps.includes(step) ? { title: stepTitle(format, steps, step) } : {};
}

/** One step of the guided form. */
export default async function ReportStep({ params }: PageProps) {
  const { id, step } = await params;
  const { format } = await reportOfPage(id);
  if (!stepsOf(format).includes(step)) notFound();
  return <ReportView />;
}
