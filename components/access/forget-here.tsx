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

/** Clears this browser after somebody who logged out in this window. */
export function ForgetHere() {
  useEffect(() => {
    const owner = whoLeft();
    if (owner) void forget(owner).then(() => sessionStorage.removeItem(LEFT));
  }, []);
  return null;
}

function whoLeft(): string | null {
  try {
    return sessionStorage.getItem(LEFT);
  } catch {
    return null;
  }
}
