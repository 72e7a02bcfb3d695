import { plainLabel } from "../report/format.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import type { CheckContext } from "./finding.ts";
import { figureAt, proseSection, textOf } from "./lookup.ts";

const NAMES_THE_FEE = /处理费/;
const SPEAKS_OF_FEES = /处理费|收费|费用|收取/;

export const feeRules: readonly Rule[] = [chargedButNotReported, feeNotReported];

/** F02: fees are in the table, and the section that must report on them says nothing of any. */
function chargedButNotReported(context: CheckContext): RawFinding[] {
  const { section, text, amount } = fees(context);
  if (!section || !isSilentOnFees(text, amount)) return [];
  const table = context.format.sections.find(({ id }) => id === "disclosed");
  const params = {
    tableHeading: plainLabel(table?.heading ?? ""),
    amount,
    heading: plainLabel(section.heading),
  };
  return [{ code: "F02", at: section.id, params }];
}

/** F03: the section that must report on 信息处理费 does not name it. An empty section is S03's concern. */
function feeNotReported(context: CheckContext): RawFinding[] {
  const { section, text, amount } = fees(context);
  if (!section || text === "" || NAMES_THE_FEE.test(text) || isSilentOnFees(text, amount)) return [];
  return [{ code: "F03", at: section.id, params: { heading: plainLabel(section.heading) } }];
}

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
