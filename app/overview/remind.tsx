"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions } from "@/components/ui/page.tsx";
import { post } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";

/** Sends a reminder and shows the page anew; what went wrong, in words. */
function useReminder(year: number, organisations: readonly string[]) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const send = async () => {
    setBusy(true);
    const answer = await post("/api/reminders", { year, organisations });
    setBusy(false);
    setProblem(answer.status === 200 ? "" : (answer.message ?? ""));
    if (answer.status === 200) router.refresh();
    return answer.status === 200;
  };
  return { busy, problem, send };
}

/** Asks one unit for its report. */
export function RemindUnit({ year, unit, name }: { year: number; unit: string; name: string }) {
  const alive = useAlive();
  const { busy, problem, send } = useReminder(year, [unit]);
  return (
    <>
      <Button small disabled={!alive || busy} onClick={() => void send()} aria-label={`催报${name}`}>
        催报
      </Button>
      {problem && <Notice error>{problem}</Notice>}
    </>
  );
}

/** Asks all these units, after asking once more. */
export function RemindAll({ year, units }: { year: number; units: readonly string[] }) {
  const alive = useAlive();
  const { busy, problem, send } = useReminder(year, units);
  const [asked, setAsked] = useState(false);
  const [done, setDone] = useState("");
  async function confirm() {
    if (!(await send())) return;
    setAsked(false);
    setDone(`已催报 ${units.length} 个单位。`);
  }
  return (
    <>
      <Actions>
        {asked ? (
          <>
            <Button primary disabled={busy} onClick={() => void confirm()}>
              确认催报 {units.length} 个单位
            </Button>
            <Button onClick={() => setAsked(false)}>不催报</Button>
          </>
        ) : (
          <Button disabled={!alive} onClick={() => setAsked(true)}>
            催报列表中没有办完的 {units.length} 个单位
          </Button>
        )}
        <span role="status">{done}</span>
      </Actions>
      {problem && <Notice error>{problem}</Notice>}
    </>
  );
}
