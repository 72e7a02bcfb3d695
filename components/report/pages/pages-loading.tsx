"use client";

import { type ReactNode, useCallback, useEffect, useState } from "react";
import { TextButton } from "@/components/ui/button.tsx";
import { loadPageMetrics, type PageMetrics } from "./page-metrics.ts";
import styles from "./pages.module.css";

/** Shows pages as soon as it is known what they are laid out with. */
export function PagesLoading({ children }: { children: (metrics: PageMetrics) => ReactNode }) {
  const [metrics, setMetrics] = useState<PageMetrics>();
  const [failed, setFailed] = useState(false);
  const load = useCallback(() => {
    setFailed(false);
    loadPageMetrics().then(setMetrics, () => setFailed(true));
  }, []);
  useEffect(load, [load]);
  if (metrics) return children(metrics);
  if (!failed) return <p className={styles.waiting}>正在准备版面……</p>;
  return (
    <p className={styles.failed} role="alert">
      没有从服务器取到字体信息，暂时不能显示版面。
      <TextButton onClick={load}>重试</TextButton>
    </p>
  );
}
