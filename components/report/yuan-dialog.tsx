"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { fromYuan } from "@/lib/report/entry.ts";
import { cellName, type Table } from "@/lib/report/format.ts";
import { elementOf, type Spot } from "./cell-moves.ts";
import { useReportContext } from "./report-provider.tsx";
import styles from "./table-form.module.css";

type YuanDialogProps = { table: Table; at: Spot; onDone: (done: string) => void; onClose: () => void };

/** Takes an amount in 元 and puts it into a cell in 万元, showing the conversion before it is made. */
export function YuanDialog({ table, at, onDone, onClose }: YuanDialogProps) {
  const { draft } = useReportContext();
  const dialog = useRef<HTMLDialogElement>(null);
  const [yuan, setYuan] = useState("");
  const typed = yuan.trim().replace(/\s*元$/, "");
  const amount = fromYuan(typed);
  const isWrong = typed !== "" && amount === undefined;
  const equation = `${typed} 元 = ${amount} 万元`;

  useEffect(() => dialog.current?.showModal(), []);
  const fillIn = (event: FormEvent) => {
    event.preventDefault();
    if (amount !== undefined) dialog.current?.close(amount);
  };
  // The table is changed once the dialog is gone: Chromium may leave out of sight what changes its size below one.
  const close = () => {
    const value = dialog.current?.returnValue;
    onClose();
    if (value) {
      draft.edit([{ path: `tables.${elementOf(table, at)}`, value }], "按元填写");
      onDone(`${equation}，已填入。`);
    }
    document.getElementById(elementOf(table, at))?.focus();
  };

  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="yuan-heading" onClose={close}>
      <form onSubmit={fillIn}>
        <h2 id="yuan-heading">按元填写“{cellName(table, at.row, at.column)}”</h2>
        <div className={styles.yuanField}>
          <Field
            label="金额（元）"
            hint="财务给的是元，就填在这里，如 125000；最多到分。"
            autoComplete="off"
            value={yuan}
            onChange={(event) => setYuan(event.currentTarget.value)}
            error={isWrong ? "应为不小于 0 的金额，最多两位小数，如 125000.50。" : undefined}
          />
        </div>
        <p role="status">{amount === undefined ? "除以 10000 就是万元。" : equation}</p>
        <div className={styles.actions}>
          <Button small primary type="submit" disabled={amount === undefined}>
            {amount === undefined ? "填入" : `填入 ${amount} 万元`}
          </Button>
          <Button small onClick={() => dialog.current?.close()}>
            取消
          </Button>
        </div>
      </form>
    </dialog>
  );
}
