"use client";

import { useCallback, useEffect, useState } from "react";

/** Reading `localStorage` throws where it is switched off; on the server there is none. */
export function localStorageIfAny(): Storage | undefined {
  try {
    return globalThis.window?.localStorage;
  } catch {
    return undefined;
  }
}

/** A switch, off at first, that this machine remembers under a key. */
export function useRemembered(key: string): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(false);
  useEffect(() => setOn(localStorageIfAny()?.getItem(key) === "yes"), [key]);
  const turn = useCallback(
    (next: boolean) => {
      setOn(next);
      try {
        localStorageIfAny()?.setItem(key, next ? "yes" : "no");
      } catch {
        // A full storage costs no more than the memory of this choice.
      }
    },
    [key],
  );
  return [on, turn];
}
