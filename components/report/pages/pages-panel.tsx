"use client";

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { TextButton } from "@/components/ui/button.tsx";
import { stepOf } from "@/lib/checks/progress.ts";
import { useShowStep } from "../navigation.tsx";
import { useReportContext } from "../report-provider.tsx";
import { placeInFocus } from "./form-place.ts";
import { LivePages } from "./live-pages.ts";
import { PageList } from "./page-list.tsx";
import type { PageMetrics } from "./page-metrics.ts";
import { areaInSight, areasOf, type FormPlace, type PlacedArea, type Point, placeAt } from "./page-places.ts";
import styles from "./pages.module.css";
import { usePageMetrics } from "./use-page-metrics.ts";

/** Beside the form: the pages of the PDF as they stand, open where the clerk is. A click on them leads to its field. */
export default function PagesPanel({ step }: { step: string }) {
  const { showPages } = useReportContext();
  const { metrics, failed, retry } = usePageMetrics();
  return (
    <section className={styles.panel} id="pages" aria-label="版面预览">
      <header className={styles.head}>
        <h2>版面预览</h2>
        <p className={styles.remark}>与 PDF 的分页、分行相同；点击版面可回到填写处</p>
        <TextButton onClick={() => showPages(false)}>收起</TextButton>
      </header>
      {metrics && <FollowingPages step={step} metrics={metrics} />}
      {failed && (
        <p className={styles.failed} role="alert">
          没有从服务器取到字体信息，暂时不能显示版面。
          <TextButton onClick={retry}>重试</TextButton>
        </p>
      )}
      {!metrics && !failed && <p className={styles.remark}>正在准备版面……</p>}
    </section>
  );
}

function FollowingPages({ step, metrics }: { step: string; metrics: PageMetrics }) {
  const { draft } = useReportContext();
  const showStep = useShowStep();
  const scroller = useRef<HTMLElement>(null);
  const [live] = useState(() => new LivePages(draft, metrics));
  useEffect(() => live.follow(), [live]);
  const shown = useSyncExternalStore(live.subscribe, live.current, live.current);
  const place = useFormPlace(step);
  const marked = areasOf(shown, place);
  const sight = areaInSight(shown, place, marked);
  useKeepInSight(scroller, sight, sight && shown.pages[sight.page]?.width);
  const { advance } = metrics.source;
  const open = useCallback(
    (point: Point) => {
      const at = placeAt(live.current(), point, advance);
      if (at) showStep(stepOf(draft.format, at), at);
    },
    [live, advance, draft, showStep],
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard
    <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label="各页版面，可滚动">
      <PageList pages={shown.pages} advance={advance} marked={isStep(place, step) ? none : marked} onPoint={open} />
    </section>
  );
}

const none: readonly PlacedArea[] = [];
const isStep = (place: FormPlace, step: string): boolean => place.kind === "field" && place.at === step;

/** Where the clerk is: the field that she was in last, or the step as long as she has been in none. */
function useFormPlace(step: string): FormPlace {
  const [place, setPlace] = useState<{ step: string; place: FormPlace }>();
  useEffect(() => {
    const look = () => {
      const found = placeInFocus();
      if (found) setPlace((known) => (known && same(known, { step, place: found }) ? known : { step, place: found }));
    };
    look();
    const events = ["focusin", "selectionchange", "input"] as const;
    for (const event of events) document.addEventListener(event, look);
    return () => {
      for (const event of events) document.removeEventListener(event, look);
    };
  }, [step]);
  return place?.step === step ? place.place : { kind: "field", at: step };
}

const same = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Scrolls when what is to be seen is not, or has moved out of sight. */
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
