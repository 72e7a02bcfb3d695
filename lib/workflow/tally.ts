import { check } from "../checks/check.ts";
import type { CheckRequest } from "../checks/finding.ts";
import { type StepState, stepStates } from "../checks/progress.ts";
import { answeredCount, answersTo } from "../checks/reasons.ts";
import { standingOf } from "../checks/standing.ts";
import type { Organisation } from "../report/report.ts";
import { isOpen, type Standing } from "./workflow.ts";

/** What can be said of a report in a few numbers, for whoever has many of them to look after. */
export type Tally = {
  errors: number;
  warnings: number;
  /** Of the warnings, those that a written reason lets stand. */
  answered: number;
  /** Steps of the form that are done, of all. */
  done: number;
  steps: number;
  /** Whether it is a government's or a department's, as far as the report says: its deadline depends on it. */
  kind?: NonNullable<Organisation["kind"]>;
};

/** How strictly a report that stands there is judged: what is still missing of a draft is no mistake. */
export const stageOfChecks = (standing: Standing): CheckRequest["stage"] =>
  isOpen(standing) ? "drafting" : "submission";

/** Counts what the checks say of a report. */
export function tallyOf(request: CheckRequest): Tally {
  const { format, report } = request;
  const findings = check(request);
  const { warnings, answered } = answeredCount(answersTo(findings, report.reasons));
  const steps: StepState[] = Object.values(stepStates(format, report, findings, new Set()));
  const { kind } = standingOf(report.organisation);
  return {
    errors: findings.filter(({ severity }) => severity === "error").length,
    warnings,
    answered,
    done: steps.filter((state) => state === "done").length,
    steps: steps.length,
    ...(kind && { kind }),
  };
}
