"use client";

import { type ClipboardEvent, memo, useMemo, useState } from "react";
import { Notice } from "@/components/ui/notice.tsx";
import { parseEntry } from "@/lib/report/entry.ts";
import { enteredCells, type Table, unitAt } from "@/lib/report/format.ts";
import { BalanceRow } from "./balance-row.tsx";
import { cellPath } from "./blanks.ts";
import { type Binding, useBoundForm } from "./bound-form.ts";
import type { Line } from "./guidance-panel.tsx";
import { useReportContext } from "./report-provider.tsx";
import { RowForms } from "./row-forms.tsx";
import { TableActions } from "./table-actions.tsx";
import styles from "./table-form.module.css";
import { TableGrid } from "./table-grid.tsx";

type TableFormProps = {
  table: Table;
  /** Accessible name: the heading of the section. */
  heading: string;
  /** Told which row and column the clerk is at, or asks about. */
  onAsk: (line: Line) => void;
};

/** A table of the report as it is printed, with fields in it. */
export const TableForm = memo(function TableForm({ table, heading, onAsk }: TableFormProps) {
  const { draft, ready } = useReportContext();
  const form = useBoundForm(useMemo(() => cellBindings(table), [table]));
  const [several, setSeveral] = useState(false);
  const balances = draft.format.balances.filter((balance) => balance.table === table.id);
  return (
    <fieldset
      className={styles.form}
      disabled={!ready}
      onPaste={(event) => setSeveral(refuseSeveral(event))}
      onInput={() => setSeveral(false)}
      onFocus={(event) => {
        const [tableId, row, column] = event.target.id.split(".");
        if (tableId === table.id && row && column) onAsk({ row, column });
      }}
    >
      <legend className={styles.legend}>{heading}</legend>
      <TableActions table={table} />
      <RowForms table={table} />
      {several && (
        <div className={styles.several}>
          <Notice error>剪贴板里有多个格子的内容，一个格子只能粘贴一个数字，这次没有粘贴。</Notice>
        </div>
      )}
      <div className={styles.scroller}>
        <table className={styles.table} id={table.id} tabIndex={-1} aria-label={heading}>
          <TableGrid table={table} form={form} onAsk={onAsk} />
          {balances.length > 0 && (
            <tfoot>
              {balances.map((balance) => (
                <BalanceRow key={balance.left.join()} table={table} balance={balance} />
              ))}
            </tfoot>
          )}
        </table>
      </div>
    </fieldset>
  );
});

/** In one cell the browser would run the figures of a copied block together into another figure. */
function refuseSeveral(event: ClipboardEvent): boolean {
  const several = /[\t\r\n]/.test(event.clipboardData.getData("text/plain").trim());
  if (several) event.preventDefault();
  return several;
}

const cellBindings = (table: Table): Binding[] =>
  enteredCells(table).map(({ row, column }) => ({
    path: cellPath(table, row, column),
    shown: (report) => String(report.tables[table.id]?.[row.id]?.[column.id] ?? ""),
    read: (text) => parseEntry(unitAt(row, column), text),
  }));
