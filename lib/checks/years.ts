import { openingOf, periodOf, titleOf } from "../report/compose.ts";
import { leaves, tableOf } from "../report/format.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, cellAddress, passageAddress } from "./finding.ts";
import { columnName, figureAt, rowName } from "./lookup.ts";
import { blotOut, placedPassages, readableText, type Stretch, sentencesOf } from "./text.ts";

export const yearRules: readonly Rule[] = [carriedOverDifferently, yearsDisagree, strangeYears];

/** X01: what this year opens with is what last year closed with, for every kind of applicant. */
function carriedOverDifferently(context: CheckContext): RawFinding[] {
  const { format, report, lastYear } = context;
  if (!lastYear || lastYear.report.year !== report.year - 1) return [];
  return format.carryOvers.flatMap((carryOver) => {
    const table = tableOf(format, carryOver.table);
    const columns = leaves(table.bands[0]?.columns ?? []).filter((column) => !column.sum);
    const closed = columns.map(({ id }) => figureAt(lastYear, carryOver.table, carryOver.closing, id));
    if (closed.every((closing) => closing === null || closing === undefined)) return [];
    return columns.flatMap(({ id: column }, index): RawFinding[] => {
      const opening = figureAt(context, carryOver.table, carryOver.opening, column);
      const closing = Number(closed[index] ?? 0);
      if (typeof opening !== "number" || opening === closing) return [];
      const params = {
        column: columnName(table, column),
        opening,
        lastYear: lastYear.report.year,
        closingRow: rowName(table, carryOver.closing),
        closing,
      };
      return [{ code: "X01", at: cellAddress(carryOver.table, carryOver.opening, column), params }];
    });
  });
}

const YEAR = /(?<!\d)((?:19|20)\d{2})\s*年/g;
const WHOLE_YEAR = /\d{4}\s*年\s*1\s*月\s*1\s*日起?\s*(?:至|到|[-—–~～]+)\s*(?:\d{4}\s*年\s*)?12\s*月\s*31\s*日/g;

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

/** A wrong year is an error where it is what a heading or a sentence reports on; a mere day of another year is not. */
function strangeYearsIn(unit: Unit, part: string, year: number): RawFinding[] {
  const strange = yearsIn(unit).filter(({ found }) => found !== year);
  if (strange.length === 0) return [];
  const isStatement = STATES_PROBLEMS.test(unit.text) || STATES_WORK.test(unit.text);
  const excusesPast = LOOKS_BACK.test(unit.text);
  const excusesFuture = LOOKS_AHEAD.test(unit.text) || (part === "problems" && !STATES_PROBLEMS.test(unit.text));
  return strange.flatMap(({ found, from, to }): RawFinding[] => {
    const before = unit.text.slice(Math.max(0, from - unit.from - NEAR), from - unit.from);
    const after = unit.text.slice(to - unit.from, to - unit.from + NEAR);
    if (found < year ? excusesPast : excusesFuture) return [];
    if (isNamedInPassing(before, after) || (!unit.isHeading && DOCUMENT_AFTER.test(after))) return [];
    const isError = unit.isHeading || (isStatement && !DAY_AFTER.test(after));
    const params = { found, year };
    return [{ code: "Y02", at: passageAddress(part, from, to), params, severity: isError ? "error" : "hint" }];
  });
}

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
const NEAR = 30;
const RANGE_BEFORE = /\d{4}\s*年?度?\s*(?:[-—–~～－]+|至|到|、)\s*$/;
const RANGE_AFTER = /^度?\s*(?:[-—–~～－]+|至|到)\s*\d{4}/;
const COMPARED_BEFORE = /(?:较|比|与|同|从|由|自)\s*$/;
const SINCE_AFTER = /^度?\s*(?:以来|以前|之前|起)/;
const DAY_AFTER = /^\s*\d{1,2}\s*月/;
/** `公开2023年度部门决算`: a document of that year, not the work of that year. */
const DOCUMENT_AFTER = /^[^，。；：]{0,24}(?:年报|年度报告|决算|预算|总结|要点|计划)/;
/** What a sentence says that has a reason to name a year before the one reported on, or a year after it. */
const LOOKS_BACK =
  /同比|环比|较上|比上|与上|上一?年|去年|往年|结转|决算|相比|(?:提高|提升|上升|增加|增长|下降|减少)(?:到|至)|[增升降]至|R\s*[&＆]\s*D|全社会|修订|修正|施行|整改|针对|对照/;
const LOOKS_AHEAD = /将|拟|下一?步|今后|计划|规划|预计|展望|目标|打算|争取|力争|继续|明年|下一?年/;
const STATES_PROBLEMS = /存在[^。]{0,8}(?:问题|不足)/;
const STATES_WORK = /主动公开|依申请|(?:收到|受理|办理|接到|接收|新收)[^。]{0,20}申请/;

/** Y03: a range of years, a year compared with, a year since when. */
const isNamedInPassing = (before: string, after: string): boolean =>
  RANGE_BEFORE.test(before) || RANGE_AFTER.test(after) || COMPARED_BEFORE.test(before) || SINCE_AFTER.test(after);
