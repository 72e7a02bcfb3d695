"use client";

import { useState } from "react";
import { TextButton } from "@/components/ui/button.tsx";
import { CHECK, StepLink } from "./navigation.tsx";
import { useReportContext } from "./report-provider.tsx";
import { StepList } from "./step-list.tsx";
import styles from "./step-view.module.css";
import { useSteps } from "./use-report.ts";

/** The way to every step. Where it stands above the form instead of beside it, the list is folded. */
export function StepNav({ current }: { current: string }) {
  const { ready } = useReportContext();
  const [isOpen, setOpen] = useState(false);
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
      <span className={styles.fold}>
        <TextButton disabled={!ready} aria-expanded={isOpen} aria-controls="steps" onClick={() => setOpen(!isOpen)}>
          {isOpen ? "收起各步" : "列出各步"}
        </TextButton>
      </span>
      <div id="steps" className={styles.steps} data-open={isOpen || undefined}>
        <StepList steps={steps} current={current} />
      </div>
      <StepLink step={CHECK} className={styles.overviewLink}>
        校验与下载
      </StepLink>
    </nav>
  );
}
