"use client";

import { stepName } from "@/lib/checks/place-names.ts";
import type { StepState as State } from "@/lib/checks/progress.ts";
import { StepLink } from "./navigation.tsx";
import { useReportContext } from "./report-provider.tsx";
import styles from "./step-list.module.css";
import { StepState } from "./step-state.tsx";

export type StepStanding = {
  step: string;
  state: State;
  /** What is wrong in it, in words. */
  note?: string;
};

type StepListProps = {
  steps: readonly StepStanding[];
  /** The step that is open: the list stands beside it and is narrow. */
  current?: string;
};

/** Every step of a report, how far it is, and the way to it. */
export function StepList({ steps, current }: StepListProps) {
  const { draft } = useReportContext();
  return (
    <ol className={current === undefined ? styles.list : styles.beside}>
      {steps.map(({ step, state, note }) => (
        <li key={step}>
          <StepLink step={step} aria-current={step === current ? "step" : undefined}>
            <span className={styles.name}>{stepName(draft.format, step)}</span>
            {note && <span className={styles.note}>{note}</span>}
            <StepState state={state} />
          </StepLink>
        </li>
      ))}
    </ol>
  );
}
