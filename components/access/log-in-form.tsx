"use client";

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Actions, stack } from "@/components/ui/page.tsx";
import { post } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";

type LogInFormProps = {
  /** Only she can log in here; else it is asked who she is. */
  username?: string;
  /** Of her organisations the one that she goes on for. */
  organisation?: string;
  onDone: () => void;
  /** Stands beside the button. */
  children?: ReactNode;
};

/** Asks for name and password, and for the code of a second factor where she has one. */
export function LogInForm({ username, organisation, onDone, children }: LogInFormProps) {
  const alive = useAlive();
  const [sending, setSending] = useState(false);
  const [asksCode, setAsksCode] = useState(false);
  const [error, setError] = useState<{ at: "username" | "password" | "code"; message: string | undefined }>();
  const name = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const code = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asksCode) code.current?.focus();
  }, [asksCode]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = { username: username ?? name.current?.value ?? "", password: password.current?.value ?? "" };
    if (!typed.username.trim()) return refuse("username", "请填写用户名。");
    if (!typed.password) return refuse("password", "请填写密码。");
    if (asksCode && !code.current?.value.trim()) return refuse("code", "请输入手机上显示的动态口令。");
    setSending(true);
    const answer = await post("/api/session", {
      ...typed,
      organisation,
      ...(asksCode && { code: code.current?.value }),
    });
    setSending(false);
    if (answer.status === 200) return onDone();
    if (answer.problem === "code") {
      setError(asksCode ? { at: "code", message: answer.message } : undefined);
      setAsksCode(true);
      code.current?.select();
      return;
    }
    refuse("password", answer.status === 0 ? "连接不上服务器，请检查网络后再试。" : answer.message);
  }

  function refuse(at: "username" | "password" | "code", message: string | undefined) {
    setError({ at, message });
    ({ username: name, password, code })[at].current?.focus();
  }

  const errorAt = (at: string) => error?.at === at && error.message && { error: error.message };
  return (
    // Until the script is there nothing can be entered, and a form that closes a dialog does nothing outside one.
    <form className={stack} method="dialog" noValidate onSubmit={submit}>
      <Field
        label="用户名"
        name="username"
        disabled={!alive}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        {...(username !== undefined && { value: username, readOnly: true })}
        {...errorAt("username")}
        ref={name}
      />
      <Field
        label="密码"
        name="password"
        type="password"
        disabled={!alive}
        autoComplete="current-password"
        {...errorAt("password")}
        ref={password}
      />
      {asksCode && (
        <Field
          label="动态口令"
          hint="打开手机上的身份验证器，输入当前显示的 6 位数字。"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          {...errorAt("code")}
          ref={code}
        />
      )}
      <Actions>
        <Button primary type="submit" disabled={!alive || sending}>
          {sending ? "正在登录…" : "登录"}
        </Button>
        {children}
      </Actions>
    </form>
  );
}
