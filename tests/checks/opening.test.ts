import { describe, expect, test } from "vitest";
import { check, isDraft } from "../../lib/checks/check.ts";
import { admits, isLocked, lockAt, type Opening, openingChanges, openingsOf } from "../../lib/checks/opening.ts";
import { answersTo, LEAST_REASON } from "../../lib/checks/reasons.ts";
import { applyEdits, type Edit } from "../../lib/report/edits.ts";
import { reasonPath } from "../../lib/report/reasons.ts";
import type { Report } from "../../lib/report/report.ts";
import { soundReport } from "./samples.ts";

const lastYear = soundReport({
  year: 2023,
  cells: { "requests.carriedOut.natural": 3, "requests.granted.natural": 3 },
});
const carriedOver = { "requests.carriedIn.natural": 3, "requests.granted.natural": 9 };
const { format, report } = soundReport({ cells: carriedOver });
const openings = openingsOf(format, lastYear);
const [opening] = openings as [Opening];
const natural = "tables.requests.carriedIn.natural";
const because = (text: string): Edit => ({
  path: reasonPath(opening.key),
  value: { finding: opening.about, text },
});
const edited = (...edits: Edit[]): Report => applyEdits(format, report, edits);
const x01 = (of: Report, before = lastYear) =>
  check({ format, report: of, lastYear: before, stage: "submission" }).filter(({ code }) => code === "X01");

test("one row opens with last year's figures, and says where they come from", () => {
  expect(openings).toHaveLength(1);
  expect(opening).toMatchObject({ table: "requests", row: "carriedIn", key: "X01.requests.carriedIn", lastYear: 2023 });
  expect(opening.figures.map(({ figure }) => figure)).toEqual([3, 0, 0, 0, 0, 0]);
  expect(opening.about).toContain("2023年报告“结转下年度继续办理”：自然人3件、商业企业0件");
});

describe("a locked cell", () => {
  const change: Edit = { path: natural, value: 4 };

  test("takes nothing but last year's figure, and no other cell is locked", () => {
    expect(lockAt(openings, natural, undefined)?.due.figure).toBe(3);
    expect(lockAt(openings, "tables.requests.received.natural", undefined)).toBeUndefined();
    expect(lockAt(openings, "prose.overview", undefined)).toBeUndefined();
    expect(admits(openings, edited(change), change)).toBe(false);
    for (const value of [0, null, "3件"]) {
      expect(admits(openings, edited({ path: natural, value }), { path: natural, value })).toBe(false);
    }
    expect(admits(openings, edited({ path: natural, value: "3" }), { path: natural, value: "3" })).toBe(true);
    const other: Edit = { path: "tables.requests.received.natural", value: 4 };
    expect(admits(openings, edited(other), other)).toBe(true);
  });

  test("takes another figure with a reason that is long enough, also in one go with it", () => {
    const short = "上年报告错".slice(0, LEAST_REASON - 1);
    expect(admits(openings, edited(because(short), change), change)).toBe(false);
    const reason = because("上年报告已经更正");
    expect(admits(openings, edited(reason, change), change)).toBe(true);
    expect(admits(openings, edited(change, reason), change)).toBe(true);
    expect(isLocked(opening, edited(reason).reasons)).toBe(false);
  });

  test("is locked again when last year's report says something else, and the reason was about that", () => {
    const other = soundReport({ year: 2023, cells: { "requests.carriedOut.natural": 5 } });
    const [next] = openingsOf(format, other) as [Opening];
    const { reasons } = edited(because("上年报告已经更正"));
    expect(isLocked(next, reasons)).toBe(true);
    expect(openingChanges(next, report)).toEqual([{ path: natural, value: 5 }]);
    expect(openingChanges(opening, report)).toEqual([]);
  });
});

describe("other figures than last year's", () => {
  const apart: Edit[] = [
    { path: natural, value: 4 },
    { path: "tables.requests.carriedIn.business", value: 1 },
    { path: "tables.requests.granted.natural", value: 10 },
    { path: "tables.requests.granted.business", value: 1 },
  ];

  test("are errors without a reason, and make a draft", () => {
    const changed = edited(...apart);
    expect(x01(changed).map(({ severity, at }) => [severity, at])).toEqual([
      ["error", "requests.carriedIn.natural"],
      ["error", "requests.carriedIn.business"],
    ]);
    expect(isDraft(format, changed, lastYear)).toBe(true);
    expect(isDraft(format, changed)).toBe(false);
    expect(isDraft(format, edited(because("太短"), ...apart), lastYear)).toBe(true);
  });

  test("are warnings with one, which it answers all together", () => {
    const explained = edited(because("上年报告已经更正"), ...apart);
    const findings = x01(explained);
    expect(findings.map(({ severity }) => severity)).toEqual(["warning", "warning"]);
    expect(isDraft(format, explained, lastYear)).toBe(false);
    const answers = answersTo(findings, explained.reasons);
    expect(answers.map(({ state, key, about }) => [state, key, about])).toEqual(
      findings.map(() => ["given", opening.key, opening.about]),
    );
  });
});
