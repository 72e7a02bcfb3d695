"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Checks } from "@/components/ui/field.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions, stack } from "@/components/ui/page.tsx";
import { send } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";
import { type OptionalStep, optionalSteps } from "@/lib/workflow/transitions.ts";
import { stepHints, stepNames } from "@/lib/workflow/words.ts";

/** Says which steps a report of an organisation goes through. Signing is always one of them. */
export function StepsForm({ id, skipped }: { id: string; skipped: readonly OptionalStep[] }) {
  const alive = useAlive();
  const router = useRouter();
  const [outcome, setOutcome] = useState<{ isError: boolean; message: string }>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const taken = new FormData(event.currentTarget).getAll("step");
    const left = optionalSteps.filter((step) => !taken.includes(step));
    const answer = await send("PUT", `/api/organisations/${id}/steps`, { skipped: left });
    setOutcome({ isError: answer.status !== 200, message: answer.message ?? "已保存。" });
    if (answer.status === 200) router.refresh();
  }

  return (
    <form className={stack} method="dialog" noValidate onSubmit={submit}>
      <Checks
        legend="报告要经过的步骤"
        name="step"
        choices={optionalSteps.map((step) => ({ value: step, name: stepNames[step], hint: stepHints[step] }))}
        chosen={optionalSteps.filter((step) => !skipped.includes(step))}
        disabled={!alive}
      />
      <p>起草、签发和公开是每份报告都有的步骤。正停在某一步的报告，由这一步的人办完再往下走。</p>
      {outcome?.isError && <Notice error>{outcome.message}</Notice>}
      <p role="status">{outcome && !outcome.isError && outcome.message}</p>
      <Actions>
        <Button type="submit" disabled={!alive}>
          保存步骤
        </Button>
      </Actions>
    </form>
  );
}
