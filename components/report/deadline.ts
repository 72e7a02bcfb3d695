import { deadlineOf } from "@/lib/checks/dates.ts";
import type { Requirements } from "@/lib/checks/requirement-pack.ts";
import { printedDate } from "@/lib/report/compose.ts";
import type { Report } from "@/lib/report/report.ts";

const DAY = 24 * 60 * 60 * 1000;
/** For how many days after its deadline a report is spoken of as late; what is older was published long ago. */
const LATE = 60;

/** How many days are left on a day until another one; below zero when it is over. Both `YYYY-MM-DD`. */
export const daysUntil = (day: string, today: string): number =>
  Math.round((Date.parse(day) - Date.parse(today)) / DAY);

type Due = Pick<Report, "year" | "organisation">;

/** How a report stands to the day by which it must be published: a finished sentence, or nothing where that is long over. */
export function deadlineWords(
  report: Due,
  today: string,
  requirements: readonly Requirements[] = [],
): string | undefined {
  const { day, by } = deadlineOf({ report, requirements });
  const days = daysUntil(day, today);
  if (days < -LATE) return undefined;
  if (days < 0) return `公布期限${printedDate(day)}已过 ${-days} 天。还没有公布的，请尽快完成并公布。`;
  const rest = days === 0 ? "今天是最后一天" : `还有 ${days} 天`;
  return `按${by}，${report.year}年度报告应在${printedDate(day)}前公布，${rest}。`;
}

/** The year whose report is due next, begun or not: last year's for as long as it may be late, then this year's. */
export function yearDue(
  organisation: Report["organisation"],
  today: string,
  requirements: readonly Requirements[] = [],
): number {
  const lastYear = Number(today.slice(0, 4)) - 1;
  return deadlineWords({ year: lastYear, organisation }, today, requirements) ? lastYear : lastYear + 1;
}
