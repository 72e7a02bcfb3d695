"use client";

import Link from "next/link";
import { useEffect } from "react";
import type { Sitting } from "@/lib/report/history.ts";
import { moment, timeOfDay } from "@/lib/workflow/times.ts";
import { addressOf, HISTORY, StepLink } from "../navigation.tsx";
import { useReportContext } from "../report-provider.tsx";
import styles from "./history.module.css";
import { changesInWords } from "./words.ts";

/** The versions of a report, by what was done without a long break, and in words what each of them changed. */
export function VersionList({ sittings }: { sittings: readonly Sitting[] }) {
  const { draft, productName } = useReportContext();
  useEffect(() => {
    document.title = `历史版本 - ${productName}`;
  }, [productName]);
  return (
    <main className={styles.page}>
      <h1>历史版本</h1>
      <p className={styles.remark}>
        每次保存都留有版本；间隔不到十分钟的合在一起列出。可以把任一版本与现在的内容对照，也可以恢复。
        <StepLink step="">回到任务清单</StepLink>
      </p>
      <ol className={styles.versions}>
        {sittings.map(({ version, since, savedAt, changes }, index) => (
          <li key={version}>
            <div>
              <h2>
                <time dateTime={new Date(savedAt).toISOString()}>{moment.format(since)}</time>
                {savedAt - since >= 60_000 && ` — ${timeOfDay.format(savedAt)}`}
              </h2>
              <p>
                {index === sittings.length - 1
                  ? "报告建立"
                  : `修改：${changesInWords(draft.format, changes).join("；")}`}
              </p>
            </div>
            <Link
              href={`${addressOf(draft.id, HISTORY)}?version=${version}`}
              prefetch={false}
              aria-label={`与现在对照：${moment.format(savedAt)}的版本`}
            >
              与现在对照
            </Link>
          </li>
        ))}
      </ol>
    </main>
  );
}
