"use client";

import { useRef } from "react";
import { Button } from "@/components/ui/button.tsx";
import { lockAt } from "@/lib/checks/opening.ts";
import type { Table } from "@/lib/report/format.ts";
import type { Report } from "@/lib/report/report.ts";
import { copyOf } from "@/lib/sheet/copy.ts";
import { blankPaths, nonZeroCount } from "./blanks.ts";
import { putOnClipboard } from "./clipboard.ts";
import { useReportContext } from "./report-provider.tsx";
import styles from "./table-form.module.css";
import { useReport } from "./use-report.ts";

type TableActionsProps = {
  table: Table;
  /** Whether last year's figures are shown beside this year's. */
  isComparing: boolean;
  onCompare: (on: boolean) => void;
  /** Told what was done, as a finished sentence. */
  onDone: (done: string) => void;
  /** Told what is to be said without anything having changed. */
  onSaid: (said: string) => void;
};

/** What is done with a whole table. Filling never changes what is filled in already, and is taken back as one step. */
export function TableActions({ table, isComparing, onCompare, onDone, onSaid }: TableActionsProps) {
  const { draft, ready, editable, lastYear, openings } = useReportContext();
  const dialog = useRef<HTMLDialogElement>(null);
  const fillable = ({ tables, reasons }: Report) =>
    blankPaths(table, tables[table.id]).filter((path) => !lockAt(openings, path, reasons));
  const blanks = useReport((report) => blankPaths(table, report.tables[table.id]).length);
  const toFill = useReport((report) => fillable(report).length);
  const nonZero = useReport((report) => nonZeroCount(table, report.tables[table.id]));
  const hasBalance = draft.format.balances.some((balance) => balance.table === table.id);

  const fill = (label: string) => {
    const paths = fillable(draft.state.report);
    draft.edit(
      paths.map((path) => ({ path, value: 0 })),
      label,
    );
    onDone(`已把 ${paths.length} 个空格填为 0，原有的数字没有改动。`);
  };
  const copy = () => {
    const { text, html } = copyOf(table, draft.state.report.tables[table.id] ?? {});
    const isDone = putOnClipboard({ "text/plain": text, "text/html": html });
    onSaid(isDone ? "已复制整张表，可以粘贴到 Excel、WPS 或另一份报告。" : "浏览器没有允许复制，请再试一次。");
  };
  const noRequests = () => {
    dialog.current?.close();
    fill("本年未收到申请");
  };

  return (
    <>
      <div className={styles.actions}>
        {editable && (
          <Button small disabled={!ready || toFill === 0} onClick={() => fill("其余空格填 0")}>
            其余空格填 0
          </Button>
        )}
        {editable && hasBalance && (
          <Button
            small
            disabled={!ready || toFill === 0}
            onClick={() => (nonZero > 0 ? dialog.current?.showModal() : noRequests())}
          >
            本年未收到申请
          </Button>
        )}
        <Button small disabled={!ready} onClick={copy}>
          复制整张表
        </Button>
        {lastYear && (
          <label className={styles.compare}>
            <input
              type="checkbox"
              disabled={!ready}
              checked={isComparing}
              onChange={({ target }) => onCompare(target.checked)}
            />
            对照{lastYear.report.year}年的数字
          </label>
        )}
        <span className={styles.blanks}>{blanks > 0 ? `还有 ${blanks} 个空格。空白不等于 0。` : "没有空格。"}</span>
      </div>
      <dialog ref={dialog} className={styles.dialog} aria-labelledby="no-requests">
        <h2 id="no-requests">表中已有不为 0 的数字</h2>
        <p>
          本表已经填了 {nonZero} 个不为 0 的数字，与“本年未收到申请”可能不符。继续的话，只把 {toFill} 个空格填为
          0，已填的数字不改。
        </p>
        <div className={styles.actions}>
          <Button small primary onClick={noRequests}>
            继续，只填空格
          </Button>
          <Button small onClick={() => dialog.current?.close()}>
            取消
          </Button>
        </div>
      </dialog>
    </>
  );
}
