"use client";

import { memo } from "react";
import { lockAt } from "@/lib/checks/opening.ts";
import { entryProblem, isAllowedSlash, typedEntry } from "@/lib/report/entry.ts";
import { cellName, type Line, type Table, unitAt } from "@/lib/report/format.ts";
import { type BoundForm, bindText, inputName } from "./bound-form.ts";
import { fitLength } from "./fit-length.ts";
import { grouped } from "./grouped.ts";
import { useReportContext } from "./report-provider.tsx";
import { rowForm } from "./row-forms.tsx";
import styles from "./table-form.module.css";
import { useFindingsAt, useRemarksAt, useReport } from "./use-report.ts";

type FigureCellProps = {
  table: Table;
  row: Line;
  column: Line;
  form: BoundForm;
  /** Element that says more of the figure. */
  describedBy: string | undefined;
};

/** Why a cell cannot be changed. */
const LOCKED = "按上年报告填好并锁定。确有出入的，在表格上方写明理由，再修改。";

/**
 * A field for one figure. What is typed stays as typed while she types; leaving the field, or ending an input method's
 * composition, shows it as it was understood (`１，２３４` → `1234`). What is no figure stays, marked. Commas between
 * thousands are laid over the field while it is not in focus: they are never part of what it holds.
 */
export const FigureCell = memo(function FigureCell({ table, row, column, form, describedBy }: FigureCellProps) {
  const id = `${table.id}.${row.id}.${column.id}`;
  const name = inputName(`tables.${id}`);
  const unit = unitAt(row, column);
  const { editable, openings } = useReportContext();
  const locked = useReport(({ reasons }) => lockAt(openings, `tables.${id}`, reasons) !== undefined);
  const { onCompositionEnd, onBlur, ...bound } = bindText(form, name);
  const findings = useFindingsAt(id);
  const entry = useReport((report) => report.tables[table.id]?.[row.id]?.[column.id] ?? null);
  const unreadable = entryProblem(unit, entry) !== undefined && !isAllowedSlash(row, column, entry);
  const withCommas = grouped(entry);
  const worst = findings.find((finding) => finding.severity !== "hint")?.severity;
  const invalid = unreadable || worst === "error";
  const remarked = useRemarksAt(id);
  const found = invalid || worst ? findings.map((finding) => finding.message).join("") : "";
  const reason = [remarked, found, locked && LOCKED].filter(Boolean).join("\n");

  const settle = (input: HTMLInputElement) => {
    const typed = typedEntry(unit, input.value);
    const settled = typed === null ? "" : String(typed);
    if (settled !== input.value) form.setValue(name, settled);
  };

  return (
    <div className={styles.fit} data-grouped={withCommas && ""} data-remarked={remarked ? "" : undefined}>
      <input
        id={id}
        {...bound}
        form={rowForm(table, row.id)}
        className={styles.input}
        data-length={fitLength(entry)}
        data-mark={invalid ? "error" : worst}
        type="text"
        readOnly={!editable || locked}
        aria-readonly={!editable || locked || undefined}
        data-locked={locked || undefined}
        inputMode={unit === "money" ? "decimal" : "numeric"}
        autoComplete="off"
        aria-label={cellName(table, row.id, column.id)}
        aria-invalid={invalid || undefined}
        aria-describedby={[reason && `${id}-reason`, describedBy].filter(Boolean).join(" ") || undefined}
        title={reason || undefined}
        onCompositionEnd={(event) => {
          onCompositionEnd(event);
          settle(event.currentTarget);
        }}
        onBlur={(event) => {
          onBlur(event);
          settle(event.currentTarget);
        }}
      />
      {withCommas && (
        <span className={styles.grouped} data-length={fitLength(withCommas)} aria-hidden>
          {withCommas}
        </span>
      )}
      {reason && (
        <span id={`${id}-reason`} hidden>
          {reason}
        </span>
      )}
    </div>
  );
});
