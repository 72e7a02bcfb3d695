"use client";

import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions, stack } from "@/components/ui/page.tsx";
import { post } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";

/** Names the organisation that this installation serves, then goes on to its first report. */
export function OrganisationForm() {
  const alive = useAlive();
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<string>();
  const [taken, setTaken] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = (field.current?.value ?? "").trim();
    if (!name) return refuse("请填写本单位的全称。");
    setSending(true);
    const answer = await post("/api/organisation", { name });
    // A whole new page, because the header above this form has to name the organisation from now on.
    if (answer.status === 201) return window.location.assign("/reports/new");
    setSending(false);
    setTaken(answer.status === 409);
    refuse(answer.message);
  }

  function refuse(message: string | undefined) {
    setError(message);
    field.current?.focus();
  }

  return (
    // Until the script is there nothing can be entered, and a form that closes a dialog does nothing outside one.
    <form className={stack} method="dialog" noValidate onSubmit={submit}>
      <Field
        label="单位全称"
        hint="与公章一致，不用简称，例如“某某县科学技术局”。"
        error={error}
        name="name"
        disabled={!alive}
        autoComplete="organization"
        ref={field}
      />
      {taken && (
        <Notice>
          单位已经登记过了，<a href="/reports">查看年度报告</a>。
        </Notice>
      )}
      <Actions>
        <Button primary type="submit" disabled={!alive || sending}>
          {sending ? "正在保存…" : "保存并继续"}
        </Button>
      </Actions>
    </form>
  );
}
