"use client";

import type { ReactNode } from "react";
import { TextButton } from "@/components/ui/button.tsx";
import { type BoundForm, bindText, inputName } from "./bound-form.ts";
import { type ChoicePath, choices } from "./choices.ts";
import styles from "./fields.module.css";
import { GrowingTextarea } from "./growing-textarea.tsx";
import { fieldName } from "./places.ts";
import { useReportContext } from "./report-provider.tsx";
import { useFindingsAt, useReport } from "./use-report.ts";

/** A hint helps to fill in: whoever may only read is not shown it. */
type FieldProps = { form: BoundForm; path: string; hint?: string; wide?: boolean };

/** One line of text of the report. */
export function TextField({ form, path, hint, wide, inputMode, type = "text" }: TextFieldProps) {
  const { editable } = useReportContext();
  const shownHint = editable ? hint : undefined;
  return (
    <Labelled path={path} hint={shownHint} wide={wide}>
      <input
        readOnly={!editable}
        {...bindText(form, inputName(path))}
        id={elementOf(path)}
        className={styles.input}
        type={type}
        // Without a latest day the year takes six digits.
        max={type === "date" ? "9999-12-31" : undefined}
        inputMode={inputMode}
        autoComplete="off"
        aria-describedby={shownHint && `${path}-hint`}
      />
    </Labelled>
  );
}
type TextFieldProps = FieldProps & { inputMode?: "tel" | "email" | "url"; type?: "text" | "date" };

/** A choice among a few; the first one stands for nothing said. */
export function ChoiceField({ form, path, hint }: FieldProps & { path: ChoicePath }) {
  const name = inputName(path);
  const { editable } = useReportContext();
  const shownHint = editable ? hint : undefined;
  return (
    <Labelled path={path} hint={shownHint}>
      <select
        disabled={!editable}
        {...form.register(name)}
        id={elementOf(path)}
        className={styles.input}
        defaultValue={form.formState.defaultValues?.[name] ?? ""}
        aria-describedby={shownHint && `${path}-hint`}
      >
        <option value="">未说明</option>
        {choices[path].map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** A text the system composes from the particulars until the clerk writes her own. */
export function ComposedField({ form, path, long }: FieldProps & { long?: boolean }) {
  const { draft, editable } = useReportContext();
  const edited = useReport((report) => isEdited(report, path));
  const name = inputName(path);
  const composed = editable ? "由单位信息自动生成，可以直接修改。" : "由单位信息自动生成。";
  const state = edited ? "已手工修改，不再随单位信息变化。" : composed;
  const shared = { id: elementOf(path), "aria-describedby": `${path}-state`, readOnly: !editable };
  return (
    <Labelled path={path} wide>
      {long ? (
        <GrowingTextarea form={form} name={name} rows={4} {...shared} />
      ) : (
        <input {...bindText(form, name)} {...shared} className={styles.input} type="text" autoComplete="off" />
      )}
      <p className={styles.hint} id={`${path}-state`}>
        {state}
        {editable && edited && (
          <TextButton onClick={() => draft.edit([{ path, value: null }], "恢复自动生成")}>恢复自动生成</TextButton>
        )}
      </p>
    </Labelled>
  );
}

function Labelled({
  path,
  hint,
  wide,
  children,
}: {
  path: string;
  hint?: string;
  wide?: boolean;
  children: ReactNode;
}) {
  const findings = useFindingsAt(elementOf(path)).filter((finding) => finding.severity !== "hint");
  return (
    <div className={wide ? styles.wide : styles.field}>
      <label className={styles.label} htmlFor={elementOf(path)}>
        {fieldName(path)}
      </label>
      {children}
      {hint && (
        <p className={styles.hint} id={`${path}-hint`}>
          {hint}
        </p>
      )}
      {findings.map((finding) => (
        <p key={finding.code + finding.message} className={styles.problem} data-severity={finding.severity}>
          {finding.message}
        </p>
      ))}
    </div>
  );
}

/** Findings name the closing as a whole; its date is the field most of them are about. */
const elementOf = (path: string) => (path === "closing.date" ? "closing" : path);

const isEdited = (report: Parameters<Parameters<typeof useReport>[0]>[0], path: string): boolean =>
  path === "closing.signature"
    ? report.closing.signature !== undefined
    : report[path as "title" | "period" | "opening"] !== undefined;
