"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Choice, Field } from "@/components/ui/field.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions } from "@/components/ui/page.tsx";
import { post, send } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";
import styles from "./totals.module.css";

type AdjustmentFormProps = {
  year: number;
  cell: string;
  /** What the cell counts, as its hint says: `件` or `万元`. */
  unitName: string;
  units: readonly { organisationId: string; name: string }[];
};

/** Corrects the figure of a unit in the cell that is looked at. */
export function AdjustmentForm({ year, cell, unitName, units }: AdjustmentFormProps) {
  const alive = useAlive();
  const router = useRouter();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = Object.fromEntries(new FormData(form));
    setBusy(true);
    const answer = await post("/api/adjustments", { year, cell, ...typed });
    setBusy(false);
    setProblem(answer.status === 201 ? "" : (answer.message ?? ""));
    if (answer.status !== 201) return;
    form.reset();
    router.refresh();
  }

  return (
    <form className={styles.adjust} method="dialog" noValidate onSubmit={submit} aria-label="登记调整">
      <Choice
        label="调整的单位"
        name="unit"
        choices={units.map(({ organisationId, name }) => ({ value: organisationId, name }))}
      />
      <Field label={`调整数（${unitName}）`} name="delta" placeholder="减少的前面加“-”" autoComplete="off" />
      <Field label="原因" name="reason" placeholder="例如与某某局为同一案件" autoComplete="off" />
      <Button type="submit" disabled={!alive || busy}>
        登记调整
      </Button>
      {problem && <Notice error>{problem}</Notice>}
    </form>
  );
}

/** Takes an adjustment back, after asking once more. */
export function WithdrawAdjustment({ id, about }: { id: string; about: string }) {
  const alive = useAlive();
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState("");

  async function withdraw() {
    const answer = await send("DELETE", `/api/adjustments/${id}`);
    setProblem(answer.status === 200 ? "" : (answer.message ?? ""));
    if (answer.status === 200) router.refresh();
  }

  return (
    <>
      <Actions>
        {asked ? (
          <>
            <Button small onClick={() => void withdraw()} aria-label={`确认撤销${about}的调整`}>
              确认撤销
            </Button>
            <Button small onClick={() => setAsked(false)}>
              不撤销
            </Button>
          </>
        ) : (
          <Button small disabled={!alive} onClick={() => setAsked(true)} aria-label={`撤销${about}的调整`}>
            撤销
          </Button>
        )}
      </Actions>
      {problem && <Notice error>{problem}</Notice>}
    </>
  );
}
