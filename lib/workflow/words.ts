import { roleNames } from "./roles.ts";
import type { Action, OptionalStep, State } from "./transitions.ts";
import type { Judgement, Obstacle, Standing } from "./workflow.ts";

/** Where a report stands, for people. */
export const stateNames: Readonly<Record<State, string>> = {
  drafting: "起草",
  returned: "退回修改",
  reviewing: "科室审核",
  secrecy: "保密审查",
  signing: "待签发",
  filing: "已签发，待报送",
  filed: "已报送，待审核",
  accepted: "待公开",
  published: "已公开",
};

/** What can be done, as it is called on buttons and in the record. */
export const actionNames: Readonly<Record<Action, string>> = {
  submit: "送审",
  approve: "审核通过",
  clear: "保密审查通过",
  sign: "签发",
  file: "报送",
  accept: "通过",
  publish: "登记公开",
  return: "退回修改",
  recall: "撤回",
  correct: "更正",
  abandon: "放弃更正",
};

export const stepNames: Readonly<Record<OptionalStep, string>> = {
  reviewing: "科室审核",
  secrecy: "保密审查",
  filing: "报送主管部门审核",
};

/** When a step can be done without. */
export const stepHints: Readonly<Record<OptionalStep, string>> = {
  reviewing: "人少的单位，起草的人和审核的人是同一人时可以不设。",
  secrecy: "在系统以外另有保密审查手续的，可以不设。",
  filing: "不在本系统报送的，可以不设；没有上级单位的，不论是否勾选都没有这一步。",
};

/** Why a report cannot be changed now. */
export const closedWords = ({ state }: Standing): string =>
  state === "published"
    ? "报告已经公开，不能修改。确需更正的，请先办理“更正”。"
    : `报告处于“${stateNames[state]}”，不能修改。需要修改的，请先撤回，或者由审核的人退回。`;

/** Why something was not done, as finished sentences. */
export function refusalWords(judgement: Exclude<Judgement, { kind: "moved" }>): string {
  switch (judgement.kind) {
    case "untimely":
      return "报告的状态已经变化，请刷新页面后再操作。";
    case "forbidden":
      return `这一步由${roleNames[judgement.by]}办理。`;
    case "obstructed":
      return judgement.obstacles.map(obstacleWords).join("");
  }
}

export function obstacleWords(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case "errors":
      return `还有 ${obstacle.count} 处错误没有改正。`;
    case "warnings":
      return `还有 ${obstacle.count} 项需核实的问题，请改正或者写明情况。`;
    case "remarks":
      return `还有 ${obstacle.count} 条意见没有处理。`;
    case "reason":
      return "请写明理由。";
    case "publication":
      return "请填写公开日期。";
  }
}
