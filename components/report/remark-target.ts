"use client";

import { useSyncExternalStore } from "react";
import { useReportContext } from "./report-provider.tsx";

/** A place that a remark can hang on, as findings name places, and the words there that it is about. */
type Target = { place: string; quote?: string };

/** What a remark would be about: the figure that is looked at, or the words that are selected. Kept apart from the page's state, which every cell depends on. */
export class RemarkTarget {
  #target: Target | undefined;
  readonly #listeners = new Set<() => void>();

  readonly get = (): Target | undefined => this.#target;

  readonly set = (target: Target | undefined): void => {
    this.#target = target;
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export function useRemarkTarget(): Target | undefined {
  const { target } = useReportContext();
  return useSyncExternalStore(target.subscribe, target.get, target.get);
}
