"use client";

import { useRef } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Card, soft } from "@/components/ui/page.tsx";
import { SubmitCard, WorkflowCard } from "@/components/workflow/workflow-card.tsx";
import type { Finding, Severity } from "@/lib/checks/finding.ts";
import { stepOf, stepStates, stepsOf } from "@/lib/checks/progress.ts";
import { answeredCount } from "@/lib/checks/reasons.ts";
import styles from "./check-view.module.css";
import { Downloads } from "./downloads.tsx";
import { FindingsGroup } from "./findings-panel.tsx";
import { CHECK, StepLink, useArrival } from "./navigation.tsx";
import { useReportContext } from "./report-provider.tsx";
import { StepList } from "./step-list.tsx";
import { useAnswers, useFindingsToSubmit, useIsChecked } from "./use-report.ts";

const title = "校验与下载";
const groups: readonly { severity: Severity; name: string }[] = [
  { severity: "error", name: "错误：改好才能公布" },
  { severity: "warning", name: "需核实：改正，或写明情况" },
  { severity: "hint", name: "提示：供参考，可以不改" },
];

/** Everything that is to be mended before the report goes out, in one place, and below it the finished documents. */
export function CheckView() {
  const { ready, editable } = useReportContext();
  const findings = useFindingsToSubmit();
  const answers = useAnswers(findings);
  const isChecked = useIsChecked();
  const summary = useRef<HTMLElement>(null);
  useArrival(CHECK, title);
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <h1 tabIndex={-1}>{title}</h1>
        <Button disabled={!ready} onClick={() => summary.current?.focus()}>
          校验
        </Button>
        <StepLink step="">回到任务清单</StepLink>
      </header>
      <Card ref={summary} id="findings" tabIndex={-1} aria-labelledby="summary">
        <h2 id="summary" className={styles.summary} data-errors={countOf(findings, "error")}>
          {isChecked ? summaryOf(findings, answeredCount(answers)) : "正在校验……"}
        </h2>
        {findings.length > 0 && <p className={soft}>点一条，就到要改的那一格或那句话；改好后它会从这里消失。</p>}
        {groups.map(({ severity, name }) => (
          <FindingsGroup
            key={severity}
            severity={severity}
            name={name}
            findings={findings.filter((finding) => finding.severity === severity)}
            answers={answers}
          />
        ))}
      </Card>
      <Steps findings={findings} />
      <Card aria-label="承诺">
        <p className={styles.promise}>
          下载并报送、公布本报告，即表示：本单位已核对，内容真实、准确、完整，不含国家秘密、工作秘密和不应公开的个人信息。
        </p>
      </Card>
      {editable ? <SubmitCard /> : <WorkflowCard />}
      <Downloads />
    </main>
  );
}

const countOf = (findings: readonly Finding[], severity: Severity): number =>
  findings.filter((finding) => finding.severity === severity).length;

/** What is to be done, in one line. */
function summaryOf(findings: readonly Finding[], { warnings, answered }: ReturnType<typeof answeredCount>): string {
  const errors = countOf(findings, "error");
  const open = warnings - answered;
  const told = [open > 0 && `${open} 项需核实`, answered > 0 && `${answered} 项已说明`].filter(Boolean).join("，");
  if (errors > 0) return `有 ${errors} 处错误要改正${told && `，${told}`}`;
  return told ? `没有错误，${told}` : "校验通过，没有要处理的问题";
}

/** Whether each step is complete, and the way to it. */
function Steps({ findings }: { findings: readonly Finding[] }) {
  const { draft, visited } = useReportContext();
  const { format } = draft;
  const states = stepStates(format, draft.state.report, findings, visited);
  const steps = stepsOf(format).map((step) => {
    const here = findings.filter((finding) => stepOf(format, finding.at) === step);
    const errors = countOf(here, "error");
    const warnings = countOf(here, "warning");
    const note = [errors > 0 && `${errors} 处错误`, warnings > 0 && `${warnings} 项需核实`].filter(Boolean).join("，");
    return { step, state: states[step] ?? "untouched", note };
  });
  return (
    <Card aria-label="各步完成情况">
      <h2>各步完成情况</h2>
      <StepList steps={steps} />
    </Card>
  );
}
