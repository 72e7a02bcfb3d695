import type { Guidance } from "../../lib/report/format.ts";

export const guidance: Readonly<Record<string, Readonly<Record<string, Guidance>>>> = {};
