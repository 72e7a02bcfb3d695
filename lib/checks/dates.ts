import { printedDate } from "../report/compose.ts";
import type { Report } from "../report/report.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, passageAddress } from "./finding.ts";
import { allPassages, periodsIn } from "./prose.ts";
import { isForYear } from "./requirements.ts";
import { reportsForRegion, standingOf } from "./standing.ts";

export const dateRules: readonly Rule[] = [eventsOutOfTime, signedOutOfTime, plansOfThePast];

/** Meetings that reports speak of, by the month they were held in, and which congress they belong to. */
const MEETINGS = [
  { name: "十九大", congress: 19, month: "2017-10", pattern: /(?<!届)十九大/ },
  { name: "十九届四中全会", congress: 19, month: "2019-10", pattern: /十九届四中|十九届[二三、中]{2,8}四中/ },
  { name: "十九届五中全会", congress: 19, month: "2020-10", pattern: /十九届五中|十九届[二三四、中]{2,8}五中/ },
  {
    name: "十九届六中全会",
    congress: 19,
    month: "2021-11",
    pattern: /十九届六中|十九届[二三四五、中历次全会和]{2,14}六中/,
  },
  { name: "二十大", congress: 20, month: "2022-10", pattern: /(?<!届)二十大/ },
  { name: "二十届二中全会", congress: 20, month: "2023-02", pattern: /二十届二中/ },
  { name: "二十届三中全会", congress: 20, month: "2024-07", pattern: /二十届三中|二十届[二、中]{2,6}三中/ },
  { name: "二十届四中全会", congress: 20, month: "2025-10", pattern: /二十届四中|二十届[二三、中]{2,8}四中/ },
] as const;

/** Y04: a meeting that was held after the report was written, or only one that a later congress has overtaken. */
function eventsOutOfTime(context: CheckContext): RawFinding[] {
  const { year } = context.report;
  const lastMonth = `${year + 1}-03`;
  const passages = allPassages(context);
  const told = MEETINGS.flatMap((meeting) => {
    for (const { part, typed, from } of passages) {
      const match = meeting.pattern.exec(typed);
      if (match)
        return [{ meeting, at: passageAddress(part, from + match.index, from + match.index + match[0].length) }];
    }
    return [];
  });
  const early = told
    .filter(({ meeting }) => meeting.month > lastMonth)
    .map(({ meeting, at }): RawFinding => {
      const [held, month] = meeting.month.split("-").map(Number);
      return { code: "Y04", at, params: { name: meeting.name, problem: `${held}年${month}月才召开`, year } };
    });
  const congress = Math.max(
    0,
    ...MEETINGS.filter(({ month }) => month <= `${year}-12`).map((meeting) => meeting.congress),
  );
  const newest = told.reduce((best, { meeting }) => Math.max(best, meeting.congress), 0);
  const stale = told.find(({ meeting }) => meeting.congress === newest);
  if (!stale || newest >= congress) return early;
  const latest = MEETINGS.find((meeting) => meeting.congress === congress);
  const problem = `之后已召开${latest?.name ?? ""}`;
  return [...early, { code: "Y04", at: stale.at, params: { name: stale.meeting.name, problem, year } }];
}

/** The last day on which the law lets a report appear: of a department, and of a government from the county upwards. */
const LAST_DAYS = { department: "01-31", government: "03-31" } as const;
const LAW = "《条例》第四十九条";

type Due = Pick<CheckContext, "deadline" | "requirements"> & { report: Pick<Report, "year" | "organisation"> };

/** The day by which this report must be published, `YYYY-MM-DD`, and who says so. */
export function deadlineOf({ report, deadline, requirements }: Due): { day: string; by: string } {
  // The law names no day for townships: they publish together with the departments.
  const kind = reportsForRegion(report.organisation) ? "government" : "department";
  const local = requirements
    ?.filter((pack) => isForYear(pack, report.year))
    .flatMap((pack) =>
      pack.deadline?.[kind] ? [{ day: `${report.year + 1}-${pack.deadline[kind]}`, by: pack.name }] : [],
    )
    .sort((a, b) => (a.day < b.day ? -1 : 1))[0];
  if (deadline) return { day: deadline, by: "主管部门" };
  return local ?? { day: `${report.year + 1}-${LAST_DAYS[kind]}`, by: LAW };
}

/** Y05: the day of signing lies in the year after the one reported on, and not behind the deadline. */
function signedOutOfTime(context: CheckContext): RawFinding[] {
  const { closing, year } = context.report;
  if (!closing.date) return [];
  const date = printedDate(closing.date);
  if (!closing.date.startsWith(`${year + 1}-`)) {
    return [{ code: "Y05", at: "closing", params: { date, problem: `不在${year + 1}年` }, severity: "error" }];
  }
  const { kind, level } = standingOf(context.report.organisation);
  const due = deadlineOf(context);
  const isClear = kind !== undefined && !(level === "township" && due.by === LAW);
  const { day, by } = isClear || context.deadline ? due : { day: `${year + 1}-${LAST_DAYS.government}`, by: LAW };
  if (closing.date <= day) return [];
  const problem = `晚于${by}规定的公布期限${printedDate(day)}`;
  return [{ code: "Y05", at: "closing", params: { date, problem }, severity: "warning" }];
}

const OPENS_WITH_YEAR = /^(?:[（(][一二三四五六七八九十][)）])?\s*((?:19|20)\d{2})\s*年/;
const PLANS =
  /下一?步|今后|打算|拟(?!定|订|稿)|力争|争取|将(?:进一步|继续|从|加强|加大|重点|围绕|着力|不断|持续|认真|严格|按照|紧紧|切实|坚持|着重|积极|深入|针对|全面|大力|突出|以|在)|工作计划|工作思路|改进计划/;
const IS_DONE = /已|了(?!解)|完成|取得|过去|一年来|存在/;

/** Y06: what is to be done is dated in the year that is over. */
function plansOfThePast(context: CheckContext): RawFinding[] {
  const { year } = context.report;
  return periodsIn(context, "problems").flatMap(({ text, from, part }): RawFinding[] => {
    const match = OPENS_WITH_YEAR.exec(text);
    if (!match || Number(match[1]) !== year || !PLANS.test(text) || IS_DONE.test(text)) return [];
    const start = from + match[0].indexOf(match[1] ?? "");
    const end = from + match[0].length;
    return [{ code: "Y06", at: passageAddress(part, start, end), params: { year, next: year + 1 } }];
  });
}
