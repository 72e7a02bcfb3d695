"use client";

import { useCallback, useState } from "react";
import { TextButton } from "@/components/ui/button.tsx";
import { later, useLater } from "@/components/ui/later.ts";
import { RemarksPanel } from "@/components/workflow/remarks-panel.tsx";
import { cellAddress } from "@/lib/checks/finding.ts";
import { stepName } from "@/lib/checks/place-names.ts";
import { stepsOf } from "@/lib/checks/progress.ts";
import { type Section, tableOf } from "@/lib/report/format.ts";
import { ClosingForm } from "./closing-form.tsx";
import { EndsPanel } from "./ends-panel.tsx";
import { FindingsPanel } from "./findings-panel.tsx";
import { GuidancePanel, type Line } from "./guidance-panel.tsx";
import { CHECK, StepLink, useArrival } from "./navigation.tsx";
import { OpeningForm } from "./opening-form.tsx";
import { stepTitle } from "./places.ts";
import { ProseForm, type ProseSection } from "./prose-form.tsx";
import { useReportContext } from "./report-provider.tsx";
import { StepNav } from "./step-nav.tsx";
import styles from "./step-view.module.css";
import { TableForm } from "./table-form.tsx";

/** One step of the guided form: the fields, what belongs into them, and what the checks say. */
export function StepView({ step }: { step: string }) {
  const { draft, target, editable } = useReportContext();
  const { format } = draft;
  const steps = stepsOf(format);
  const position = steps.indexOf(step);
  const section = format.sections.find((candidate) => candidate.id === step);
  const [line, setLine] = useState<Line>();
  const ask = useCallback(
    (asked: Line) => {
      setLine(asked);
      if (asked.row && asked.column) target.set({ place: cellAddress(step, asked.row, asked.column) });
    },
    [step, target],
  );
  useArrival(step, stepTitle(format, steps, step));
  return (
    <div className={styles.frame}>
      <StepNav current={step} />
      <main className={styles.main}>
        <header>
          <p className={styles.position}>
            第 {position + 1} 步，共 {steps.length} 步
          </p>
          <h1 tabIndex={-1}>{stepName(format, step)}</h1>
          {section?.kind === "table" && <p className={styles.askFor}>{section.ask}</p>}
          {!section && editable && <p className={styles.askFor}>{asks[step]}</p>}
        </header>
        <StepForm step={step} section={section} onAsk={ask} />
        <Neighbours steps={steps} position={position} />
      </main>
      <aside className={styles.side}>
        <RemarksPanel step={step} />
        {section?.kind === "table" && <GuidancePanel table={tableOf(format, section.id)} line={line} ask={askAside} />}
        {section?.kind === "prose" && <PanelsOfText section={section} />}
        {!section && editable && <EndsPanel step={step} />}
        <FindingsPanel step={step} />
      </aside>
    </div>
  );
}

/** Who fills in a table does not pay for what reads texts. */
export const textPanels = later(async () => (await import("./text-panels.tsx")).TextPanels);

function PanelsOfText({ section }: { section: ProseSection }) {
  const { part: Panels, failed, retry } = useLater(textPanels);
  if (Panels) return <Panels section={section} />;
  if (!failed) return null;
  return (
    <p role="alert">
      “写什么”没有载入，请检查网络。
      <TextButton onClick={retry}>重试</TextButton>
    </p>
  );
}

const askAside = "点选一个格子，或点行、列名称旁的“?”，这里说明该数字怎样统计。";
const asks: Record<string, string> = {
  opening: "先核对单位信息，标题、统计期限和开头随之生成；也可以直接修改。",
  closing: "核对署名，填写成文日期。",
};

type StepFormProps = { step: string; section: Section | undefined; onAsk: (line: Line) => void };

function StepForm({ step, section, onAsk }: StepFormProps) {
  const { draft } = useReportContext();
  if (section?.kind === "table") {
    return <TableForm key={step} table={tableOf(draft.format, step)} heading={section.heading} onAsk={onAsk} />;
  }
  if (section?.kind === "prose") return <ProseForm key={step} section={section} />;
  return step === "opening" ? <OpeningForm /> : <ClosingForm />;
}

function Neighbours({ steps, position }: { steps: readonly string[]; position: number }) {
  const { draft } = useReportContext();
  const previous = steps[position - 1];
  const next = steps[position + 1];
  return (
    <nav className={styles.neighbours} aria-label="前后步骤">
      {previous && (
        <StepLink step={previous} className={styles.previous}>
          上一步：{stepName(draft.format, previous)}
        </StepLink>
      )}
      <StepLink step={next ?? CHECK} className={styles.next}>
        {next ? `下一步：${stepName(draft.format, next)}` : "最后一步：校验与下载"}
      </StepLink>
    </nav>
  );
}
