import { type Entry, entryProblem } from "../report/entry.ts";
import { type Balance, leaves, linesAt, plainLabel, type Table, tableOf } from "../report/format.ts";
import { balanceSides, enteredAddends, figure, type Sides } from "../report/totals.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, cellAddress } from "./finding.ts";
import {
  columnGroup,
  columnName,
  columnsOf,
  countAt,
  figureAt,
  named,
  percent,
  proseSection,
  rowName,
  rowsIn,
  tableIn,
  textOf,
} from "./lookup.ts";
import { mayMakeRules, standingOf } from "./standing.ts";

/** Shares above this are worth a second look. */
const LARGE_SHARE = 0.3;
/** Requests by organisations alone, and 规范性文件 of one small agency, above which a slip is likely. */
const MANY_REQUESTS = 20;
const MANY_DOCUMENTS = 20;
const MANY_DECISIONS = 100;
/** Since 2024 the 行政复议法 wants 复议 before a suit over a refusal. */
const REVIEW_FIRST_FROM = 2024;
/** Agencies that hardly pass a year without a licence or a penalty. */
const DECIDING_AGENCIES =
  /(?:公安|市场监督管理|住房和城乡建设|交通运输|城市管理|综合行政执法|应急管理|生态环境|卫生健康|自然资源)[^，]{0,6}(?:局|厅|委员会)$/;
const MENTIONS_CORRECTION = /纠正|败诉|规范答复/;
const MENTIONS_NOTICE = /(?:收费|缴费|缴纳)[^。]{0,6}通知|通知[^。]{0,10}(?:收费|缴费|缴纳)/;

const REQUESTS = "requests";
const DISCLOSED = "disclosed";
const DISPUTES = "disputes";
const CASES = "cases";

export const tableRules: readonly Rule[] = [
  unbalanced,
  rowTotalMisprinted,
  outcomeTotalMisprinted,
  moreCarriedThanReceived,
  lateAnswers,
  muchCarriedOver,
  stateSecrets,
  manyOtherOutcomes,
  unpaidNotExplained,
  excessiveRequests,
  noNaturalPerson,
  rulesWithoutPower,
  fewerInForceThanIssued,
  nothingInForceBefore,
  manyNormativeDocuments,
  missingDecisions,
  disputeTotalMisprinted,
  suitsWithoutReview,
  suedWithoutReviewFirst,
  moreDisputesThanRequests,
  correctionsNotExplained,
];

/** B01: in every column, 左 equals 右. One finding a column, at the first row of the left side. */
function unbalanced(context: CheckContext): RawFinding[] {
  return context.format.balances.flatMap((balance) =>
    balanceSides(context.format, context.report, balance)
      .filter((sides) => sides.difference !== 0 && isDecided(context, balance, sides))
      .map((sides) => imbalance(tableOf(context.format, balance.table), balance, sides)),
  );
}

function imbalance(table: Table, balance: Balance, { column, left, right, difference }: Sides): RawFinding {
  const side = (rows: readonly string[], counts: number[]) =>
    rows.map((row, index) => `${balance.names[row] ?? rowName(table, row)}${counts[index]}`).join("＋");
  const total = (counts: number[]) => counts.reduce((a, b) => a + b, 0);
  return {
    code: "B01",
    at: cellAddress(table.id, balance.left[0] ?? "", column),
    params: {
      column: columnName(table, column),
      left: side(balance.left, left),
      leftSum: total(left),
      right: side(balance.right, right),
      rightSum: total(right),
      difference: Math.abs(difference),
    },
  };
}

/**
 * Whether a column can be judged at all. What could not be read may stand for anything, and while drafting blanks on
 * the smaller side may still bring it up: then nothing is out of balance yet.
 */
function isDecided(context: CheckContext, balance: Balance, sides: Sides): boolean {
  const entriesOf = (rows: readonly string[]) =>
    rows.flatMap((row) => entriesIn(context, balance.table, row, sides.column));
  if (entriesOf([...balance.left, ...balance.right]).includes(UNREADABLE)) return false;
  return mayBeBlank(context) || !entriesOf(sides.difference < 0 ? balance.left : balance.right).includes(null);
}

/** Whether a figure will stay as it is: nothing in it is unreadable and, while drafting, nothing is blank. */
export function isSettled(context: CheckContext, id: string, row: string, column: string): boolean {
  const entries = entriesIn(context, id, row, column);
  return !entries.includes(UNREADABLE) && (mayBeBlank(context) || !entries.includes(null));
}

const mayBeBlank = ({ format, stage }: CheckContext): boolean => stage !== "drafting" || format.blanksTolerated;

