"use client";

import Link from "next/link";
import { useState } from "react";
import { addressOf, CHECK, StepLink, useShowStep } from "@/components/report/navigation.tsx";
import { useReportContext } from "@/components/report/report-provider.tsx";
import { useAnswers, useFindingsToSubmit, useIsChecked } from "@/components/report/use-report.ts";
import { Button, buttonLook } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Card, soft } from "@/components/ui/page.tsx";
import { printedDate } from "@/lib/report/compose.ts";
import type { MadeTransition } from "@/lib/workflow/history.ts";
import { roleNames } from "@/lib/workflow/roles.ts";
import { moment } from "@/lib/workflow/times.ts";
import type { Transition } from "@/lib/workflow/transitions.ts";
import { actionNames, obstacleWords, stateNames } from "@/lib/workflow/words.ts";
import { movesOf, obstaclesToSubmit, turnOf } from "@/lib/workflow/workflow.ts";
import { MoveDialog } from "./move-dialog.tsx";
import { Progress } from "./progress.tsx";
import styles from "./workflow.module.css";

/** Where the report stands, what whoever looks at it may do with it now, and how it got there. */
export function WorkflowCard() {
  const { workflow } = useReportContext();
  const { transitions, editions } = workflow;
  const last = transitions.at(-1);
  return (
    <Card aria-label="办理进度">
      <h2 id="progress" tabIndex={-1}>
        办理进度
      </h2>
      <Progress />
      <p>{turnInWords(workflow)}</p>
      {last && last.reason !== undefined && <LastReason made={last} />}
      <Moves />
      <p role="status" className={soft}>
        {last && <LastMove made={last} />}
      </p>
      {editions.length > 0 && <Editions />}
      {transitions.length > 0 && <Record />}
    </Card>
  );
}

function turnInWords({ standing, roles }: ReturnType<typeof useReportContext>["workflow"]): string {
  const turn = turnOf(standing);
  if (!turn) return "报告已经公开。";
  const work = `现在轮到${roleNames[turn]}办理`;
  return roles.includes(turn) ? `${work}，请您处理。` : `${work}。`;
}

/** Why it was sent back, in sight of whoever has to act on it. */
function LastReason({ made }: { made: MadeTransition }) {
  return (
    <Notice>
      <strong>
        {roleNames[made.role]}
        {made.userName}：{actionNames[made.action]}
      </strong>
      <p className={styles.reason}>{made.reason}</p>
    </Notice>
  );
}

const backward = new Set<Transition["action"]>(["return", "recall", "correct", "abandon"]);

/** What may be done now: the way forward first. */
function Moves() {
  const { ready, workflow } = useReportContext();
  const [chosen, setChosen] = useState<Transition>();
  const moves = movesOf(workflow.standing, workflow.roles);
  if (moves.length === 0) return null;
  return (
    <>
      <div className={styles.actions}>
        {moves.map((move) =>
          move.action === "submit" ? (
            <StepLink key={move.action} step={CHECK} className={buttonLook({})}>
              校验并送审
            </StepLink>
          ) : (
            <Button
              key={move.action}
              primary={!backward.has(move.action)}
              disabled={!ready}
              onClick={() => setChosen(move)}
            >
              {actionNames[move.action]}
            </Button>
          ),
        )}
      </div>
      {chosen && <MoveDialog move={chosen} onMoved={toProgress} onClose={() => setChosen(undefined)} />}
    </>
  );
}

/** The button that was pressed is gone. */
const toProgress = () => document.getElementById("progress")?.focus();

/** The end of the clerk's way: hands the report over as soon as nothing stands in the way any more. */
export function SubmitCard() {
  const { ready, workflow, remarks } = useReportContext();
  const show = useShowStep();
  const [isChosen, setChosen] = useState(false);
  const findings = useFindingsToSubmit();
  const answers = useAnswers(findings);
  const isChecked = useIsChecked();
  const move = movesOf(workflow.standing, workflow.roles).find(({ action }) => action === "submit");
  if (!move) return null;
  const openRemarks = remarks.filter(({ settled }) => !settled).length;
  const obstacles = obstaclesToSubmit(findings, answers, openRemarks);
  return (
    <Card aria-label="送审">
      <h2>送审</h2>
      {!isChecked && <p className={soft}>正在校验……</p>}
      {isChecked && obstacles.length > 0 && (
        <Notice>
          <p>送审以前：</p>
          <ul className={styles.obstacles}>
            {obstacles.map((obstacle) => (
              <li key={obstacle.kind}>{obstacleWords(obstacle)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <p>送审以后报告由下一步的人办理，在退回或者撤回以前不能修改。</p>
      <div className={styles.actions}>
        <Button primary disabled={!ready || !isChecked || obstacles.length > 0} onClick={() => setChosen(true)}>
          送审
        </Button>
      </div>
      {isChosen && <MoveDialog move={move} onMoved={() => show("")} onClose={() => setChosen(false)} />}
    </Card>
  );
}

/** Who did the last thing, when, and with which version; the receipt has the rest. */
function LastMove({ made }: { made: MadeTransition }) {
  const { draft } = useReportContext();
  return (
    <>
      {moment.format(made.at)}，{roleNames[made.role]}
      {made.userName}
      {actionNames[made.action]}（第 {made.version} 版）。
      <Link href={addressOf(draft.id, `receipts/${made.number}`)}>查看回执</Link>
    </>
  );
}

/** What was published: it stays, whatever becomes of the report. */
function Editions() {
  const { draft, workflow } = useReportContext();
  return (
    <ul className={styles.editions} aria-label="已公开的版本">
      {workflow.editions.map(({ edition, date, address, version }) => (
        <li key={edition}>
          {edition === 1 ? "首次公开" : `更正版（第 ${edition - 1} 次更正）`}：{printedDate(date)}，第 {version} 版。
          {address && (
            <a href={address} rel="noreferrer noopener" target="_blank">
              {address}
            </a>
          )}
          <a href={addressOf(draft.id, `export/pdf?edition=${edition}`)}>下载这一版（PDF）</a>
        </li>
      ))}
    </ul>
  );
}

/** Everything that was done with the report, the latest first. */
function Record() {
  const { draft, workflow } = useReportContext();
  return (
    <details className={styles.made}>
      <summary>办理记录（{workflow.transitions.length}）</summary>
      <ol className={styles.record} reversed>
        {[...workflow.transitions].reverse().map((made) => (
          <li key={made.number}>
            <p>
              <strong>{actionNames[made.action]}</strong>　{roleNames[made.role]}
              {made.userName}，{moment.format(made.at)}
            </p>
            <p className={soft}>
              {stateNames[made.from]} → {stateNames[made.to]}，第 {made.version} 版　
              <Link href={addressOf(draft.id, `receipts/${made.number}`)}>回执</Link>
            </p>
            {made.reason !== undefined && <p className={styles.reason}>{made.reason}</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}
