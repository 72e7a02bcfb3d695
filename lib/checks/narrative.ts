import { bandOf, type Format, isGroup, leaves, plainLabel, type Table } from "../report/format.ts";
import { type Amount, agreesWith } from "./amounts.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, passageAddress } from "./finding.ts";
import { columnsOf, figureAt, named, rowName, tableIn } from "./lookup.ts";
import { tableName } from "./place-names.ts";
import { type Period, periodsIn, periodsOf } from "./prose.ts";
import { type DisputeKind, disputeKind, type Statement, statementsOf, type Vocabulary } from "./statements.ts";
import { isSettled } from "./tables.ts";

export const narrativeRules: readonly Rule[] = [
  receivedDifferently,
  closedDifferently,
  carriedDifferently,
  saysNoneThoughSome,
  disputesDifferently,
  notAllUpheld,
  outcomesDifferently,
  applicantsDoNotAddUp,
  documentsDifferently,
];

const REQUESTS = "requests";
const DISPUTES = "disputes";
const CASES = "cases";

/** The numbers of all sentences of which the sentence says what they are. */
function statementsIn({ format, report }: CheckContext): Statement[] {
  return format.sections.flatMap((section) =>
    section.kind === "prose" ? readStatements(format, report.year, periodsIn({ format, report }, section.id)) : [],
  );
}

type Read = { format: Format; year: number; statements: readonly Statement[] };
const known = new WeakMap<readonly Period[], Read>();

/** Read once per text: every rule asks for them, and with every change of a figure again. */
function readStatements(format: Format, year: number, periods: readonly Period[]): readonly Statement[] {
  const before = known.get(periods);
  if (before?.format === format && before.year === year) return before.statements;
  const words = vocabulary(format, year);
  const statements = periods.flatMap((period) => statementsOf(period, words));
  known.set(periods, { format, year, statements });
  return statements;
}

function vocabulary(format: Format, year: number): Vocabulary {
  const documents = format.stocks.flatMap((stock) =>
    stock.rows.flatMap((row) => {
      const word = stock.words[row];
      return word ? [{ row, word }] : [];
    }),
  );
  return { year, outcomes: outcomesOf(format).map(({ name }) => name), documents };
}

type Outcome = { name: string; rows: string[] };
const outcomesByFormat = new WeakMap<Format, Outcome[]>();

/** The outcomes of requests as they are printed, a group of them with the rows below it. */
function outcomesOf(format: Format): Outcome[] {
  const before = outcomesByFormat.get(format);
  if (before) return before;
  const table = format.tables.find(({ id }) => id === REQUESTS);
  const headings = table ? headingsAround(table, "handled") : [];
  const outcomes = headings.flatMap((heading): Outcome[] => {
    if (!isGroup(heading) && heading.sum) return [];
    const rows = isGroup(heading) ? leaves(heading.of).map(({ id }) => id) : [heading.id];
    return [{ name: plainLabel(heading.label), rows }];
  });
  outcomesByFormat.set(format, outcomes);
  return outcomes;
}

/** The headings among which a row is printed. */
function headingsAround(table: Table, row: string): Table["bands"][number]["rows"] {
  const search = (headings: Table["bands"][number]["rows"]): Table["bands"][number]["rows"] | undefined => {
    if (headings.some((heading) => !isGroup(heading) && heading.id === row)) return headings;
    for (const heading of headings) {
      const found = isGroup(heading) ? search(heading.of) : undefined;
      if (found) return found;
    }
    return undefined;
  };
  return search(bandOf(table, row)?.rows ?? []) ?? [];
}

/** A total of the table of requests; undefined where it is blank or may still change. */
function settledTotal(context: CheckContext, row: string): number | undefined {
  const figure = figureAt(context, REQUESTS, row, "total");
  if (typeof figure !== "number" || !isSettled(context, REQUESTS, row, "total")) return undefined;
  return figure;
}

function settledCase(context: CheckContext, column: string): number | undefined {
  const figure = figureAt(context, DISPUTES, CASES, column);
  return typeof figure === "number" && isSettled(context, DISPUTES, CASES, column) ? figure : undefined;
}

const placeOf = ({ period, amount }: Statement): string => passageAddress(period.part, amount.from, amount.to);

