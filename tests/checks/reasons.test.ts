import { describe, expect, test } from "vitest";
import { check } from "../../lib/checks/check.ts";
import type { Finding } from "../../lib/checks/finding.ts";
import { answeredCount, answersTo } from "../../lib/checks/reasons.ts";
import { applyEdits } from "../../lib/report/edits.ts";
import { reasonPath } from "../../lib/report/reasons.ts";
import type { Report } from "../../lib/report/report.ts";
import { toSubmit } from "./samples.ts";

const warning = (code: string, at: string, message: string): Finding => ({
  code,
  severity: "warning",
  at,
  message,
  advice: "",
  params: {},
});
const carriedIn = warning("B05", "requests.carriedIn.natural", "上年结转5件，本年仅办结2件。");
const reasonFor = ({ message }: Finding, text = "两件经批准延期答复。") => ({ finding: message, text });
const statesOf = (findings: Finding[], reasons: Report["reasons"]) =>
  answersTo(findings, reasons).map(({ key, state }) => [key, state]);

describe("a written reason", () => {
  const key = "B05.requests.carriedIn.natural";

  test("lets its warning stand, and is asked for where there is none", () => {
    expect(statesOf([carriedIn], undefined)).toEqual([[key, "missing"]]);
    expect(statesOf([carriedIn], { [key]: reasonFor(carriedIn) })).toEqual([[key, "given"]]);
    expect(answersTo([carriedIn], { [key]: reasonFor(carriedIn) })[0]).toMatchObject({ finding: carriedIn });
  });

  test.each([
    ["属实", "short"],
    ["已 核 实　。", "short"],
    ["情况已核实", "given"],
    ["𠮷野家属实", "given"],
    ["𠮷野属实", "short"],
  ])("needs five characters that are no blanks: %s", (text, state) => {
    expect(statesOf([carriedIn], { [key]: reasonFor(carriedIn, text) })).toEqual([[key, state]]);
  });

  test("lapses when the numbers change, its text at hand, and counts again when they are back", () => {
    const reasons = { [key]: reasonFor(carriedIn) };
    const changed = { ...carriedIn, message: "上年结转7件，本年仅办结2件。" };
    expect(answersTo([changed], reasons)).toEqual([
      { finding: changed, key, about: changed.message, state: "lapsed", reason: reasonFor(carriedIn) },
    ]);
    expect(statesOf([], reasons)).toEqual([]);
    expect(statesOf([carriedIn], reasons)).toEqual([[key, "given"]]);
  });

  test("is not asked for an error or a hint", () => {
    const others = (["error", "hint"] as const).map((severity) => ({ ...carriedIn, severity }));
    expect(answersTo(others, { [key]: reasonFor(carriedIn) })).toEqual([]);
  });

  test("belongs to one check at one place", () => {
    const elsewhere = { ...carriedIn, at: "requests.carriedIn.business" };
    const other = { ...carriedIn, code: "B04" };
    expect(statesOf([elsewhere, other], { [key]: reasonFor(carriedIn) })).toEqual([
      ["B05.requests.carriedIn.business", "missing"],
      ["B04.requests.carriedIn.natural", "missing"],
    ]);
  });
});

describe("several warnings of one check in one text", () => {
  const first = warning("S07", "overview:10-13", "序号“（三）”不连续。");
  const second = warning("S07", "overview:80-83", "序号“（五）”不连续。");
  const moved = (finding: Finding) => ({ ...finding, at: "overview:200-203" });

  test("have a reason each, wherever the text moves and whichever comes first", () => {
    expect(statesOf([first, second], undefined)).toEqual([
      ["S07.overview", "missing"],
      ["S07.overview#2", "missing"],
    ]);
    const reasons = { "S07.overview#2": reasonFor(second), "S07.overview": reasonFor(first) };
    for (const findings of [[first, second], [second, first], [moved(first), second], [moved(second)]]) {
      for (const { finding, state, key } of answersTo(findings, reasons)) {
        expect([state, key]).toEqual(["given", finding.message === first.message ? "S07.overview" : "S07.overview#2"]);
      }
    }
  });

  test("keep their own keys while one after the other is written", () => {
    const reasons = { "S07.overview#2": reasonFor(second, "一") };
    expect(statesOf([first, second], reasons)).toEqual([
      ["S07.overview", "missing"],
      ["S07.overview#2", "short"],
    ]);
  });

  test("that changed take what is left over, and never what still fits another", () => {
    const changed = { ...first, message: "序号“（四）”不连续。" };
    const reasons = { "S07.overview": reasonFor(first), "S07.overview#2": reasonFor(second) };
    expect(statesOf([changed, second], reasons)).toEqual([
      ["S07.overview", "lapsed"],
      ["S07.overview#2", "given"],
    ]);
    const third = { ...first, message: "序号“（七）”不连续。" };
    expect(statesOf([changed, second, third], reasons)[2]).toEqual(["S07.overview#3", "missing"]);
  });
});

test("a reason for what the engine finds holds until a figure of that finding changes", () => {
  const cells = { "disclosed.normative.issued": 5, "disclosed.normative.inForce": 2 };
  const context = toSubmit({ cells });
  const judge = (report: Report) => answersTo(check({ ...context, report }), report.reasons);
  const reasons = judge(context.report).map(({ key, finding }) => ({
    path: reasonPath(key),
    value: reasonFor(finding, "三件已于年底前失效，目录已更新。"),
  }));
  expect(reasons.map(({ path }) => path)).toEqual(["reasons.A02.disclosed.normative.inForce"]);
  const explained = applyEdits(context.format, context.report, reasons);
  expect(answeredCount(judge(explained))).toEqual({ warnings: 1, answered: 1 });
  const typedOn = applyEdits(context.format, explained, [{ path: "tables.disclosed.rules.issued", value: 0 }]);
  expect(answeredCount(judge(typedOn))).toEqual({ warnings: 1, answered: 1 });
  const changed = applyEdits(context.format, explained, [{ path: "tables.disclosed.normative.inForce", value: 3 }]);
  expect(judge(changed).map(({ state }) => state)).toEqual(["lapsed"]);
  expect(answeredCount(judge(changed))).toEqual({ warnings: 1, answered: 0 });
});
