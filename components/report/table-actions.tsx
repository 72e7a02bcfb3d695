"use client";

import { useRef, useState } from "react";
import { Button, TextButton } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import type { Table } from "@/lib/report/format.ts";
import { blankPaths, nonZeroCount } from "./blanks.ts";
import type { Action } from "./draft/history.ts";
import { useReportContext } from "./report-provider.tsx";
import styles from "./table-form.module.css";
import { useDraft, useReport } from "./use-report.ts";

/** The deliberate, undoable actions that fill a whole table. They never change what is filled in already. */
export function TableActions({ table }: { table: Table }) {
  const { draft, ready } = useReportContext();
  const [filled, setFilled] = useState<Action>();
  const undoable = useDraft((state) => state.undoable);
  const dialog = useRef<HTMLDialogElement>(null);
  const blanks = useReport((report) => blankPaths(table, report.tables[table.id]).length);
  const nonZero = useReport((report) => nonZeroCount(table, report.tables[table.id]));
  const hasBalance = draft.format.balances.some((balance) => balance.table === table.id);

  const fill = (label: string) => {
    const paths = blankPaths(table, draft.state.report.tables[table.id]);
    draft.edit(
      paths.map((path) => ({ path, value: 0 })),
      label,
    );
    setFilled(draft.state.undoable);
  };
  const noRequests = () => {
    dialog.current?.close();
    fill("本年未收到申请");
  };

  return (
    <>
      <div className={styles.actions}>
        <Button small disabled={!ready || blanks === 0} onClick={() => fill("其余空格填 0")}>
          其余空格填 0
        </Button>
        {hasBalance && (
          <Button
            small
            disabled={!ready || blanks === 0}
            onClick={() => (nonZero > 0 ? dialog.current?.showModal() : noRequests())}
          >
            本年未收到申请
          </Button>
        )}
        <span className={styles.blanks}>{blanks > 0 ? `还有 ${blanks} 个空格。空白不等于 0。` : "没有空格。"}</span>
      </div>
      <div role="status">
        {filled && filled === undoable && (
          <Notice>
            已把 {filled.changes.length} 个空格填为 0，原有的数字没有改动。
            <TextButton onClick={() => draft.undo()}>撤销</TextButton>
          </Notice>
        )}
      </div>
      <dialog ref={dialog} className={styles.dialog} aria-labelledby="no-requests">
        <h2 id="no-requests">表中已有不为 0 的数字</h2>
        <p>
          本表已经填了 {nonZero} 个不为 0 的数字，与“本年未收到申请”可能不符。继续的话，只把 {blanks} 个空格填为
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
