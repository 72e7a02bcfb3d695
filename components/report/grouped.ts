import type { Entry } from "@/lib/report/entry.ts";

/** Counts with more digits have no room for commas in the narrow columns of counts; amounts stand in wide ones. */
const MOST_DIGITS = 7;

/** A figure with commas between thousands, for reading only; undefined for what needs none, has no room or is no figure. */
export function grouped(entry: Entry | undefined): string | undefined {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d{4,})(\.\d+)?$/.exec(String(entry ?? "")) ?? [];
  const hasRoom = typeof entry === "string" || whole.length <= MOST_DIGITS;
  return whole && hasRoom ? `${sign}${whole.replace(/\B(?=(?:\d{3})+$)/g, ",")}${fraction}` : undefined;
}
