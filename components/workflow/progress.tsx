"use client";

import { useReportContext } from "@/components/report/report-provider.tsx";
import { spoken } from "@/components/ui/spoken.ts";
import type { OptionalStep, State } from "@/lib/workflow/transitions.ts";
import styles from "./workflow.module.css";

/** The way of a report in the words of the offices; a step holds the states in which the report waits for it. */
const way: readonly { name: string; states: readonly State[]; step?: OptionalStep }[] = [
  { name: "起草", states: ["drafting", "returned"] },
  { name: "科室审核", states: ["reviewing"], step: "reviewing" },
  { name: "保密审查", states: ["secrecy"], step: "secrecy" },
  { name: "签发", states: ["signing"] },
  { name: "报送", states: ["filing"], step: "filing" },
  { name: "主管部门审核", states: ["filed"], step: "filing" },
  { name: "公开", states: ["accepted", "published"] },
];

/** How far the report is. Steps that the organisation does without are not shown, unless the report waits in one. */
export function Progress() {
  const { standing, skipped } = useReportContext().workflow;
  const shown = way.filter(({ states, step }) => states.includes(standing.state) || !step || !skipped.includes(step));
  const current = shown.findIndex(({ states }) => states.includes(standing.state));
  return (
    <ol className={styles.way}>
      {shown.map(({ name, states }, index) => {
        const isCurrent = states.includes(standing.state) && standing.state !== "published";
        const isDone = index < current || standing.state === "published";
        return (
          <li key={name} aria-current={isCurrent ? "step" : undefined} data-done={isDone || undefined}>
            {name}
            {isDone && <span className={spoken}>（已完成）</span>}
            {isCurrent && standing.state === "returned" && "（退回修改）"}
          </li>
        );
      })}
    </ol>
  );
}
