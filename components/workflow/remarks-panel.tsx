"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useState } from "react";
import { PlaceLink } from "@/components/report/navigation.tsx";
import { useRemarkTarget } from "@/components/report/remark-target.ts";
import { useReportContext } from "@/components/report/report-provider.tsx";
import side from "@/components/report/side.module.css";
import { useReport } from "@/components/report/use-report.ts";
import { Button, TextButton } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { post, send } from "@/components/ui/post.ts";
import { passageAddress } from "@/lib/checks/finding.ts";
import { placeName, stepName } from "@/lib/checks/place-names.ts";
import { stepOf } from "@/lib/checks/progress.ts";
import { printedProse } from "@/lib/report/chips.ts";
import { openingOf } from "@/lib/report/compose.ts";
import type { Format } from "@/lib/report/format.ts";
import { plainText } from "@/lib/report/prose.ts";
import type { Report } from "@/lib/report/report.ts";
import type { Remark } from "@/lib/workflow/history.ts";
import {
  LONGEST_ANSWER,
  LONGEST_QUOTE,
  LONGEST_REMARK,
  maySettle,
  quoteRange,
  remarkRole,
} from "@/lib/workflow/remarks.ts";
import { roleNames } from "@/lib/workflow/roles.ts";
import { moment } from "@/lib/workflow/times.ts";
import styles from "./workflow.module.css";

/** 审核意见: what was remarked on the report, each leading to its place, to be ticked off; and a form for the next one. */
export function RemarksPanel({ step }: { step?: string }) {
  const { draft, workflow, remarks, editable } = useReportContext();
  // Whoever can mend it herself need not ask for that.
  const mayRemark = !editable && remarkRole(workflow.standing, workflow.roles) !== undefined;
  if (remarks.length === 0 && !(mayRemark && step)) return null;
  const here = remarks.filter(({ place }) => !step || stepOf(draft.format, place) === step);
  const elsewhere = remarks.filter((remark) => !here.includes(remark) && !remark.settled).length;
  const open = here.filter(({ settled }) => !settled);
  const settled = here.filter((remark) => remark.settled);
  return (
    <section className={side.panel} aria-label="审核意见" id="remarks" tabIndex={-1}>
      <h2>审核意见</h2>
      {open.length === 0 && <p className={side.soft}>{step ? "本步没有待处理的意见。" : "没有待处理的意见。"}</p>}
      {elsewhere > 0 && <p className={side.soft}>其他步骤还有 {elsewhere} 条没有处理。</p>}
      <RemarkList remarks={open} />
      {settled.length > 0 && (
        <details>
          <summary>已处理（{settled.length}）</summary>
          <RemarkList remarks={settled} />
        </details>
      )}
      {mayRemark && step && <RemarkForm step={step} />}
    </section>
  );
}

function RemarkList({ remarks }: { remarks: readonly Remark[] }) {
  if (remarks.length === 0) return null;
  return (
    <ul className={styles.remarks}>
      {remarks.map((remark) => (
        <RemarkItem key={remark.id} remark={remark} />
      ))}
    </ul>
  );
}

function RemarkItem({ remark }: { remark: Remark }) {
  const { draft } = useReportContext();
  const at = useReport((report) => addressOfRemark(draft.format, report, remark));
  const isGone = remark.quote !== undefined && at === remark.place;
  return (
    <li data-settled={remark.settled ? "" : undefined}>
      <PlaceLink at={at} className={side.finding}>
        {placeName(draft.format, remark.place)}
      </PlaceLink>
      {remark.quote !== undefined && (
        <blockquote className={styles.quote}>
          {remark.quote}
          {isGone && <span className={side.soft}>（原文已改动）</span>}
        </blockquote>
      )}
      <p className={styles.reason}>{remark.text}</p>
      <p className={side.soft}>
        {roleNames[remark.role]}
        {remark.userName}，{moment.format(remark.at)}
      </p>
      <Settling remark={remark} />
    </li>
  );
}

/** Where the words that a remark is about stand now, or its place as a whole. */
function addressOfRemark(format: Format, report: Report, { place, quote }: Remark): string {
  const isProse = format.sections.some(({ id, kind }) => id === place && kind === "prose");
  if (quote === undefined || !(isProse || place === "opening")) return place;
  const text = isProse ? plainText(printedProse(format, report, place)) : openingOf(format, report);
  const range = quoteRange(text, quote);
  return range ? passageAddress(place, range.from, range.to) : place;
}

