"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { addressOf, HISTORY } from "./navigation.tsx";
import styles from "./report-bar.module.css";
import { useReportContext } from "./report-provider.tsx";
import { useDraft } from "./use-report.ts";

type PageLinkProps = { page: string; name: string; className?: string };

/** The preview is made by the server. */
export const PreviewLink = ({ className }: { className?: string }) => (
  <ServerPageLink page="preview" name="预览和打印" className={className} />
);

/** The history is kept by the server. */
export const HistoryLink = () => <ServerPageLink page={HISTORY} name="历史版本" />;

/** Whether last year's report is stored only the server knows. */
export const ImportLink = () => <ServerPageLink page="import" name="导入和上年报告" />;

/** The sum of a region is taken over where files are. */
export const RegionSumLink = () => <ServerPageLink page="import" name="填入汇总" />;

/** A page of the report that the server makes, so that what was typed must be there first. */
function ServerPageLink({ page, name, className }: PageLinkProps) {
  const { draft } = useReportContext();
  const router = useRouter();
  const saving = useDraft((state) => state.save.kind);
  // The remark goes when saving goes on.
  const [blockedWhile, setBlockedWhile] = useState<typeof saving>();
  const address = addressOf(draft.id, page);
  const open = async () => {
    const complete = await draft.flush();
    setBlockedWhile(complete ? undefined : draft.state.save.kind);
    if (complete) router.push(address);
  };
  return (
    <>
      {blockedWhile === saving && (
        <span className={styles.blocked} role="alert">
          服务器没有应答，或还有修改没有存上，暂不能打开“{name}”
        </span>
      )}
      <a
        className={className}
        href={address}
        onClick={(event) => {
          if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          void open();
        }}
      >
        {name}
      </a>
    </>
  );
}
