"use client";

import { Notice } from "@/components/ui/notice.tsx";
import { PlaceLink } from "./navigation.tsx";
import { pathName, placeOfPath } from "./places.ts";
import styles from "./report-bar.module.css";
import { useReportContext } from "./report-provider.tsx";
import { useDraft } from "./use-report.ts";

/** Changes that the server will not take as they are: which, why, and the way to each. */
export function Refusals() {
  const { draft } = useReportContext();
  const refusals = useDraft((state) => state.refusals);
  if (refusals.length === 0) return null;
  return (
    <div className={styles.below}>
      <Notice error>
        <h2 className={styles.conflictHeading}>有 {refusals.length} 处修改服务器没有接受，请更正；其他修改照常保存</h2>
        <ul className={styles.conflicts}>
          {refusals.map(({ path, message }) => (
            <li key={path}>
              <PlaceLink at={placeOfPath(path)}>{pathName(draft.format, path)}</PlaceLink>：
              {message.replaceAll(path, pathName(draft.format, path))}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
