import type { Format } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import { check } from "./check.ts";
import type { CheckRequest, Finding, Printed } from "./finding.ts";

/** A finished report that was read from a file, and what is printed in it beside its data. */
export type FinishedReport = { format: Format; report: Report; printed?: Printed };

/**
 * What is found in a finished report that came together with others (年报体检): it is held against its agency's report of
 * the year before, if that is given or among them, and against what other agencies wrote on the same year.
 */
export function checkAmong(
  one: FinishedReport,
  all: readonly FinishedReport[],
  given: Pick<CheckRequest, "requirements" | "covers" | "rollup" | "publication"> & {
    lastYear?: FinishedReport | undefined;
  } = {},
): Finding[] {
  const { format, report, printed } = one;
  const isGiven = given.lastYear?.report.year === report.year - 1;
  const lastYear = isGiven ? given.lastYear : lastYearOf(one, all);
  const others = all.filter((other) => other.report.year === report.year && !isSameAgency(other, one));
  return check({
    ...given,
    format,
    report,
    ...(printed && { printed }),
    ...(lastYear && { lastYear }),
    others,
    stage: "submission",
  });
}

/** The report of the same agency on the year before, if it is among these. */
export const lastYearOf = <One extends FinishedReport>(one: FinishedReport, all: readonly One[]): One | undefined =>
  all.find((other) => other.report.year === one.report.year - 1 && isSameAgency(other, one));

/** Whether two reports are of one agency: blanks and the width of brackets are no part of a name. */
export const isSameAgency = (one: FinishedReport, other: FinishedReport): boolean => nameOf(one) === nameOf(other);
const nameOf = ({ report }: FinishedReport): string =>
  report.organisation.name.replace(/\s/g, "").replaceAll("(", "（").replaceAll(")", "）");
