import { openingOf, periodOf, titleOf } from "../report/compose.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, passageAddress } from "./finding.ts";
import { blotOut, placedPassages, readableText, type Stretch, sentencesOf } from "./text.ts";

export const yearRules: readonly Rule[] = [yearsDisagree, strangeYears];

const YEAR = /(?<!\d)((?:19|20)\d{2})\s*年/g;
const WHOLE_YEAR =
  /\d{4}\s*年\s*0?1\s*月\s*0?1\s*日起?\s*[，,]?\s*(?:至|到|[-—–~～－]+)\s*(?:\d{4}\s*年\s*)?12\s*月\s*31\s*日|(?<=统计期限[为是：:\s]*)\d{4}\s*年/g;

/** Year tokens of a text whose offsets are kept: which year, from where to where. */
const yearsIn = ({ text, from }: Stretch) =>
  [...text.matchAll(YEAR)].map((match) => ({
    found: Number(match[1]),
    from: from + match.index,
    to: from + match.index + match[0].length,
  }));

/** Y01: the title and the 统计期限 in the opening name the year that is reported on. */
function yearsDisagree(context: CheckContext): RawFinding[] {
  const { format, report } = context;
  const findings: RawFinding[] = [];
  const disagreement = (place: string, at: string, found: number): RawFinding => ({
    code: "Y01",
    at,
    params: { place, found, year: report.year },
  });
  const title = { text: readableText(titleOf(format, report)), from: 0 };
  const wrong = yearsIn(title).find(({ found }) => found !== report.year);
  if (wrong) findings.push(disagreement("标题", "title", wrong.found));
  for (const period of periodsInOpening(context)) {
    const wrongYear = yearsIn(period).find(({ found }) => found !== report.year);
    const at = passageAddress("opening", period.from, period.from + period.text.length);
    if (wrongYear) findings.push(disagreement("统计期限", at, wrongYear.found));
  }
  return findings;
}

/** Where the opening names the 统计期限: as the report words it, or as a whole year from day to day. */
function periodsInOpening({ format, report }: CheckContext): Stretch[] {
  const opening = readableText(openingOf(format, report));
  const period = readableText(periodOf(format, report));
  const at = period ? opening.indexOf(period) : -1;
  if (at >= 0) return [{ text: period, from: at }];
  return [...opening.matchAll(WHOLE_YEAR)].map((match) => ({ text: match[0], from: match.index }));
}

/** A sentence or a heading of the text, to be judged on its own. */
type Unit = Stretch & { isHeading: boolean };

/** Y02, Y03: years in the text that are not the year reported on, unless the sentence has a reason to name them. */
function strangeYears(context: CheckContext): RawFinding[] {
  const opening = blotOut(readableText(openingOf(context.format, context.report)), periodsInOpening(context));
  const openingUnits = sentencesOf({ text: opening, from: 0 }).map(
    (sentence): Unit => ({ ...sentence, isHeading: false }),
  );
  const { year } = context.report;
  return [
    ...openingUnits.flatMap((unit) => strangeYearsIn(unit, "opening", year)),
    ...context.format.sections
      .filter((section) => section.kind === "prose")
      .flatMap(({ id }) => unitsOf(context, id).flatMap((unit) => strangeYearsIn(unit, id, year))),
  ];
}

/** A wrong year is an error where it is what a heading or a sentence reports on; otherwise it is only pointed out. */
function strangeYearsIn(unit: Unit, part: string, year: number): RawFinding[] {
  const years = yearsIn(unit);
  if (years.every(({ found }) => found === year)) return [];
  const sentence = traitsOf(unit.text, part);
  const namesReportYear = years.some(({ found }) => found === year) || /今年|本年/.test(unit.text);
  return years.flatMap(({ found, from, to }): RawFinding[] => {
    const before = unit.text.slice(Math.max(0, from - unit.from - NEAR), from - unit.from);
    const after = unit.text.slice(to - unit.from, to - unit.from + NEAR);
    const isReason = found < year ? sentence.looksBack || isAmendment(after) : sentence.looksAhead;
    if (found === year || isReason || isNamedInPassing(before, after)) return [];
    if (!unit.isHeading && part !== "opening" && namesDocument(after)) return [];
    if (found === year + 1 && MONTH_OF_WRITING.test(after)) return [];
    const opensSentence = saysWhen(before, after) && SENTENCE_START.test(before);
    if (found < year && sentence.compares && (namesReportYear || !opensSentence)) return [];
    const isReported = sentence.states && !sentence.compares && !namesReportYear && saysWhen(before, after);
    const severity = unit.isHeading || isReported ? "error" : "hint";
    return [{ code: "Y02", at: passageAddress(part, from, to), params: { found, year }, severity }];
  });
}

/** What a sentence says that has a bearing on the years in it. */
const traitsOf = (text: string, part: string) => ({
  looksBack: LOOKS_BACK.test(text),
  looksAhead: LOOKS_AHEAD.test(text) || (part === "problems" && !STATES_PROBLEMS.test(text)),
  compares: COMPARES.test(text),
  states: STATES_PROBLEMS.test(text) || STATES_WORK.test(text),
});

const LEAD_IN = /^[（(][一二三四五六七八九十]{1,3}[)）][^。：:；！？]{0,40}[。：:]/;

