"use client";

import { useState } from "react";
import { StepLink } from "@/components/report/navigation.tsx";
import { useReportContext } from "@/components/report/report-provider.tsx";
import { useReport } from "@/components/report/use-report.ts";
import { Button } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Card, Page } from "@/components/ui/page.tsx";
import type { Edit } from "@/lib/report/edits.ts";
import type { Report } from "@/lib/report/report.ts";
import { closedWords } from "@/lib/workflow/words.ts";
import { isOpen } from "@/lib/workflow/workflow.ts";
import { FillIn } from "./fill-in.tsx";
import { ImportField } from "./import-field.tsx";
import styles from "./import-preview.module.css";
import { ImportPreview } from "./import-preview.tsx";
import { keepOnServer } from "./keep-last-year.ts";
import { RegionSumPreview } from "./region-sum-preview.tsx";
import { useImport } from "./use-import.ts";

type DraftImportProps = {
  /** The agency that works here. */
  agency: string;
  /** Whether last year's report is stored here. */
  hasStored: boolean;
};

/** Reads a file into the draft: one of this year fills in what is chosen of it, last year's is kept with the draft. */
export function DraftImport({ agency, hasStored }: DraftImportProps) {
  const { draft, lastYear, keepLastYear, rollup, ready, editable, workflow } = useReportContext();
  const year = useReport((report) => report.year);
  const { file, reading, report, corrections, take, correct } = useImport();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState("");
  const [done, setDone] = useState("");

  const keep = async (given: Report | "stored") => {
    setSending(true);
    setDone("");
    const answer = await keepOnServer(draft.id, given);
    setSending(false);
    setProblem(answer.ok ? "" : answer.message);
    if (!answer.ok) return;
    const opened = keepLastYear(answer.report);
    setDone(`${year - 1}年度报告已随本报告保存${opened > 0 ? `，上年结转 ${opened} 格已按它填好并锁定` : ""}。`);
  };
  const fill = (edits: readonly Edit[], what: string) => {
    draft.edit(edits, what);
    setDone(`已填入 ${edits.length} 处，可以一次撤销。`);
  };

  const back = <StepLink step="">回到任务清单</StepLink>;
  if (!editable) {
    return (
      <Page heading="导入和上年报告" aside={back}>
        <Notice>{isOpen(workflow.standing) ? ONLY_CLERKS : `现在不能导入：${closedWords(workflow.standing)}`}</Notice>
        {lastYear && (
          <p>
            本报告带有{lastYear.report.year}年度报告（{lastYear.report.organisation.name}），用来核对结转和文字。
          </p>
        )}
      </Page>
    );
  }
  return (
    <Page heading="导入和上年报告" aside={back}>
      {rollup && <RegionSumPreview rollup={rollup} onFill={(edits) => fill(edits, "填入汇总")} />}
      <Card>
        <p>
          {lastYear
            ? `本报告带有${lastYear.report.year}年度报告（${lastYear.report.organisation.name}），用来核对结转和文字。可以换成另一份。`
            : `本报告还没有带上${year - 1}年度报告。带上以后，上年结转数自动填好并锁定，数字和文字随之与上年核对。`}
        </p>
        {hasStored && (
          <p>
            <Button small disabled={!ready || sending} onClick={() => void keep("stored")}>
              带上系统中的{year - 1}年度报告
            </Button>
          </p>
        )}
        <ImportField
          label={`${year - 1}年已公布的报告，或者${year}年已写好的报告`}
          file={file}
          disabled={!ready}
          onFile={(one) => {
            setDone("");
            void take(one);
          }}
        />
      </Card>
      <div role="status">{done && <Notice>{done}</Notice>}</div>
      {problem && <Notice error>{problem}</Notice>}
      {file.state === "read" && reading && report && !done && (
        <>
          <ImportPreview
            name={file.name}
            reading={reading}
            report={report}
            corrections={corrections}
            onCorrect={correct}
            agency={agency}
          />
          {report.year === year && (
            <FillIn report={report} source="这份文件" onFill={(edits) => fill(edits, "导入文件")} />
          )}
          {report.year === year - 1 && (
            <div className={styles.confirm}>
              <Button primary disabled={sending} onClick={() => void keep(report)}>
                核对过了，作为上年报告保存
              </Button>
              <span>上年结转数随之填好并锁定；其他内容不动。</span>
            </div>
          )}
          {report.year !== year && report.year !== year - 1 && (
            <Notice error>
              这份文件是{report.year}年度报告，本报告是{year}年度的：只能填入{year}年度报告，或者带上{year - 1}
              年度报告。
            </Notice>
          )}
        </>
      )}
    </Page>
  );
}

const ONLY_CLERKS = "现在不能导入：只有经办人可以修改这份报告。";
