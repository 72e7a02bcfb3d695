"use client";

import { useEffect, useRef, useState } from "react";
import { closeAll, countUnsent, lastLeft, noteLeft, settleAll } from "@/components/report/draft/leaving.ts";
import { Button } from "@/components/ui/button.tsx";
import { Actions } from "@/components/ui/page.tsx";
import { send } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";
import styles from "./dialog.module.css";
import { noteLeaving } from "./forget-here.tsx";

/**
 * How long the other pages of this browser may take to hear that what they wait for, too, is saved; and how often it is looked,
 * in ms.
 */
const PATIENCE = 3_000;
const LOOK = 100;

/** What a document hears when it was asleep and no longer is, or is looked at again. */
const WAKING = ["resume", "visibilitychange"];

type Stage = "here" | "leaving" | "asking" | "failed";

/**
 * Ends the session once the server has what was typed; nothing of hers is to be seen any more, by the back button or in
 * another window. What the server cannot take is given up only when she says so.
 */
export function LogOut({ owner }: { owner: string }) {
  const alive = useAlive();
  const [stage, setStage] = useState<Stage>("here");
  const [unsent, setUnsent] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const before = lastLeft(owner);
    const look = () => {
      if (lastLeft(owner) !== before) goToLogIn(owner);
    };
    window.addEventListener("storage", look);
    // Browsers put windows that nobody looks at to sleep, where they hear nothing.
    for (const waking of WAKING) document.addEventListener(waking, look);
    return () => {
      window.removeEventListener("storage", look);
      for (const waking of WAKING) document.removeEventListener(waking, look);
    };
  }, [owner]);
  useEffect(() => {
    if (stage === "asking") dialog.current?.showModal();
  }, [stage]);

  async function leave() {
    setStage("leaving");
    const isSettled = await settleAll();
    const count = await countStillUnsent(owner);
    if (isSettled && count === 0) return end();
    setUnsent(Math.max(1, count));
    setStage("asking");
  }

  async function end() {
    setStage("leaving");
    const { status } = await send("DELETE", "/api/session");
    // 401: it was over already.
    if (status !== 200 && status !== 401) return setStage("failed");
    noteLeft(owner);
    goToLogIn(owner);
  }

  return (
    <>
      <Button small disabled={!alive || stage === "leaving"} onClick={leave}>
        {{ here: "退出", asking: "退出", leaving: "正在退出…", failed: "没有退出，请重试" }[stage]}
      </Button>
      {stage === "asking" && (
        <dialog
          ref={dialog}
          className={styles.dialog}
          aria-labelledby="log-out-heading"
          onClose={() => setStage("here")}
        >
          <h2 id="log-out-heading">还有修改没有存到服务器</h2>
          <p>
            {unsent}{" "}
            份报告里有修改只存在这台电脑上。现在退出，这些修改会从这台电脑上清除，不能恢复。想保留的，请先打开报告，等显示“已保存”再退出。
          </p>
          <Actions>
            <Button primary onClick={() => dialog.current?.close()}>
              先不退出
            </Button>
            <Button onClick={end}>清除修改并退出</Button>
          </Actions>
        </dialog>
      )}
    </>
  );
}

async function countStillUnsent(owner: string): Promise<number> {
  for (let waited = 0; ; waited += LOOK) {
    const count = await countUnsent(owner);
    if (count === 0 || waited >= PATIENCE) return count;
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
}

function goToLogIn(owner: string): void {
  closeAll();
  noteLeaving(owner);
  window.location.replace("/login");
}
