import { type Amount, isExact } from "./amounts.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, passageAddress } from "./finding.ts";
import { toldFigures } from "./narrative.ts";
import { type Period, periodsOf } from "./prose.ts";

export const statisticRules: readonly Rule[] = [wrongPercentages, percentInsteadOfPoints, toldTwice];

/** N10: a percentage that the sentence itself gives the numbers for. */
function wrongPercentages(context: CheckContext): RawFinding[] {
  return periodsOf(context).flatMap((period) =>
    period.amounts.flatMap((amount, index): RawFinding[] => {
      if (amount.unit !== "%" || !isExact(amount)) return [];
      const before = period.amounts.slice(0, index).filter(({ unit }) => unit !== "%" && unit !== "个百分点");
      const found = shareOf(period, amount, before) ?? growthOf(amount, before, context.report.year);
      if (!found) return [];
      const right = rounded(found.ratio * 100, amount.places);
      if (right === amount.value.toFixed(amount.places)) return [];
      const params = { says: found.says, printed: `${amount.value.toFixed(amount.places)}%`, right: `${right}%` };
      return [{ code: "N10", at: passageAddress(period.part, amount.from, amount.to), params }];
    }),
  );
}

/** Half is rounded up; the nudge makes up for what a double loses. */
const rounded = (value: number, places: number): string =>
  (Math.round((Math.abs(value) + 1e-9) * 10 ** places) / 10 ** places).toFixed(places);

type Ratio = { ratio: number; says: string };
const named = ({ text }: Amount): string => text;
const alike = (a: Amount, b: Amount): boolean => a.unit === b.unit && isExact(a) && isExact(b);

