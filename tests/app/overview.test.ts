import { expect, test } from "vitest";
import { addressOf, askedIn, isIn, named, rowsOf, views } from "../../app/overview/rows.ts";
import type { ReportProgress, UnitProgress } from "../../lib/store/overview.ts";
import { isPublic, stageNames, stageOf, stages } from "../../lib/workflow/stages.ts";
import { states } from "../../lib/workflow/transitions.ts";
import type { Standing } from "../../lib/workflow/workflow.ts";

const report = (state: Standing["state"], more: Partial<ReportProgress> = {}): ReportProgress => ({
  ...{ id: state, standing: { state, edition: 1 }, version: 1, activeAt: 0, tally: undefined },
  ...{ isTallied: false, basis: "", ...more },
});
const unit = (name: string, more: Partial<UnitProgress> = {}): UnitProgress => ({
  organisation: { id: name, name, kind: "department" },
  ...{
    within: [],
    report: undefined,
    clerks: 1,
    loggedInAt: undefined,
    reminded: undefined,
    requirements: [],
    ...more,
  },
});
const tally = { errors: 0, warnings: 0, answered: 0, done: 0, steps: 8 };

test("every state belongs to a stage, and every stage has its name and its view", () => {
  const reached = new Set(states.map((state) => stageOf({ state, edition: 1 })));
  expect(["absent", ...reached].sort()).toEqual([...stages].sort());
  expect(Object.keys(stageNames)).toEqual([...stages]);
  expect(views).toEqual(expect.arrayContaining([...stages]));
  expect(isPublic(undefined)).toBe(false);
});

test.each([
  ["2026-01-31", 0, false],
  ["2026-02-01", -1, true],
])("on %s a department has %i days left", (today, days, isLate) => {
  const [row] = rowsOf([unit("云岭县水务局")], 2025, today);
  expect(row).toMatchObject({ due: { day: "2026-01-31" }, days, isLate, stage: "absent" });
});

test("a government has until the end of March, be it by its name or by what its report says; a township has not", () => {
  const declared = report("drafting", { tally: { ...tally, kind: "government" } });
  const units = [
    ...[unit("青川市云岭县人民政府"), unit("云岭县开发区管委会", { report: declared })],
    ...[unit("云岭县青石镇人民政府"), unit("云岭县档案馆")],
  ];
  expect(rowsOf(units, 2025, "2026-02-01").map(({ due, isLate }) => [due.day, isLate])).toEqual([
    ["2026-03-31", false],
    ["2026-03-31", false],
    ["2026-01-31", true],
    ["2026-01-31", true],
  ]);
});

test("an earlier day that was laid down counts", () => {
  const pack = {
    ...{ name: "云岭县要求", years: { from: 2025 }, dataPoints: [], headings: [], longest: {} },
    deadline: { department: "01-20" },
  };
  const [row] = rowsOf([unit("云岭县水务局", { requirements: [pack] })], 2025, "2026-01-21");
  expect(row).toMatchObject({ due: { day: "2026-01-20", by: "云岭县要求" }, isLate: true });
});

test("what was published once is never late, also while it is corrected", () => {
  const units = [
    unit("甲", { report: report("published") }),
    unit("乙", { report: report("drafting", { standing: { state: "drafting", edition: 2 } }) }),
    unit("丙", { report: report("accepted") }),
  ];
  expect(rowsOf(units, 2025, "2026-05-01").map(({ isLate }) => isLate)).toEqual([false, false, true]);
});

test("each unit is in the view of its stage and in those that ask for attention", () => {
  const units = [
    unit("甲"),
    unit("乙", { report: report("returned", { tally: { ...tally, errors: 2 } }) }),
    unit("丙", { report: report("secrecy", { tally: { ...tally, warnings: 2 } }) }),
    unit("丁", { report: report("published") }),
  ];
  const rows = rowsOf(units, 2025, "2026-02-01");
  const inView = (view: (typeof views)[number]) =>
    rows.filter((row) => isIn(view, row)).map(({ organisation }) => organisation.name);
  expect(inView("all")).toHaveLength(4);
  expect(inView("absent")).toEqual(["甲"]);
  expect(inView("returned")).toEqual(["乙"]);
  expect(inView("signing")).toEqual(["丙"]);
  expect(inView("late")).toEqual(["甲", "乙", "丙"]);
  expect(inView("faulty")).toEqual(["乙"]);
});

test("a name finds units and all that lies within an organisation of that name", () => {
  const rows = rowsOf([unit("水务局"), unit("水文站", { within: ["水务局"] }), unit("档案馆")], 2025, "2026-01-01");
  expect(named(rows, "水务").map(({ organisation }) => organisation.name)).toEqual(["水务局", "水文站"]);
  expect(named(rows, "")).toHaveLength(3);
});

test("what was asked for stands in the address, and nonsense there asks for what is usual", () => {
  const asked = { year: 2024, view: "late", name: "水务 & 局", page: 2 } as const;
  const search = Object.fromEntries(new URL(addressOf(asked), "http://a").searchParams);
  expect(askedIn(search, [2025, 2024], 2025)).toEqual(asked);
  expect(askedIn({ year: "1", view: "x", page: "-1", name: ["a"] }, [2025], 2025)).toEqual({
    ...{ year: 2025, view: "all", name: "", page: 1 },
  });
});
