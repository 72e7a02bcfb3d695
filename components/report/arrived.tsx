"use client";

import { TextButton } from "@/components/ui/button.tsx";
import { spoken } from "@/components/ui/spoken.ts";
import { pathNames } from "./places.ts";
import styles from "./report-bar.module.css";
import { useReportContext } from "./report-provider.tsx";
import { useDraft } from "./use-report.ts";

/** What somebody else changed meanwhile: told quietly, since nothing of this clerk's is touched by it. */
export function Arrived() {
  const { draft } = useReportContext();
  const arrived = useDraft((state) => state.arrived);
  return (
    <div className={arrived.length > 0 ? styles.arrived : spoken} role="status">
      {arrived.length > 0 && (
        <>
          另一处修改了 {arrived.length} 处，已并入本页：{pathNames(draft.format, arrived)}。
          <TextButton onClick={draft.dismissArrived}>知道了</TextButton>
        </>
      )}
    </div>
  );
}
