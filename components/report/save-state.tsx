"use client";

import { useEffect, useState } from "react";
import { TextButton } from "@/components/ui/button.tsx";
import type { SaveState as State } from "./draft/draft.ts";
import styles from "./report-bar.module.css";
import { useReportContext } from "./report-provider.tsx";
import { useDraft } from "./use-report.ts";

/** Whether her work is safe, always in sight. Read out only when it needs her attention. */
export function SaveState() {
  const { draft } = useReportContext();
  const save = useDraft((state) => state.save);
  const text = useText(save);
  const needsAttention =
    save.kind === "failed" || save.kind === "conflict" || save.kind === "offline" || !save.journaled;
  return (
    <div className={styles.save} data-state={save.kind}>
      <span data-save-state={save.kind} aria-hidden={needsAttention || undefined}>
        {text}
      </span>
      <span role="status" className={styles.spoken}>
        {needsAttention ? text : ""}
      </span>
      {(save.kind === "failed" || save.kind === "offline") && <TextButton onClick={draft.retry}>重试</TextButton>}
    </div>
  );
}

function useText(save: State): string {
  // The server cannot know the clerk's time zone: the time of day appears once the page is alive.
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const notKept = save.journaled ? "" : "，未能存本机";
  switch (save.kind) {
    case "saved":
      return alive && save.at > 0 ? `已保存 ${timeOfDay.format(save.at)}` : "已保存";
    case "saving":
      return `正在保存${notKept}`;
    case "offline":
      return save.journaled ? `离线，已存本机（${save.waiting} 项）` : `离线${notKept}，请不要关闭页面`;
    case "conflict":
      return `有冲突${notKept}`;
    case "failed":
      return `保存失败：${save.message}${save.journaled ? "修改已存本机。" : "修改未能存本机，请不要关闭页面。"}`;
  }
}

const timeOfDay = new Intl.DateTimeFormat("zh-CN", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hour12: false,
});
