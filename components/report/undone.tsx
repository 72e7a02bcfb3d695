"use client";

import { spoken } from "@/components/ui/spoken.ts";
import type { Format } from "@/lib/report/format.ts";
import type { Action } from "./draft/history.ts";
import { HISTORY, useStep } from "./navigation.tsx";
import { pathNames } from "./places.ts";
import styles from "./report-bar.module.css";
import { useReportContext } from "./report-provider.tsx";
import { useDraft } from "./use-report.ts";

export type UndoneAction = { way: "undo" | "redo"; action: Action };

/** Says beside the versions what was undone or made again, until something else is done. */
export function Undone({ undone }: { undone: UndoneAction | undefined }) {
  const { draft } = useReportContext();
  const step = useStep();
  const isLast = useDraft(
    ({ undoable, redoable }) => (undone?.way === "undo" ? redoable : undoable) === undone?.action,
  );
  const shown = step === HISTORY && isLast ? undone : undefined;
  return (
    <div className={shown ? styles.arrived : spoken} role="status">
      {shown && `${ways[shown.way]}：${actionName(draft.format, shown.action)}。`}
    </div>
  );
}

const ways = { undo: "已撤销", redo: "已重做" } as const;

const actionName = (format: Format, { label, changes }: Action): string =>
  label ||
  pathNames(
    format,
    changes.map(({ path }) => path),
  );
