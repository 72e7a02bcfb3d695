import type { Entry } from "@/lib/report/entry.ts";

/** Figures of up to this many signs fit every column at the usual size. */
const USUAL = 4;
const LONGEST = 13;

/** How many signs a cell must make room for by a smaller size (`data-length` in the style sheet); undefined for usual figures. */
export function fitLength(entry: Entry | undefined): number | undefined {
  const { length } = String(entry ?? "");
  return length > USUAL ? Math.min(length, LONGEST) : undefined;
}
