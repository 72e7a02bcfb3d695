"use client";

import { useEffect, useRef, useState } from "react";
import { TextButton } from "@/components/ui/button.tsx";
import { useReportContext } from "../report-provider.tsx";
import { placeInFocus } from "./form-place.ts";
import { PageList } from "./page-list.tsx";
import type { PageMetrics } from "./page-metrics.ts";
import { areaInSight, areasOf, type FormPlace, type PlacedArea } from "./page-places.ts";
import styles from "./pages.module.css";
import { PagesLoading } from "./pages-loading.tsx";
import { useLivePages } from "./use-live-pages.ts";

/** Beside the form: the pages of the PDF as they stand, open where the clerk is. A click on them leads to its field. */
export function PagesPanel({ step }: { step: string }) {
  const { showPages } = useReportContext();
  return (
    <section className={styles.panel} aria-label="版面预览">
      <header className={styles.head}>
        <h2>版面预览</h2>
        <p className={styles.remark}>分页、分行与 PDF 相同，点击可回到填写处</p>
        <TextButton onClick={() => showPages(false)}>收起</TextButton>
      </header>
      <PagesLoading>{(metrics) => <FollowingPages step={step} metrics={metrics} />}</PagesLoading>
    </section>
  );
}

function FollowingPages({ step, metrics }: { step: string; metrics: PageMetrics }) {
  const scroller = useRef<HTMLElement>(null);
  const { shown, open } = useLivePages(metrics);
  const place = useFormPlace(step);
  const marked = areasOf(shown, place);
  const sight = areaInSight(shown, place, marked);
  useKeepInSight(scroller, sight, sight && shown.pages[sight.page]?.width);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard
    <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label="各页版面，可滚动">
      <PageList
        pages={shown.pages}
        advance={metrics.source.advance}
        marked={place.kind === "step" ? none : marked}
        onPoint={open}
      />
    </section>
  );
}

const none: readonly PlacedArea[] = [];

/** Where the clerk is: the field that she was in last, or the step as long as she has been in none. */
function useFormPlace(step: string): FormPlace {
  const [known, setKnown] = useState<{ step: string; place: FormPlace }>();
  useEffect(() => {
    const look = () => {
      const place = placeInFocus();
      if (place) setKnown((before) => (before && same(before, { step, place }) ? before : { step, place }));
    };
    look();
    const events = ["focusin", "selectionchange", "input"] as const;
    for (const event of events) document.addEventListener(event, look);
    return () => {
      for (const event of events) document.removeEventListener(event, look);
    };
  }, [step]);
  return known?.step === step ? known.place : { kind: "step", at: step };
}

const same = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Scrolls when what is to be seen is not, or has moved out of sight. `pageWidth` is in pt. */
function useKeepInSight(scroller: { current: HTMLElement | null }, sight: PlacedArea | undefined, pageWidth = 1) {
  const { page, y, height } = sight ?? {};
  useEffect(() => {
    const box = scroller.current;
    const sheet = page === undefined ? undefined : box?.querySelector<HTMLElement>(`[data-page="${page + 1}"]`);
    if (!box || !sheet || y === undefined || height === undefined) return;
    const scale = sheet.clientWidth / pageWidth;
    const top = sheet.offsetTop + y * scale;
    const isSeen = top >= box.scrollTop && top + height * scale <= box.scrollTop + box.clientHeight;
    if (!isSeen) box.scrollTop = top - box.clientHeight / 3;
  }, [scroller, page, y, height, pageWidth]);
}
