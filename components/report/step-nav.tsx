"use client";

import { stepName } from "@/lib/checks/place-names.ts";
import { CHECK, StepLink } from "./navigation.tsx";
import { useReportContext } from "./report-provider.tsx";
import { StepState } from "./step-state.tsx";
import styles from "./step-view.module.css";
import { useSteps } from "./use-report.ts";

/** The way to every step, each with its state. */
export function StepNav({ current }: { current: string }) {
  const { draft } = useReportContext();
  const steps = useSteps();
  const done = steps.filter(({ state }) => state === "done").length;
  return (
    <nav className={styles.nav} aria-label="填写步骤">
      <StepLink step="" className={styles.overviewLink}>
        任务清单
      </StepLink>
      <p className={styles.progress}>
        已完成 {done}/{steps.length}
      </p>
      <ol>
        {steps.map(({ step, state }) => (
          <li key={step}>
            <StepLink
              step={step}
              title={stepName(draft.format, step)}
              aria-current={step === current ? "step" : undefined}
            >
              <span>{stepName(draft.format, step)}</span>
              <StepState state={state} />
            </StepLink>
          </li>
        ))}
      </ol>
      <StepLink step={CHECK} className={styles.overviewLink}>
        校验与下载
      </StepLink>
    </nav>
  );
}
