import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { productName } from "@/app/product.ts";
import { deadlineWords } from "@/components/report/deadline.ts";
import { ReportBar } from "@/components/report/report-bar.tsx";
import { ReportProvider } from "@/components/report/report-provider.tsx";
import { dayInChina } from "@/lib/report/day.ts";
import { listRemarks } from "@/lib/store/remarks.ts";
import { readLastYear } from "@/lib/store/reports.ts";
import { requirementsFor } from "@/lib/store/requirements.ts";
import { readRegionSum } from "@/lib/store/rollup.ts";
import { readWorkflow } from "@/lib/store/workflow.ts";
import { reportOfPage } from "./report.ts";

type LayoutProps = { params: Promise<{ id: string }>; children: ReactNode };

/** Opens the report once; the draft in the browser lives as long as the clerk stays within it. */
export default async function ReportLayout({ params, children }: LayoutProps) {
  const { id } = await params;
  const { actor, stored, format } = await reportOfPage(id);
  const workflow = await readWorkflow(actor, id);
  if (!workflow) notFound();
  const { report, version, savedAt } = stored;
  const requirements = await requirementsFor(actor, stored.organisationId);
  const lastYear = await readLastYear(actor, id);
  const rollup = await readRegionSum(actor, format, stored);
  return (
    <ReportProvider
      key={id}
      id={id}
      owner={actor.user.id}
      signIn={{ username: actor.user.username, organisation: actor.organisation.id }}
      server={{ report, version, savedAt }}
      workflow={workflow}
      remarks={await listRemarks(actor, id)}
      requirements={requirements}
      deadline={deadlineWords(report, dayInChina(new Date()), requirements)}
      productName={productName}
      lastYear={lastYear?.report}
      rollup={rollup}
    >
      <ReportBar />
      {children}
    </ReportProvider>
  );
}
