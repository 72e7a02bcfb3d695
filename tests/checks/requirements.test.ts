import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { check } from "../../lib/checks/check.ts";
import { parseRequirements } from "../../lib/checks/requirement-pack.ts";
import { codesOf, toSubmit } from "./samples.ts";

const example: unknown = JSON.parse(readFileSync("docs/requirements/example.json", "utf8"));

test("the example is a pack, and asks a report on its year for what it names", () => {
  const parsed = parseRequirements(example);
  if (!parsed.ok) throw new Error(parsed.problems.join(""));
  const requirements = [parsed.pack];
  const found = check(toSubmit({}, { requirements }));
  expect(codesOf(found)).toEqual(["L01", "L01", "L01", "L01", "L01", "L02"]);
  expect(found[0]?.message).toContain(parsed.pack.name);
  expect(check(toSubmit({ year: 2022 }, { requirements }))).toEqual([]);
});

test("the smallest pack asks for nothing", () => {
  expect(parseRequirements({ name: "云岭区要求", years: { from: 2024 } })).toEqual({
    ok: true,
    pack: { name: "云岭区要求", years: { from: 2024 }, dataPoints: [], longest: {}, headings: [] },
  });
});

test.each([
  [{ name: "云岭区要求", years: { from: 2024 }, colour: "red" }, "不认识的项目“colour”。"],
  [
    { name: "云岭区要求", years: { from: 2024 }, deadline: { department: "1月26日" } },
    "“deadline.department”应为“月-日”，如“01-26”。",
  ],
  [{ name: "云岭区要求", years: { from: 2024 }, longest: { overview: -1 } }, "“longest.overview”缺失或不符合要求。"],
  [
    { name: "云岭区要求", years: { from: 2024 }, dataPoints: [{ section: "overview", name: "条数", words: [] }] },
    "“dataPoints.0.words”缺失或不符合要求。",
  ],
  [[], "“文件”缺失或不符合要求。"],
])("%j is refused with the place that is wrong", (input, problem) => {
  expect(parseRequirements(input)).toEqual({ ok: false, problems: expect.arrayContaining([problem]) });
});
