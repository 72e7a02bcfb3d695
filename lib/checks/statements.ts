import type { Amount } from "./amounts.ts";
import type { Period } from "./prose.ts";

/**
 * What a sentence says a number is, where it says so plainly. `all` is a bare 办理 N 件, which may count what came in or
 * what went out; `both` is a number of 复议 and 诉讼 together.
 */
type Subject =
  | { kind: "received" | "carriedIn" | "carriedOut" | "closed" | "all" }
  | { kind: "outcome"; names: readonly string[] }
  | { kind: "applicant"; who: "natural" | "legal" }
  | { kind: "dispute"; of: DisputeKind; result: "upheld" | "corrected" | "pending" | undefined; isEach: boolean }
  | { kind: "document"; row: string; act: "issued" | "repealed" | "inForce" };
export type DisputeKind = "review" | "litigation" | "direct" | "afterReview" | "both";

/** The words of the format that a sentence may use: outcomes as they are printed, documents as running text calls them. */
export type Vocabulary = {
  year: number;
  outcomes: readonly string[];
  documents: readonly { row: string; word: string }[];
};

export type Statement = { period: Period; amount: Amount; subject: Subject; isPart: boolean };

/** What requests and cases are counted in; documents may be 部 too. */
const COUNTED = new Set(["件", "份", "条", "起", "宗", "例", "个", "项", "部"]);
const CLAUSE_END = /[，。；：,;:（(]/;
/** A clause that only leads up to its number: the clause before it says what is counted. */
const BARE = /^(?:其中)?(?:共|共计|合计|总计|累计|总共|计|均为|共有|总数为|数量为|为)?$/;

/** Work that is counted in 件 as well and is not about requests for information. */
const OTHER_WORK =
  /信访|建议|提案|议案|咨询|投诉|举报|热线|来电|来信|来访|留言|许可|审批|补贴|资助|专利|救助|仲裁|赔偿|婚姻登记|登记业务|登记事项|不动产登记|备案|案件线索|线索|求助|信箱|诉求|工单|公文|征求意见|意见征集|政务服务|办事|线下服务|调查|核查|监督检查|项目申请|入学|认定申请|申报/;
const REQUEST = /申请(?!人|表|书|单位|者|材料|指南|流程|渠道|条件|办理)/;
const OF_INFORMATION = /信息公开|依申请|公开申请|申请公开|政府信息|政务公开/;
const PLAIN_REQUEST =
  /(?:新收|收到|受理|接收|接到|收办|答复|办结|办理|结转|转结|顺延|上年度?|年度?)(?:到|了|的|共|各类|新的|新|有关|相关|该类|此类|继续办理的?|未办结的?){0,4}申请(?!人|表|书|单位|者|材料|指南)/;
/** Only a part of the requests, of the year, or of the agencies that a report covers. */
const PART_OF_REQUESTS =
  /网络|网上|在线|网站|邮件|信函|信件|邮寄|邮箱|当面|当场|现场|窗口|传真|电话|渠道|平台|季度|半年|\d\s*月|月份|以来|历年|近[两二三四五\d]年|部门|办公室|乡镇|街道|各县|县区|区县|各镇|各乡|科室|股室|延期|撤回|补正|转送|转办|移送|代办|征求|逾期|超期/;
const COMPARED =
  /(?:增加|减少|增长|下降|提高|上升|减少|多|少|增|减)(?:了|约)?$|同比|环比|较上|比上|与上|相比|较去|比去|超期|逾期/;
const CARRIED_IN =
  /(?:上一?年度?|去年|往年|(?:19|20)\d\d年度?)[^，。；\d]{0,10}(?:结转|转结|转入|转来|接转|转接)|(?:结转|转结)(?:自|的)?(?:上年|去年|上一年)/;
const CARRIED_OUT =
  /(?:结转|转结|转|顺延|延续|延)(?:至|到|入)?(?:下一?年|次年|明年|(?:19|20)\d\d\s*年)(?!度?(?:收到|结转))/;
const CARRIED_BEHIND = /^[^，。；]{0,10}(?:结转|转结|顺延)/;
const CLOSED =
  /(?:办结|答复|办理完[成毕]|处理完[成毕])(?:了|各类|申请人?|的|政府信息公开|信息公开|依申请公开|共|事项){0,5}$/;
const HANDLED = /(?<!未|不予)办理(?:了|各类|申请|的|政府信息公开|信息公开|依申请公开|政府信息|共|事项){0,5}$/;
const NOT_CLOSED = /未(?:办结|答复|办理|按期)|尚未|正在|不予|待(?:办|答复)|超期|逾期|协助|转办|前/;
const RECEIVED = /(?:新收|收到|受理|接收|接到|收办|收件)(?!后)/;
const NOT_RECEIVED = /未受理|不予受理|不受理|退回/;
const NATURAL = /自然人|公民|个人/;
const LEGAL = /法人|企业|社会组织|其他组织/;
const DISPUTE = /复议|诉讼|应诉|起诉/;
const DISPUTE_PAPERS = /决定书|答复书|文书|判决书|裁判|典型案例|复议机构|复议局|复议委员会|宣传|培训|条例|法律/;
const UPHELD = /维持/;
const CORRECTED = /纠正|撤销|变更|确认违法|责令|败诉|纠错/;
const PENDING = /未审结|未结|审理中|正在审理|在审/;
const OTHER_RESULT = /驳回|终止|撤回|撤诉|胜诉|调解|和解|不予受理|审结|结案|办结|其他/;

/** Every number of a sentence of which the sentence says plainly what it is. */
export function statementsOf(period: Period, words: Vocabulary): Statement[] {
  return period.amounts.flatMap((amount, index): Statement[] => {
    if (!COUNTED.has(amount.unit) || /^中/.test(amount.after)) return [];
    const clause = clauseBefore(period, amount, index);
    if (isOfOtherTime(period, amount, clause, words.year)) return [];
    const subject = subjectOf(period, amount, clause, words);
    if (!subject) return [];
    return [{ period, amount, subject, isPart: followsMarker(period, amount) }];
  });
}

/** The clause that leads up to a number, or the one before when it says nothing itself. */
function clauseBefore(period: Period, amount: Amount, index: number): string {
  const label = amount.label
    .replace(/（[^（）]{0,60}）/g, "")
    .replace(/[（(：:\s]{1,3}$/, "")
    .replace(/^[、和及与]/, "");
  const cut = lastCut(label);
  const clause = label.slice(cut + 1).trim();
  if (!BARE.test(clause)) return clause;
  const previous = period.amounts[index - 1];
  if (cut >= 0) {
    const earlier = label.slice(0, cut);
    if (previous && lastCut(earlier) < 0) return clause;
    const before = earlier.slice(lastCut(earlier) + 1);
    if (before !== "") return `${before}${clause}`;
  }
  return previous && /^[，、]?(?:其中)?$/.test(label) ? `${previous.after}${clause}` : clause;
}

function lastCut(text: string): number {
  for (let at = text.length - 1; at >= 0; at -= 1) if (CLAUSE_END.test(text[at] ?? "")) return at;
  return -1;
}

const YEAR = /(?<!\d)((?:19|20)\d{2})\s*年/g;

/** Whether the number is another year's, or how far this year's is from it. What was carried over is not. */
function isOfOtherTime({ text, from }: Period, amount: Amount, clause: string, year: number): boolean {
  if (CARRIED_IN.test(clause) || CARRIED_IN.test(amount.after)) return false;
  if (COMPARED.test(clause)) return true;
  const before = text.slice(0, amount.from - from);
  const nearest = [...before.matchAll(YEAR)].at(-1);
  if (nearest && Number(nearest[1]) !== year && !CARRIED_OUT.test(clause)) return !CARRIED_IN.test(before);
  return /(?:上一?年|去年|往年)/.test(clause) || /^(?:增加|减少|上升|下降)/.test(amount.after);
}

/** Whether a number stands behind 其中, 包括 and the like: it may be a part of one told before. */
const followsMarker = ({ text, from }: Period, amount: Amount): boolean =>
  /其中|包括|分别/.test(text.slice(0, amount.from - from));

function subjectOf(period: Period, amount: Amount, clause: string, words: Vocabulary): Subject | undefined {
  const near = `${clause}${amount.after.slice(0, 16)}`;
  const earlier = period.text.slice(0, amount.from - period.from);
  return (
    documentIn(clause, amount, words) ??
    disputeIn(period, amount, clause, earlier) ??
    requestIn(period, amount, near, clause, earlier, words)
  );
}

/** What is done to documents besides issuing and repealing them, and whose documents are not one's own. */
const OTHER_DOCUMENT_WORK =
  /解读|起草|备案|审查|清理(?!废止)|征求|报送|评估|公开|上网|修订|修改|提请|报请|代拟|名义|上级|转发|学习|宣传|汇编/;

function documentIn(clause: string, { unit }: Amount, { documents }: Vocabulary): Subject | undefined {
  const row = documents.find(({ word }) => clause.includes(word) && !clause.includes(`${word}制度`));
  if (!row || !/[件部份]/.test(unit) || OTHER_DOCUMENT_WORK.test(clause)) return undefined;
  const named = { kind: "document", row: row.row } as const;
  if (/废止|宣布失效/.test(clause)) return { ...named, act: "repealed" };
  if (/有效/.test(clause) && !/失效|无效/.test(clause)) return { ...named, act: "inForce" };
  return /制发|印发|出台|制定|新制/.test(clause) ? { ...named, act: "issued" } : undefined;
}

function disputeIn(period: Period, amount: Amount, clause: string, earlier: string): Subject | undefined {
  const near = `${clause}${/^(?:政府信息公开|因|行政)?[^，]{0,8}(?:复议|诉讼|应诉)/.exec(amount.after)?.[0] ?? ""}`;
  const isAboutInformation = OF_INFORMATION.test(`${earlier}${near}`) || OF_INFORMATION.test(period.heading);
  const said = BARE.test(clause) ? amount.after : clause;
  const of = disputeKind(near) ?? (hasResult(said) ? disputeKind(earlier, true) : undefined);
  if (!of || !isAboutInformation || DISPUTE_PAPERS.test(near) || PART_OF_REQUESTS.test(clause)) return undefined;
  if (/未发生|没有发生|行政复议率|涉诉率|应诉率/.test(clause)) return undefined;
  const isEach = /各$/.test(clause);
  if (UPHELD.test(said)) return { kind: "dispute", of, result: "upheld", isEach };
  if (CORRECTED.test(said)) return { kind: "dispute", of, result: "corrected", isEach };
  if (PENDING.test(said)) return { kind: "dispute", of, result: "pending", isEach };
  if (OTHER_RESULT.test(said)) return undefined;
  return DISPUTE.test(near) ? { kind: "dispute", of, result: undefined, isEach } : undefined;
}

const hasResult = (clause: string): boolean => UPHELD.test(clause) || CORRECTED.test(clause) || PENDING.test(clause);

/** Which disputes a text speaks of; with `last`, the last it names. */
export function disputeKind(text: string, last = false): DisputeKind | undefined {
  const direct = /未经复议(?:直接)?[^，。；]{0,4}|直接(?:起诉|提起)/g;
  const after = /(?:经)?复议后[^，。；]{0,4}(?:起诉|诉讼|提起)/g;
  const plain = text
    .replace(direct, (found) => "＿".repeat(found.length))
    .replace(after, (found) => "＿".repeat(found.length));
  const places = [
    ["direct", lastIndex(text, direct)],
    ["afterReview", lastIndex(text, after)],
    ["review", plain.lastIndexOf("复议")],
    ["litigation", Math.max(plain.lastIndexOf("诉讼"), plain.lastIndexOf("应诉"))],
  ] as const;
  const named = places.filter(([, at]) => at >= 0);
  if (named.length === 0) return undefined;
  const of = (kind: DisputeKind) => named.some(([name]) => name === kind);
  if (!last && of("review") && of("litigation")) return "both";
  if (of("direct") && !last) return "direct";
  if (of("afterReview") && !last) return "afterReview";
  return named.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function lastIndex(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].at(-1)?.index ?? -1;
}

function requestIn(
  { heading, text }: Period,
  { after }: Amount,
  near: string,
  clause: string,
  earlier: string,
  { outcomes }: Vocabulary,
): Subject | undefined {
  const isUnderHeading = /依申请|申请公开/.test(heading) || outcomes.filter((name) => text.includes(name)).length >= 3;
  const speaksOfRequests =
    PLAIN_REQUEST.test(near) || (REQUEST.test(near) && OF_INFORMATION.test(near)) || /依申请公开/.test(near);
  const spokeOfRequests =
    isUnderHeading || (REQUEST.test(earlier) && OF_INFORMATION.test(earlier)) || PLAIN_REQUEST.test(earlier);
  if (!speaksOfRequests && !spokeOfRequests) return undefined;
  if (OTHER_WORK.test(near) || DISPUTE.test(near) || PART_OF_REQUESTS.test(clause)) return undefined;
  if (!speaksOfRequests && OTHER_WORK.test(earlier) && !isUnderHeading) return undefined;

  if (CARRIED_IN.test(clause) || /^(?:申请)?(?:为|是|系)?上年/.test(after)) return { kind: "carriedIn" };
  if (CARRIED_OUT.test(clause) || (CARRIED_BEHIND.test(after) && !CARRIED_IN.test(after)))
    return { kind: "carriedOut" };
  const names = outcomesIn(clause, outcomes);
  const isNatural = NATURAL.test(clause);
  const isLegal = LEGAL.test(clause);
  if (names.length > 0) return isNatural !== isLegal ? undefined : { kind: "outcome", names };
  if (isNatural !== isLegal) return { kind: "applicant", who: isNatural ? "natural" : "legal" };
  if (NOT_CLOSED.test(clause)) return undefined;
  if (CLOSED.test(clause)) return { kind: "closed" };
  if (HANDLED.test(clause)) return { kind: "all" };
  return RECEIVED.test(clause) && !NOT_RECEIVED.test(clause) ? { kind: "received" } : undefined;
}

/** The outcomes that the end of a clause names, `予以公开及部分公开` both; none where more is said behind them. */
function outcomesIn(clause: string, outcomes: readonly string[]): string[] {
  const named = outcomes.filter((name) => clause.includes(name));
  const rest = named.reduce((text, name) => text.replace(name, ""), clause.slice(-24));
  return /(?:率|占|比|理由|决定书|告知书|制度|标准)/.test(rest) ? [] : named;
}