/** Stands for what was typed and is neither a count nor a sign for none, and for what could not be read from a document. */
const UNREADABLE = Symbol("unreadable");

/** What stands in a cell, or in every cell that it adds up. */
function entriesIn(context: CheckContext, id: string, row: string, column: string): (Entry | typeof UNREADABLE)[] {
  const rows = rowsIn(context, id);
  const unread = context.printed?.unread?.[id];
  return enteredAddends(tableOf(context.format, id), row, column).map((cell) => {
    const entry = rows[cell.row]?.[cell.column] ?? null;
    const isUnreadable = typeof entry === "string" && entryProblem("count", entry) !== "slash";
    return isUnreadable || unread?.includes(cell.row) ? UNREADABLE : entry;
  });
}

/**
 * Published totals of a table that differ from what they should add up to. A total printed blank says nothing, and
 * against one whose addends are all blank, or could not all be read, nothing can be said.
 */
function misprinted(context: CheckContext, id: string) {
  const table = tableIn(context, id);
  if (!table) return [];
  return Object.entries(context.printed?.totals[id] ?? {}).flatMap(([row, columns]) =>
    Object.entries(columns).flatMap(([column, printed]) => {
      const sum = figure(table, rowsIn(context, id), row, column);
      if (typeof printed !== "number" || typeof sum !== "number" || printed === sum) return [];
      if (entriesIn(context, id, row, column).includes(UNREADABLE)) return [];
      return [{ table, row, column, printed, sum, at: cellAddress(id, row, column) }];
    }),
  );
}

const isSumRow = (table: Table, row: string): boolean =>
  table.bands.some((band) => leaves(band.rows).some((line) => line.id === row && line.sum));

/** B02: the printed 总计 of a row. */
function rowTotalMisprinted(context: CheckContext): RawFinding[] {
  return misprinted(context, REQUESTS)
    .filter(({ table, row }) => !isSumRow(table, row))
    .map(({ table, row, at, sum, printed }) => ({
      code: "B02",
      at,
      params: { row: rowName(table, row), sum, printed },
    }));
}

/** B03: the printed 总计 of a column's outcomes. */
function outcomeTotalMisprinted(context: CheckContext): RawFinding[] {
  return misprinted(context, REQUESTS)
    .filter(({ table, row }) => isSumRow(table, row))
    .map(({ table, row, column, at, sum, printed }) => ({
      code: "B03",
      at,
      params: { column: columnName(table, column), row: linesAt(table, row, column)?.row.label ?? "", sum, printed },
    }));
}

/** C01: the printed 总计 of a block of disputes. */
function disputeTotalMisprinted(context: CheckContext): RawFinding[] {
  return misprinted(context, DISPUTES).map(({ table, column, at, sum, printed }) => ({
    code: "C01",
    at,
    params: { block: columnGroup(table, column), sum, printed },
  }));
}

/** B04: more is carried over than came in. */
function moreCarriedThanReceived(context: CheckContext): RawFinding[] {
  const carriedOut = countAt(context, REQUESTS, "carriedOut", "total");
  const received = countAt(context, REQUESTS, "received", "total");
  if (carriedOut === undefined || received === undefined || carriedOut <= received) return [];
  if (!isSettled(context, REQUESTS, "received", "total")) return [];
  return [{ code: "B04", at: cellAddress(REQUESTS, "carriedOut", "total"), params: { carriedOut, received } }];
}

/** B05: last year's requests that were not all answered in the whole of this year. */
function lateAnswers(context: CheckContext): RawFinding[] {
  const table = tableIn(context, REQUESTS);
  if (!table) return [];
  return columnsOf(table, "carriedIn").flatMap((column): RawFinding[] => {
    const carriedIn = countAt(context, REQUESTS, "carriedIn", column);
    const handled = figureAt(context, REQUESTS, "handled", column);
    if (carriedIn === undefined || typeof handled !== "number" || carriedIn <= handled) return [];
    if (!isSettled(context, REQUESTS, "handled", column)) return [];
    const params = { column: columnName(table, column), carriedIn, handled };
    return [{ code: "B05", at: cellAddress(REQUESTS, "carriedIn", column), params }];
  });
}

/** B06: a large share of the year's requests is carried over. */
function muchCarriedOver(context: CheckContext): RawFinding[] {
  const carriedOut = countAt(context, REQUESTS, "carriedOut", "total") ?? 0;
  const all =
    (countAt(context, REQUESTS, "received", "total") ?? 0) + (countAt(context, REQUESTS, "carriedIn", "total") ?? 0);
  if (all === 0 || carriedOut / all <= LARGE_SHARE) return [];
  if (["received", "carriedIn"].some((row) => !isSettled(context, REQUESTS, row, "total"))) return [];
  const params = { carriedOut, all, share: percent(carriedOut, all) };
  return [{ code: "B06", at: cellAddress(REQUESTS, "carriedOut", "total"), params }];
}

