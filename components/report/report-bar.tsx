"use client";

import { useCallback, useEffect, useState } from "react";
import { Button, TextButton } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { stepOf, stepsOf } from "@/lib/checks/progress.ts";
import { reasonKeyOf } from "@/lib/report/reasons.ts";
import { stateNames } from "@/lib/workflow/words.ts";
import { Arrived } from "./arrived.tsx";
import { Conflicts } from "./conflicts.tsx";
import type { Action } from "./draft/history.ts";
import { CHECK, HISTORY, StepLink, useShowStep, useStep } from "./navigation.tsx";
import { placeOfPath } from "./places.ts";
import { PreviewLink } from "./preview-link.tsx";
import { Refusals } from "./refusals.tsx";
import styles from "./report-bar.module.css";
import { useReportContext } from "./report-provider.tsx";
import { SaveState } from "./save-state.tsx";
import { Undone, type UndoneAction } from "./undone.tsx";
import { useMeasure } from "./use-measure.ts";
import { useDraft, useFindings, useReport } from "./use-report.ts";

/** Above every page of a report: which one it is, whether it is saved, undo and the way to its other pages. */
export function ReportBar() {
  const year = useReport((report) => report.year);
  const undoable = useDraft((state) => state.undoable?.label);
  const redoable = useDraft((state) => state.redoable?.label);
  const notice = useDraft((state) => state.notice);
  const { draft, editable } = useReportContext();
  const { dismissNotice } = draft;
  const { undo, redo, undone } = useUndo();
  return (
    <section className={styles.top} ref={useMeasure("--bar", "height")} aria-label="保存和撤销">
      <div className={styles.bar}>
        <StepLink step="" className={styles.name}>
          {year}年度报告
        </StepLink>
        <Standing />
        <SaveState />
        <FindingsLink />
        <div className={styles.tools}>
          {editable && (
            <>
              <TextButton disabled={undoable === undefined} onClick={undo}>
                撤销{undoable && `：${undoable}`}
              </TextButton>
              <TextButton disabled={redoable === undefined} onClick={redo}>
                重做{redoable && `：${redoable}`}
              </TextButton>
            </>
          )}
          <PagesButton />
          <PreviewLink className={styles.preview} />
        </div>
      </div>
      {notice && (
        <div className={styles.below}>
          <Notice error>
            {notice}
            <TextButton onClick={dismissNotice}>知道了</TextButton>
          </Notice>
        </div>
      )}
      <Undone undone={undone} />
      <Arrived />
      <Conflicts />
      <Refusals />
    </section>
  );
}

/** Where the report stands, and that it is only to be read where it is. */
function Standing() {
  const { workflow, editable } = useReportContext();
  const { state, edition } = workflow.standing;
  return (
    <span className={styles.standing} data-state={state}>
      {edition > 1 && "更正版："}
      {stateNames[state]}
      {!editable && "（只读）"}
    </span>
  );
}

/** Shows or hides the pages beside the step that is being filled in. */
function PagesButton() {
  const { draft, ready, pagesShown, showPages } = useReportContext();
  const step = useStep();
  if (!stepsOf(draft.format).includes(step)) return null;
  return (
    <Button small disabled={!ready} aria-pressed={pagesShown} onClick={() => showPages(!pagesShown)}>
      版面预览
    </Button>
  );
}

/** How many mistakes there are, in sight also where the list of findings is not. */
function FindingsLink() {
  const findings = useFindings();
  const errors = findings.filter((finding) => finding.severity === "error").length;
  const warnings = findings.filter((finding) => finding.severity === "warning").length;
  // The page that lists them counts them as they stand in the way of submitting, blanks and all.
  if (useStep() === CHECK || errors + warnings === 0) return null;
  return (
    <a className={styles.findings} href="#findings">
      {errors > 0 && <span data-severity="error">错误 {errors}</span>}
      {warnings > 0 && <span data-severity="warning">警告 {warnings}</span>}
    </a>
  );
}

/**
 * Undo and redo, by button and by Ctrl+Z in cells and outside fields; in running text the browser's own undo is finer.
 * Nothing is changed out of sight: where the change was in another step, that step is shown. Beside the versions, which are
 * about all steps, it is told instead.
 */
function useUndo() {
  const { draft } = useReportContext();
  const step = useStep();
  const [undone, setUndone] = useState<UndoneAction>();
  const show = useShowStep();
  const showAction = useCallback(
    (action: Action | undefined) => {
      const [change, ...others] = action?.changes ?? [];
      // The list of findings, where reasons are written, stands beside every step.
      if (!change || reasonKeyOf(change.path) !== undefined) return;
      const at = placeOfPath(change.path);
      const changed = stepOf(draft.format, at);
      if (changed !== step) show(changed, others.length === 0 ? at : undefined);
      else if (others.length === 0 && change.path.startsWith("tables.")) document.getElementById(at)?.focus();
    },
    [draft, step, show],
  );
  const take = useCallback(
    (way: UndoneAction["way"]) => {
      const action = draft[way]();
      if (step === HISTORY) setUndone(action && { way, action });
      else showAction(action);
    },
    [draft, step, showAction],
  );
  const undo = useCallback(() => take("undo"), [take]);
  const redo = useCallback(() => take("redo"), [take]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      const isText = target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !target.inputMode);
      if (isText || event.isComposing || event.keyCode === 229 || event.altKey || !(event.ctrlKey || event.metaKey))
        return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) redo();
      else undo();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [undo, redo]);
  return { undo, redo, undone };
}
