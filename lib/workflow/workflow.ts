import type { Finding } from "../checks/finding.ts";
import { type Answer, answeredCount, answersTo } from "../checks/reasons.ts";
import type { Report } from "../report/report.ts";
import type { Role } from "./roles.ts";
import {
  type Action,
  landing,
  type Need,
  type OptionalStep,
  type State,
  type Transition,
  transitions,
} from "./transitions.ts";

/** Longest reason for doing something with a report, in characters. */
export const LONGEST_MOVE_REASON = 500;

/** Where a report stands. Editions count from 1; each later one is a correction of the one before it, which was published. */
export type Standing = { state: State; edition: number };

/** What is done, and what whoever does it has to say. */
export type Move = {
  action: Action;
  reason?: string | undefined;
  publication?: Publication | undefined;
};

/** 公开: the day, `YYYY-MM-DD`, and the address of the page if there is one. */
export type Publication = { date: string; address?: string | undefined };

/** What an action depends on beside the standing. */
export type Circumstances = {
  /** Steps that the organisation does without. */
  skipped: readonly OptionalStep[];
  /** What stands between the report and being submitted, and what is written about it. Only asked where it counts. */
  findings: () => readonly Finding[];
  reasons: Report["reasons"];
  /** Remarks that nobody has dealt with yet. */
  openRemarks: number;
};

/** Why something cannot be done yet. */
export type Obstacle =
  | { kind: "errors"; count: number }
  /** Warnings that no written reason lets stand. */
  | { kind: "warnings"; count: number }
  | { kind: "remarks"; count: number }
  | { kind: "reason" }
  | { kind: "publication" };

export type Judgement =
  /** `by`: in which of her roles she did it. */
  | { kind: "moved"; standing: Standing; by: Role }
  /** It is not the turn of this action: the report stands elsewhere by now. */
  | { kind: "untimely" }
  /** It is somebody else's to do. */
  | { kind: "forbidden"; by: Role }
  | { kind: "obstructed"; obstacles: readonly Obstacle[] };

/** What somebody with these roles in the report's organisation may do with it now, in the order of the table. */
export const movesOf = (standing: Standing, roles: readonly Role[]): Transition[] =>
  transitions.filter((transition) => leadsFrom(standing, transition) && roles.includes(transition.by));

/** Whose turn it is; undefined when nobody has to do anything more. Taking back and beginning anew are nobody's turn. */
export function turnOf(standing: Standing): Role | undefined {
  const asked = transitions.find(
    ({ action, from }) => from === standing.state && !["return", "recall", "correct", "abandon"].includes(action),
  );
  return asked?.by;
}

/** Whether the content may be changed, by whoever may change reports at all. */
export const isOpen = ({ state }: Standing): boolean => openStates.includes(state);

export const openStates: readonly State[] = ["drafting", "returned"];

/** Judges an action of somebody with these roles in the report's organisation. */
export function judgeMove(
  standing: Standing,
  roles: readonly Role[],
  move: Move,
  circumstances: Circumstances,
): Judgement {
  const transition = transitions.find(
    ({ action, ...one }) => action === move.action && leadsFrom(standing, { action, ...one }),
  );
  if (!transition) return { kind: "untimely" };
  if (!roles.includes(transition.by)) return { kind: "forbidden", by: transition.by };
  const obstacles = obstaclesTo(transition, move, circumstances);
  if (obstacles.length > 0) return { kind: "obstructed", obstacles };
  return { kind: "moved", standing: after(standing, transition, circumstances.skipped), by: transition.by };
}

/** Only a correction can be given up: a first edition has nothing to go back to. */
const leadsFrom = ({ state, edition }: Standing, { action, from }: Transition): boolean =>
  from === state && (action !== "abandon" || edition > 1);

function after({ edition }: Standing, { action, to }: Transition, skipped: readonly OptionalStep[]): Standing {
  if (action === "correct") return { state: to, edition: edition + 1 };
  if (action === "abandon") return { state: to, edition: edition - 1 };
  return { state: landing(to, skipped), edition };
}

function obstaclesTo({ needs }: Transition, move: Move, circumstances: Circumstances): Obstacle[] {
  const { reasons, openRemarks } = circumstances;
  const unmet: Readonly<Record<Need, () => Obstacle[]>> = {
    checks: () => {
      const findings = circumstances.findings();
      return openFindings(findings, answersTo(findings, reasons));
    },
    remarks: () => unsettled(openRemarks),
    reason: () => (move.reason?.trim() ? [] : [{ kind: "reason" }]),
    publication: () => (move.publication ? [] : [{ kind: "publication" }]),
  };
  return needs.flatMap((need) => unmet[need]());
}

/** What keeps a report with these findings, answers to its warnings and open remarks from being submitted. */
export const obstaclesToSubmit = (
  findings: readonly Finding[],
  answers: readonly Answer[],
  openRemarks: number,
): Obstacle[] => [...openFindings(findings, answers), ...unsettled(openRemarks)];

function openFindings(findings: readonly Finding[], answers: readonly Answer[]): Obstacle[] {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const { warnings, answered } = answeredCount(answers);
  return [
    ...(errors > 0 ? [{ kind: "errors" as const, count: errors }] : []),
    ...(warnings > answered ? [{ kind: "warnings" as const, count: warnings - answered }] : []),
  ];
}

const unsettled = (openRemarks: number): Obstacle[] =>
  openRemarks > 0 ? [{ kind: "remarks", count: openRemarks }] : [];