/** B07: refusals for state secrets. */
function stateSecrets(context: CheckContext): RawFinding[] {
  const n = countAt(context, REQUESTS, "secret", "total") ?? 0;
  return n > 0 ? [{ code: "B07", at: cellAddress(REQUESTS, "secret", "total"), params: { n } }] : [];
}

/** B08: a large share of outcomes fits none of the named ones. */
function manyOtherOutcomes(context: CheckContext): RawFinding[] {
  const table = tableIn(context, REQUESTS);
  const n = countAt(context, REQUESTS, "otherwise", "total") ?? 0;
  const all = countAt(context, REQUESTS, "handled", "total") ?? 0;
  if (!table || all === 0 || n / all <= LARGE_SHARE || !isSettled(context, REQUESTS, "handled", "total")) return [];
  const params = { row: rowName(table, "otherwise"), n, all, share: percent(n, all) };
  return [{ code: "B08", at: cellAddress(REQUESTS, "otherwise", "total"), params }];
}

/** B09: requests dropped because a fee was not paid, and no word of the fee notices. */
function unpaidNotExplained(context: CheckContext): RawFinding[] {
  const section = proseSection(context.format, context.format.feeSection ?? "");
  const n = countAt(context, REQUESTS, "unpaid", "total") ?? 0;
  if (!section || n === 0 || MENTIONS_NOTICE.test(textOf(context.report, section.id))) return [];
  const params = { n, heading: plainLabel(section.heading) };
  return [{ code: "B09", at: cellAddress(REQUESTS, "unpaid", "total"), params }];
}

/** B10: requests refused as excessive, which needs a procedure. */
function excessiveRequests(context: CheckContext): RawFinding[] {
  const table = tableIn(context, REQUESTS);
  const n = countAt(context, REQUESTS, "excessive", "total") ?? 0;
  if (!table || n === 0) return [];
  const row = rowName(table, "excessive").split("—").at(-1) ?? "";
  return [{ code: "B10", at: cellAddress(REQUESTS, "excessive", "total"), params: { n, row } }];
}

/** B11: many requests, none by a natural person: perhaps the columns slipped. */
function noNaturalPerson(context: CheckContext): RawFinding[] {
  const n = countAt(context, REQUESTS, "received", "total") ?? 0;
  if (figureAt(context, REQUESTS, "received", "natural") !== 0 || n < MANY_REQUESTS) return [];
  return [{ code: "B11", at: cellAddress(REQUESTS, "received", "natural"), params: { n } }];
}

/** A01: 规章 of an agency that has no power to make any. */
function rulesWithoutPower(context: CheckContext): RawFinding[] {
  const table = tableIn(context, DISCLOSED);
  if (!table || mayMakeRules(context.report.organisation) !== false) return [];
  const filled = columnsOf(table, "rules").find((column) => (countAt(context, DISCLOSED, "rules", column) ?? 0) > 0);
  if (!filled) return [];
  const { cell, at } = named(table, "rules", filled);
  const value = countAt(context, DISCLOSED, "rules", filled) ?? 0;
  return [{ code: "A01", at, params: { cell, value, documents: rowName(table, "normative") } }];
}

/** A02: what was issued and not repealed this year is in force. */
function fewerInForceThanIssued(context: CheckContext): RawFinding[] {
  return stocksOf(context)
    .filter(({ issued, repealed, inForce }) => inForce < issued - repealed)
    .map(({ stock, row, ...figures }) => ({
      code: "A02",
      at: cellAddress(stock.table, row, stock.inForce),
      params: { row: rowName(tableOf(context.format, stock.table), row), ...figures },
    }));
}

/** A05: documents in force that are all of this year, and no last year's report to hold that against (with one, X02 does). */
function nothingInForceBefore(context: CheckContext): RawFinding[] {
  if (context.lastYear) return [];
  return stocksOf(context)
    .filter(({ issued, repealed, inForce }) => issued > 0 && inForce === issued - repealed)
    .map(({ stock, row, ...figures }) => ({
      code: "A05",
      at: cellAddress(stock.table, row, stock.inForce),
      params: { row: rowName(tableOf(context.format, stock.table), row), ...figures },
    }));
}

/** Every row of documents with this year's figures, where all of them are filled in. */
export function stocksOf(context: CheckContext) {
  return context.format.stocks.flatMap((stock) =>
    stock.rows.flatMap((row) => {
      const of = (column: string) => figureAt(context, stock.table, row, column);
      const [issued, repealed, inForce] = [of(stock.issued), of(stock.repealed), of(stock.inForce)];
      if (typeof issued !== "number" || typeof repealed !== "number" || typeof inForce !== "number") return [];
      return [{ stock, row, issued, repealed, inForce }];
    }),
  );
}

