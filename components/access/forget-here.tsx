"use client";

import { useEffect } from "react";
import { forget } from "@/components/report/draft/leaving.ts";

/** Who logged out in this window, until what she left in this browser is cleared. */
const LEFT = "logged-out";

/** Has the next page clear what this browser keeps of hers: this one may write to it until it is gone. */
export function noteLeaving(owner: string): void {
  try {
    sessionStorage.setItem(LEFT, owner);
  } catch {
    // Where nothing is kept there is nothing to clear.
  }
}

/**
 * Clears this browser after somebody who logged out in this window. `user` is logged in now: a window that slept when she
 * left may wake behind the log-in of the next one; what she types after she came back herself is not cleared.
 */
export function ForgetHere({ user }: { user: string | undefined }) {
  useEffect(() => {
    const owner = whoLeft();
    if (!owner) return;
    const cleared = owner === user ? Promise.resolve() : forget(owner);
    void cleared.then(() => sessionStorage.removeItem(LEFT));
  }, [user]);
  return null;
}

function whoLeft(): string | null {
  try {
    return sessionStorage.getItem(LEFT);
  } catch {
    return null;
  }
}
