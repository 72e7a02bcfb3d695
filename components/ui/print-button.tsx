"use client";

import type { ReactNode } from "react";
import { Button } from "./button.tsx";

/** Prints the page. */
export const PrintButton = ({ children }: { children: ReactNode }) => (
  <Button onClick={() => window.print()}>{children}</Button>
);
