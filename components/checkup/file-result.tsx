"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Actions } from "@/components/ui/page.tsx";
import type { CheckedReport, Correction } from "@/lib/checks/corrections.ts";
import { severities, severityNames } from "@/lib/checks/finding.ts";
import { printedDate } from "@/lib/report/compose.ts";
import styles from "./checkup.module.css";
import { type CheckedFile, correctionsOf } from "./checkup.ts";
import { CorrectionDownloads } from "./correction-downloads.tsx";

type FileResultProps = {
  file: CheckedFile;
  opened: boolean;
  withHints: boolean;
  /** Whether no other file can change what is said of this one any more. */
  settled: boolean;
  onRemove: () => void;
};

/** One file: that it waits, why it cannot be read, or what was found in its report. */
export function FileResult({ file, onRemove, ...shown }: FileResultProps) {
  const remove = (
    <Button small onClick={onRemove} aria-label={`移除“${file.name}”`}>
      移除
    </Button>
  );
  if (file.state === "checked") return <Report file={file} remove={remove} {...shown} />;
  return (
    <li className={styles.file} data-state={file.state}>
      <div className={styles.line}>
        <p className={styles.name}>{file.name}</p>
        {file.state !== "reading" && remove}
      </div>
      {file.state === "refused" ? (
        <p className={styles.refused}>没有检查：{file.message}</p>
      ) : (
        <p className={styles.soft}>{file.state === "reading" ? "正在读取……" : "等待检查"}</p>
      )}
    </li>
  );
}

type ReportProps = Omit<FileResultProps, "file" | "onRemove"> & {
  file: Extract<CheckedFile, { state: "checked" }>;
  remove: React.ReactNode;
};

function Report({ file, opened, withHints, settled, remove }: ReportProps) {
  const [isOpen, setOpen] = useState(opened);
  const { checked, lastYear, published } = file;
  const { organisation, year, corrections, notes } = checked;
  return (
    <li className={styles.file} data-state="checked">
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className={styles.line}>
          <span className={styles.name}>
            {organisation} {year}年 <span className={styles.soft}>{file.name}</span>
          </span>
          <Counts checked={checked} />
        </summary>
        {isOpen && (
          <div className={styles.inside}>
            <p className={styles.soft}>
              {lastYear ? `上年报告：${lastYear}。` : `没有放入${year - 1}年报告，结转和雷同没有核对。`}
              {published && `已与本系统登记的公开版本（${printedDate(published.date)}公开）核对。`}
            </p>
            {notes.length > 0 && (
              <ul className={styles.notes} aria-label="读取说明">
                {notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            )}
            {corrections.length === 0 && <p>没有发现问题。</p>}
            {severities.map((severity) => (
              <Group
                key={severity}
                severity={severity}
                corrections={corrections.filter((correction) => correction.severity === severity)}
              />
            ))}
            <Actions>
              <CorrectionDownloads
                label="只下载这一份的清单"
                small
                disabled={!settled}
                content={() => correctionsOf([file], withHints)}
              />
              {remove}
            </Actions>
          </div>
        )}
      </details>
    </li>
  );
}

function Counts({ checked: { corrections } }: { checked: CheckedReport }) {
  return (
    <span className={styles.counts}>
      {severities.map((severity) => {
        const count = corrections.filter((correction) => correction.severity === severity).length;
        return (
          <span key={severity} data-severity={severity} data-count={count}>
            {severityNames[severity]} {count}
          </span>
        );
      })}
    </span>
  );
}

type GroupProps = { severity: Correction["severity"]; corrections: readonly Correction[] };

function Group({ severity, corrections }: GroupProps) {
  if (corrections.length === 0) return null;
  const name = severityNames[severity];
  return (
    <section className={styles.group} data-severity={severity} aria-label={`${name}（${corrections.length}）`}>
      <h2>
        {name}（{corrections.length}）
      </h2>
      <ol>
        {corrections.map((correction) => (
          <Line key={corrections.indexOf(correction)} {...correction} />
        ))}
      </ol>
    </section>
  );
}

const Line = ({ place, quote, message, advice, fix }: Correction) => (
  <li>
    <p className={styles.place}>{place}</p>
    <p>{message}</p>
    {quote && <p className={styles.quote}>原文：{quote}</p>}
    <p className={styles.soft}>
      {fix && <strong>{fix.to === "" ? `删去“${fix.from}”` : `“${fix.from}”改为“${fix.to}”`}。</strong>}
      {advice}
    </p>
  </li>
);
