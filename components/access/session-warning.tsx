"use client";

import { usePathname } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { Button, buttonLook } from "@/components/ui/button.tsx";
import { fetchHere } from "@/components/ui/fetch-for.ts";
import styles from "./session-warning.module.css";

/** When the session ends, in ms from now: unless it is used before, and in any case. */
type Ends = { unused: number; latest: number };
type Warning = { kind: "unused" | "latest"; minutes: number } | { kind: "over" };

/** How long before its end she is warned. */
const LEAD = 3 * 60_000;
/** How often the server is asked meanwhile: what is saved, or done in another window, puts the end off. */
const EVERY = 30_000;
const MINUTE = 60_000;

/** Warns before the session ends, so that it can be put off by one key, and says when it has ended. */
export function SessionWarning({ unused, latest }: Ends) {
  const [warning, setWarning] = useState<Warning>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const button = useRef<HTMLButtonElement>(null);
  const place = usePathname();

  const wait = useCallback((ends: Ends, ask: () => void) => {
    const left = Math.min(ends.unused, ends.latest);
    clearTimeout(timer.current);
    timer.current = setTimeout(ask, left > LEAD ? left - LEAD : EVERY);
    if (left > LEAD) return setWarning(undefined);
    setWarning({
      kind: ends.latest > ends.unused ? "unused" : "latest",
      minutes: Math.max(1, Math.ceil(left / MINUTE)),
    });
  }, []);
  const ask = useCallback(
    async (method: "GET" | "PUT") => {
      const again = () => void ask("GET");
      try {
        const answer = await fetchHere("/api/session", { method, cache: "no-store" });
        if (answer.ok) return wait(await answer.json(), again);
        if (answer.status === 401) setWarning({ kind: "over" });
      } catch {
        // Without the network nobody knows; the page says already that it is gone.
      }
      clearTimeout(timer.current);
      timer.current = setTimeout(again, EVERY);
    },
    [wait],
  );
  useEffect(() => {
    wait({ unused, latest }, () => void ask("GET"));
    return () => clearTimeout(timer.current);
  }, [ask, wait, unused, latest]);
  const isShown = warning?.kind === "unused";
  useEffect(() => {
    // Whoever is in a field puts the end off by typing on; for anybody else this is the key.
    if (isShown && document.activeElement === document.body) button.current?.focus();
  }, [isShown]);

  return (
    <div role="status">
      {warning && (
        <div className={styles.warning}>
          <p>{words(warning)}</p>
          {warning.kind === "unused" && (
            <Button ref={button} primary small onClick={() => void ask("PUT")}>
              继续使用
            </Button>
          )}
          {warning.kind === "over" && (
            // Not a Link: the whole page is another's from then on, and what was not sent is asked about.
            <a className={buttonLook({ small: true })} href={`/login?next=${encodeURIComponent(place)}`}>
              重新登录
            </a>
          )}
        </div>
      )}
    </div>
  );
}

function words(warning: Warning): string {
  switch (warning.kind) {
    case "unused":
      return `有一段时间没有操作了，登录将在 ${warning.minutes} 分钟内到期。`;
    case "latest":
      return `本次登录将在 ${warning.minutes} 分钟内到期，到期后请重新登录。填写的内容照常保存，不会丢失。`;
    case "over":
      return "登录已经到期。填写的内容都在，重新登录后继续。";
  }
}
