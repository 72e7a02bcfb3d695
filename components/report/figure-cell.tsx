"use client";

import { memo } from "react";
import { entryProblem, isAllowedSlash, parseEntry } from "@/lib/report/entry.ts";
import { cellName, type Line, type Table, unitAt } from "@/lib/report/format.ts";
import { type BoundForm, inputName } from "./bound-form.ts";
import { rowForm } from "./row-forms.tsx";
import styles from "./table-form.module.css";
import { useFindingsAt, useReport } from "./use-report.ts";

type FigureCellProps = { table: Table; row: Line; column: Line; form: BoundForm };

/**
 * A field for one figure. What is typed stays as typed while she types; leaving the field, or ending an input method's
 * composition, shows it as it was understood (`１，２３４` → `1234`). What is no figure stays, marked.
 */
export const FigureCell = memo(function FigureCell({ table, row, column, form }: FigureCellProps) {
  const id = `${table.id}.${row.id}.${column.id}`;
  const name = inputName(`tables.${id}`);
  const unit = unitAt(row, column);
  const { onChange, onBlur, ref } = form.register(name);
  const findings = useFindingsAt(id);
  const unreadable = useReport((report) => {
    const entry = report.tables[table.id]?.[row.id]?.[column.id] ?? null;
    return entryProblem(unit, entry) !== undefined && !isAllowedSlash(row, column, entry);
  });
  const worst = findings.find((finding) => finding.severity !== "hint")?.severity;
  const invalid = unreadable || worst === "error";
  const reason = invalid || worst ? findings.map((finding) => finding.message).join("") : "";

  const settle = (input: HTMLInputElement) => {
    const entry = parseEntry(unit, input.value);
    const settled = entry === null ? "" : String(entry);
    if (settled !== input.value) form.setValue(name, settled);
  };

  return (
    <>
      <input
        id={id}
        ref={ref}
        name={name}
        form={rowForm(table, row.id)}
        className={styles.input}
        data-mark={invalid ? "error" : worst}
        type="text"
        inputMode={unit === "money" ? "decimal" : "numeric"}
        autoComplete="off"
        maxLength={60}
        defaultValue={form.formState.defaultValues?.[name] ?? ""}
        aria-label={cellName(table, row.id, column.id)}
        aria-invalid={invalid || undefined}
        aria-describedby={reason ? `${id}-reason` : undefined}
        title={reason || undefined}
        onChange={(event) => {
          if (!(event.nativeEvent as InputEvent).isComposing) void onChange(event);
        }}
        onCompositionEnd={(event) => {
          void onChange({ target: event.currentTarget, type: "change" });
          settle(event.currentTarget);
        }}
        onBlur={(event) => {
          void onBlur(event);
          settle(event.currentTarget);
        }}
      />
      {reason && (
        <span id={`${id}-reason`} hidden>
          {reason}
        </span>
      )}
    </>
  );
});
