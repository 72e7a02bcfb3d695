"use client";

import { useEffect } from "react";
import { TextButton } from "@/components/ui/button.tsx";
import { later, useLater } from "@/components/ui/later.ts";
import { stepsOf } from "@/lib/checks/progress.ts";
import { CheckView } from "./check-view.tsx";
import { restoreDraft } from "./draft-file.tsx";
import { CHECK, useStep } from "./navigation.tsx";
import { Overview } from "./overview.tsx";
import { textEditor } from "./prose-form.tsx";
import { useReportContext } from "./report-provider.tsx";
import styles from "./report-view.module.css";
import { StepView, textPanels } from "./step-view.tsx";

/** After so long the page has all it needs itself (milliseconds). */
const REST = 3_000;

/**
 * The task list or a step, as the address says. Both pages of the app render this, because steps are changed in the
 * browser without asking the server for another page.
 */
export function ReportView() {
  const { draft, pagesShown } = useReportContext();
  const step = useStep();
  // All of a report is there without a network, too; what is opened before its part is here says so itself.
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const part of [textEditor, textPanels, restoreDraft]) part.load().catch(() => undefined);
    }, REST);
    return () => clearTimeout(timer);
  }, []);
  if (step === CHECK) return <CheckView />;
  if (!stepsOf(draft.format).includes(step)) return <Overview />;
  return (
    <div className={styles.desk} data-pages={pagesShown || undefined}>
      <StepView key={step} step={step} />
      {pagesShown && (
        <div className={styles.pages}>
          <PagesBeside step={step} />
        </div>
      )}
    </div>
  );
}

/** Who only fills in does not pay for the pages. */
const pagesPanel = later(async () => (await import("./pages/pages-panel.tsx")).PagesPanel);

function PagesBeside({ step }: { step: string }) {
  const { part: Panel, failed, retry } = useLater(pagesPanel);
  if (Panel) return <Panel step={step} />;
  if (!failed) return null;
  return (
    <p role="alert">
      版面预览没有载入，请检查网络。
      <TextButton onClick={retry}>重试</TextButton>
    </p>
  );
}
