import { type Amount, agreesWith, isExact } from "./amounts.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, passageAddress } from "./finding.ts";
import { toldFigures } from "./narrative.ts";
import { type Period, periodsIn } from "./prose.ts";

export const sumRules: readonly Rule[] = [partsDoNotAddUp];

/** A number and the parts that are told of it, in printed order. */
type List = { period: Period; total: Amount; parts: readonly Amount[]; isComplete: boolean };

const MARKER = /其中|包括|(?<=[，、])含|分别(?:是|为)?|由(?=[^，。；]{0,40}(?:组成|构成))/g;
/** Words that say that the parts are all there are. */
const COMPLETE = /^(?:分别|由)/;
/** How far before its marker a total may stand: behind 其中 something may have been said of it. */
const REACH = { 其中: 20, other: 4 } as const;
const COUNTS = new Set("件条期篇份项个则部幅张次场".split(""));
const MONEY: Readonly<Record<string, number>> = { 元: 1, 万元: 10_000, 亿元: 100_000_000 };
/** What is told besides the parts, or instead of them: another total, a comparison, how often something was read. */
const NO_PART =
  /另|此外|同时|增加|减少|增长|下降|同比|较上|比上|去年|上年[^，。；]{0,2}$|阅读|点击|浏览|访问|转发|下载|粉丝|关注|覆盖|受众|最多|最少|平均|每[月季周天年]|人均|累计|合计|总计|共计|总数|全年共|以上/;
const MOST_PARTS = 60;

/** N13: parts that a sentence lists make up the number it gives; where they are fewer they may be some of them only. */
function partsDoNotAddUp(context: CheckContext): RawFinding[] {
  const told = toldFigures(context);
  return context.format.sections.flatMap((section) => {
    if (section.kind !== "prose") return [];
    const periods = periodsIn(context, section.id);
    return periods.flatMap((period, index) => {
      const lists = [...bracketedLists(period), ...plainLists(period, period.isFirst ? undefined : periods[index - 1])];
      return lists
        .filter(({ parts }) => parts.filter((part) => told.has(part)).length < 2)
        .flatMap((list) => judged(section.id, list));
    });
  });
}

/** （…） directly behind a number: a list of its own when it has two numbers, or says that it is one. */
function bracketedLists(period: Period): List[] {
  return bracketsIn(period).flatMap(({ open, close }): List[] => {
    const inside = period.amounts.filter(({ from }) => from > open && from < close);
    const total = period.amounts.find(({ to }) => to === open);
    if (!total || inside.length === 0) return [];
    const text = period.text.slice(open + 1 - period.from, close - period.from);
    const isNamed = /^(?:其中|包括|分别|含)/.test(text);
    if (inside.length < 2 && !isNamed) return [];
    return [{ period, total, parts: inside, isComplete: /^分别/.test(text) }];
  });
}

/** Outermost brackets of a sentence, as offsets of the text it stands in. */
function bracketsIn({ text, from }: Period): { open: number; close: number }[] {
  return [...text.matchAll(/[（(][^（()）]*[)）]/g)].map((match) => ({
    open: from + match.index,
    close: from + match.index + match[0].length - 1,
  }));
}

/** Lists behind 其中, 包括 and 分别 in the running text; one within another belongs to the part before it. */
function plainLists(period: Period, previous: Period | undefined): List[] {
  const brackets = bracketsIn(period);
  const isOutside = ({ from }: { from: number }) => !brackets.some(({ open, close }) => from > open && from < close);
  const amounts = period.amounts.filter(isOutside).slice(0, MOST_PARTS);
  const markers = [...period.text.matchAll(MARKER)]
    .map((match) => ({ from: period.from + match.index, word: match[0] }))
    .filter(isOutside);
  const lists: List[] = [];
  let done = 0;
  for (const [index, marker] of markers.entries()) {
    if (marker.from < done) continue;
    const total = totalBefore(period, previous, amounts, marker);
    const behind = amounts.filter(({ from }) => from > marker.from);
    if (!total || behind.length === 0) continue;
    const nested = markers.slice(index + 1);
    const { parts, unsure, end } = partsOf(period, total, behind, nested, lists);
    done = end;
    if (!unsure && parts.length > 0) {
      lists.push({ period, total, parts, isComplete: COMPLETE.test(marker.word) });
    }
  }
  return lists;
}

type Marker = { from: number; word: string };

function totalBefore(
  period: Period,
  previous: Period | undefined,
  amounts: readonly Amount[],
  { from, word }: Marker,
): Amount | undefined {
  const reach = word === "其中" ? REACH.其中 : REACH.other;
  const before = amounts.findLast(({ to }) => to <= from);
  if (before) {
    const between = period.text.slice(before.to - period.from, from - period.from).replace(/（[^（）]*）/g, "");
    return between.length <= reach && !/[。；]/.test(between) ? before : undefined;
  }
  const opensSentence = from - period.from <= 2;
  if (!opensSentence || !previous || previous.part !== period.part) return undefined;
  const brackets = bracketsIn(previous);
  return previous.amounts.findLast(
    (amount) => !brackets.some(({ open, close }) => amount.from > open && amount.from < close),
  );
}

