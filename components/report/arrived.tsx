"use client";

import { TextButton } from "@/components/ui/button.tsx";
import { spoken } from "@/components/ui/spoken.ts";
import { pathName } from "./places.ts";
import styles from "./report-bar.module.css";
import { useReportContext } from "./report-provider.tsx";
import { useDraft } from "./use-report.ts";

/** Places that are named; of more only the number is told. */
const MOST_NAMED = 3;

/** What somebody else changed meanwhile: told quietly, since nothing of this clerk's is touched by it. */
export function Arrived() {
  const { draft } = useReportContext();
  const arrived = useDraft((state) => state.arrived);
  const names = arrived.slice(0, MOST_NAMED).map((path) => pathName(draft.format, path));
  return (
    <div className={arrived.length > 0 ? styles.arrived : spoken} role="status">
      {arrived.length > 0 && (
        <>
          另一处修改了 {arrived.length} 处，已并入本页：{names.join("；")}
          {arrived.length > MOST_NAMED && "等"}。<TextButton onClick={draft.dismissArrived}>知道了</TextButton>
        </>
      )}
    </div>
  );
}
