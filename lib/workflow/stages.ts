import type { State } from "./transitions.ts";
import { type Standing, turnOf } from "./workflow.ts";

/** How far a unit is with the report of a year, as its 主管部门 sees it: what goes on within the unit is one stage. */
export const stages = ["absent", "drafting", "returned", "signing", "filed", "accepted", "published"] as const;
export type Stage = (typeof stages)[number];

export const stageNames: Readonly<Record<Stage, string>> = {
  absent: "未开始",
  drafting: "起草",
  returned: "退回修改",
  signing: "审签中",
  filed: "已报送",
  accepted: "待公开",
  published: "已公开",
};

const stageOfState: Readonly<Record<State, Stage>> = {
  drafting: "drafting",
  returned: "returned",
  reviewing: "signing",
  secrecy: "signing",
  signing: "signing",
  filing: "signing",
  filed: "filed",
  accepted: "accepted",
  published: "published",
};

/** Without a standing there is no report. */
export const stageOf = (standing: Standing | undefined): Stage => (standing ? stageOfState[standing.state] : "absent");

/** Whether the public has the report of that year; a correction that is under way takes nothing of that back. */
export const isPublic = (standing: Standing | undefined): boolean =>
  standing !== undefined && (standing.state === "published" || standing.edition > 1);

/** Whether the unit has to do the next step until the public has a report. */
export const isAwaited = (standing: Standing | undefined): boolean =>
  !isPublic(standing) && (standing === undefined || turnOf(standing) !== "supervisor");

/** Where a report is with the 主管部门, or with the public. */
export const sentStates: readonly State[] = ["filed", "accepted", "published"];

/** Whether the unit has handed the report in, as it is. */
export const isSent = (state: State): boolean => sentStates.includes(state);
