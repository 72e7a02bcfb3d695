"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Choice } from "@/components/ui/field.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions, stack } from "@/components/ui/page.tsx";
import { send } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";

type SwitchOrganisationProps = { organisations: readonly { id: string; name: string }[]; current: string };

/** Goes on for another organisation: everything that is shown is another's then. */
export function SwitchOrganisation({ organisations, current }: SwitchOrganisationProps) {
  const alive = useAlive();
  const [message, setMessage] = useState<string>();
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const organisation = String(new FormData(event.currentTarget).get("organisation"));
    const answer = await send("PATCH", "/api/session", { organisation });
    if (answer.status === 200) window.location.assign("/");
    else setMessage(answer.message);
  }
  return (
    <form className={stack} method="dialog" onSubmit={submit}>
      <Choice
        label="换一个单位工作"
        name="organisation"
        choices={organisations.map(({ id, name }) => ({ value: id, name }))}
        defaultValue={current}
        disabled={!alive}
      />
      {message && <Notice error>{message}</Notice>}
      <Actions>
        <Button type="submit" disabled={!alive}>
          切换
        </Button>
      </Actions>
    </form>
  );
}
