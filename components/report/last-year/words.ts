import type { KeptToken } from "@/lib/checks/kept-text.ts";

/** What the marks within last year's sentences are called. */
export const keptKinds: Readonly<Record<KeptToken["kind"], string>> = { year: "年份", number: "数字", name: "名称" };
