"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button, ButtonLink } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions, stack } from "@/components/ui/page.tsx";
import { type Answer, post } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";
import styles from "./year-form.module.css";
import type { YearChoice } from "./years.ts";

type YearFormProps = {
  choices: readonly YearChoice[];
  /** The year that most people come for. */
  usual: number;
};

/** Chooses the year of a new report, makes the report and goes on to it. */
export function YearForm({ choices, usual }: YearFormProps) {
  const alive = useAlive();
  const router = useRouter();
  const [year, setYear] = useState(() => choices.find((choice) => choice.year === usual && !choice.reportId)?.year);
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<Answer>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!year) return setRefused({ status: 0, message: "请先选择一个年度。" });
    setSending(true);
    const answer = await post("/api/reports", { year });
    if (answer.status === 201) return router.push(`/reports/${answer.id}`);
    setSending(false);
    setRefused(answer);
  }

  return (
    // Until the script is there nothing can be entered, and a form that closes a dialog does nothing outside one.
    <form className={stack} method="dialog" onSubmit={submit}>
      <fieldset disabled={!alive}>
        <legend className={styles.legend}>统计年度和适用格式</legend>
        <ul className={styles.years}>
          {choices.map((choice) => (
            <li key={choice.year}>
              {choice.reportId ? (
                <Existing year={choice.year} reportId={choice.reportId} />
              ) : (
                <label className={styles.year}>
                  <input
                    type="radio"
                    name="year"
                    value={choice.year}
                    checked={choice.year === year}
                    onChange={() => setYear(choice.year)}
                  />
                  <span className={styles.number}>{choice.year}年</span>
                  <span className={styles.notice}>
                    {choice.notice}
                    {choice.year > usual && "（年度未结束）"}
                  </span>
                </label>
              )}
            </li>
          ))}
        </ul>
      </fieldset>
      {refused && (
        <Notice error>
          {refused.message} {refused.id && <Link href={`/reports/${refused.id}`}>打开已有的报告</Link>}
        </Notice>
      )}
      <Actions>
        <Button primary type="submit" disabled={!alive || sending}>
          {sending ? "正在新建…" : year ? `新建${year}年度报告` : "新建年度报告"}
        </Button>
        <ButtonLink href="/reports">返回</ButtonLink>
      </Actions>
    </form>
  );
}

const Existing = ({ year, reportId }: { year: number; reportId: string }) => (
  <div className={styles.year}>
    <span className={styles.number}>{year}年</span>
    <span className={styles.notice}>已有报告</span>
    <Link href={`/reports/${reportId}`} aria-label={`打开${year}年报告`}>
      打开
    </Link>
  </div>
);
