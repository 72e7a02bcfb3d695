"use client";

import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { stepOf } from "@/lib/checks/progress.ts";
import { useShowStep } from "../navigation.tsx";
import { useReportContext } from "../report-provider.tsx";
import { LivePages } from "./live-pages.ts";
import type { PageMetrics } from "./page-metrics.ts";
import { type Pages, type Point, placeAt } from "./page-places.ts";

/** The pages of the draft as it stands, and the way from a point of them to the field it comes from. */
export function useLivePages({ source, ...rest }: PageMetrics): { shown: Pages; open: (point: Point) => void } {
  const { draft, lastYear } = useReportContext();
  const showStep = useShowStep();
  const [live] = useState(() => new LivePages(draft, { source, ...rest }, lastYear));
  useEffect(() => live.follow(), [live]);
  useEffect(() => live.compareWith(lastYear), [live, lastYear]);
  const shown = useSyncExternalStore(live.subscribe, live.current, live.current);
  const open = useCallback(
    (point: Point) => {
      const at = placeAt(live.current(), point, source.advance);
      if (at) showStep(stepOf(draft.format, at), at);
    },
    [live, source, draft, showStep],
  );
  return { shown, open };
}
