"use client";

import { type MouseEvent, memo, type ReactNode, useEffect, useRef, useState } from "react";
import type { Page } from "@/lib/layout/display.ts";
import type { FontSource } from "@/lib/layout/glyphs.ts";
import type { PlacedArea, Point } from "./page-places.ts";
import { PageView } from "./page-view.tsx";
import styles from "./pages.module.css";

type PageListProps = {
  pages: readonly Page[];
  advance: FontSource["advance"];
  /** Where the clerk is. */
  marked?: readonly PlacedArea[];
  /** Draws every page, also those far from what is seen. */
  all?: boolean;
  /** Told where a page was clicked; pages that lead nowhere have none. */
  onPoint?: (point: Point) => void;
};

/** Pages one below the other, each as wide as there is room. Only those in sight and their neighbours are drawn. */
export function PageList({ pages, advance, marked = none, all = false, onPoint }: PageListProps) {
  return (
    <ol className={styles.list}>
      {pages.map((page, index) => (
        <Sheet
          // biome-ignore lint/suspicious/noArrayIndexKey: a page is the one with its number
          key={index}
          page={page}
          number={index + 1}
          count={pages.length}
          advance={advance}
          all={all}
          onPoint={onPoint}
        >
          <Marks page={page} areas={marked.filter((area) => area.page === index)} />
        </Sheet>
      ))}
    </ol>
  );
}

const none: readonly PlacedArea[] = [];

type SheetProps = {
  page: Page;
  number: number;
  count: number;
  advance: FontSource["advance"];
  all: boolean;
  /** Told where a page was clicked; pages that lead nowhere have none. */
  onPoint?: (point: Point) => void;
  children: ReactNode;
};

function Sheet({ page, number, count, advance, all, onPoint, children }: SheetProps) {
  const sheet = useRef<HTMLLIElement>(null);
  const near = useIsNear(sheet);
  const point = (event: MouseEvent<HTMLLIElement>) => {
    const { left, top, width } = event.currentTarget.getBoundingClientRect();
    const scale = page.width / width;
    onPoint?.({ page: number - 1, x: (event.clientX - left) * scale, y: (event.clientY - top) * scale });
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the places it leads to are fields, which the keyboard reaches by itself
    <li
      ref={sheet}
      className={styles.sheet}
      data-page={number}
      style={{ aspectRatio: `${page.width} / ${page.height}` }}
      onClick={onPoint && point}
      data-leads={onPoint && ""}
    >
      {(near || all) && <PageView page={page} label={`第 ${number} 页，共 ${count} 页`} advance={advance} />}
      {children}
    </li>
  );
}

/** Whether the element is less than a screen away from what is seen of it. */
function useIsNear(element: { current: HTMLElement | null }): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), {
      root: target.closest(`.${styles.scroller}`),
      rootMargin: "100% 0px",
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return near;
}

type MarksProps = { page: Page; areas: readonly PlacedArea[] };

/** Areas of a page in colour, over its drawing. */
const Marks = memo(function Marks({ page, areas }: MarksProps) {
  if (areas.length === 0) return null;
  return (
    <svg className={styles.marks} viewBox={`0 0 ${page.width} ${page.height}`} aria-hidden="true">
      {areas.map(({ x, y, width, height }) => (
        <rect key={`${x} ${y}`} x={x} y={y} width={width} height={height} />
      ))}
    </svg>
  );
});
