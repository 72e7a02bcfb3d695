import { notFound } from "next/navigation";
import type { visitor } from "@/lib/auth/page.ts";
import type { StoredAdjustment } from "@/lib/store/adjustments.ts";
import { readRegion } from "@/lib/store/rollup.ts";
import { formatForYear } from "@/templates/index.ts";

type Actor = Awaited<ReturnType<typeof visitor>>["actor"];

/** What a region's sum of a year is made of, in the format of that year. */
export async function totalsOf(actor: Actor, year: number) {
  const format = formatForYear(year);
  if (!format) notFound();
  return { format, ...(await readRegion(actor, format, year)) };
}

/** Who wrote an adjustment down, and when. */
export const signatureOf = ({ userName, at }: StoredAdjustment): string => `${userName}，${day.format(at)}`;

const day = new Intl.DateTimeFormat("zh-CN", { dateStyle: "long", timeZone: "Asia/Shanghai" });
