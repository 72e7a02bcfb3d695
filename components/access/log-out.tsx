"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { send } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";

/** Ends the session; nothing of hers is to be seen any more, also not by the back button. */
export function LogOut() {
  const alive = useAlive();
  const [failed, setFailed] = useState(false);
  const leave = async () => {
    const { status } = await send("DELETE", "/api/session");
    // 401: it was over already.
    if (status === 200 || status === 401) window.location.replace("/login");
    else setFailed(true);
  };
  return (
    <Button small disabled={!alive} onClick={leave}>
      {failed ? "没有退出，请重试" : "退出"}
    </Button>
  );
}
