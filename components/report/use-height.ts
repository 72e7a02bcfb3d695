"use client";

import { useCallback } from "react";

/**
 * Makes the height of an element known to the style sheets, as a property of the page: what stays in sight while the page
 * scrolls must neither overlap nor hide the field in focus. Gives the `ref` of the element.
 */
export const useHeight = (property: `--${string}`) =>
  useCallback(
    (element: Element | null) => {
      if (!element) return undefined;
      const { style } = document.documentElement;
      const observer = new ResizeObserver(() => {
        style.setProperty(property, `${Math.ceil(element.getBoundingClientRect().height)}px`);
      });
      observer.observe(element);
      return () => {
        observer.disconnect();
        style.removeProperty(property);
      };
    },
    [property],
  );
