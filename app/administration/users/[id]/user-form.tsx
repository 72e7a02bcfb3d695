"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Checks, Choice, Field } from "@/components/ui/field.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions, stack } from "@/components/ui/page.tsx";
import { send } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";
import { roleChoices } from "../../role-choices.ts";

type UserFormProps = {
  user: {
    id: string;
    name: string;
    organisationId: string;
    memberships: readonly { organisationId: string; role: string }[];
  };
  organisations: readonly { value: string; name: string }[];
};

/** Changes who she is and what she may do: where she belongs, and wherever else she has a role. */
export function UserForm({ user, organisations }: UserFormProps) {
  const alive = useAlive();
  const router = useRouter();
  const [home, setHome] = useState(user.organisationId);
  const [others, setOthers] = useState(() =>
    [...new Set(user.memberships.map(({ organisationId }) => organisationId))].filter((id) => id !== home),
  );
  const [error, setError] = useState<string>();
  const [isDone, setDone] = useState(false);
  const shown = [home, ...others.filter((id) => id !== home)];
  const further = organisations.filter(({ value }) => !shown.includes(value));
  const nameOf = (id: string) => organisations.find(({ value }) => value === id)?.name.trim() ?? "";

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const memberships = shown.flatMap((organisationId) =>
      typed.getAll(`role ${organisationId}`).map((role) => ({ organisationId, role })),
    );
    const change = { name: String(typed.get("name")), organisationId: home, memberships };
    const answer = await send("PATCH", `/api/users/${user.id}`, change);
    setError(answer.message);
    setDone(!answer.message);
    if (!answer.message) router.refresh();
  }

  return (
    <form className={stack} method="dialog" noValidate onSubmit={submit}>
      <Field label="姓名" name="name" defaultValue={user.name} disabled={!alive} autoComplete="off" />
      <Choice
        label="所属单位"
        choices={organisations}
        value={home}
        onChange={(event) => setHome(event.target.value)}
        disabled={!alive}
      />
      {shown.map((organisationId) => (
        <Checks
          key={organisationId}
          legend={`在${nameOf(organisationId)}的角色`}
          name={`role ${organisationId}`}
          choices={roleChoices}
          chosen={user.memberships.filter((one) => one.organisationId === organisationId).map(({ role }) => role)}
          disabled={!alive}
        />
      ))}
      {further.length > 0 && (
        <Choice
          label="在其他单位也有角色的，请选择单位"
          choices={[{ value: "", name: "没有" }, ...further]}
          value=""
          onChange={(event) => setOthers([...others, event.target.value])}
          disabled={!alive}
        />
      )}
      {error && <Notice error>{error}</Notice>}
      {isDone && <p role="status">已保存。角色有变化的，本人需要重新登录。</p>}
      <Actions>
        <Button primary type="submit" disabled={!alive}>
          保存修改
        </Button>
      </Actions>
    </form>
  );
}
