"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { send } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";

/** Ends a session on another machine. */
export function EndSession({ id, name }: { id: string; name: string }) {
  const alive = useAlive();
  const router = useRouter();
  const [message, setMessage] = useState<string>();
  const end = async () => {
    const answer = await send("DELETE", `/api/sessions/${id}`);
    if (answer.status === 0 || answer.status >= 500) setMessage("没有成功，请重试");
    else router.refresh();
  };
  return (
    <Button small disabled={!alive} onClick={end} aria-label={`退出${name}上的登录`}>
      {message ?? "退出"}
    </Button>
  );
}
