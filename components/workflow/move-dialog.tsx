"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { useReportContext } from "@/components/report/report-provider.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { post } from "@/components/ui/post.ts";
import { dayInChina } from "@/lib/report/day.ts";
import type { Action, Transition } from "@/lib/workflow/transitions.ts";
import { actionNames } from "@/lib/workflow/words.ts";
import { LONGEST_MOVE_REASON } from "@/lib/workflow/workflow.ts";
import styles from "./workflow.module.css";

/** What each action means, for whoever is about to do it. */
const meanings: Readonly<Record<Action, string>> = {
  submit: "送审即表示：已经核对，内容真实、准确、完整，不含国家秘密、工作秘密和不应公开的个人信息。",
  approve: "审核通过以后，报告转到下一步办理。",
  clear: "请确认报告不含国家秘密、工作秘密、商业秘密和不应公开的个人信息。",
  sign: "签发即表示同意按现在的内容报送和公开。",
  file: "报送给主管部门审核。报送以后会得到回执。",
  accept: "通过以后，该单位就可以公开这份报告。",
  publish: "在政府网站上公开以后，在这里登记公开的日期和网址。登记以后报告不能修改，确需改动的要办理更正。",
  return: "报告退回给经办人修改，改好以后重新送审。针对某一格、某一句话的意见，请在各步页面上逐条提出，会一并退回。",
  recall: "撤回以后可以继续修改，改好以后重新送审。",
  correct: "已经公开的版本保留不变。更正版要重新审签、重新公开。",
  abandon: "更正中改动的内容不再保留，报告恢复为已经公开的版本。",
};

type MoveDialogProps = { move: Transition; onMoved: () => void; onClose: () => void };

/** Asks for what an action needs, and does it. */
export function MoveDialog({ move, onMoved, onClose }: MoveDialogProps) {
  const { draft, editable } = useReportContext();
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [today] = useState(() => dayInChina(new Date()));
  const needsReason = move.needs.includes("reason");
  useEffect(() => dialog.current?.showModal(), []);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = (name: string) => String(form.get(name) ?? "").trim();
    setSending(true);
    if (editable && !(await draft.flush())) {
      setSending(false);
      return setProblem("服务器没有应答，或者还有修改没有存上。请等页面上方显示“已保存”后再试。");
    }
    const publication = { date: typed("date"), ...(typed("address") && { address: typed("address") }) };
    const answer = await post(`/api/reports/${draft.id}/moves`, {
      action: move.action,
      version: draft.version,
      ...(needsReason && { reason: typed("reason") }),
      ...(move.action === "publish" && { publication }),
    });
    setSending(false);
    if (answer.status !== 200) return setProblem(answer.message);
    dialog.current?.close();
    onMoved();
    router.refresh();
  }

  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={heading} onClose={onClose}>
      <form className={styles.stack} noValidate onSubmit={send}>
        <h2 id={heading}>{actionNames[move.action]}</h2>
        <p>{meanings[move.action]}</p>
        {needsReason && (
          <label className={styles.field}>
            理由
            <textarea className={styles.textarea} name="reason" rows={4} maxLength={LONGEST_MOVE_REASON} required />
          </label>
        )}
        {move.action === "publish" && (
          <>
            <Field label="公开日期" name="date" type="date" defaultValue={today} max="9999-12-31" />
            <Field
              label="网址（可以不填）"
              name="address"
              type="url"
              hint="公开页面的地址，以 http:// 或者 https:// 开头。"
            />
          </>
        )}
        {problem && <Notice error>{problem}</Notice>}
        <div className={styles.actions}>
          <Button primary type="submit" disabled={sending}>
            {sending ? "正在办理…" : `确认${actionNames[move.action]}`}
          </Button>
          <Button onClick={() => dialog.current?.close()}>取消</Button>
        </div>
      </form>
    </dialog>
  );
}
