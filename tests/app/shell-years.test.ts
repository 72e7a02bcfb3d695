import { expect, test } from "vitest";
import { lastYear, yearChoices } from "../../app/reports/new/years.ts";
import { formatForYear } from "../../templates/index.ts";

const november = new Date("2026-11-21T02:00:00Z");

test("a new report is on the year before the current one", () => {
  expect(lastYear(november)).toBe(2025);
});

test("the year turns at midnight in Shanghai, not in Greenwich", () => {
  expect(lastYear(new Date("2026-12-31T15:59:59Z"))).toBe(2025);
  expect(lastYear(new Date("2026-12-31T16:00:00Z"))).toBe(2026);
});

test("every year from the first that a notice covers is offered, newest first, with its notice", () => {
  const choices = yearChoices(november, []);
  expect(choices.map(({ year }) => year)).toEqual([2026, 2025, 2024, 2023, 2022, 2021, 2020, 2019]);
  for (const { year, notice } of choices) expect(notice).toBe(formatForYear(year)?.notice);
  expect(new Set(choices.map(({ notice }) => notice)).size).toBe(2);
  expect(choices.filter(({ isOver }) => !isOver).map(({ year }) => year)).toEqual([2026]);
});

test("a year that has a report leads to it", () => {
  const choices = yearChoices(november, [{ id: "r-2024", report: { year: 2024 } }]);
  expect(choices.filter(({ reportId }) => reportId)).toEqual([
    { year: 2024, notice: formatForYear(2024)?.notice, isOver: true, reportId: "r-2024" },
  ]);
});
