"use client";

import { useCallback, useEffect, useState } from "react";
import { loadPageMetrics, type PageMetrics } from "./page-metrics.ts";

/** What pages are laid out with, once it has come; `failed` until a `retry` that succeeds. */
export function usePageMetrics(): { metrics: PageMetrics | undefined; failed: boolean; retry: () => void } {
  const [metrics, setMetrics] = useState<PageMetrics>();
  const [failed, setFailed] = useState(false);
  const load = useCallback(() => {
    setFailed(false);
    loadPageMetrics().then(setMetrics, () => setFailed(true));
  }, []);
  useEffect(load, [load]);
  return { metrics, failed, retry: load };
}
