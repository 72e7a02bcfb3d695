"use client";

import { Button } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import type { Conflict } from "./draft/pending.ts";
import { pathName } from "./places.ts";
import styles from "./report-bar.module.css";
import { useReportContext } from "./report-provider.tsx";
import { useDraft, useReport } from "./use-report.ts";
import { valueInWords } from "./values.ts";

/** Places that somebody else changed, too: both values, and a choice. Nothing is overwritten unasked. */
export function Conflicts() {
  const conflicts = useDraft((state) => state.conflicts);
  return conflicts.length > 0 && <Choices conflicts={conflicts} />;
}

function Choices({ conflicts }: { conflicts: readonly Conflict[] }) {
  const { draft } = useReportContext();
  const { format } = draft;
  const tables = useReport((report) => report.tables);
  return (
    <div className={styles.below}>
      <Notice error>
        <h2 className={styles.conflictHeading}>有 {conflicts.length} 处与服务器上的内容不一致，请逐处选择</h2>
        <ul className={styles.conflicts}>
          {conflicts.map(({ path, mine, theirs }) => (
            <li key={path}>
              <h3>{pathName(format, path)}</h3>
              <dl>
                <dt>我的</dt>
                <dd>{valueInWords(format, tables, path, mine) || "（空白）"}</dd>
                <dt>服务器上的</dt>
                <dd>{valueInWords(format, tables, path, theirs) || "（空白）"}</dd>
              </dl>
              <Button small onClick={() => draft.resolve(path, "mine")}>
                保留我的
              </Button>
              <Button small onClick={() => draft.resolve(path, "theirs")}>
                用服务器上的
              </Button>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
