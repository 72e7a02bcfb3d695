import { expect, test } from "vitest";
import { check } from "../../lib/checks/check.ts";
import { stepOf, stepStates, stepsOf } from "../../lib/checks/progress.ts";
import { applyEdits, type Edit } from "../../lib/report/edits.ts";
import { parsePassages } from "../../lib/report/prose.ts";
import { emptyReport } from "../../lib/report/schema.ts";
import { formatOf, soundReport } from "./samples.ts";

const format = formatOf(2024);
const empty = emptyReport(format, 2024, { name: "青川县云岭科学技术局" });

function statesOf(edits: readonly Edit[], visited: readonly string[] = []) {
  const report = applyEdits(format, empty, edits);
  return stepStates(format, report, check({ format, report, stage: "drafting" }), new Set(visited));
}

test("the steps are the opening, every section and the closing", () => {
  expect(stepsOf(format)).toEqual([
    "opening",
    "overview",
    "disclosed",
    "requests",
    "disputes",
    "problems",
    "other",
    "closing",
  ]);
});

test("a finding belongs to the step in which its place is mended", () => {
  expect(stepOf(format, "title")).toBe("opening");
  expect(stepOf(format, "opening:3-9")).toBe("opening");
  expect(stepOf(format, "overview:120-135")).toBe("overview");
  expect(stepOf(format, "requests.handled.natural")).toBe("requests");
  expect(stepOf(format, "problems")).toBe("problems");
  expect(stepOf(format, "closing")).toBe("closing");
});

test("of a new report nothing is begun or faulty, not even the opening that composes itself", () => {
  expect(statesOf([])).toEqual({
    opening: "untouched",
    overview: "untouched",
    disclosed: "untouched",
    requests: "untouched",
    disputes: "untouched",
    problems: "untouched",
    other: "untouched",
    closing: "untouched",
  });
});

test("a step that was visited or begun is started", () => {
  const states = statesOf(
    [
      { path: "tables.requests.received.natural", value: 3 },
      { path: "prose.problems", value: parsePassages("一是更新不够及时。") },
      { path: "prose.overview", value: parsePassages("（一）主动公开情况\n（二）依申请公开情况") },
      { path: "closing.note", value: "此件公开发布" },
    ],
    ["disputes"],
  );
  expect(states).toMatchObject({
    overview: "started",
    disclosed: "untouched",
    requests: "started",
    disputes: "started",
    problems: "started",
    closing: "started",
  });
});

test("a step with an error is faulty, whether or not it is complete", () => {
  const states = statesOf([
    { path: "title", value: "青川县云岭科学技术局2023年政府信息公开工作年度报告" },
    { path: "tables.disclosed.rules.issued", value: "/" },
    { path: "prose.problems", value: parsePassages("无。") },
  ]);
  expect(states).toMatchObject({ opening: "faulty", disclosed: "faulty", problems: "faulty", requests: "untouched" });
});

test("every step of a sound report is done", () => {
  const { report } = soundReport();
  const states = stepStates(format, report, check({ format, report, stage: "submission" }), new Set(["opening"]));
  expect(new Set(Object.values(states))).toEqual(new Set(["done"]));
});

test("the opening is done once it was looked at, edited, or given more than the agency's name", () => {
  expect(statesOf([], ["opening"]).opening).toBe("done");
  expect(statesOf([{ path: "period", value: "2024年" }]).opening).toBe("done");
  expect(statesOf([{ path: "organisation.phone", value: "0955-1234567" }]).opening).toBe("done");
});

test("an emptied title leaves the opening unfinished", () => {
  expect(statesOf([{ path: "title", value: "" }]).opening).toBe("started");
});
