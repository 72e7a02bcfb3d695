"use client";

import { useCallback } from "react";

/**
 * Makes the height or width of an element known to the style sheets, as a property of the page: what stays in sight while
 * the page scrolls must neither overlap nor hide the field in focus, and figures are fitted into their columns. Gives the
 * `ref` of the element.
 */
export const useMeasure = (property: `--${string}`, side: "height" | "width") =>
  useCallback(
    (element: Element | null) => {
      if (!element) return undefined;
      const { style } = document.documentElement;
      let known: number | undefined;
      const observer = new ResizeObserver(([entry]) => {
        const box = entry?.borderBoxSize[0];
        const size = box && Math.round(side === "height" ? box.blockSize : box.inlineSize);
        // Every element of the page inherits the property.
        if (size === undefined || size === known) return;
        known = size;
        style.setProperty(property, `${size}px`);
      });
      observer.observe(element);
      return () => {
        observer.disconnect();
        style.removeProperty(property);
      };
    },
    [property, side],
  );