/** N01, N04: requests received, which may be told with or without those carried in. */
function receivedDifferently(context: CheckContext): RawFinding[] {
  const received = settledTotal(context, "received");
  const carriedIn = settledTotal(context, "carriedIn");
  const handled = settledTotal(context, "handled");
  if (received === undefined || carriedIn === undefined) return [];
  return statementsIn(context).flatMap((statement): RawFinding[] => {
    const { subject, amount, isPart } = statement;
    const isNew = subject.kind === "received";
    if (!isNew && subject.kind !== "all") return [];
    if (isPart && !/新收|本年/.test(amount.label)) return [];
    const allowed = [received, received + carriedIn, ...(isNew ? [] : [handled ?? received])];
    if (allowed.some((number) => agreesWith(amount, number))) return [];
    const at = placeOf(statement);
    const table = tableName(context.format, REQUESTS);
    if (received + carriedIn === 0 || amount.most === 0) {
      const says = `有申请${statement.amount.text}`;
      return [{ code: "N04", at, params: { says: amount.most === 0 ? "没有收到申请" : says, table, received } }];
    }
    const params = { says: saidOf(amount), table, received, all: received + carriedIn };
    return [{ code: "N01", at, params }];
  });
}

/** The clause that leads up to a number, and the number: `收到政府信息公开申请7件`. */
function saidOf({ label, text }: Amount): string {
  const clauses = label.split(/[，。；：（]/).map((clause) => clause.replace(/^、/, ""));
  const last = clauses.at(-1) ?? "";
  return `${(last.length > 2 ? last : clauses.slice(-2).join("，")).slice(-LONGEST_EXCERPT)}${text}`;
}

/** Characters of a sentence that a finding repeats. */
const LONGEST_EXCERPT = 24;

/** N02: requests answered. */
function closedDifferently(context: CheckContext): RawFinding[] {
  const handled = settledTotal(context, "handled");
  if (handled === undefined) return [];
  return statementsIn(context).flatMap((statement): RawFinding[] => {
    const { subject, amount } = statement;
    if (subject.kind !== "closed" || agreesWith(amount, handled)) return [];
    const params = { says: saidOf(amount), table: tableName(context.format, REQUESTS), handled };
    return [{ code: "N02", at: placeOf(statement), params }];
  });
}

/** N03: requests carried in and carried out. */
function carriedDifferently(context: CheckContext): RawFinding[] {
  const table = tableIn(context, REQUESTS);
  if (!table) return [];
  return statementsIn(context).flatMap((statement): RawFinding[] => {
    const { kind } = statement.subject;
    if (kind !== "carriedIn" && kind !== "carriedOut") return [];
    const figure = settledTotal(context, kind);
    if (figure === undefined || agreesWith(statement.amount, figure)) return [];
    const params = {
      says: saidOf(statement.amount),
      table: tableName(context.format, REQUESTS),
      row: rowName(table, kind).split("—").at(-1) ?? "",
      figure,
    };
    return [{ code: "N03", at: placeOf(statement), params }];
  });
}

const NOUN = "(?:申请(?!人|表|书|超|逾|引|而|产生|提起|被|行政)|依申请公开)";
const NONE = new RegExp(
  `(?:(?:未|没有|从未|尚未|均未)(?:再)?(?:接收|收到|接到|受理|办理|产生|发生|新收|出现)(?:到|过)?|(?<!有)无|没有)[^，。；：\\d]{0,30}?${NOUN}`,
  "g",
);
const NONE_OF_SOMETHING_ELSE =
  /复议|诉讼|投诉|举报|处理费|费用|超期|逾期|违规|泄密|责任|不予|结转|季度|半年|\d\s*月|因|网上|网络|信函|传真|当面|邮件|部门|乡镇|街道|科室|专利|项目|补贴|许可|不再|需要|条件|不依|不按|不当|不及时|未按/;
/** Natural persons alone, or organisations alone. */
const namesOneKind = (text: string): boolean => /公民|个人|自然人/.test(text) !== /法人|企业|组织/.test(text);

/** N04: a sentence says that no request came, and the table has some. */
function saysNoneThoughSome(context: CheckContext): RawFinding[] {
  const received = settledTotal(context, "received");
  if (received === undefined || received === 0) return [];
  return periodsOf(context).flatMap((period) =>
    [...period.text.matchAll(NONE)].flatMap((match): RawFinding[] => {
      const clause = clauseAround(period.text, match.index);
      const isOther = NONE_OF_SOMETHING_ELSE.test(clause) || namesOneKind(match[0]);
      if (isOther || isAnotherYear(period.text, match.index, context.report.year)) return [];
      if (!/信息|公开/.test(clause) && !/依申请|申请公开/.test(period.heading)) return [];
      const from = period.from + match.index;
      const params = { says: match[0], table: tableName(context.format, REQUESTS), received };
      return [{ code: "N04", at: passageAddress(period.part, from, from + match[0].length), params }];
    }),
  );
}

/** The clause of a sentence that holds this offset. */
function clauseAround(text: string, at: number): string {
  const before = text.slice(0, at);
  const start = Math.max(...["，", "；", "。", "："].map((mark) => before.lastIndexOf(mark))) + 1;
  const end = text.slice(at).search(/[，；。：]/);
  return text.slice(start, end < 0 ? text.length : at + end);
}

