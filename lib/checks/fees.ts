import { plainLabel } from "../report/format.ts";
import { type Amount, agreesWith } from "./amounts.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, passageAddress } from "./finding.ts";
import { figureAt, proseSection, textOf } from "./lookup.ts";
import { type Period, periodsIn } from "./prose.ts";
import { isSettled } from "./tables.ts";

const NAMES_THE_FEE = /处理费/;
const SPEAKS_OF_FEES = /处理费|收费|费用|收取/;

export const feeRules: readonly Rule[] = [
  chargedButNotReported,
  feeNotReported,
  feeNotInTable,
  feeWithoutRequests,
  oddAmount,
  feesOfUnitsDoNotAddUp,
];

/** F02: fees are in the table, and the section that must report on them says nothing of any. */
function chargedButNotReported(context: CheckContext): RawFinding[] {
  const { section, text, amount } = fees(context);
  if (!section || !isSilentOnFees(text, amount)) return [];
  const params = { tableHeading: tableHeading(context), amount, heading: plainLabel(section.heading) };
  return [{ code: "F02", at: section.id, params }];
}

/** F03: the section that must report on 信息处理费 does not name it. An empty section is S03's concern. */
function feeNotReported(context: CheckContext): RawFinding[] {
  const { section, text, amount } = fees(context);
  if (!section || text === "" || NAMES_THE_FEE.test(text) || isSilentOnFees(text, amount)) return [];
  return [{ code: "F03", at: section.id, params: { heading: plainLabel(section.heading) } }];
}

/** F01: 信息处理费 is 行政事业性收费 too, so the table has at least as much. */
function feeNotInTable(context: CheckContext): RawFinding[] {
  const { section } = fees(context);
  const inTable = figureAt(context, "disclosed", "fees", "charged");
  const [collected] = collectedFees(context);
  if (!section || !collected || typeof inTable !== "string") return [];
  if (yuan(collected.amount) <= Number(inTable) * YUAN_OF_WAN) return [];
  const params = {
    heading: plainLabel(section.heading),
    collected: yuan(collected.amount),
    tableHeading: tableHeading(context),
    amount: inTable,
  };
  return [{ code: "F01", at: placeOf(collected), params }];
}

/** F04: a fee, and no request that it could be for. */
function feeWithoutRequests(context: CheckContext): RawFinding[] {
  const [collected] = collectedFees(context);
  const requests = ["received", "carriedIn"].map((row) => figureAt(context, "requests", row, "total"));
  const isOpen = ["received", "carriedIn"].some((row) => !isSettled(context, "requests", row, "total"));
  if (!collected || isOpen || requests.some((figure) => figure !== 0)) return [];
  return [{ code: "F04", at: placeOf(collected), params: { collected: yuan(collected.amount) } }];
}

/** F05: every step of the tariff is a multiple of 10 元. */
function oddAmount(context: CheckContext): RawFinding[] {
  return collectedFees(context)
    .filter(({ amount }) => yuan(amount) % SMALLEST_STEP !== 0)
    .map((collected) => ({ code: "F05", at: placeOf(collected), params: { collected: yuan(collected.amount) } }));
}

/** F06: what the units of a region collected makes up the whole, cases and amounts. */
function feesOfUnitsDoNotAddUp(context: CheckContext): RawFinding[] {
  const [collected] = collectedFees(context);
  if (!collected) return [];
  const { period, amount: whole } = collected;
  const marker = period.text.indexOf("其中", whole.to - period.from);
  if (marker < 0) return [];
  const inList = period.amounts.filter(({ from }) => from > period.from + marker);
  const money = inList.filter(({ unit }) => unit in YUAN);
  const cases = inList.filter(({ unit }) => unit === "件");
  const last = inList.at(-1);
  if (!last || money.length < 2) return [];
  const at = passageAddress(period.part, whole.from, last.to);
  const sum = money.reduce((all, part) => all + yuan(part), 0);
  const allCases = period.amounts.find(({ unit, to }) => unit === "件" && to <= whole.from);
  const caseSum = cases.reduce((all, { value }) => all + value, 0);
  const findings: RawFinding[] = [];
  if (sum !== yuan(whole)) findings.push({ code: "F06", at, params: { sum, unit: "元", whole: yuan(whole) } });
  if (allCases && cases.length === money.length && !agreesWith(allCases, caseSum)) {
    findings.push({ code: "F06", at, params: { sum: caseSum, unit: "件", whole: allCases.value } });
  }
  return findings;
}

const YUAN_OF_WAN = 10_000;
const YUAN: Readonly<Record<string, number>> = { 元: 1, 万元: YUAN_OF_WAN };
const SMALLEST_STEP = 10;
/** What an amount of money is besides a fee that was collected. */
const NOT_COLLECTED = /通知|应收|应缴|标准|每[件页]|未(?:收|缴)|减免|免收|退还|不超过|以下|总金额|欠/;

type Collected = { period: Period; amount: Amount };

/** Amounts above 0 of which the section on fees says that 信息处理费 came to them; the whole stands before its parts. */
function collectedFees(context: CheckContext): Collected[] {
  const section = context.format.feeSection;
  if (!section) return [];
  return periodsIn(context, section).flatMap((period) => {
    const found = period.amounts.find(
      ({ unit, value, label }) =>
        unit in YUAN && value > 0 && !NOT_COLLECTED.test(lastClause(label)) && isFee(period, label),
    );
    return found ? [{ period, amount: found }] : [];
  });
}

function isFee(period: Period, label: string): boolean {
  const clause = lastClause(label);
  if (NAMES_THE_FEE.test(clause)) return true;
  return NAMES_THE_FEE.test(period.text) && /实际收取|收取|实收|共收|收缴|缴纳/.test(clause);
}

const lastClause = (label: string): string => label.split(/[，；。：]/).at(-1) ?? "";
const yuan = ({ value, unit }: Amount): number => Math.round(value * (YUAN[unit] ?? 1) * 100) / 100;
const placeOf = ({ period, amount }: Collected): string => passageAddress(period.part, amount.from, amount.to);

const tableHeading = ({ format }: CheckContext): string =>
  plainLabel(format.sections.find(({ id }) => id === "disclosed")?.heading ?? "");

const isSilentOnFees = (text: string, amount: string): boolean =>
  Number(amount) > 0 && text !== "" && !SPEAKS_OF_FEES.test(text);

function fees(context: CheckContext) {
  const section = proseSection(context.format, context.format.feeSection ?? "");
  return {
    section,
    text: section ? textOf(context.report, section.id).trim() : "",
    /** 万元, as it is printed. */
    amount: String(figureAt(context, "disclosed", "fees", "charged") ?? 0),
  };
}