/** A03: a small agency with very many 规范性文件. */
function manyNormativeDocuments(context: CheckContext): RawFinding[] {
  const table = tableIn(context, DISCLOSED);
  const { level, kind } = standingOf(context.report.organisation);
  const isSmall = level === "township" || (level === "county" && kind === "department");
  const n = countAt(context, DISCLOSED, "normative", "issued") ?? 0;
  if (!table || !isSmall || n <= MANY_DOCUMENTS) return [];
  const params = { row: rowName(table, "normative"), n };
  return [{ code: "A03", at: cellAddress(DISCLOSED, "normative", "issued"), params }];
}

/** A04: no decisions where last year had many, or where the agency is of a kind that always has some. */
function missingDecisions(context: CheckContext): RawFinding[] {
  const table = tableIn(context, DISCLOSED);
  if (!table) return [];
  const { lastYear } = context;
  const none = ["licensing", "penalties", "coercion"].filter(
    (row) => figureAt(context, DISCLOSED, row, "decisions") === 0,
  );
  const dropped = none.flatMap((row): RawFinding[] => {
    const before = (lastYear && countAt(lastYear, DISCLOSED, row, "decisions")) ?? 0;
    if (before <= MANY_DECISIONS) return [];
    const situation = `“${rowName(table, row)}”上年${before}件、本年0件`;
    return [{ code: "A04", at: cellAddress(DISCLOSED, row, "decisions"), params: { situation } }];
  });
  const [first] = none;
  if (dropped.length > 0 || !first || none.length < 3) return dropped;
  if (!DECIDING_AGENCIES.test(context.report.organisation.name)) return [];
  const situation = `${none.map((row) => `“${rowName(table, row)}”`).join("")}均为0件`;
  return [{ code: "A04", at: cellAddress(DISCLOSED, first, "decisions"), params: { situation } }];
}

/** C02: suits after 复议, and no 复议 in two years. */
function suitsWithoutReview(context: CheckContext): RawFinding[] {
  const n = countAt(context, DISPUTES, CASES, "afterReviewTotal") ?? 0;
  const reviews = [context, context.lastYear].map(
    (source) => source && countAt(source, DISPUTES, CASES, "reviewTotal"),
  );
  if (n === 0 || reviews.some((review) => review !== 0)) return [];
  return [{ code: "C02", at: cellAddress(DISPUTES, CASES, "afterReviewTotal"), params: { n } }];
}

/** C03: suits without 复议 after the law came to ask for it. */
function suedWithoutReviewFirst(context: CheckContext): RawFinding[] {
  const n = countAt(context, DISPUTES, CASES, "directTotal") ?? 0;
  if (n === 0 || context.report.year < REVIEW_FIRST_FROM) return [];
  return [{ code: "C03", at: cellAddress(DISPUTES, CASES, "directTotal"), params: { n } }];
}

/** C04: more disputes than there were requests to dispute. */
function moreDisputesThanRequests(context: CheckContext): RawFinding[] {
  const review = countAt(context, DISPUTES, CASES, "reviewTotal") ?? 0;
  const direct = countAt(context, DISPUTES, CASES, "directTotal") ?? 0;
  const handled = figureAt(context, REQUESTS, "handled", "total");
  if (typeof handled !== "number" || !isSettled(context, REQUESTS, "handled", "total")) return [];
  const requests = handled + (countAt(context, REQUESTS, "carriedIn", "total") ?? 0);
  if (review + direct <= requests) return [];
  return [{ code: "C04", at: cellAddress(DISPUTES, CASES, "reviewTotal"), params: { review, direct, requests } }];
}

/** C05: decisions were corrected, and the problems section does not say so. */
function correctionsNotExplained(context: CheckContext): RawFinding[] {
  const section = proseSection(context.format, "problems");
  const corrected = ["reviewCorrected", "directCorrected", "afterReviewCorrected"];
  const n = corrected.reduce((all, column) => all + (countAt(context, DISPUTES, CASES, column) ?? 0), 0);
  if (!section || n === 0) return [];
  const text = textOf(context.report, section.id);
  if (text === "" || MENTIONS_CORRECTION.test(text)) return [];
  const first = corrected.find((column) => (countAt(context, DISPUTES, CASES, column) ?? 0) > 0) ?? "";
  const params = { n, heading: plainLabel(section.heading) };
  return [{ code: "C05", at: cellAddress(DISPUTES, CASES, first), params }];
}
