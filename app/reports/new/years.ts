import { formatForYear, formats } from "@/templates/index.ts";

/** A year that a report can be made for, and whether it has ended; with the report that it already has. */
export type YearChoice = { year: number; notice: string; isOver: boolean; reportId?: string };

/** What the choice has to know of a stored report. */
type Existing = { id: string; report: { year: number } };

/** The year before the current one by Chinese time: the one that is reported on now. */
export const lastYear = (now: Date): number => Number(calendarYear.format(now)) - 1;

/** Every year that a notice covers up to the current one, newest first. */
export function yearChoices(now: Date, reports: readonly Existing[]): YearChoice[] {
  const over = lastYear(now);
  const newest = over + 1;
  const oldest = Math.min(...formats.map(({ years }) => years.from));
  return Array.from({ length: newest - oldest + 1 }, (_, index) => newest - index).flatMap((year) => {
    const format = formatForYear(year);
    const reportId = reports.find(({ report }) => report.year === year)?.id;
    return format ? [{ year, notice: format.notice, isOver: year <= over, reportId }] : [];
  });
}

const calendarYear = new Intl.DateTimeFormat("en", { year: "numeric", timeZone: "Asia/Shanghai" });
