"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { ImportField } from "@/components/import/import-field.tsx";
import { ImportPreview } from "@/components/import/import-preview.tsx";
import { useImport } from "@/components/import/use-import.ts";
import { Button, ButtonLink } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions, Card, stack } from "@/components/ui/page.tsx";
import { type Answer, post } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";
import styles from "./year-form.module.css";
import type { YearChoice } from "./years.ts";

type YearFormProps = {
  choices: readonly YearChoice[];
  /** The year whose report is due next. */
  due: number;
  /** The agency that works here. */
  agency: string;
};

/** What a new report begins with: last year's report that is stored here, a file, or nothing. */
type Start = "stored" | "file" | "blank";

/** Chooses the year of a new report and what it begins with, makes the report and goes on to it. */
export function YearForm({ choices, due, agency }: YearFormProps) {
  const alive = useAlive();
  const router = useRouter();
  const [year, setYear] = useState(() => choices.find((choice) => choice.year === due && !choice.reportId)?.year);
  const [chosen, setChosen] = useState<Start>();
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<Answer>();
  const { file, reading, report, corrections, take, correct } = useImport();
  const hasStored = choices.some((choice) => choice.reportId && choice.year + 1 === year);
  const start = chosen === "stored" && !hasStored ? "blank" : (chosen ?? (hasStored ? "stored" : "blank"));
  const fromFile = start === "file" ? report : undefined;
  const unfit = year && fromFile ? unfitYear(year, fromFile.year) : undefined;
  const isUnread = start === "file" && (file.state === "reading" || file.state === "refused");

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!year) return setRefused({ status: 0, message: "请先选择一个年度。" });
    if (start === "file" && !fromFile)
      return setRefused({ status: 0, message: "请先选择文件，或者选择从空白报告开始。" });
    setSending(true);
    const beginning = fromFile?.year === year ? { content: fromFile } : { lastYear: fromFile };
    const answer = await post("/api/reports", { year, ...(start === "stored" ? { lastYear: "stored" } : beginning) });
    if (answer.status === 201) return router.push(`/reports/${answer.id}`);
    setSending(false);
    setRefused(answer);
  }

  return (
    // Until the script is there nothing can be entered, and a form that closes a dialog does nothing outside one.
    <form className={stack} method="dialog" onSubmit={submit}>
      <Card>
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
                      {!choice.isOver && "（年度未结束）"}
                    </span>
                  </label>
                )}
              </li>
            ))}
          </ul>
        </fieldset>
        {year && <Starts year={year} hasStored={hasStored} start={start} disabled={!alive} onChoose={setChosen} />}
        {start === "file" && year && (
          <ImportField
            label={`${year - 1}年已公布的报告，或者${year}年已写好的报告`}
            file={file}
            onFile={(one) => void take(one)}
          />
        )}
        {start === "file" && file.state === "refused" && (
          <p>请换一份文件；没有能读入的文件，就在上面改选“空白报告”。</p>
        )}
        {unfit && <Notice error>{unfit}</Notice>}
      </Card>
      {start === "file" && file.state === "read" && reading && report && (
        <ImportPreview
          name={file.name}
          reading={reading}
          report={report}
          corrections={corrections}
          onCorrect={correct}
          agency={agency}
        />
      )}
      {refused && (
        <Notice error>
          {refused.message} {refused.id && <Link href={`/reports/${refused.id}`}>打开已有的报告</Link>}
        </Notice>
      )}
      {fromFile && year && !unfit && <p>{whatBecomes(year, fromFile.year)}</p>}
      <Actions>
        <Button primary type="submit" disabled={!alive || sending || isUnread || unfit !== undefined}>
          {sending ? "正在新建…" : year ? `${fromFile ? "核对过了，" : ""}新建${year}年度报告` : "新建年度报告"}
        </Button>
        <ButtonLink href="/reports">返回</ButtonLink>
      </Actions>
    </form>
  );
}

/** Why a file of this year cannot begin the report of that one. */
const unfitYear = (year: number, ofFile: number): string | undefined =>
  ofFile === year || ofFile === year - 1
    ? undefined
    : `这份文件是${ofFile}年度报告。新建${year}年度报告，可以带上${year - 1}年度报告，或者直接填入${year}年度报告；请换一份文件，或者改选年度。`;

const whatBecomes = (year: number, ofFile: number): string =>
  ofFile === year
    ? `新建后，以上内容直接填入${year}年度报告，可以继续修改。`
    : `新建后，${ofFile}年度报告随${year}年度报告保存：上年结转数自动填好并锁定，结转等跨年的核对随之进行。`;

type StartsProps = {
  year: number;
  hasStored: boolean;
  start: Start;
  disabled: boolean;
  onChoose: (start: Start) => void;
};

function Starts({ year, hasStored, start, disabled, onChoose }: StartsProps) {
  const starts: readonly { value: Start; name: string; remark: string }[] = [
    ...(hasStored
      ? [{ value: "stored" as const, name: `带上系统中的${year - 1}年度报告`, remark: "上年结转数自动填好并锁定" }]
      : []),
    { value: "file", name: "从文件开始", remark: "去年公布的报告，或者今年已经写好的稿子" },
    { value: "blank", name: "空白报告", remark: "上年报告以后也可以补" },
  ];
  return (
    <fieldset disabled={disabled}>
      <legend className={styles.legend}>从哪里开始</legend>
      <ul className={styles.years}>
        {starts.map(({ value, name, remark }) => (
          <li key={value}>
            <label className={styles.year}>
              <input
                type="radio"
                name="start"
                value={value}
                checked={value === start}
                onChange={() => onChoose(value)}
              />
              <span className={styles.start}>{name}</span>
              <span className={styles.notice}>{remark}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
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
