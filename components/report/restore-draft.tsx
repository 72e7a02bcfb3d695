"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { DropZone } from "@/components/ui/drop-zone.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { changesBetween } from "@/lib/report/history.ts";
import type { Draft } from "./draft/draft.ts";
import type { DraftFile } from "./draft/file.ts";
import { readDraftFile } from "./draft/read-file.ts";
import styles from "./overview.module.css";
import { useReportContext } from "./report-provider.tsx";

type Outcome = { kind: "read"; file: DraftFile } | { kind: "problem" | "done"; message: string };

/** Brings a draft back that was taken along as a file. */
export function RestoreDraft() {
  const { draft } = useReportContext();
  const [outcome, setOutcome] = useState<Outcome>();
  const open = async (chosen: File | undefined) => {
    if (!chosen) return;
    const read = readDraftFile(draft.format, draft.state.report.year, await chosen.text());
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
