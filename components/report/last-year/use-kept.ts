"use client";

import { useSyncExternalStore } from "react";
import type { KeptText } from "@/lib/checks/kept-text.ts";
import { useReportContext } from "../report-provider.tsx";

/** What a section has of last year's text; undefined where last year's report has none, or is still being read. */
export function useKept(section: string): KeptText | undefined {
  const { kept } = useReportContext();
  const snapshot = () => kept.at(section);
  return useSyncExternalStore(kept.subscribe, snapshot, snapshot);
}
