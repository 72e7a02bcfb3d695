"use client";

import { memo, useState } from "react";
import { type Finding, type Severity, severities, severityNames } from "@/lib/checks/finding.ts";
import { stepOf } from "@/lib/checks/progress.ts";
import { type Answer, answeredCount } from "@/lib/checks/reasons.ts";
import { PlaceLink } from "./navigation.tsx";
import { ReasonNote } from "./reason-note.tsx";
import { useReportContext } from "./report-provider.tsx";
import styles from "./side.module.css";
import { useAnswers, useFindings, useIsChecked } from "./use-report.ts";

/** Everything the checks found, by severity; every finding leads to its cell or sentence. */
export function FindingsPanel({ step }: { step?: string }) {
  const { draft, ready, editable } = useReportContext();
  const [onlyHere, setOnlyHere] = useState(false);
  const all = useFindings();
  const here = all.filter((finding) => stepOf(draft.format, finding.at) === step);
  const shown = onlyHere && step ? here : all;
  const answers = useAnswers(all);
  const isChecked = useIsChecked();
  return (
    <section className={styles.panel} aria-label="检查结果" id="findings" tabIndex={-1}>
      <h2>检查结果</h2>
      <p className={styles.counts}>
        {severities.map((id) => {
          const count = all.filter((finding) => finding.severity === id).length;
          return (
            <span key={id} data-severity={id} data-count={count}>
              {severityNames[id]} {count}
            </span>
          );
        })}
      </p>
      <AnsweredCount answers={answers} />
      {step && all.length > 0 && (
        <label className={styles.filter}>
          <input
            type="checkbox"
            disabled={!ready}
            checked={onlyHere}
            onChange={(event) => setOnlyHere(event.currentTarget.checked)}
          />
          只看本步（{here.length}）
        </label>
      )}
      {shown.length === 0 && (
        <p className={styles.soft}>
          {isChecked ? `没有发现问题。${editable ? "填完各步以后，到“校验与下载”核对一遍。" : ""}` : "正在检查…"}
        </p>
      )}
      {severities.map((id) => (
        <FindingsGroup
          key={id}
          severity={id}
          name={severityNames[id]}
          findings={shown.filter((finding) => finding.severity === id)}
          answers={answers}
        />
      ))}
    </section>
  );
}

type FindingsGroupProps = {
  severity: Severity;
  name: string;
  findings: readonly Finding[];
  answers: readonly Answer[];
};

/** Findings of one severity; every one leads to its place, and warnings take their reasons here. */
export function FindingsGroup({ severity, name, findings, answers }: FindingsGroupProps) {
  if (findings.length === 0) return null;
  const keys = keysOf(findings);
  return (
    <details className={styles.group} data-severity={severity} open>
      <summary>
        {name}（{findings.length}）
      </summary>
      <ul>
        {findings.map((finding) => {
          const answer = answers.find((candidate) => candidate.finding === finding);
          return <FindingItem key={answer?.key ?? keys.get(finding)} finding={finding} answer={answer} />;
        })}
      </ul>
    </details>
  );
}

/** By check and place, so that a finding that only says other numbers stays where it is shown. */
function keysOf(findings: readonly Finding[]): ReadonlyMap<Finding, string> {
  const counts = new Map<string, number>();
  return new Map(
    findings.map((finding) => {
      const place = `${finding.code} ${finding.at}`;
      const count = (counts.get(place) ?? 0) + 1;
      counts.set(place, count);
      return [finding, `${place} ${count}`];
    }),
  );
}

type FindingItemProps = { finding: Finding; answer: Answer | undefined };

const FindingItem = memo(
  function FindingItem({ finding, answer }: FindingItemProps) {
    return (
      <li>
        <PlaceLink at={finding.at} className={styles.finding}>
          {finding.message}
        </PlaceLink>
        <p className={styles.soft}>{finding.advice}</p>
        {answer && <ReasonNote answer={answer} />}
      </li>
    );
  },
  (shown, now) => shown.finding === now.finding && sameAnswer(shown.answer, now.answer),
);

function sameAnswer(one: Answer | undefined, other: Answer | undefined): boolean {
  const reasonOf = (answer: Answer | undefined) => (answer && "reason" in answer ? answer.reason : undefined);
  return one?.key === other?.key && one?.state === other?.state && reasonOf(one) === reasonOf(other);
}

/** How many warnings wait to be looked into, and how many of them are settled by a reason. */
function AnsweredCount({ answers }: { answers: readonly Answer[] }) {
  const { warnings, answered } = answeredCount(answers);
  if (warnings === 0) return null;
  return (
    <p className={styles.soft}>
      {warnings} 项需核实，已说明 {answered} 项
    </p>
  );
}
