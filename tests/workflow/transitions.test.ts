import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "../../lib/checks/finding.ts";
import { type Role, roles } from "../../lib/workflow/roles.ts";
import { type Action, actions, landing, optionalSteps, states, transitions } from "../../lib/workflow/transitions.ts";
import { actionNames, refusalWords, stateNames, stepNames } from "../../lib/workflow/words.ts";
import {
  type Circumstances,
  isOpen,
  judgeMove,
  type Move,
  movesOf,
  type Standing,
  turnOf,
} from "../../lib/workflow/workflow.ts";

const begun: Standing = { state: "drafting", edition: 1 };
const easy: Circumstances = { skipped: [], findings: () => [], reasons: undefined, openRemarks: 0 };
const said: Omit<Move, "action"> = { reason: "数字有误", publication: { date: "2026-01-20" } };

const finding = (severity: Finding["severity"]): Finding => ({
  ...{ code: "B01", severity, at: "requests.handled.natural", advice: "", params: {} },
  message: "勾稽关系不平。",
});

function walk(way: readonly [Role, Action][], circumstances = easy, from = begun): Standing {
  return way.reduce((standing, [role, action]) => {
    const judged = judgeMove(standing, [role], { action, ...said }, circumstances);
    if (judged.kind !== "moved") throw new Error(`${role} ${action} in ${standing.state}: ${judged.kind}`);
    return judged.standing;
  }, from);
}

const wholeWay: readonly [Role, Action][] = [
  ["clerk", "submit"],
  ["reviewer", "approve"],
  ["reviewer", "clear"],
  ["signatory", "sign"],
  ["clerk", "file"],
  ["supervisor", "accept"],
  ["clerk", "publish"],
];

test("a report goes from the clerk to the public by everybody's hands", () => {
  const passed = wholeWay.map((_, index) => walk(wholeWay.slice(0, index + 1)).state);
  expect(passed).toEqual(["reviewing", "secrecy", "signing", "filing", "filed", "accepted", "published"]);
});

test("steps that an organisation does without are left out", () => {
  const skipped = [...optionalSteps];
  const way: [Role, Action][] = [
    ["clerk", "submit"],
    ["signatory", "sign"],
    ["clerk", "publish"],
  ];
  expect(walk(way, { ...easy, skipped })).toEqual({ state: "published", edition: 1 });
  expect(walk([["clerk", "submit"]], { ...easy, skipped: ["reviewing"] }).state).toBe("secrecy");
  expect(landing("reviewing", ["secrecy"])).toBe("reviewing");
});

test("whoever waits for a report that a step was switched off under still passes it on", () => {
  const reviewing = walk([["clerk", "submit"]]);
  expect(walk([["reviewer", "approve"]], { ...easy, skipped: [...optionalSteps] }, reviewing).state).toBe("signing");
});

test("errors, unexplained warnings and open remarks keep a report from being submitted, and say so all at once", () => {
  const findings = [finding("error"), finding("warning"), finding("hint")];
  const judged = judgeMove(
    begun,
    ["clerk"],
    { action: "submit" },
    { ...easy, findings: () => findings, openRemarks: 2 },
  );
  expect(judged).toEqual({
    kind: "obstructed",
    obstacles: [
      { kind: "errors", count: 1 },
      { kind: "warnings", count: 1 },
      { kind: "remarks", count: 2 },
    ],
  });
  expect(judged.kind !== "moved" && refusalWords(judged)).toBe(
    "还有 1 处错误没有改正。还有 1 项需核实的问题，请改正或者写明情况。还有 2 条意见没有处理。",
  );
});

test("a warning may stand for a written reason", () => {
  const [warning] = [finding("warning")];
  const reasons = { "B01.requests.handled.natural": { finding: warning.message, text: "三件跨年度合并办理" } };
  const circumstances = { ...easy, findings: () => [warning], reasons };
  expect(judgeMove(begun, ["clerk"], { action: "submit" }, circumstances).kind).toBe("moved");
});

test("whoever returns, takes back after signing, corrects or gives up a correction has to say why", () => {
  const published = walk(wholeWay);
  const correcting = walk([["clerk", "correct"]], easy, published);
  const cases: [Standing, Role, Action][] = [
    [walk(wholeWay.slice(0, 1)), "reviewer", "return"],
    [walk(wholeWay.slice(0, 5)), "supervisor", "return"],
    [walk(wholeWay.slice(0, 4)), "clerk", "recall"],
    [published, "clerk", "correct"],
    [correcting, "clerk", "abandon"],
  ];
  for (const [standing, role, action] of cases) {
    for (const reason of [undefined, "", " \n"]) {
      expect(judgeMove(standing, [role], { action, reason }, easy), action).toEqual({
        kind: "obstructed",
        obstacles: [{ kind: "reason" }],
      });
    }
    expect(judgeMove(standing, [role], { action, reason: "件数有误" }, easy).kind, action).toBe("moved");
  }
});

