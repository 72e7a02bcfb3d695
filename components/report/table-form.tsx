"use client";

import { type ClipboardEvent, type FocusEvent, lazy, memo, Suspense, useCallback, useMemo, useState } from "react";
import { TextButton } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { fromYuan, typedEntry, yuanIn } from "@/lib/report/entry.ts";
import { enteredCells, linesAt, type Table, unitAt } from "@/lib/report/format.ts";
import { BalanceRow } from "./balance-row.tsx";
import { cellPath } from "./blanks.ts";
import { type Binding, useBoundForm } from "./bound-form.ts";
import { areaOf, cellsIn, elementOf, type Spot, spotOf } from "./cell-moves.ts";
import { holdsSeveralCells } from "./clipboard.ts";
import type { Action } from "./draft/history.ts";
import { focusSpot } from "./focus.ts";
import type { Line } from "./guidance-panel.tsx";
import { OpeningNote } from "./last-year/opening-note.tsx";
import type { Pasted } from "./paste-dialog.tsx";
import { useReportContext } from "./report-provider.tsx";
import { RowForms } from "./row-forms.tsx";
import { TableActions } from "./table-actions.tsx";
import styles from "./table-form.module.css";
import { TableGrid } from "./table-grid.tsx";
import { TableHelp } from "./table-help.tsx";
import { type Selection, useCells } from "./use-cells.ts";
import { useMeasure } from "./use-measure.ts";
import { useRemembered } from "./use-remembered.ts";
import { useDraft } from "./use-report.ts";
import { YuanDialog } from "./yuan-dialog.tsx";

type TableFormProps = {
  table: Table;
  /** Accessible name: the heading of the section. */
  heading: string;
  /** Told which row and column the clerk is at, or asks about. */
  onAsk: (line: Line) => void;
};

/** The dialog is loaded as soon as a cell is entered, so that pasting works without a network, too. */
const loadPasteDialog = () => import("./paste-dialog.tsx");
const PasteDialog = lazy(loadPasteDialog);

/** A table of the report as it is printed, with fields in it. */
export const TableForm = memo(function TableForm({ table, heading, onAsk }: TableFormProps) {
  const { draft, ready, editable, lastYear, openings } = useReportContext();
  const form = useBoundForm(useMemo(() => cellBindings(table), [table]));
  const { selection, deselect, handlers } = useCells({ table, form, draft, onAsk });
  const [isComparing, compare] = useRemembered("figures-compared");
  const [done, setDone] = useState<Done>();
  const [pasted, setPasted] = useState<Pasted>();
  const [yuanAt, setYuanAt] = useState<Spot>();
  const balances = draft.format.balances.filter((balance) => balance.table === table.id);
  const tableWidth = useMeasure("--table", "width");
  const tell = useCallback((text: string) => setDone({ text, last: draft.state.undoable, canUndo: true }), [draft]);
  const say = (text: string) => setDone({ text, last: draft.state.undoable, canUndo: false });

  const paste = (event: ClipboardEvent) => {
    if (!editable) return;
    const html = event.clipboardData.getData("text/html");
    const text = event.clipboardData.getData("text/plain");
    if (!(event.target as Element).closest(`#${table.id}`) || !holdsSeveralCells(html, text)) return;
    event.preventDefault();
    const at = selection ? firstOf(table, selection) : spotOf(table, event.target as Element);
    deselect();
    setPasted({ html, text, at });
  };
  const endPaste = (edits: Parameters<typeof draft.edit>[0], said: string) => {
    if (edits.length > 0) {
      draft.edit(edits, `粘贴 ${edits.length} 格`);
      tell(said);
    }
    setPasted(undefined);
    if (pasted?.at) focusSpot({ element: elementOf(table, pasted.at) });
  };

  return (
    <fieldset
      className={styles.form}
      disabled={!ready}
      onPaste={paste}
      onFocus={() => void loadPasteDialog().catch(() => undefined)}
    >
      <legend className={styles.legend}>{heading}</legend>
      <TableActions table={table} isComparing={isComparing} onCompare={compare} onDone={tell} onSaid={say} />
      <DoneNotice done={done} />
      {openings
        .filter((opening) => opening.table === table.id)
        .map((opening) => (
          <OpeningNote key={opening.row} opening={opening} onDone={tell} />
        ))}
      {editable && <TableHelp />}
      <RowForms table={table} />
      <SelectionStatus table={table} selection={selection} />
      <div className={styles.scroller}>
        <table
          ref={tableWidth}
          className={table.bands.length > 1 ? `${styles.table} ${styles.banded}` : styles.table}
          id={table.id}
          tabIndex={-1}
          aria-label={heading}
          data-selecting={selection && ""}
          {...handlers}
          onBlurCapture={(event) => tellOfYuan(table, event, tell)}
        >
          <TableGrid
            table={table}
            form={form}
            compared={isComparing ? lastYear : undefined}
            onAsk={onAsk}
            onYuan={setYuanAt}
          />
          {balances.length > 0 && (
            <tfoot>
              {balances.map((balance) => (
                <BalanceRow key={balance.left.join()} table={table} balance={balance} onDone={tell} />
              ))}
            </tfoot>
          )}
        </table>
      </div>
      {pasted && (
        <Suspense fallback={<p role="status">正在读取剪贴板……</p>}>
          <PasteDialog table={table} pasted={pasted} onEnd={endPaste} />
        </Suspense>
      )}
      {yuanAt && <YuanDialog table={table} at={yuanAt} onDone={tell} onClose={() => setYuanAt(undefined)} />}
    </fieldset>
  );
});

