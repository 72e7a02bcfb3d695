"use client";

import { useEffect, useState } from "react";
import { TextButton } from "@/components/ui/button.tsx";
import { spoken } from "@/components/ui/spoken.ts";
import type { SaveState as State } from "./draft/draft.ts";
import type { Trouble } from "./draft/server.ts";
import { ExportDraft } from "./draft-file.tsx";
import styles from "./report-bar.module.css";
import { useReportContext } from "./report-provider.tsx";
import { SignInDialog } from "./sign-in-dialog.tsx";
import { useDraft } from "./use-report.ts";

/** Whether her work is safe, always in sight. Read out only when it needs her attention. */
export function SaveState() {
  const { draft, editable } = useReportContext();
  const save = useDraft((state) => state.save);
  const text = useText(save);
  const needsAttention = (save.kind !== "saved" && save.kind !== "saving") || !save.journaled;
  const isSignedOut = save.kind === "signedOut";
  const isStuck = save.kind === "failed" || save.kind === "offline";
  const [asksSignIn, setAsksSignIn] = useState(false);
  useEffect(() => setAsksSignIn(isSignedOut), [isSignedOut]);
  // Whoever only reads has nothing to save.
  if (!editable && save.kind === "saved") return null;
  return (
    <div className={styles.save} data-state={save.kind}>
      <span data-save-state={save.kind} aria-hidden={needsAttention || undefined}>
        {text}
      </span>
      <span role="status" className={spoken}>
        {needsAttention ? text : ""}
      </span>
      {isStuck && <TextButton onClick={draft.retry}>重试</TextButton>}
      {isSignedOut && <TextButton onClick={() => setAsksSignIn(true)}>重新登录</TextButton>}
      {asksSignIn && <SignInDialog onClose={() => setAsksSignIn(false)} />}
      {(isStuck || isSignedOut || !save.journaled) && <ExportDraft />}
    </div>
  );
}

function useText(save: State): string {
  // The server cannot know the clerk's time zone: the time of day appears once the page is alive.
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const kept = save.journaled ? "已存本机" : "未存本机，请不要关闭页面";
  switch (save.kind) {
    case "saved":
      return alive && save.at > 0 ? `已保存 ${timeOfDay.format(save.at)}` : "已保存";
    case "saving":
      return save.journaled ? "正在保存" : `正在保存，${kept}`;
    case "offline":
      return `${troubles[save.trouble]}，${kept}（${save.waiting} 项）`;
    case "signedOut":
      return `需要重新登录，${kept}（${save.waiting} 项）`;
    case "conflict":
      return save.journaled ? "有冲突" : `有冲突，${kept}`;
    case "failed":
      return `保存失败：${save.message}修改${kept}。`;
  }
}

const troubles: Readonly<Record<Trouble, string>> = {
  network: "离线",
  busy: "服务器忙，稍后自动再存",
  server: "服务器出错，稍后自动再存",
};

const timeOfDay = new Intl.DateTimeFormat("zh-CN", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hour12: false,
});
