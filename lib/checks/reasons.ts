import { parseReasonKey, reasonKey } from "../report/reasons.ts";
import type { Reason, Report } from "../report/report.ts";
import { type Finding, parsePlace } from "./finding.ts";

/** Fewest characters, blanks not counted, that a written reason needs to let a warning stand. */
export const LEAST_REASON = 5;

/**
 * What is written about something that needs a reason. `key` is where the reason is kept, or where one would be; `about` is
 * what it must be written about to count.
 * - `missing`: none is written.
 * - `short`: it is shorter than `LEAST_REASON`.
 * - `lapsed`: it was written about other numbers (情况已变化); it answers nothing, but its text is there to go on from.
 * - `given`: what it is about may stand.
 */
export type Written = { key: string; about: string } & (
  | { state: "missing" }
  | { state: "short" | "lapsed" | "given"; reason: Reason }
);

/** A warning with what is written about it. */
export type Answer = Written & { finding: Finding };

/** What is written under exactly this key. */
export function writtenAt(reasons: Report["reasons"], key: string, about: string): Written {
  const reason = reasons?.[key];
  if (!reason) return { key, about, state: "missing" };
  return { key, about, reason, state: reason.finding === about ? judged(reason) : "lapsed" };
}

/**
 * Every warning in the order given, each with what is written about it. A reason answers the finding of its check at its
 * place that says word for word what it was written about. What is left over there stands, in order, beside the findings
 * that are left over: they were the same before their numbers changed. Findings that share a reason have it where they say.
 */
export function answersTo(findings: readonly Finding[], reasons: Report["reasons"] = {}): Answer[] {
  const answers = new Map<Finding, Answer>();
  const warnings = findings.filter(({ severity }) => severity === "warning");
  for (const finding of warnings) {
    const { shared } = finding;
    if (shared) answers.set(finding, { finding, ...writtenAt(reasons, shared.key, shared.about) });
  }
  for (const [where, alike] of groupedByPlace(warnings.filter(({ shared }) => !shared))) {
    const written = Object.entries(reasons)
      .flatMap(([key, reason]) => {
        const parsed = parseReasonKey(key);
        return parsed && `${parsed.code}.${parsed.place}` === where ? [{ key, reason, slot: parsed.slot }] : [];
      })
      .sort((a, b) => a.slot - b.slot);
    const taken = new Set(written.map(({ slot }) => slot));
    const take = (fits: (reason: Reason) => boolean) => {
      const index = written.findIndex(({ reason }) => fits(reason));
      return index < 0 ? undefined : written.splice(index, 1)[0];
    };
    const open = alike.filter((finding) => {
      const own = take((reason) => reason.finding === finding.message);
      const about = finding.message;
      if (own) answers.set(finding, { finding, key: own.key, about, reason: own.reason, state: judged(own.reason) });
      return !own;
    });
    for (const finding of open) {
      const old = take(() => true);
      const about = finding.message;
      if (old) answers.set(finding, { finding, key: old.key, about, reason: old.reason, state: "lapsed" });
      else answers.set(finding, { finding, key: freeKey(finding, taken), about, state: "missing" });
    }
  }
  return warnings.flatMap((finding) => answers.get(finding) ?? []);
}

/** How many of these warnings there are and how many of them a written reason lets stand. */
export function answeredCount(answers: readonly Answer[]): { warnings: number; answered: number } {
  return { warnings: answers.length, answered: answers.filter(({ state }) => state === "given").length };
}

const judged = ({ text }: Reason): "given" | "short" =>
  [...text.replace(/\s/g, "")].length >= LEAST_REASON ? "given" : "short";

/** Where a finding lies, without the offsets of its text. */
function placeWithoutOffsets({ at }: Finding): string {
  const place = parsePlace(at);
  return place.kind === "passage" ? place.part : at;
}

function groupedByPlace(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const where = `${finding.code}.${placeWithoutOffsets(finding)}`;
    groups.set(where, [...(groups.get(where) ?? []), finding]);
  }
  return groups;
}

/** The first key of the finding's check and place that is not in use; it is from now on. */
function freeKey(finding: Finding, taken: Set<number>): string {
  let slot = 1;
  while (taken.has(slot)) slot++;
  taken.add(slot);
  return reasonKey({ code: finding.code, place: placeWithoutOffsets(finding), slot });
}