/** What was done, what undo would take back when it was, and whether that is the same. */
type Done = { text: string; last: Action | undefined; canUndo: boolean };

/** Says what was done, until something else is. */
function DoneNotice({ done }: { done: Done | undefined }) {
  const { draft } = useReportContext();
  const isLast = useDraft((state) => state.undoable === done?.last);
  return (
    <div className={styles.done} role="status">
      {done && isLast && (
        <Notice>
          {done.text}
          {done.canUndo && <TextButton onClick={() => draft.undo()}>撤销</TextButton>}
        </Notice>
      )}
    </div>
  );
}

function SelectionStatus({ table, selection }: { table: Table; selection: Selection | undefined }) {
  const area = selection && areaOf(table, selection.anchor, selection.head);
  const count = area ? cellsIn(table, area).filter(({ at }) => at).length : 0;
  return (
    <p className={styles.selection} role="status" data-shown={count > 0 || undefined}>
      {area &&
        `已选 ${area.bottom - area.top + 1} 行 ${area.right - area.left + 1} 列，共 ${count} 格。Ctrl+C 复制，Delete 清空，Esc 取消。`}
    </p>
  );
}

/** The cell in the first row and column of a selection. */
function firstOf(table: Table, { anchor, head }: Selection): Spot | undefined {
  const area = areaOf(table, anchor, head);
  const at = area && cellsIn(table, area).find((cell) => cell.at)?.at;
  return at && { row: at.row.id, column: at.column.id };
}

/** An amount typed with 元 behind it is converted when its cell is left; that is said. */
function tellOfYuan(table: Table, { target }: FocusEvent, tell: (text: string) => void): void {
  const spot = target instanceof HTMLInputElement && spotOf(table, target);
  const lines = spot && linesAt(table, spot.row, spot.column);
  const yuan = lines && unitAt(lines.row, lines.column) === "money" ? yuanIn((target as HTMLInputElement).value) : "";
  const amount = yuan && fromYuan(yuan);
  if (amount) tell(`${yuan} 元 = ${amount} 万元，已按万元填入。`);
}

const cellBindings = (table: Table): Binding[] =>
  enteredCells(table).map(({ row, column }) => ({
    path: cellPath(table, row, column),
    shown: (report) => String(report.tables[table.id]?.[row.id]?.[column.id] ?? ""),
    read: (text) => typedEntry(unitAt(row, column), text),
  }));
