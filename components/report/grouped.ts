import type { Entry } from "@/lib/report/entry.ts";

/** A figure with commas between thousands, for reading only; undefined for what needs none or is no figure. */
export function grouped(entry: Entry | undefined): string | undefined {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d{4,})(\.\d+)?$/.exec(String(entry ?? "")) ?? [];
  return whole ? `${sign}${whole.replace(/\B(?=(?:\d{3})+$)/g, ",")}${fraction}` : undefined;
}
