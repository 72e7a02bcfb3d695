"use client";

import { type FormEvent, useState } from "react";
import { NewPasswordFields } from "@/components/access/new-password-fields.tsx";
import { Button, ButtonLink } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions, stack } from "@/components/ui/page.tsx";
import { post } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";

type PasswordFormProps = { rules: string; username: string; mustChange: boolean };

/** Takes another password by the one she has. */
export function PasswordForm({ rules, username, mustChange }: PasswordFormProps) {
  const alive = useAlive();
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [current, password] = [String(form.get("current")), String(form.get("password"))];
    if (password !== form.get("repeated")) return setError("两次输入的新密码不一致。");
    setSending(true);
    const answer = await post("/api/account/password", { current, password });
    if (answer.status === 200) return window.location.assign(mustChange ? "/" : "/account");
    setSending(false);
    setError(answer.message);
  }

  return (
    <form className={stack} method="dialog" noValidate onSubmit={submit}>
      {/* For managers of passwords: whose it is. */}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <Field label="现在的密码" name="current" type="password" disabled={!alive} autoComplete="current-password" />
      <NewPasswordFields disabled={!alive} rules={rules} />
      {error && <Notice error>{error}</Notice>}
      <Actions>
        <Button primary type="submit" disabled={!alive || sending}>
          {sending ? "正在更换…" : "更换密码"}
        </Button>
        {!mustChange && <ButtonLink href="/account">返回</ButtonLink>}
      </Actions>
    </form>
  );
}
