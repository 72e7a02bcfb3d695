"use client";

import { type FormEvent, useEffect, useState } from "react";
import { NewPasswordFields } from "@/components/access/new-password-fields.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions, stack } from "@/components/ui/page.tsx";
import { post } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";

type SetupFormProps = {
  /** Named before there were accounts: it keeps its name. */
  organisation: string | undefined;
  passwordRules: string;
};

/** Registers the first organisation and its administrator, who goes on logged in. */
export function SetupForm({ organisation, passwordRules }: SetupFormProps) {
  const alive = useAlive();
  const token = useTokenOfAddress();
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = (name: string) => String(form.get(name) ?? "");
    if (typed("password") !== typed("repeated")) return setError("两次输入的密码不一致。");
    setSending(true);
    const answer = await post("/api/setup", {
      token,
      organisation: organisation ?? typed("organisation"),
      username: typed("username"),
      name: typed("name"),
      password: typed("password"),
    });
    if (answer.status === 201) return window.location.replace("/reports/new");
    setSending(false);
    setError(answer.message);
  }

  if (token === "") {
    return (
      <Notice error>
        地址不完整。请用启动系统时控制台里显示的完整地址（包括“#”后面的部分）打开；地址已过期的，请重新启动系统。
      </Notice>
    );
  }
  return (
    <form className={stack} method="dialog" noValidate onSubmit={submit}>
      <Field
        label="单位全称"
        hint="与公章一致，不用简称，例如“某某县科学技术局”。它会用在报告的标题和落款中。"
        name="organisation"
        disabled={!alive}
        autoComplete="organization"
        {...(organisation && { value: organisation, readOnly: true })}
      />
      <Field label="管理员姓名" name="name" disabled={!alive} autoComplete="name" />
      <Field
        label="用户名"
        hint="登录时使用，可以用汉字、字母、数字。"
        name="username"
        disabled={!alive}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <NewPasswordFields disabled={!alive} rules={passwordRules} />
      {error && <Notice error>{error}</Notice>}
      <Actions>
        <Button primary type="submit" disabled={!alive || sending}>
          {sending ? "正在设置…" : "完成设置"}
        </Button>
      </Actions>
    </form>
  );
}

/** The token after the #, taken out of the address bar and the history; undefined before the page is alive. */
function useTokenOfAddress(): string | undefined {
  const [token, setToken] = useState<string>();
  useEffect(() => {
    const found = window.location.hash.slice(1);
    setToken((known) => known || found);
    window.history.replaceState(null, "", window.location.pathname);
  }, []);
  return token;
}
