"use client";

import { signatureOf } from "@/lib/report/compose.ts";
import { type Binding, useBoundForm } from "./bound-form.ts";
import styles from "./fields.module.css";
import { ComposedField, TextField } from "./fields.tsx";
import { useReportContext } from "./report-provider.tsx";
import { useReport } from "./use-report.ts";

const usualNote = "此件公开发布";

/** 署名, 成文日期 and 附注, and how they will be printed. */
export function ClosingForm() {
  const { draft, ready, editable } = useReportContext();
  const form = useBoundForm(bindings);
  const note = useReport((report) => report.closing.note ?? "");
  const organisation = useReport((report) => signatureOf(report).organisation);
  const date = useReport((report) => signatureOf(report).date);
  return (
    <>
      <fieldset className={styles.group} disabled={!ready}>
        <legend>落款</legend>
        <ComposedField form={form} path="closing.signature" />
        <TextField form={form} path="closing.date" type="date" hint="按规定应在每年1月31日前公布。" />
        <TextField form={form} path="closing.note" hint="印在成文日期下一行，加圆括号；不需要可以不填。" />
        <label className={styles.check}>
          <input
            type="checkbox"
            disabled={!editable}
            checked={note === usualNote}
            onChange={(event) =>
              draft.edit([{ path: "closing.note", value: event.currentTarget.checked ? usualNote : null }])
            }
          />
          附注“{usualNote}”
        </label>
      </fieldset>
      <section className={styles.printed} aria-label="打印效果">
        <p>{organisation || "（不印署名）"}</p>
        <p>{date || "（未填成文日期）"}</p>
        {note && <p className={styles.printedNote}>（{note}）</p>}
      </section>
    </>
  );
}

const bindings: readonly Binding[] = [
  { path: "closing.signature", shown: (report) => signatureOf(report).organisation, read: (typed) => typed },
  { path: "closing.date", shown: (report) => report.closing.date ?? "", read: (typed) => typed || null },
  { path: "closing.note", shown: (report) => report.closing.note ?? "", read: (typed) => typed.trim() || null },
];
