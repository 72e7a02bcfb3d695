"use client";

import { Button, TextButton } from "@/components/ui/button.tsx";
import { saveFile } from "@/components/ui/download.ts";
import { later, useLater } from "@/components/ui/later.ts";
import { Notice } from "@/components/ui/notice.tsx";
import { Card, soft } from "@/components/ui/page.tsx";
import type { Draft } from "./draft/draft.ts";
import { writeDraftFile } from "./draft/file.ts";
import styles from "./overview.module.css";
import { HistoryLink, ImportLink } from "./preview-link.tsx";
import { useReportContext } from "./report-provider.tsx";

/** Keeps the draft as a file on this machine, also while there is no server. */
export function ExportDraft() {
  const { draft } = useReportContext();
  return <TextButton onClick={() => exportDraft(draft)}>导出草稿到本机</TextButton>;
}

function exportDraft(draft: Draft): void {
  const { report } = draft.state;
  const exportedAt = Date.now();
  const text = writeDraftFile({ id: draft.id, report, unsent: draft.unsent(), exportedAt });
  const name = `${report.organisation.name}${report.year}年度报告草稿${fileTime(exportedAt)}.json`;
  saveFile({ name, content: new Blob([text], { type: "application/json" }) });
}

/** Local time in a form that may stand in a file name. */
function fileTime(time: number): string {
  const at = new Date(time);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}-${two(at.getHours())}${two(at.getMinutes())}`;
}

/** What is kept beside the report as it stands: its versions, and a way out for when there is no server for long. */
export function DraftFiles() {
  const { draft, editable, lastYear } = useReportContext();
  const title = editable ? "导入、历史版本和草稿备份" : "历史版本";
  return (
    <Card aria-label={title}>
      <h2>{title}</h2>
      {editable && (
        <p>
          <ImportLink />
          <span className={soft}>
            ：
            {lastYear
              ? `已带上${lastYear.report.year}年度报告，上年结转已填好并锁定，可以更换；`
              : `带上${draft.state.report.year - 1}年度报告，上年结转自动填好并锁定；`}
            也可以填入已经写好的文件。
          </span>
        </p>
      )}
      <p>
        <HistoryLink />
        <span className={soft}>：每次保存都留有版本，可以对照和恢复。</span>
      </p>
      {editable && (
        <>
          <p className={soft}>
            网络或服务器长时间不通时，把草稿连同没有存上的修改导出成文件；换一台电脑或恢复以后，再从文件恢复。
          </p>
          <p className={styles.files}>
            <Button onClick={() => exportDraft(draft)}>导出草稿到本机</Button>
          </p>
          <Restoring />
        </>
      )}
    </Card>
  );
}

/** Reading a file takes what a whole report may hold. */
export const restoreDraft = later(async () => (await import("./restore-draft.tsx")).RestoreDraft);

function Restoring() {
  const { part: Restore, failed, retry } = useLater(restoreDraft);
  if (Restore) return <Restore />;
  if (!failed) return null;
  return (
    <Notice error>
      从本机草稿恢复要用的程序没有载入，请检查网络。
      <TextButton onClick={retry}>重试</TextButton>
    </Notice>
  );
}
