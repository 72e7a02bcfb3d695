"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Choice, Field } from "@/components/ui/field.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions, stack } from "@/components/ui/page.tsx";
import { send } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";
import { type OrganisationKind, organisationKindNames, organisationKinds } from "@/lib/workflow/organisation-kinds.ts";

type UnitFormProps =
  /** A new one below that one. */
  | { parentId: string; unit?: undefined; parents?: undefined }
  /** An existing one; without `parents` it stays where it is. */
  | {
      parentId?: undefined;
      unit: { id: string; name: string; kind: OrganisationKind; parentId: string | undefined };
      parents?: readonly { value: string; name: string }[];
    };

/** Adds an organisation or changes one. */
export function UnitForm({ parentId, unit, parents }: UnitFormProps) {
  const alive = useAlive();
  const router = useRouter();
  const [error, setError] = useState<string>();
  const [done, setDone] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const answer = unit
      ? await send("PATCH", `/api/organisations/${unit.id}`, typed)
      : await send("POST", "/api/organisations", { ...typed, parentId });
    setError(answer.message);
    setDone(answer.message ? undefined : unit ? "已保存。" : `已增加“${typed.name}”。`);
    if (answer.message) return;
    if (!unit) form.reset();
    router.refresh();
  }

  return (
    <form className={stack} method="dialog" noValidate onSubmit={submit}>
      <Field
        label="单位全称"
        hint="与公章一致，不用简称。"
        name="name"
        defaultValue={unit?.name ?? ""}
        disabled={!alive}
        autoComplete="off"
      />
      <Choice
        label="类别"
        name="kind"
        choices={organisationKinds.map((kind) => ({ value: kind, name: organisationKindNames[kind] }))}
        defaultValue={unit?.kind ?? "department"}
        disabled={!alive}
      />
      {parents && (
        <Choice label="上级单位" name="parentId" choices={parents} defaultValue={unit?.parentId} disabled={!alive} />
      )}
      {error && <Notice error>{error}</Notice>}
      {done && <p role="status">{done}</p>}
      <Actions>
        <Button type="submit" disabled={!alive}>
          {unit ? "保存修改" : "增加下级单位"}
        </Button>
      </Actions>
    </form>
  );
}
