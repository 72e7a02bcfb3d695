"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Whether the script of this page runs. What the server sends before is to be seen, not to be used. */
export const useAlive = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
