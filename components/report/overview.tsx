"use client";

import { Notice } from "@/components/ui/notice.tsx";
import { Card } from "@/components/ui/page.tsx";
import { RemarksPanel } from "@/components/workflow/remarks-panel.tsx";
import { WorkflowCard } from "@/components/workflow/workflow-card.tsx";
import { stepOf } from "@/lib/checks/progress.ts";
import { titleOf } from "@/lib/report/compose.ts";
import { DeadlineNotice } from "./deadline-notice.tsx";
import { Downloads } from "./downloads.tsx";
import { DraftFiles } from "./draft-file.tsx";
import { FindingsPanel } from "./findings-panel.tsx";
import { CHECK, StepLink, useArrival } from "./navigation.tsx";
import styles from "./overview.module.css";
import { RegionSumLink } from "./preview-link.tsx";
import { useReportContext } from "./report-provider.tsx";
import { StepList, type StepStanding } from "./step-list.tsx";
import { useFindings, useReport, useSteps } from "./use-report.ts";

/** The task list: what is to be done, how far it is, what the checks say, and the finished documents. */
export function Overview() {
  const { draft, deadline, workflow, rollup, editable } = useReportContext();
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
        {rollup && editable && (
          <Notice>
            这是本级报告，统计表应为下级单位的汇总。
            <RegionSumLink />
          </Notice>
        )}
        {isUnderway && <WorkflowCard />}
        <Card aria-label="任务清单">
          <h2 className={styles.heading}>
            任务清单
            <span className={styles.progress}>
              已完成 {done}/{steps.length}
            </span>
          </h2>
          <progress value={done} max={steps.length} aria-label="填写进度" />
          <TaskList steps={steps} />
          <StepLink step={CHECK} className={editable ? styles.check : styles.download}>
            校验与下载{editable && "：把要处理的问题集中看一遍"}
          </StepLink>
        </Card>
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

function TaskList({ steps }: { steps: readonly StepStanding[] }) {
  const { draft } = useReportContext();
  const findings = useFindings();
  const errorsIn = (step: string) =>
    findings.filter(({ severity, at }) => severity === "error" && stepOf(draft.format, at) === step).length;
  const told = steps.map((each) => {
    const errors = errorsIn(each.step);
    return errors > 0 ? { ...each, note: `${errors} 处错误` } : each;
  });
  return <StepList steps={told} />;
}
