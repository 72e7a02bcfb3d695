import type { Page } from "@playwright/test";

/** What 大字版 demands of every page: type, distance of lines and what is clicked, in CSS px. */
export const LARGE = { type: 18, lines: 1.3, target: 44 };
/** What WCAG 2.2 (2.5.8) demands of what is clicked on any page. */
export const LEAST_TARGET = 24;

/** Texts that are seen and break the rules, as lines to read; and how many were looked at. */
export const textsTooSmall = (page: Page, least: { type: number; lines: number }) =>
  page.evaluate(({ type, lines }) => {
    const isSeen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return (
        width > 2 && height > 2 && !element.closest("svg, [aria-hidden='true'], option") && element.checkVisibility()
      );
    };
    const own = (element: Element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const all = [...document.body.querySelectorAll<HTMLElement>("*")].filter(
      (element) => isSeen(element) && (own(element) || element.matches("input, select, textarea")),
    );
    const faults = all.flatMap((element) => {
      const { fontSize, lineHeight } = getComputedStyle(element);
      const size = Number.parseFloat(fontSize);
      const line = lineHeight === "normal" ? Number.POSITIVE_INFINITY : Number.parseFloat(lineHeight);
      const isSmall = size < type || line < size * lines - 0.1;
      return isSmall ? [`${element.outerHTML.slice(0, 120)} ${fontSize}/${lineHeight}`] : [];
    });
    return { count: all.length, faults };
  }, least);

/**
 * What is clicked and is smaller than so many px in height, or narrower than 24. Links within a sentence are spared, as
 * WCAG spares them; a box is as large as its label.
 */
export const targetsTooSmall = (page: Page, least: number) =>
  page.evaluate((height) => {
    const all = [...document.body.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary")]
      .map((element) => element.closest<HTMLElement>("label") ?? element)
      .filter((element) => {
        const box = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        const isHidden = box.width <= 2 || box.height <= 2 || box.bottom < 0 || !element.checkVisibility();
        const isInSentence = element.tagName === "A" && style.display === "inline";
        return !isHidden && !isInSentence;
      });
    const faults = all.flatMap((element) => {
      const box = element.getBoundingClientRect();
      const isSmall = box.height < height - 0.5 || box.width < 24 - 0.5;
      return isSmall ? [`${element.outerHTML.slice(0, 120)} ${box.width}×${box.height}`] : [];
    });
    return { count: all.length, faults };
  }, least);

/** Whether the page itself can be scrolled sideways, and what reaches out of it. */
export const sticksOut = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.body.querySelectorAll<HTMLElement>("*")]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .slice(0, 6)
      .map((element) => element.outerHTML.slice(0, 120));
  });

/** Why the focused element is not seen: outside the window, or something else lies over it. Undefined when it is seen. */
export const obscured = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    if (!element || element === document.body) return undefined;
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const name = element.outerHTML.slice(0, 140);
    const visible = {
      left: Math.max(left, 0),
      right: Math.min(right, window.innerWidth),
      top: Math.max(top, 0),
      bottom: Math.min(bottom, window.innerHeight),
    };
    if (visible.right <= visible.left || visible.bottom <= visible.top) return `outside: ${name}`;
    // Some of it must be seen (2.4.11): of a grid of points over it, one at least belongs to it.
    for (const across of [0.1, 0.5, 0.9]) {
      for (const down of [0.1, 0.5, 0.9]) {
        const found = document.elementFromPoint(
          visible.left + (visible.right - visible.left) * across,
          visible.top + (visible.bottom - visible.top) * down,
        );
        if (
          found &&
          (element.contains(found) || found === element.parentElement || element.closest("label")?.contains(found))
        )
          return undefined;
      }
    }
    return `covered: ${name}`;
  });
