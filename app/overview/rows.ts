import { daysUntil } from "@/components/report/deadline.ts";
import { deadlineOf } from "@/lib/checks/dates.ts";
import type { UnitProgress } from "@/lib/store/overview.ts";
import { isPublic, type Stage, stageNames, stageOf, stages } from "@/lib/workflow/stages.ts";

/** A unit on the board, with what follows from the day. `days`: left until its deadline, below zero when that is over. */
export type Row = UnitProgress & { stage: Stage; due: { day: string; by: string }; days: number; isLate: boolean };

/** What units can be picked by: how far they are, or what asks for attention. */
export const views = ["all", ...stages, "late", "faulty"] as const;
export type View = (typeof views)[number];

export const viewNames: Readonly<Record<View, string>> = {
  ...{ all: "全部", ...stageNames, late: "逾期未公开", faulty: "有错误" },
};

/** What whoever looks at the board asked for, as it stands in the address. Pages count from 1. */
export type Asked = { year: number; view: View; name: string; page: number };

type Search = Record<string, string | string[] | undefined>;

/** What cannot be asked for is the usual instead. */
export function askedIn(search: Search, years: readonly number[], usualYear: number): Asked {
  const one = (key: string) => {
    const value = search[key];
    return (typeof value === "string" ? value : "").trim().slice(0, 100);
  };
  const year = Number(one("year"));
  return {
    year: years.includes(year) ? year : usualYear,
    view: views.find((view) => view === one("view")) ?? "all",
    name: one("name"),
    page: /^[1-9]\d{0,3}$/.test(one("page")) ? Number(one("page")) : 1,
  };
}

/** The address of the board as it was asked for; what is usual is left out. */
export function addressOf({ year, view, name, page }: Asked): string {
  const query = new URLSearchParams({ year: `${year}` });
  if (view !== "all") query.set("view", view);
  if (name) query.set("name", name);
  if (page > 1) query.set("page", `${page}`);
  return `/overview?${query}`;
}

/** The rows of the board on a day, `YYYY-MM-DD`. */
export const rowsOf = (units: readonly UnitProgress[], year: number, today: string): Row[] =>
  units.map((unit) => {
    const { organisation, report, requirements } = unit;
    const { name } = organisation;
    const kind = report?.tally?.kind;
    const due = deadlineOf({ report: { year, organisation: { name, ...(kind && { kind }) } }, requirements });
    const days = daysUntil(due.day, today);
    const isLate = days < 0 && !isPublic(report?.standing);
    return { ...unit, stage: stageOf(report?.standing), due, days, isLate };
  });

/** Those that go by such a name, or lie within an organisation that does. */
export const named = (rows: readonly Row[], name: string): Row[] =>
  rows.filter(({ organisation, within }) => [organisation.name, ...within].some((one) => one.includes(name)));

export function isIn(view: View, { stage, isLate, report }: Row): boolean {
  switch (view) {
    case "all":
      return true;
    case "late":
      return isLate;
    case "faulty":
      return (report?.tally?.errors ?? 0) > 0;
    default:
      return stage === view;
  }
}
