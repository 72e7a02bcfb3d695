"use client";

import { useEffect, useRef } from "react";
import styles from "@/components/access/dialog.module.css";
import { LogInForm } from "@/components/access/log-in-form.tsx";
import { Button } from "@/components/ui/button.tsx";
import { useReportContext } from "./report-provider.tsx";

/** Lets her log in again without leaving the page, and sends what waited for it. */
export function SignInDialog({ onClose }: { onClose: () => void }) {
  const { draft, signIn } = useReportContext();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const done = () => {
    dialog.current?.close();
    draft.retry();
  };
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="sign-in-heading" onClose={onClose}>
      <h2 id="sign-in-heading">请重新登录</h2>
      <p>登录已经到期或者已在别处退出。填写的内容都在，登录后自动保存。</p>
      <LogInForm username={signIn.username} organisation={signIn.organisation} onDone={done}>
        <Button onClick={() => dialog.current?.close()}>以后再登录</Button>
      </LogInForm>
    </dialog>
  );
}
