"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions } from "@/components/ui/page.tsx";
import { post } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";

/** Lets the whole record be verified, and shows the end of it to be noted. */
export function Verification() {
  const alive = useAlive();
  const [isRunning, setRunning] = useState(false);
  const [outcome, setOutcome] = useState<{ isGood: boolean; message: string }>();

  const verify = async () => {
    setRunning(true);
    const answer = await post("/api/audit/verification", {});
    setRunning(false);
    setOutcome({ isGood: answer.status === 200 && !answer.problem, message: answer.message ?? "" });
  };

  return (
    <>
      <Actions>
        <Button disabled={!alive || isRunning} onClick={() => void verify()}>
          {isRunning ? "正在核对…" : "核对记录是否完好"}
        </Button>
      </Actions>
      <div role="status">{outcome?.isGood && <Notice>{outcome.message}</Notice>}</div>
      {outcome && !outcome.isGood && <Notice error>{outcome.message}</Notice>}
    </>
  );
}
