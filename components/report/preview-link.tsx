"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { addressOf } from "./navigation.tsx";
import styles from "./report-bar.module.css";
import { useReportContext } from "./report-provider.tsx";

/** The preview is made by the server, so what was typed must be there first. */
export function PreviewLink({ className }: { className?: string }) {
  const { draft } = useReportContext();
  const router = useRouter();
  const [blocked, setBlocked] = useState(false);
  const address = addressOf(draft.id, "preview");
  const open = async () => {
    const complete = await draft.flush();
    setBlocked(!complete);
    if (complete) router.push(address);
  };
  return (
    <>
      {blocked && (
        <span className={styles.blocked} role="alert">
          有修改还没有存到服务器，暂不能预览
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
        预览
      </a>
    </>
  );
}
