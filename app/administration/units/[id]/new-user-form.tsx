"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Checks, Field } from "@/components/ui/field.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions, stack } from "@/components/ui/page.tsx";
import { post } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";
import { OneTimePassword } from "../../one-time-password.tsx";
import { roleChoices } from "../../role-choices.ts";

/** Adds a user, and shows her first password. */
export function NewUserForm({ organisationId }: { organisationId: string }) {
  const alive = useAlive();
  const router = useRouter();
  const [error, setError] = useState<string>();
  const [made, setMade] = useState<{ name: string; password: string }>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    const [name, username] = [String(typed.get("name")), String(typed.get("username"))];
    const memberships = typed.getAll("role").map((role) => ({ organisationId, role }));
    const answer = await post("/api/users", { organisationId, name, username, memberships });
    setError(answer.message);
    setMade(answer.password ? { name, password: answer.password } : undefined);
    if (!answer.password) return;
    form.reset();
    router.refresh();
  }

  return (
    <form className={stack} method="dialog" noValidate onSubmit={submit}>
      <Field label="姓名" name="name" disabled={!alive} autoComplete="off" />
      <Field
        label="用户名"
        hint="登录时使用，全系统不能重复，可以用汉字、字母、数字。"
        name="username"
        disabled={!alive}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <Checks legend="角色" name="role" choices={roleChoices} chosen={["clerk"]} disabled={!alive} />
      {error && <Notice error>{error}</Notice>}
      {made && <OneTimePassword of={made.name} password={made.password} />}
      <Actions>
        <Button type="submit" disabled={!alive}>
          增加用户
        </Button>
      </Actions>
    </form>
  );
}