const SHARE =
  /^[，,（(、]?(?:约)?占比?(?:总数|总量|全部|总件数|总条数|全部申请|申请总数|答复总数|信息总数)?(?:的比例|的比重|比例|比重)?(?:的|为|达到?|是)?$/;
const SHARE_OF = /^(?:的|的比例为|的比重为|比例为|比重为)$/;

/** `35件，占总数805件的4.35%`, or `805件，其中…35件，占4.35%`. */
function shareOf({ text, from }: Period, { label }: Amount, before: readonly Amount[]): Ratio | undefined {
  const [part, whole] = before.slice(-2);
  if (part && whole && SHARE_OF.test(label) && /占[^，。；\d]{0,12}$/.test(whole.label) && alike(part, whole)) {
    return whole.value > 0 ? { ratio: part.value / whole.value, says: `${named(part)}占${named(whole)}` } : undefined;
  }
  const last = before.at(-1);
  if (!last || !SHARE.test(label)) return undefined;
  const marker = text.slice(0, last.from - from).indexOf("其中");
  const all = marker < 0 ? undefined : before.findLast(({ to }) => to - from <= marker);
  if (!all || !alike(all, last) || all.value <= 0 || last.value > all.value) return undefined;
  return { ratio: last.value / all.value, says: `${named(last)}占${named(all)}` };
}

const RISE = /(?:增长|增加|提高|上升|增幅|增速|升幅|上涨)[^，。；\d]{0,6}$/;
const FALL = /(?:下降|减少|降低|降幅|下跌)[^，。；\d]{0,6}$/;
const YEAR = /(?<!\d)((?:19|20)\d{2})\s*年/;

/** `从840万元提高到2007万元，增速138.9%`; `42条，较上年34条增长23.5%`; `2023年34条，2024年42条，同比增长23.5%`. */
function growthOf({ label }: Amount, before: readonly Amount[], year: number): Ratio | undefined {
  const [first, second] = before.slice(-2);
  if (!first || !second || !alike(first, second)) return undefined;
  const isFall = FALL.test(label);
  if (!isFall && !RISE.test(label)) return undefined;
  const pair = fromTo(first, second, label, year);
  if (!pair || pair.from.value <= 0) return undefined;
  const ratio = (pair.to.value - pair.from.value) / pair.from.value;
  if (ratio < 0 !== isFall) return undefined;
  return { ratio, says: `${named(pair.from)}到${named(pair.to)}的${isFall ? "降幅" : "增幅"}` };
}

function fromTo(first: Amount, second: Amount, label: string, year: number): { from: Amount; to: Amount } | undefined {
  if (
    /[从由][^，。；]*$/.test(first.label) &&
    /(?:到|至|为)[^，。；\d]{0,4}(?:\d{4}\s*年?度?[^，。；\d]{0,8})?$/.test(second.label)
  ) {
    return { from: first, to: second };
  }
  if (
    /^[，,（(]?(?:较|比|与)[^，。；增减多少升降]{0,20}$/.test(second.label) &&
    /^(?:相比)?[，,]?(?:同比)?(?:增|提|上|下|减|降)/.test(label)
  ) {
    return { from: second, to: first };
  }
  const years = [first, second].map((amount) => Number(YEAR.exec(amount.label)?.[1] ?? 0));
  const isCompared = /同比|[较比]上年|较上一?年|比去年/.test(label);
  return isCompared && years[0] === year - 1 && years[1] === year ? { from: first, to: second } : undefined;
}

const RATE = /(?:强度|率|占比|比重|比例)[^，。；\d]{0,8}$/;
const CHANGE =
  /^[，,、；（(]?(?:同比|[较比]上一?年|[较比]去年|与上年相比|同期|环比|，){0,3}(?:增长|提高|上升|增加|提升|下降|降低|减少)(?:了|约)?$/;

/** N11: how far a rate has changed is told in 百分点. */
function percentInsteadOfPoints(context: CheckContext): RawFinding[] {
  return periodsOf(context).flatMap((period) =>
    period.amounts.flatMap((amount, index): RawFinding[] => {
      const rate = period.amounts[index - 1];
      if (amount.unit !== "%" || rate?.unit !== "%") return [];
      if (!RATE.test(rate.label) || !CHANGE.test(amount.label)) return [];
      const says = period.text.slice(rate.from - period.from, amount.to - period.from);
      return [{ code: "N11", at: passageAddress(period.part, amount.from, amount.to), params: { says } }];
    }),
  );
}

const CHANNELS: readonly (readonly [string, RegExp])[] = [
  ["网站", /网站/],
  ["微信公众号", /公众号|微信/],
  ["微博", /微博/],
  ["政务新媒体", /新媒体/],
  ["公报", /公报/],
  ["公开栏", /公示栏|公开栏|公告栏/],
];
const PUBLISHES = /公开|发布|更新|推送|刊发|上传/;
/** Everything that a clause about all the information of a channel may say besides. */
const GENERIC =
  /(?:19|20)\d\d\s*年度?|全年|本年度?|今年|年内|累计|共计|共|总计|合计|我[局委办厅院]|本[局委办厅院机关单位]{1,2}|通过|利用|依托|在|上|对|全社会|主动|政府|政务|信息|各类|有关|相关|公开|发布|更新|推送|刊发|上传|动态|内容|及时|依法|新增|为|了|的|数量?|门户|官方|县|市|区|人民|单位|部门/g;
const PARTIAL = /季度|半年|月|其中|累计|以来|历年|首页|专栏|栏目|专题/;
const COUNTED = new Set("条篇期份则".split(""));
const LONGEST_NAME = 24;

/** N12: how much was published, in all or through one channel, is told twice with different numbers. */
function toldTwice(context: CheckContext): RawFinding[] {
  const told = toldFigures(context);
  const first = new Map<string, { amount: Amount; period: Period }>();
  return periodsOf(context).flatMap((period) =>
    period.amounts.flatMap((amount): RawFinding[] => {
      if (told.has(amount)) return [];
      const name = statisticOf(period, amount, context.report.year);
      if (!name) return [];
      const key = `${name} ${amount.unit}`;
      const before = first.get(key);
      if (!before) first.set(key, { amount, period });
      if (!before || before.period === period) return [];
      if (amount.least <= before.amount.most && before.amount.least <= amount.most) return [];
      const params = { name, first: named(before.amount), second: named(amount) };
      return [{ code: "N12", at: passageAddress(period.part, amount.from, amount.to), params }];
    }),
  );
}

/** What a number of published things is a number of: `网站公开信息`, `主动公开信息`; undefined where it is one of a kind only. */
function statisticOf(period: Period, amount: Amount, year: number): string | undefined {
  if (!COUNTED.has(amount.unit)) return undefined;
  const clause = (amount.label.split(/[，。；：,;:（(]/).at(-1) ?? "").replace(/^、/, "");
  if (!PUBLISHES.test(clause) || clause.length > LONGEST_NAME + 10 || PARTIAL.test(clause)) return undefined;
  const told = YEAR.exec(clause)?.[1];
  if ((told && Number(told) !== year) || /较|比|增加|减少|增长/.test(clause)) return undefined;
  const own = channelsIn(clause);
  const rest = CHANNELS.reduce((text, [, words]) => text.replace(words, ""), clause).replace(GENERIC, "");
  if (rest !== "" && !(own.length === 1 && !/解读|文件|公告|通知|图|视频/.test(rest))) return undefined;
  if (own.length > 1) return undefined;
  if (own[0]) return `${own[0]}公开信息`;
  const around = channelsIn(period.text.slice(0, amount.from - period.from));
  if (around.length > 1) return undefined;
  if (around[0]) return `${around[0]}公开信息`;
  return /主动公开/.test(clause) ? "主动公开信息" : undefined;
}

const channelsIn = (text: string): string[] => CHANNELS.filter(([, words]) => words.test(text)).map(([name]) => name);
