import { useCallback, useEffect, useState } from "react";

/** A part of the pages that is not in their first load. */
export type Later<Part> = {
  /** Loads it, once; what failed is tried again by the next call. */
  load: () => Promise<Part>;
  /** The part, where it is here already. */
  loaded: () => Part | undefined;
};

/** `load` is not called before the part is first asked for. */
export function later<Part>(load: () => Promise<Part>): Later<Part> {
  let part: Part | undefined;
  return {
    load: async () => {
      part ??= await load();
      return part;
    },
    loaded: () => part,
  };
}

/** Loads the part with the component. `failed` until it is retried. */
export function useLater<Part>(of: Later<Part>): { part: Part | undefined; failed: boolean; retry: () => void } {
  const [part, setPart] = useState(of.loaded);
  const [failed, setFailed] = useState(false);
  const load = useCallback(() => {
    setFailed(false);
    of.load().then(
      (loaded) => setPart(() => loaded),
      () => setFailed(true),
    );
  }, [of]);
  useEffect(load, [load]);
  return { part, failed, retry: load };
}
