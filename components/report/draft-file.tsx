"use client";

import { useEffect, useState } from "react";
import { Button, TextButton } from "@/components/ui/button.tsx";
import { saveFile } from "@/components/ui/download.ts";
import { DropZone } from "@/components/ui/drop-zone.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Card, soft } from "@/components/ui/page.tsx";
import { changesBetween } from "@/lib/report/history.ts";
import type { Draft } from "./draft/draft.ts";
import { type DraftFile, loadReportSchema, readDraftFile, writeDraftFile } from "./draft/file.ts";
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

type Outcome = { kind: "read"; file: DraftFile } | { kind: "problem" | "done"; message: string };

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
      {editable && <OpenDraft />}
    </Card>
  );
}

/** Takes the draft along as a file, and brings it back elsewhere. */
function OpenDraft() {
  const { draft } = useReportContext();
  const [outcome, setOutcome] = useState<Outcome>();
  // A file is most needed when the network fails.
  useEffect(() => void loadReportSchema().catch(() => undefined), []);

  const open = async (chosen: File | undefined) => {
    if (!chosen) return;
    const read = await readDraftFile(draft.format, draft.state.report.year, await chosen.text());
    setOutcome(read.ok ? { kind: "read", file: read.draft } : { kind: "problem", message: read.message });
  };
  const merge = ({ unsent }: DraftFile) => {
    draft.adopt(unsent);
    setOutcome({ kind: "done", message: `已并入 ${unsent.length} 处修改；与服务器上不一致的，请在页面上方逐处选择。` });
  };
  const restore = (changes: ReturnType<typeof changesTo>) => {
    const made = draft.admitted(changes);
    draft.edit(made, "从本机草稿恢复");
    setOutcome({ kind: "done", message: `已按文件恢复，改动 ${made.length} 处；可以撤销。` });
  };

  return (
    <>
      <p className={soft}>
        网络或服务器长时间不通时，把草稿连同没有存上的修改导出成文件；换一台电脑或恢复以后，再从文件恢复。
      </p>
      <p className={styles.files}>
        <Button onClick={() => exportDraft(draft)}>导出草稿到本机</Button>
      </p>
      <DropZone label="从本机草稿恢复" accept=".json,application/json" onFiles={([file]) => void open(file)} />
      {outcome?.kind === "read" && <Choice file={outcome.file} merge={merge} restore={restore} />}
      {outcome?.kind === "problem" && <Notice error>{outcome.message}</Notice>}
      <p role="status">{outcome?.kind === "done" && outcome.message}</p>
    </>
  );
}

const changesTo = (draft: Draft, report: DraftFile["report"]) =>
  changesBetween(draft.format, draft.state.report, report).map(({ path, after }) => ({ path, value: after }));

type ChoiceProps = {
  file: DraftFile;
  merge: (file: DraftFile) => void;
  restore: (changes: ReturnType<typeof changesTo>) => void;
};

/** Either only what never reached the server, or everything as it stands in the file. */
function Choice({ file, merge, restore }: ChoiceProps) {
  const { draft } = useReportContext();
  const changes = changesTo(draft, file.report);
  const isThisReport = file.id === draft.id;
  return (
    <Notice>
      <p>
        文件导出于 {moment.format(file.exportedAt)}，其中没有存到服务器的修改 {file.unsent.length}{" "}
        处；整份内容与现在的报告有 {changes.length} 处不同。
        {!isThisReport && "文件来自另一份报告，只能整份恢复。"}
      </p>
      <p className={styles.files}>
        {isThisReport && file.unsent.length > 0 && (
          <Button small primary onClick={() => merge(file)}>
            并入没有存上的 {file.unsent.length} 处修改
          </Button>
        )}
        {changes.length > 0 && (
          <Button small onClick={() => restore(changes)}>
            整份恢复为文件内容（{changes.length} 处）
          </Button>
        )}
      </p>
    </Notice>
  );
}

const moment = new Intl.DateTimeFormat("zh-CN", { dateStyle: "long", timeStyle: "short" });
