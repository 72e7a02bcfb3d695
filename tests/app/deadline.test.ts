import { expect, test } from "vitest";
import { deadlineWords, yearDue } from "../../components/report/deadline.ts";
import { dayInChina } from "../../lib/report/day.ts";

const bureau = { name: "青川市云岭区档案局" };

test("the day turns at midnight in China, whatever the clock of the machine shows", () => {
  expect(dayInChina(new Date("2026-01-30T15:59:59Z"))).toBe("2026-01-30");
  expect(dayInChina(new Date("2026-01-30T16:00:00Z"))).toBe("2026-01-31");
});

test.each([
  ["2025-12-31", "还有 31 天"],
  ["2026-01-30", "还有 1 天"],
  ["2026-01-31", "今天是最后一天"],
  ["2026-02-01", "已过 1 天"],
  ["2026-04-01", "已过 60 天"],
])("on %s a department's report on 2025 %s", (today, words) => {
  const said = deadlineWords({ year: 2025, organisation: bureau }, today);
  expect(said).toContain(words);
  expect(said).toContain("2026年1月31日");
});

test("what was due long ago is not spoken of any more", () => {
  expect(deadlineWords({ year: 2025, organisation: bureau }, "2026-04-02")).toBeUndefined();
});

test("a township publishes together with the departments", () => {
  const said = deadlineWords({ year: 2025, organisation: { name: "云岭县青石镇人民政府" } }, "2026-01-20");
  expect(said).toContain("2026年1月31日前公布，还有 11 天");
});

test("a government has until the end of March", () => {
  const said = deadlineWords({ year: 2025, organisation: { name: "青川市云岭区人民政府" } }, "2026-01-31");
  expect(said).toContain("2026年3月31日前公布，还有 59 天");
});

test.each([
  ["2026-01-05", 2025, "2025年度报告"],
  ["2026-02-03", 2025, "已过 3 天"],
  ["2026-04-01", 2025, "已过 60 天"],
  ["2026-04-02", 2026, "还有 304 天"],
  ["2026-11-26", 2026, "2026年度报告应在2027年1月31日前公布，还有 66 天"],
])("on %s the report on %i is due: last year's while it may be late, then this year's", (today, year, words) => {
  expect(yearDue(bureau, today)).toBe(year);
  expect(deadlineWords({ year, organisation: bureau }, today)).toContain(words);
});

test("an earlier day of the supervising office counts, and it is named", () => {
  const pack = {
    ...{ name: "云岭区要求", years: { from: 2025 }, dataPoints: [], headings: [], longest: {} },
    deadline: { department: "01-20" },
  };
  const said = deadlineWords({ year: 2025, organisation: bureau }, "2026-01-15", [pack]);
  expect(said).toBe("按云岭区要求，2025年度报告应在2026年1月20日前公布，还有 5 天。");
});