/** Ticks a remark off with or without a word, or says what was done about it. */
function Settling({ remark }: { remark: Remark }) {
  const { draft, workflow, ready } = useReportContext();
  const router = useRouter();
  const [answering, setAnswering] = useState(false);
  const [problem, setProblem] = useState<string>();
  const mayReopen = remarkRole(workflow.standing, workflow.roles) !== undefined;

  const settle = async (body: { settled: boolean; answer?: string }) => {
    const answer = await send("PATCH", `/api/reports/${draft.id}/remarks/${remark.id}`, body);
    setProblem(answer.status === 200 ? undefined : answer.message);
    if (answer.status !== 200) return;
    setAnswering(false);
    router.refresh();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const answer = String(new FormData(event.currentTarget).get("answer") ?? "").trim();
    void settle({ settled: true, ...(answer && { answer }) });
  };

  if (remark.settled) {
    const { by, at, answer } = remark.settled;
    return (
      <>
        <p className={side.soft}>
          {by}已处理，{moment.format(at)}
          {answer !== undefined && `：${answer}`}
        </p>
        {mayReopen && (
          <p>
            <TextButton disabled={!ready} onClick={() => void settle({ settled: false })}>
              重新提出
            </TextButton>
          </p>
        )}
        {problem && <Notice error>{problem}</Notice>}
      </>
    );
  }
  if (!maySettle(workflow.standing, workflow.roles)) return null;
  return (
    <>
      {answering ? (
        <form className={styles.stack} onSubmit={submit}>
          <label className={styles.field}>
            怎样处理的（可以不写）
            <textarea className={styles.textarea} name="answer" rows={2} maxLength={LONGEST_ANSWER} />
          </label>
          <div className={styles.actions}>
            <Button small primary type="submit">
              确认已处理
            </Button>
            <Button small onClick={() => setAnswering(false)}>
              取消
            </Button>
          </div>
        </form>
      ) : (
        <p>
          <Button small disabled={!ready} onClick={() => setAnswering(true)}>
            已处理
          </Button>
        </p>
      )}
      {problem && <Notice error>{problem}</Notice>}
    </>
  );
}

/** Hangs a remark on the figure that is looked at, on the words that are selected, or on the step as a whole. */
function RemarkForm({ step }: { step: string }) {
  const { draft, ready, target: aim } = useReportContext();
  const target = useRemarkTarget();
  const router = useRouter();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const isHere = target && stepOf(draft.format, target.place) === step;
  const place = isHere ? target.place : step;
  const quote = isHere ? target.quote : undefined;
  useEffect(() => () => aim.set(undefined), [aim]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const text = String(new FormData(form).get("text") ?? "");
    setSending(true);
    const body = { place, text, ...(quote !== undefined && { quote: quote.slice(0, LONGEST_QUOTE) }) };
    const answer = await post(`/api/reports/${draft.id}/remarks`, body);
    setSending(false);
    setProblem(answer.status === 201 ? undefined : answer.message);
    if (answer.status !== 201) return;
    form.reset();
    aim.set(undefined);
    router.refresh();
  }

  return (
    <form className={styles.stack} onSubmit={submit}>
      <p className={styles.target} aria-live="polite">
        意见针对：
        {place === step && quote === undefined
          ? `本步（${stepName(draft.format, step)}）`
          : placeName(draft.format, place)}
        {quote !== undefined && <q className={styles.quote}>{quote}</q>}
      </p>
      <p className={side.soft}>点选表中一格，或者选中一句话，意见就挂在那里。</p>
      <label className={styles.field}>
        意见
        <textarea
          className={styles.textarea}
          name="text"
          rows={3}
          maxLength={LONGEST_REMARK}
          required
          disabled={!ready}
        />
      </label>
      {problem && <Notice error>{problem}</Notice>}
      <div className={styles.actions}>
        <Button small primary type="submit" disabled={!ready || sending}>
          提出意见
        </Button>
        {isHere && (
          <Button small disabled={!ready} onClick={() => aim.set(undefined)}>
            改为针对本步
          </Button>
        )}
      </div>
    </form>
  );
}
