"use client";

import { useEffect, useMemo, useState } from "react";
import { Button, TextButton } from "@/components/ui/button.tsx";
import { LEAST_REASON, type Written } from "@/lib/checks/reasons.ts";
import { type EditValue, isReason, valueAt } from "@/lib/report/edits.ts";
import { LONGEST_REASON, reasonPath } from "@/lib/report/reasons.ts";
import { type Binding, inputName, useBoundForm } from "./bound-form.ts";
import { GrowingTextarea } from "./growing-textarea.tsx";
import { useReportContext } from "./report-provider.tsx";
import styles from "./side.module.css";

type ReasonNoteProps = {
  answer: Written;
  /** What the way to write one is called. */
  ask?: string;
};

/** What is written about a warning, below it: to be read, written, written anew and taken away. */
export function ReasonNote({ answer, ask = "核实无误，写说明" }: ReasonNoteProps) {
  const { draft, ready, editable } = useReportContext();
  const [writing, setWriting] = useState(false);
  const path = reasonPath(answer.key);
  const { about } = answer;
  if (writing && editable)
    return <ReasonForm key={path + about} path={path} finding={about} onDone={() => setWriting(false)} />;
  const write = () => setWriting(true);
  if (answer.state === "missing") {
    if (!editable) return null;
    return (
      <p>
        <TextButton disabled={!ready} onClick={write}>
          {ask}
        </TextButton>
      </p>
    );
  }
  const { text } = answer.reason;
  const lapsed = answer.state === "lapsed";
  return (
    <div className={styles.reason} data-reason={answer.state}>
      <p>
        <strong>{heads[answer.state]}</strong>
        {text}
      </p>
      {editable && (
        <p>
          {lapsed && (
            <TextButton onClick={() => draft.edit([{ path, value: { finding: about, text } }], "沿用原说明")}>
              原说明仍然适用
            </TextButton>
          )}
          <TextButton onClick={write}>{lapsed ? "重新说明" : "修改"}</TextButton>
          <TextButton onClick={() => draft.edit([{ path, value: null }], "删除说明")}>删除</TextButton>
        </p>
      )}
    </div>
  );
}

const heads: Record<Exclude<Written["state"], "missing">, string> = {
  given: "已说明：",
  short: `说明太短，至少 ${LEAST_REASON} 个字：`,
  lapsed: "情况已变化，请重新说明。原说明：",
};

const textOf = (value: EditValue): string => (isReason(value) ? value.text : "");

type ReasonFormProps = { path: string; finding: string; onDone: () => void };

/** Saved while it is typed, like everything else. */
function ReasonForm({ path, finding, onDone }: ReasonFormProps) {
  const bindings = useMemo(
    (): Binding[] => [
      {
        path,
        shown: (report) => textOf(valueAt(report, path)),
        read: (typed) => (typed.trim() === "" ? null : { finding, text: typed }),
      },
    ],
    [path, finding],
  );
  const form = useBoundForm(bindings);
  useEffect(() => document.getElementById(path)?.focus(), [path]);
  return (
    <div className={styles.reason}>
      <GrowingTextarea
        id={path}
        form={form}
        name={inputName(path)}
        className={styles.reasonText}
        rows={3}
        maxLength={LONGEST_REASON}
        aria-label={`说明：${finding}`}
        aria-describedby={`${path}-hint`}
      />
      <p className={styles.soft} id={`${path}-hint`}>
        写明核实的情况，至少 {LEAST_REASON} 个字。说明只印在审签单上，不随报告公布。
      </p>
      <p>
        <Button small onClick={onDone}>
          写好了
        </Button>
      </p>
    </div>
  );
}
