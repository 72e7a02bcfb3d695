"use client";

import Link from "next/link";
import { useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button.tsx";
import { DropZone } from "@/components/ui/drop-zone.tsx";
import { Actions, Page } from "@/components/ui/page.tsx";
import { useAlive } from "@/components/ui/use-alive.ts";
import { severities, severityNames } from "@/lib/checks/finding.ts";
import type { Requirements } from "@/lib/checks/requirement-pack.ts";
import styles from "./checkup.module.css";
import { type CheckedFile, Checkup, type CheckupState, correctionsOf } from "./checkup.ts";
import { CorrectionDownloads } from "./correction-downloads.tsx";
import { FileResult } from "./file-result.tsx";

/** What the dialog for choosing files offers. */
const READABLE = ".docx,.pdf,.html,.htm,.txt,.json";
/** So many files at most are opened as soon as they are checked: one sees what came out. */
const FEW = 2;

type CheckupViewProps = {
  requirements: readonly Requirements[];
  /** Whether she may ask for what was published here. */
  mayCompare: boolean;
};

/** 年报体检: finished reports are dropped, and what is wrong with each is told, with a list to send back. */
export function CheckupView({ requirements, mayCompare }: CheckupViewProps) {
  const alive = useAlive();
  const [checkup] = useState(() => new Checkup(requirements, mayCompare));
  const [withHints, setWithHints] = useState(true);
  const state = useSyncExternalStore(checkup.subscribe, checkup.state, checkup.state);
  const { files, phase } = state;
  const checked = files.filter((file) => file.state === "checked");
  return (
    <Page heading="年报体检">
      <div className={styles.intro}>
        <p>
          放入写好的年度报告，系统逐份检查勾稽关系、文字与表格是否一致、结构和用语，列出问题和修改建议。同一单位相邻两年的报告一起放入，会自动用上年报告核对结转和雷同；多个单位的一起放入，还会核对相互雷同；本系统登记过公开的，会核对公开以后有没有改动。
        </p>
        <p>文件只用来检查，不会保存；离开本页，结果就没有了。</p>
        {requirements.length > 0 && (
          <p>
            同时按本单位适用的<Link href="/requirements">地方要求</Link>检查：
            {requirements.map(({ name }) => name).join("、")}。
          </p>
        )}
      </div>
      <DropZone
        label="要检查的年度报告"
        hint="可以一次放入多份：Word（.docx）、有文字的 PDF、网页、文本，或者本系统导出的数据。"
        accept={READABLE}
        multiple
        disabled={!alive}
        onFiles={(chosen) => checkup.add(chosen)}
      />
      {files.length > 0 && (
        <>
          <section className={styles.summary} aria-label="检查进度">
            {phase !== "idle" && <progress value={doneOf(files)} max={files.length} aria-label="检查进度" />}
            <p role="status">{words(state)}</p>
            <Actions>
              <CorrectionDownloads
                label="下载整改清单"
                disabled={phase !== "idle" || checked.length === 0}
                content={() => correctionsOf(files, withHints)}
              />
              <label className={styles.choice}>
                <input
                  type="checkbox"
                  checked={withHints}
                  onChange={({ currentTarget }) => setWithHints(currentTarget.checked)}
                />
                清单中列出提示
              </label>
              <Button onClick={() => checkup.clear()}>{phase === "idle" ? "全部移除" : "停止并全部移除"}</Button>
            </Actions>
          </section>
          <ul className={styles.files} aria-label="各份报告">
            {files.map((file) => (
              <FileResult
                key={file.id}
                file={file}
                opened={files.length <= FEW}
                withHints={withHints}
                settled={phase === "idle"}
                onRemove={() => checkup.remove(file.id)}
              />
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}

const doneOf = (files: readonly CheckedFile[]): number =>
  files.filter(({ state }) => state === "checked" || state === "refused").length;

function words({ files, phase }: CheckupState): string {
  if (phase === "reading") return `正在检查，已完成 ${doneOf(files)} / ${files.length} 份。`;
  if (phase === "comparing") return `${files.length} 份都已读完，正在相互核对。`;
  const reports = files.flatMap((file) => (file.state === "checked" ? [file.checked] : []));
  const found = reports.flatMap(({ corrections }) => corrections);
  const counts = severities.map(
    (one) => `${severityNames[one]} ${found.filter(({ severity }) => severity === one).length} 项`,
  );
  const unread = files.length - reports.length;
  return `检查了 ${reports.length} 份报告：${counts.join("，")}。${unread > 0 ? `另有 ${unread} 个文件不能读取。` : ""}`;
}
