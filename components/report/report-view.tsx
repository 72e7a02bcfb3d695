"use client";

import { type ComponentType, useCallback, useEffect, useState } from "react";
import { TextButton } from "@/components/ui/button.tsx";
import { stepsOf } from "@/lib/checks/progress.ts";
import { CheckView } from "./check-view.tsx";
import { CHECK, useStep } from "./navigation.tsx";
import { Overview } from "./overview.tsx";
import { loadTextEditor } from "./prose-form.tsx";
import { useReportContext } from "./report-provider.tsx";
import styles from "./report-view.module.css";
import { StepView } from "./step-view.tsx";

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

/** The pages are loaded when they are first shown: who only fills in does not pay for them. */
function PagesBeside({ step }: { step: string }) {
  const [Panel, setPanel] = useState<ComponentType<{ step: string }>>();
  const [failed, setFailed] = useState(false);
  const load = useCallback(() => {
    setFailed(false);
    import("./pages/pages-panel.tsx").then(
      ({ PagesPanel }) => setPanel(() => PagesPanel),
      () => setFailed(true),
    );
  }, []);
  useEffect(load, [load]);
  if (Panel) return <Panel step={step} />;
  if (!failed) return null;
  return (
    <p role="alert">
      版面预览没有载入，请检查网络。
      <TextButton onClick={load}>重试</TextButton>
    </p>
  );
}