/**
 * The parts of a total: up to where they make it up, or something else is told. A part with a marker behind it has parts
 * of its own, up to where these make it up or to the next ；. Where neither happens nothing is said of the outer list.
 */
function partsOf(
  period: Period,
  total: Amount,
  behind: readonly Amount[],
  markers: readonly Marker[],
  lists: List[],
): { parts: Amount[]; unsure: boolean; end: number } {
  const parts: Amount[] = [];
  let unsure = false;
  let end = period.from;
  for (let index = 0; index < behind.length; index += 1) {
    const amount = behind[index];
    if (!amount) break;
    const marker = markers.find(
      ({ from }) => from < amount.from && from >= (behind[index - 1]?.to ?? Number.POSITIVE_INFINITY),
    );
    const inner = behind[index - 1];
    if (marker && inner && parts.includes(inner)) {
      const below: Amount[] = [];
      let isClosed = false;
      for (; index < behind.length && !isClosed; index += 1) {
        const next = behind[index];
        if (!next) break;
        if (below.length > 0 && /[；;]/.test(next.label)) break;
        below.push(next);
        end = next.to;
        isClosed = agreesWith(inner, sumOf(below, inner));
      }
      if (!isClosed) unsure ||= index < behind.length || below.length > 1;
      lists.push({ period, total: inner, parts: below, isComplete: COMPLETE.test(marker.word) });
      index -= 1;
      if (agreesWith(total, sumOf(parts, total))) break;
      continue;
    }
    if (amount.unit === "%" || amount.unit === "个百分点") continue;
    if (NO_PART.test(amount.label)) {
      if (/另|此外|同时|累计|合计|总计|共计|全年共/.test(amount.label)) break;
      continue;
    }
    parts.push(amount);
    end = amount.to;
    if (parts.length > 1 && readings(total, parts).some((reading) => agreesWith(total, sumOf(reading, total)))) break;
  }
  return { parts, unsure, end };
}

/** The parts that may be meant: those of the total's own unit, those of any unit that things are counted in, all. */
function readings(total: Amount, parts: readonly Amount[]): Amount[][] {
  if (total.unit in MONEY) return [parts.filter(({ unit }) => unit in MONEY)];
  const own = parts.filter(({ unit }) => unit === total.unit);
  if (!COUNTS.has(total.unit)) return [own];
  const counted = parts.filter(({ unit }) => COUNTS.has(unit));
  return counted.length === own.length
    ? [own]
    : [own, counted.filter(({ unit }) => unit !== "次" && unit !== "场"), counted];
}

const sumOf = (parts: readonly Amount[], total: Amount): number =>
  round(parts.reduce((all, { value, unit }) => all + value * (MONEY[unit] ?? 1), 0) / (MONEY[total.unit] ?? 1));
/** Sums of money in 万元 have no digits that their addends have not. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6;

function judged(part: string, { period, total, parts, isComplete }: List): RawFinding[] {
  const read = readings(total, parts)
    .filter((reading) => reading.length > 0 && reading.every(isExact))
    .map((reading) => ({ reading, sum: sumOf(reading, total) }));
  if (read.length === 0 || read.some(({ sum }) => agreesWith(total, sum))) return [];
  const nearest = read.reduce((best, next) => (distance(total, next.sum) < distance(total, best.sum) ? next : best));
  const { reading, sum } = nearest;
  const isMore = sum > total.most;
  const isOpen = /^[，、]?等/.test(reading.at(-1)?.after ?? "");
  if ((reading.length < 2 || isOpen) && !isMore) return [];
  if (isMore && !COUNTS.has(total.unit) && !(total.unit in MONEY)) return [];
  const last = reading.at(-1) ?? total;
  const start = Math.min(total.from < period.from ? period.from : total.from, last.from);
  const clause =
    total.label
      .split(/[，。；：]/)
      .at(-1)
      ?.replace(/^、/, "") ?? "";
  const says = `${clause.slice(-LONGEST_EXCERPT)}${total.text}`;
  const params = { says, sum, unit: total.unit, total: total.text, difference: round(distance(total, sum)) };
  return [
    {
      code: "N13",
      at: passageAddress(part, start, last.to),
      params,
      severity: isMore || isComplete ? "warning" : "hint",
    },
  ];
}

/** Characters of the sentence that a finding repeats. */
const LONGEST_EXCERPT = 24;

const distance = ({ least, most }: Amount, sum: number): number => (sum > most ? sum - most : Math.max(0, least - sum));