/** Headings, numbered lead-ins (`（一）…：`) and sentences of a section. */
function unitsOf({ report }: CheckContext, section: string): Unit[] {
  return placedPassages(report.prose[section] ?? []).flatMap(({ kind, text: typed, from }): Unit[] => {
    const text = readableText(typed);
    if (kind !== "paragraph") return [{ text, from, isHeading: true }];
    const lead = LEAD_IN.exec(text)?.[0] ?? "";
    const rest = sentencesOf({ text: text.slice(lead.length), from: from + lead.length });
    const units = rest.map((sentence): Unit => ({ ...sentence, isHeading: false }));
    return lead ? [{ text: lead, from, isHeading: true }, ...units] : units;
  });
}

/** How far around a year its reason is looked for, in characters. */
const NEAR = 60;

const RANGE_BEFORE = /\d{4}\s*年?度?\s*(?:[-—–~～－]+|至|到|、|和)\s*$/;
const RANGE_AFTER = /^度?\s*(?:[-—–~～－]+|至|到|、|和)\s*\d{4}/;
const COMPARED_BEFORE = /(?:较|比|与|同|从|由|自|针对|对照)\s*$/;
const SINCE_AFTER = /^度?\s*(?:以来|以前|之前|起)/;
/** A range of years, a year compared with, a year since when. */
const isNamedInPassing = (before: string, after: string): boolean =>
  RANGE_BEFORE.test(before) || RANGE_AFTER.test(after) || COMPARED_BEFORE.test(before) || SINCE_AFTER.test(after);

const DOCUMENT =
  /^([^，。；：]{0,24}?)(?:年报|报告|决算|预算|总结|要点|计划|规划|方案|目录|清单|名单|指南|结果|公报|年鉴|考核|评估|评价|评议|评选|先进|优秀)(?!如下)/;
const ACTS_BEFORE_DOCUMENT = /我[局委办厅]|本[局委办厅机单]|共|主动公开|依申请|收到|受理|发布|印发/;
/** `公开2023年度部门决算`: a document of that year, not `2023年本局公开部门决算`, the work of that year. */
function namesDocument(after: string): boolean {
  const [, between] = DOCUMENT.exec(after) ?? [];
  return between !== undefined && !ACTS_BEFORE_DOCUMENT.test(between);
}

/** What has a reason to name a year before the one reported on. */
const LOOKS_BACK = /(?<![较比与同])上一?年|去年|往年|历年|逐年|连续|结转|决算|整改|R\s*[&＆]\s*D|全社会/;
const isAmendment = (after: string): boolean => /^[^，。；]{0,12}(?:修订|修正|施行)/.test(after);
/** Figures compared with another year's. Such a sentence does not tell its own year for sure. */
const COMPARES = /同比|环比|较上|比上|与上|相比|(?:提高|提升|上升|增加|增长|下降|减少)(?:到|至)|[增升降]至/;
/** What has a reason to name a year after the one reported on: plans and remedies. */
const LOOKS_AHEAD =
  /将|拟|下一?步|今后|计划|规划|预计|展望|目标|打算|争取|力争|继续|明年|下一?年|结转|转入|转至|顺延|针对|围绕|整改|改进/;
/** The report is written in the first weeks of the next year. */
const MONTH_OF_WRITING = /^\s*0?[123]\s*月/;

const STATES_PROBLEMS = /存在[^。]{0,8}(?:问题|不足|差距)/;
const STATES_WORK =
  /主动公开|依申请|公开[^，。；]{0,10}信息|收取[^，。；]{0,6}信息处理费|(?:收到|受理|办理|接到|接收|新收)[^。]{0,20}申请/;
/** What stands between the start of a clause and the year that says when: nothing, a preposition, or who did it. */
const WHEN_BEFORE =
  /(?:^|[，；：。、（(])\s*(?:在|截至|截止|其中|[^，；：。、]{0,20}(?:[局厅委办]|机关|单位|政府|中心|[我全本][省市县区乡镇旗]))?$/;
const SENTENCE_START = /^[^，；。]{0,20}$/;
/** A mere day or month, and what happened once; but a whole year from its first day, or to its last. */
const DAY_AFTER = /^\s*\d{1,2}\s*月/;
const WHOLE_YEAR_AFTER =
  /^\s*0?1\s*月?\s*(?:0?1\s*日)?起?\s*[，,]?\s*(?:至|到|[-—–～~－]+)\s*(?:\d{4}\s*年\s*)?12\s*月/;
const LAST_DAY_AFTER = /^\s*12\s*月\s*31\s*日/;
const EVENT_AFTER =
  /^度?[^，。；]{0,8}(?:建成|成立|设立|开通|开设|开办|推出|上线|启用|改版|组建|改革|机构调整|荣?获|印发|出台)/;

/** Whether a year says when the thing told happened, and not which thing it was. */
function saysWhen(before: string, after: string): boolean {
  if (!WHEN_BEFORE.test(before)) return false;
  if (WHOLE_YEAR_AFTER.test(after) || (LAST_DAY_AFTER.test(after) && /截[至止]$/.test(before))) return true;
  return !DAY_AFTER.test(after) && !EVENT_AFTER.test(after);
}
