"use client";

import { lazy, Suspense, useEffect } from "react";
import { stepsOf } from "@/lib/checks/progress.ts";
import { useStep } from "./navigation.tsx";
import { Overview } from "./overview.tsx";
import { loadTextEditor } from "./prose-form.tsx";
import { useReportContext } from "./report-provider.tsx";
import styles from "./report-view.module.css";
import { StepView } from "./step-view.tsx";

/** Loaded when it is first shown: nobody who types only pays for it. */
const PagesPanel = lazy(() => import("./pages/pages-panel.tsx"));

/** After so long the page has all it needs itself (milliseconds). */
const REST = 3_000;

/**
 * The task list or a step, as the address says. Both pages of the app render this, because steps are changed in the
 * browser without asking the server for another page.
 */
export function ReportView() {
  const { draft, pagesShown } = useReportContext();
  const step = useStep();
  // Steps are shown without a network, too; a text that is opened before its editor is here says so itself.
  useEffect(() => {
    const timer = setTimeout(() => loadTextEditor().catch(() => undefined), REST);
    return () => clearTimeout(timer);
  }, []);
  if (!stepsOf(draft.format).includes(step)) return <Overview />;
  return (
    <div className={styles.desk} data-pages={pagesShown || undefined}>
      <StepView key={step} step={step} />
      {pagesShown && (
        <div className={styles.pages}>
          <Suspense fallback={null}>
            <PagesPanel step={step} />
          </Suspense>
        </div>
      )}
    </div>
  );
}
