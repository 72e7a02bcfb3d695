"use client";

import { stepsOf } from "@/lib/checks/progress.ts";
import { useStep } from "./navigation.tsx";
import { Overview } from "./overview.tsx";
import { useReportContext } from "./report-provider.tsx";
import { StepView } from "./step-view.tsx";

/**
 * The task list or a step, as the address says. Both pages of the app render this, because steps are changed in the
 * browser without asking the server for another page.
 */
export function ReportView() {
  const { draft } = useReportContext();
  const step = useStep();
  return stepsOf(draft.format).includes(step) ? <StepView key={step} step={step} /> : <Overview />;
}