function isAnotherYear(text: string, at: number, year: number): boolean {
  const before = text.slice(0, at);
  const nearest = [...before.matchAll(/(?<!\d)((?:19|20)\d{2})\s*年/g)].at(-1);
  if (nearest && Number(nearest[1]) !== year) return true;
  return /(?:上一?年|去年|往年)/.test(before.slice(-20));
}

const NO_DISPUTE =
  /(?:(?:未|没有|从未|尚未|均未)(?:再)?(?:发生|产生|收到|接到|出现|涉及|受理|办理)(?:过)?|(?<!有)无|没有)[^，。；：、\d]{0,24}?(?:复议|诉讼)/g;

/** N05: numbers of 复议 and 诉讼, among them none at all. */
function disputesDifferently(context: CheckContext): RawFinding[] {
  const table = tableName(context.format, DISPUTES);
  const told = statementsIn(context).flatMap((statement): RawFinding[] => {
    const { subject, amount } = statement;
    if (subject.kind !== "dispute" || (statement.isPart && !subject.result && subject.of === "both")) return [];
    const parts: DisputeKind[] = subject.of === "both" && subject.isEach ? ["review", "litigation"] : [subject.of];
    return parts.flatMap((of): RawFinding[] => {
      const figure = casesOf(context, of, subject.result);
      if (figure === undefined || agreesWith(amount, figure)) return [];
      const says = `${disputeNames[of]}${resultNames[subject.result ?? "all"]}${statement.amount.text}`;
      return [{ code: "N05", at: placeOf(statement), params: { says, table, figure } }];
    });
  });
  return [...told, ...deniedDisputes(context)];
}

function deniedDisputes(context: CheckContext): RawFinding[] {
  return periodsOf(context).flatMap((period) =>
    [...period.text.matchAll(NO_DISPUTE)].flatMap((match): RawFinding[] => {
      const clause = clauseAround(period.text, match.index);
      const rest = period.text.slice(match.index + match[0].length, match.index + match[0].length + 12);
      if (/败诉|纠正|撤销|尚未|未经|逾期|超期|未审|季度|\d\s*月|不服/.test(clause)) return [];
      if (isAnotherYear(period.text, match.index, context.report.year)) return [];
      const of = disputeKind(
        `${match[0]}${/^(?:案件)?(?:和|、|及|与|以及|或者?)(?:被)?(?:提起)?(?:行政)?诉讼/.exec(rest)?.[0] ?? ""}`,
      );
      const figure = of && casesOf(context, of, undefined);
      if (!of || !figure) return [];
      const from = period.from + match.index;
      const at = passageAddress(period.part, from, from + match[0].length);
      const params = { says: `没有${disputeNames[of]}`, table: tableName(context.format, DISPUTES), figure };
      return [{ code: "N05", at, params }];
    }),
  );
}

const disputeNames: Readonly<Record<DisputeKind, string>> = {
  review: "行政复议",
  litigation: "行政诉讼",
  direct: "直接提起的行政诉讼",
  afterReview: "复议后的行政诉讼",
  both: "行政复议和行政诉讼合计",
};
const resultNames = { all: "", upheld: "维持", corrected: "纠正", pending: "未审结" } as const;
const columnsOfDisputes: Readonly<Record<DisputeKind, readonly string[]>> = {
  review: ["review"],
  litigation: ["direct", "afterReview"],
  direct: ["direct"],
  afterReview: ["afterReview"],
  both: ["review", "direct", "afterReview"],
};
const columnEnds = { all: "Total", upheld: "Upheld", corrected: "Corrected", pending: "Pending" } as const;

/** Cases of a kind, all or with a result; undefined where one of them is blank. */
function casesOf(
  context: CheckContext,
  of: DisputeKind,
  result: "upheld" | "corrected" | "pending" | undefined,
): number | undefined {
  const figures = columnsOfDisputes[of].map((column) =>
    settledCase(context, `${column}${columnEnds[result ?? "all"]}`),
  );
  return figures.includes(undefined) ? undefined : figures.reduce<number>((all, figure) => all + (figure ?? 0), 0);
}

const ALL_UPHELD = /(?:均|全部|都|一律)(?:已)?(?:获|被|予以|得到|由[^，。；]{0,12})?维持|维持率(?:为|达到?|是)?100/g;

/** N06: all are said to be upheld, and some are not. */
function notAllUpheld(context: CheckContext): RawFinding[] {
  return periodsOf(context).flatMap((period) =>
    [...period.text.matchAll(ALL_UPHELD)].flatMap((match): RawFinding[] => {
      const before = period.text.slice(0, match.index);
      const of = disputeKind(before);
      if (!of) return [];
      const pending = casesOf(context, of, "pending") ?? 0;
      const corrected = casesOf(context, of, "corrected") ?? 0;
      if (pending + corrected === 0) return [];
      const from = period.from + match.index;
      const at = passageAddress(period.part, from, from + match[0].length);
      const params = {
        says: match[0],
        table: tableName(context.format, DISPUTES),
        of: disputeNames[of],
        pending,
        corrected,
      };
      return [{ code: "N06", at, params }];
    }),
  );
}

