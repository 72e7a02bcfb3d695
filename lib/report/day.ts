/** The calendar day in China at a moment, `YYYY-MM-DD`. */
export const dayInChina = (now: Date): string => calendarDay.format(now);

const calendarDay = new Intl.DateTimeFormat("en-CA", {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  timeZone: "Asia/Shanghai",
});
