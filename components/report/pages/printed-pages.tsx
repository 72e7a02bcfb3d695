"use client";

import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { PageList } from "./page-list.tsx";
import type { PageMetrics } from "./page-metrics.ts";
import { PagesLoading } from "./pages-loading.tsx";
import { useLivePages } from "./use-live-pages.ts";

/** All pages of the PDF on a page of their own; printed they are the same sheets. */
export const PrintedPages = () => <PagesLoading>{(metrics) => <AllPages metrics={metrics} />}</PagesLoading>;

function AllPages({ metrics }: { metrics: PageMetrics }) {
  const { shown, open } = useLivePages(metrics);
  const printing = useIsPrinting();
  useEffect(layPaper, []);
  return <PageList pages={shown.pages} advance={metrics.source.advance} all={printing} onPoint={open} />;
}

/**
 * Sheets bring their own margins. For this page only, and Chromium 109 knows no paper by name: hence not in a file. A style
 * element would need the nonce of the answer, which is not that of this page when it was come to by a link.
 */
function layPaper(): () => void {
  const paper = new CSSStyleSheet();
  paper.replaceSync("@page { size: A4; margin: 0 }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, paper];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== paper);
  };
}

/** Pages out of sight are drawn for the printer, before it takes its picture. */
function useIsPrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
    };
  }, []);
  return printing;
}
