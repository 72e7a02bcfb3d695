import { chipName, UNFILLED } from "../report/chips.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, passageAddress } from "./finding.ts";

export const chipRules: readonly Rule[] = [unfilledChips];

/** N14: the text names a figure of a table that has not been filled in. */
function unfilledChips({ format, report, stage }: CheckContext): RawFinding[] {
  const severity = stage === "drafting" ? "hint" : "error";
  return Object.entries(report.prose).flatMap(([section, passages]) => {
    let from = 0;
    return passages.flatMap(({ content }) => {
      const findings = content.flatMap(({ text, figure }): RawFinding[] => {
        const at = passageAddress(section, from, from + text.length);
        from += text.length;
        if (figure === undefined || text !== UNFILLED) return [];
        return [{ code: "N14", at, params: { cell: chipName(format, figure), printed: UNFILLED }, severity }];
      });
      from += 1;
      return findings;
    });
  });
}
