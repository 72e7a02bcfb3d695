"use client";

import { useCallback, useMemo, useRef, useSyncExternalStore } from "react";
import type { Finding } from "@/lib/checks/finding.ts";
import { type StepState, stepStates, stepsOf } from "@/lib/checks/progress.ts";
import { type Answer, answersTo } from "@/lib/checks/reasons.ts";
import { printedPassages } from "@/lib/report/chips.ts";
import type { Passage, PrintedPassage, Report } from "@/lib/report/report.ts";
import { roleNames } from "@/lib/workflow/roles.ts";
import type { DraftState } from "./draft/draft.ts";
import { useReportContext } from "./report-provider.tsx";

/** What `select` takes from the draft; renders again only when that changes, so it must be a primitive or keep its identity. */
export function useDraft<T>(select: (state: DraftState) => T): T {
  const { draft } = useReportContext();
  const snapshot = () => select(draft.state);
  return useSyncExternalStore(draft.subscribe, snapshot, snapshot);
}

/** The same of the report alone. */
export const useReport = <T>(select: (report: Report) => T): T => useDraft((state) => select(state.report));

/** How long a report must rest before what would disturb typing is shown, in ms. */
const REST = 400;

/** The same of the report as it stood when it last rested for a while; nothing before it first did. */
export function useRestedReport<T>(select: (report: Report) => T): T | undefined {
  const { draft } = useReportContext();
  const rested = useRef<Report>(undefined);
  const subscribe = useCallback(
    (show: () => void) => {
      let waited: Report | undefined;
      let timer: ReturnType<typeof setTimeout>;
      const wait = () => {
        const { report } = draft.state;
        if (report === waited) return;
        waited = report;
        clearTimeout(timer);
        timer = setTimeout(() => {
          rested.current = report;
          show();
        }, REST);
      };
      wait();
      const unsubscribe = draft.subscribe(wait);
      return () => {
        clearTimeout(timer);
        unsubscribe();
      };
    },
    [draft],
  );
  const snapshot = () => rested.current && select(rested.current);
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}

/** The text of a section as it is printed; keeps its identity as long as neither text nor figures change. */
export function usePrintedProse(section: string): readonly PrintedPassage[] {
  const { draft } = useReportContext();
  const passages = useReport((report) => report.prose[section] ?? none);
  const tables = useReport((report) => report.tables);
  return useMemo(() => printedPassages(draft.format, tables, passages), [draft, tables, passages]);
}
const none: readonly Passage[] = [];

export function useFindings(): readonly Finding[] {
  const { findings } = useReportContext();
  return useSyncExternalStore(findings.subscribe, findings.all, findings.all);
}

/** What stands between the report and being submitted as it is. */
export function useFindingsToSubmit(): readonly Finding[] {
  const { findings } = useReportContext();
  return useSyncExternalStore(findings.subscribe, findings.toSubmit, findings.toSubmit);
}

/** Every warning with what is written about it. */
export function useAnswers(findings: readonly Finding[]): readonly Answer[] {
  const reasons = useReport((report) => report.reasons);
  return useMemo(() => answersTo(findings, reasons), [findings, reasons]);
}

/** Whether the checks are loaded and have judged the report. */
export function useIsChecked(): boolean {
  const { findings } = useReportContext();
  return useSyncExternalStore(findings.subscribe, findings.ready, findings.ready);
}

/** Findings of exactly this place. */
export function useFindingsAt(place: string): readonly Finding[] {
  const { findings } = useReportContext();
  const snapshot = () => findings.at(place);
  return useSyncExternalStore(findings.subscribe, snapshot, snapshot);
}

/** Remarks on exactly this place that nobody has dealt with, as they are read out there. */
export function useRemarksAt(place: string): string {
  const { remarks } = useReportContext();
  const open = remarks.filter((remark) => remark.place === place && !remark.settled);
  return open.map(({ role, text }) => `${roleNames[role]}意见：${text}`).join("\n");
}

/** The steps of this report in order, each with how far it is. Follows the findings, and renders again only when a step changes. */
export function useSteps() {
  const { draft, findings, visited } = useReportContext();
  const steps = stepsOf(draft.format);
  const snapshot = () => {
    const states = stepStates(draft.format, draft.state.report, findings.all(), visited);
    return steps.map((step) => states[step] ?? "untouched").join();
  };
  const states = useSyncExternalStore(findings.subscribe, snapshot, snapshot).split(",") as StepState[];
  return steps.map((step, index) => ({ step, state: states[index] ?? "untouched" }));
}
