import type { Role } from "./roles.ts";

/** Where a report stands, in the order of its way from the clerk to the public. */
export const states = [
  "drafting",
  "returned",
  "reviewing",
  "secrecy",
  "signing",
  "filing",
  "filed",
  "accepted",
  "published",
] as const;
export type State = (typeof states)[number];

/** What can be done with a report. */
export const actions = [
  "submit",
  "approve",
  "clear",
  "sign",
  "file",
  "accept",
  "publish",
  "return",
  "recall",
  "correct",
  "abandon",
] as const;
export type Action = (typeof actions)[number];

/**
 * What an action asks for: no error found and a reason for every warning; no remark left to be dealt with; a written
 * reason; when and where the report was published.
 */
export type Need = "checks" | "remarks" | "reason" | "publication";

/** `to` is left for the state after it as long as the organisation does without its step. */
export type Transition = { action: Action; from: State; to: State; by: Role; needs: readonly Need[] };

const may = (by: Role, action: Action, from: State, to: State, ...needs: readonly Need[]): Transition => ({
  ...{ action, from, to, by, needs },
});

/** The whole way of a report: whoever is named first may take it from the second state to the third. Nothing else may happen. */
export const transitions: readonly Transition[] = [
  may("clerk", "submit", "drafting", "reviewing", "checks", "remarks"),
  may("clerk", "submit", "returned", "reviewing", "checks", "remarks"),
  may("reviewer", "approve", "reviewing", "secrecy"),
  may("reviewer", "clear", "secrecy", "signing"),
  may("signatory", "sign", "signing", "filing"),
  may("clerk", "file", "filing", "filed"),
  may("supervisor", "accept", "filed", "accepted"),
  may("clerk", "publish", "accepted", "published", "publication"),

  may("reviewer", "return", "reviewing", "returned", "reason"),
  may("reviewer", "return", "secrecy", "returned", "reason"),
  may("signatory", "return", "signing", "returned", "reason"),
  may("supervisor", "return", "filed", "returned", "reason"),
  may("supervisor", "return", "accepted", "returned", "reason"),

  may("clerk", "recall", "reviewing", "drafting"),
  may("clerk", "recall", "secrecy", "drafting"),
  may("clerk", "recall", "signing", "drafting"),
  may("clerk", "recall", "filing", "drafting", "reason"),
  may("clerk", "recall", "filed", "drafting", "reason"),
  may("clerk", "recall", "accepted", "drafting", "reason"),

  // A correction (更正版) takes the same way again; the edition that was published stays what it is.
  may("clerk", "correct", "published", "drafting", "reason"),
  may("clerk", "abandon", "drafting", "published", "reason"),
  may("clerk", "abandon", "returned", "published", "reason"),
];

/** Steps that an organisation may do without, each with the states in which a report waits for it. */
export const optionalSteps = ["reviewing", "secrecy", "filing"] as const;
export type OptionalStep = (typeof optionalSteps)[number];

/** The step that a state belongs to, if it is one that can be done without. */
const stepOfState: Partial<Record<State, OptionalStep>> = {
  reviewing: "reviewing",
  secrecy: "secrecy",
  filing: "filing",
  filed: "filing",
};

/** Where a report arrives that goes to this state, in an organisation that does without some steps. */
export function landing(to: State, skipped: readonly OptionalStep[]): State {
  const step = stepOfState[to];
  const next = states[states.indexOf(to) + 1];
  return step && next && skipped.includes(step) ? landing(next, skipped) : to;
}
