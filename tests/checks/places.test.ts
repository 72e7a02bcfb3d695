import { describe, expect, test } from "vitest";
import { check } from "../../lib/checks/check.ts";
import { type CheckRequest, type Finding, parsePlace } from "../../lib/checks/finding.ts";
import { printedProse } from "../../lib/report/chips.ts";
import { openingOf } from "../../lib/report/compose.ts";
import { linesAt, tableOf } from "../../lib/report/format.ts";
import { plainText } from "../../lib/report/prose.ts";
import { cases } from "./cases.ts";
import { codesOf, everyAspect, findingsOf, toSubmit } from "./samples.ts";

describe("the place of a finding", () => {
  test("is read as a cell, a passage or a part", () => {
    expect(parsePlace("requests.handled.natural")).toEqual({
      kind: "cell",
      table: "requests",
      row: "handled",
      column: "natural",
    });
    expect(parsePlace("overview:120-135")).toEqual({ kind: "passage", part: "overview", from: 120, to: 135 });
    expect(parsePlace("title")).toEqual({ kind: "part", part: "title" });
  });

  test("exists in the report, for every finding of every case", () => {
    const contexts = Object.values(cases).flatMap(({ fires }) => fires.map(({ context }) => context));
    const seen = contexts.flatMap((context) => check(context).map((finding) => standsSomewhere(context, finding)));
    expect(seen.length).toBeGreaterThan(contexts.length);
    expect(seen.filter((stands) => !stands)).toEqual([]);
  });

  test("of a number or a year out of place is exactly that number or year", () => {
    let compared = 0;
    for (const code of ["S07", "Y02"] as const) {
      for (const { context } of cases[code].fires) {
        for (const finding of findingsOf(context, code)) {
          expect(textAt(context, finding.at)).toContain(String(finding.params.found));
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(8);
  });

  test("of a wrong 统计期限 is where the composed opening prints it", () => {
    const period = "2023年1月1日至2023年12月31日";
    const context = toSubmit({ period });
    const [finding] = findingsOf(context, "Y01");
    expect(finding && textAt(context, finding.at)).toBe(period);
    expect(findingsOf(context, "Y02")).toEqual([]);
  });
});

test("findings are sorted by severity, and within it from the title to the end", () => {
  const context = toSubmit({
    title: "青川县云岭科学技术局2023年政府信息公开工作年度报告",
    prose: {
      overview: `（一）2023年主动公开情况\n已公开。\n（三）平台建设\n2021年3月建成。\n（五）监督保障\n2022年5月建成。\n${everyAspect}`,
      other: "已落实。",
    },
    cells: {
      "disclosed.rules.inForce": 1,
      "requests.received.legal": 1,
      "requests.secret.natural": 1,
      "disputes.cases.reviewUpheld": "/",
    },
  });
  const findings = check(context);
  expect(findings.map(({ severity }) => severity)).toEqual(
    findings.map(({ severity }) => severity).toSorted((a, b) => rank(a) - rank(b)),
  );
  expect(codesOf(findings.filter(({ severity }) => severity === "error"))).toEqual([
    "Y01",
    "Y02",
    "A01",
    "B01",
    "B01",
    "V03",
  ]);
  expect(codesOf(findings.filter(({ severity }) => severity === "warning"))).toEqual(["S07", "S07", "F03"]);
  expect(codesOf(findings.filter(({ severity }) => severity === "hint"))).toEqual(["Y02", "Y02", "B07"]);
});

const rank = (severity: Finding["severity"]) => ["error", "warning", "hint"].indexOf(severity);

function textAt({ format, report }: CheckRequest, at: string): string | undefined {
  const place = parsePlace(at);
  if (place.kind !== "passage") return undefined;
  const text =
    place.part === "opening" ? openingOf(format, report) : plainText(printedProse(format, report, place.part));
  return text.slice(place.from, place.to);
}

function standsSomewhere(context: CheckRequest, { at }: Finding): boolean {
  const place = parsePlace(at);
  if (place.kind === "cell") {
    return linesAt(tableOf(context.format, place.table), place.row, place.column) !== undefined;
  }
  if (place.kind === "passage") return textAt(context, at)?.length === place.to - place.from && place.to > place.from;
  return ["title", "opening", "closing", ...context.format.sections.map(({ id }) => id)].includes(place.part);
}