/** N07: outcomes of requests, each with the table; where they agree with it, their sum with the answers the sentence tells. */
function outcomesDifferently(context: CheckContext): RawFinding[] {
  const outcomes = outcomesOf(context.format);
  const table = tableName(context.format, REQUESTS);
  const told = statementsIn(context).filter(({ subject }) => subject.kind === "outcome");
  const wrong = told.flatMap((statement): RawFinding[] => {
    const { subject, amount } = statement;
    if (subject.kind !== "outcome") return [];
    const rows = outcomes.filter(({ name }) => subject.names.includes(name)).flatMap((outcome) => outcome.rows);
    const figures = rows.map((row) => settledTotal(context, row));
    if (rows.length === 0 || figures.includes(undefined)) return [];
    const figure = figures.reduce<number>((all, next) => all + (next ?? 0), 0);
    if (agreesWith(amount, figure)) return [];
    const says = `${subject.names.join("和")}${statement.amount.text}`;
    return [{ code: "N07", at: placeOf(statement), params: { says, against: `${table}为${figure}件` } }];
  });
  return wrong.length > 0 ? wrong : outcomesDoNotAddUp(context, told);
}

function outcomesDoNotAddUp(context: CheckContext, told: readonly Statement[]): RawFinding[] {
  const periods = [...new Set(told.map(({ period }) => period))];
  return periods.flatMap((period): RawFinding[] => {
    const parts = told.filter((statement) => statement.period === period);
    const total = statementsIn(context).find(
      (statement) => statement.period === period && statement.subject.kind === "closed",
    );
    const first = parts[0];
    const last = parts.at(-1);
    if (!total || !first || !last || parts.length < 3 || total.amount.from > first.amount.from) return [];
    const sum = parts.reduce((all, { amount }) => all + amount.value, 0);
    if (agreesWith(total.amount, sum)) return [];
    const at = passageAddress(period.part, first.amount.from, last.amount.to);
    const params = { says: `所列办理结果合计${sum}件`, against: `与答复总数${total.amount.text}不符` };
    return [{ code: "N07", at, params }];
  });
}

/** N08: natural persons and organisations of one sentence make up the number they are told of. */
function applicantsDoNotAddUp(context: CheckContext): RawFinding[] {
  const received = settledTotal(context, "received");
  const told = statementsIn(context);
  const naturals = told.filter(({ subject }) => subject.kind === "applicant" && subject.who === "natural");
  return naturals.flatMap((natural): RawFinding[] => {
    const legals = told.filter(
      ({ period, subject }) => period === natural.period && subject.kind === "applicant" && subject.who === "legal",
    );
    const [legal] = legals;
    if (!legal || legals.length > 1 || naturals.filter(({ period }) => period === natural.period).length > 1) return [];
    const total = told.find(
      ({ period, subject, amount }) =>
        period === natural.period &&
        (subject.kind === "received" || subject.kind === "all") &&
        amount.from < natural.amount.from,
    );
    const whole = total?.amount.value ?? received;
    const sum = natural.amount.value + legal.amount.value;
    if (whole === undefined || sum === whole) return [];
    const at = passageAddress(natural.period.part, natural.amount.from, legal.amount.to);
    const params = { natural: natural.amount.value, legal: legal.amount.value, sum, whole };
    return [{ code: "N08", at, params }];
  });
}

/** N09: documents issued, repealed and in force. */
function documentsDifferently(context: CheckContext): RawFinding[] {
  return statementsIn(context).flatMap((statement): RawFinding[] => {
    const { subject, amount, isPart } = statement;
    if (subject.kind !== "document" || isPart) return [];
    const stock = context.format.stocks.find(({ rows }) => rows.includes(subject.row));
    const table = stock && tableIn(context, stock.table);
    const column = stock?.[subject.act];
    if (!stock || !table || !column || !columnsOf(table, subject.row).includes(column)) return [];
    const figure = figureAt(context, stock.table, subject.row, column);
    if (typeof figure !== "number" || agreesWith(amount, figure)) return [];
    const params = {
      says: saidOf(amount),
      table: tableName(context.format, stock.table),
      cell: named(table, subject.row, column).cell,
      figure,
    };
    return [{ code: "N09", at: placeOf(statement), params }];
  });
}

/** The amounts that are compared with the tables, or with each other, as what they are told to be. */
export function toldFigures(context: CheckContext): ReadonlySet<Amount> {
  return new Set(statementsIn(context).map(({ amount }) => amount));
}
