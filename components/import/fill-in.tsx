"use client";

import { useState } from "react";
import { useReportContext } from "@/components/report/report-provider.tsx";
import { useReport } from "@/components/report/use-report.ts";
import { Button } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { stepName } from "@/lib/checks/place-names.ts";
import { stepsOf } from "@/lib/checks/progress.ts";
import type { Edit } from "@/lib/report/edits.ts";
import type { Report } from "@/lib/report/report.ts";
import styles from "./import-preview.module.css";
import { changesByStep } from "./parts.ts";

type FillInProps = {
  /** What the draft would say. */
  report: Report;
  /** What it is called: `这份文件`. */
  source: string;
  onFill: (edits: readonly Edit[]) => void;
};

/** Chooses the parts that are taken over, and says how much of each would change. */
export function FillIn({ report, source, onFill }: FillInProps) {
  const { draft } = useReportContext();
  const { format } = draft;
  const current = useReport((held) => held);
  const wanted = [...changesByStep(format, current, report)];
  const changes = new Map(wanted.map(([step, edits]) => [step, draft.admitted(edits)]));
  const count = (lists: Iterable<readonly Edit[]>) => [...lists].flat().length;
  const locked = count(wanted.map(([, edits]) => edits)) - count(changes.values());
  const steps = stepsOf(format).filter((step) => changes.get(step)?.length);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const edits = steps.filter((step) => !left.has(step)).flatMap((step) => changes.get(step) ?? []);
  const toggle = (step: string) =>
    setLeft((known) => new Set(known.has(step) ? [...known].filter((one) => one !== step) : [...known, step]));
  if (steps.length === 0) return <Notice>{source}的内容与本报告现在的内容一样，没有要填入的。</Notice>;
  return (
    <div className={styles.confirm}>
      <fieldset className={styles.parts}>
        <legend>填入哪些部分（原有内容会被替换，可以撤销）</legend>
        {steps.map((step) => (
          <label key={step}>
            <input type="checkbox" checked={!left.has(step)} onChange={() => toggle(step)} />
            {stepName(format, step)}：改 {changes.get(step)?.length} 处
          </label>
        ))}
        {locked > 0 && (
          <p>
            上年结转 {locked} 格已按上年报告锁定，不随{source}改动。
          </p>
        )}
      </fieldset>
      <Button primary disabled={edits.length === 0} onClick={() => onFill(edits)}>
        核对过了，填入本报告
      </Button>
    </div>
  );
}
