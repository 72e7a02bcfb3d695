"use client";

import { RemarksPanel } from "@/components/workflow/remarks-panel.tsx";
import { WorkflowCard } from "@/components/workflow/workflow-card.tsx";
import { stepName } from "@/lib/checks/place-names.ts";
import { stepOf } from "@/lib/checks/progress.ts";
import { titleOf } from "@/lib/report/compose.ts";
import { DeadlineNotice } from "./deadline-notice.tsx";
import { Downloads } from "./downloads.tsx";
import { DraftFiles } from "./draft-file.tsx";
import { FindingsPanel } from "./findings-panel.tsx";
import { CHECK, StepLink, useArrival } from "./navigation.tsx";
import styles from "./overview.module.css";
import { useReportContext } from "./report-provider.tsx";
import { StepState } from "./step-state.tsx";
import { useFindings, useReport, useSteps } from "./use-report.ts";

/** The task list: what is to be done, how far it is, what the checks say, and the finished documents. */
export function Overview() {
  const { draft, deadline, workflow } = useReportContext();
  // Before that the way ahead can wait: the report has to be written first.
  const isUnderway = workflow.transitions.length > 0;
  const title = useReport((report) => titleOf(draft.format, report)) || "政府信息公开工作年度报告";
  const steps = useSteps();
  const done = steps.filter(({ state }) => state === "done").length;
  useArrival("", title);
  return (
    <div className={styles.frame}>
      <main className={styles.main}>
        <header>
          <h1 tabIndex={-1}>{title}</h1>
          <p className={styles.notice}>格式依据：{draft.format.notice}</p>
        </header>
        <DeadlineNotice words={deadline} />
        {isUnderway && <WorkflowCard />}
        <section className={styles.card} aria-label="任务清单">
          <h2>
            任务清单
            <span className={styles.progress}>
              已完成 {done}/{steps.length}
            </span>
          </h2>
          <progress className={styles.bar} value={done} max={steps.length} aria-label="填写进度" />
          <ol className={styles.tasks}>
            {steps.map(({ step, state }) => (
              <li key={step}>
                <StepLink step={step}>{stepName(draft.format, step)}</StepLink>
                <ErrorCount step={step} />
                <StepState state={state} />
              </li>
            ))}
          </ol>
          <StepLink step={CHECK} className={styles.check}>
            校验与下载：把要处理的问题集中看一遍
          </StepLink>
        </section>
        {!isUnderway && <WorkflowCard />}
        <Downloads />
        <DraftFiles />
      </main>
      <aside className={styles.side}>
        <RemarksPanel />
        <FindingsPanel />
      </aside>
    </div>
  );
}

function ErrorCount({ step }: { step: string }) {
  const { draft } = useReportContext();
  const findings = useFindings().filter((finding) => stepOf(draft.format, finding.at) === step);
  const errors = findings.filter((finding) => finding.severity === "error").length;
  return <span className={styles.errors}>{errors > 0 && `${errors} 个错误`}</span>;
}