test("a correction is an edition of its own that takes the whole way again, or is given up", () => {
  const published = walk(wholeWay);
  const correcting = walk([["clerk", "correct"]], easy, published);
  expect(correcting).toEqual({ state: "drafting", edition: 2 });
  expect(walk(wholeWay, easy, correcting)).toEqual({ state: "published", edition: 2 });
  expect(walk([["clerk", "abandon"]], easy, correcting)).toEqual(published);
  expect(judgeMove(begun, ["clerk"], { action: "abandon", ...said }, easy)).toEqual({ kind: "untimely" });
});

test("whose turn it is follows from the table", () => {
  const turns = wholeWay.map((_, index) => turnOf(walk(wholeWay.slice(0, index))));
  expect(turns).toEqual(wholeWay.map(([role]) => role));
  expect(turnOf(walk(wholeWay))).toBeUndefined();
  expect(movesOf(begun, ["reviewer", "auditor"])).toEqual([]);
  expect(movesOf(walk(wholeWay.slice(0, 1)), ["reviewer"]).map(({ action }) => action)).toEqual(["approve", "return"]);
});

test("nobody but whom the table names may do anything: every state, action and role", () => {
  for (const state of states) {
    for (const action of actions) {
      for (const role of roles) {
        const row = transitions.find((transition) => transition.action === action && transition.from === state);
        const expected = !row ? "untimely" : row.by === role ? "moved" : "forbidden";
        expect(
          judgeMove({ state, edition: 2 }, [role], { action, ...said }, easy).kind,
          `${role} ${action} ${state}`,
        ).toBe(expected);
      }
    }
  }
});

test("one action leads from a state to one state only, and every state and action is reached and has a name", () => {
  const keys = transitions.map(({ action, from }) => `${action} ${from}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(transitions.map(({ from }) => from))).toEqual(new Set(states));
  expect(new Set(transitions.map(({ to }) => to))).toEqual(new Set(states));
  expect(new Set(transitions.map(({ action }) => action))).toEqual(new Set(actions));
  const names = [...Object.values(stateNames), ...Object.values(actionNames), ...Object.values(stepNames)];
  expect(names.every((name) => /^\p{Script=Han}+(?:，\p{Script=Han}+)?$/u.test(name))).toBe(true);
});

/** Whoever may do what, in whatever order: what the record of a report may never show. */
test("model: nothing is published unseen, and what was published is never changed", () => {
  const attempt = fc.record({
    action: fc.constantFrom(...actions),
    role: fc.constantFrom(...roles),
    /** Most of the time somebody does one of the things that can be done. */
    offered: fc.option(fc.nat(), { freq: 4 }),
    explains: fc.boolean(),
    errors: fc.nat(1),
    skipped: fc.subarray([...optionalSteps]),
  });
  let published = 0;
  let corrected = 0;
  fc.assert(
    fc.property(fc.array(attempt, { minLength: 30, maxLength: 120 }), (attempts) => {
      let standing = begun;
      let content = 0;
      let submitted: number | undefined;
      let seen: Action[] = [];
      const editions: number[] = [];
      for (const { offered, explains, errors, skipped, ...random } of attempts) {
        if (isOpen(standing)) content++;
        const open = movesOf(standing, roles);
        const picked = offered === null ? undefined : open[offered % open.length];
        const { action, role } = picked ? { action: picked.action, role: picked.by } : random;
        const move = explains ? { action, ...said } : { action };
        const findings = () => (errors > 0 ? [finding("error")] : []);
        const judged = judgeMove(standing, [role], move, { ...easy, findings, skipped });
        const isOffered = movesOf(standing, [role]).some((transition) => transition.action === action);
        expect(judged.kind === "moved" || judged.kind === "obstructed").toBe(isOffered);
        if (judged.kind !== "moved") continue;
        if (action === "submit") {
          expect(errors).toBe(0);
          submitted = content;
          seen = [];
        }
        if (action === "correct") corrected++;
        if (action === "abandon") content = editions.at(-1) ?? Number.NaN;
        if (action === "publish") {
          // What goes out is what was submitted, signed after that, and nobody returned or took it back since.
          expect(content).toBe(submitted);
          expect(seen).toContain("sign");
          expect(seen.some((done) => ["return", "recall", "correct"].includes(done))).toBe(false);
          editions.push(content);
          published++;
        }
        seen.push(action);
        standing = judged.standing;
        expect(standing.edition).toBe(editions.length + (standing.state === "published" ? 0 : 1));
        if (standing.state === "published") expect(content).toBe(editions.at(-1));
      }
    }),
    { numRuns: 2_000, seed: 20_260_131 },
  );
  expect(published).toBeGreaterThan(500);
  expect(corrected).toBeGreaterThan(200);
});
