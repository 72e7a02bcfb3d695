import { describe, expect, test } from "vitest";
import { type Code, catalogue } from "../../lib/checks/catalogue.ts";
import { check } from "../../lib/checks/check.ts";
import { formats } from "../../templates/index.ts";
import { cases } from "./cases.ts";
import { drafting, findingsOf, toSubmit } from "./samples.ts";

const codes = Object.keys(catalogue) as Code[];

test("every check of the catalogue has a case that fires it and one that must not", () => {
  expect(Object.keys(cases).sort()).toEqual([...codes].sort());
  for (const code of codes) {
    expect(cases[code].fires.length, code).toBeGreaterThan(0);
    expect(cases[code].silent.length, code).toBeGreaterThan(0);
  }
});

/** What a slip brings with it, where it cannot come alone. */
const companions: Partial<Record<Code, Code[]>> = {
  A01: ["A02"],
  B01: ["B05"],
  B04: ["B05"],
  S02: ["S01"],
  S07: ["P02"],
};

test.each(codes)("a slip that %s finds is reported by nothing else at error or warning level", (code) => {
  const expected = [code, ...(companions[code] ?? [])];
  for (const { name, context } of cases[code].fires) {
    const others = check(context).filter((finding) => !expected.includes(finding.code as Code));
    expect(
      others.filter(({ severity }) => severity !== "hint"),
      name,
    ).toEqual([]);
  }
});

test.each(formats.flatMap(({ years }) => [years.from, years.to ?? years.from + 9]))(
  "a clean report on %i is silent, drafted or submitted",
  (year) => {
    expect(check(toSubmit({ year }))).toEqual([]);
    expect(check(drafting({ year }))).toEqual([]);
  },
);

describe.each(codes)("%s", (code) => {
  test.each(cases[code].fires)("fires on $name", ({ context, at, says, severity, fix }) => {
    const findings = findingsOf(context, code);
    const found = findings.find((finding) => finding.at === at);
    expect(found, `${JSON.stringify(findings)}`).toBeDefined();
    expect(found?.message).toContain(says);
    expect(found?.message).not.toMatch(/[{}]|undefined|NaN/);
    expect(found?.severity).toBe(severity ?? catalogue[code].severity);
    expect(found?.advice).toBe(catalogue[code].advice);
    if (fix !== undefined) expect(found?.fix).toEqual({ text: fix });
  });

  test.each(cases[code].silent)("is silent on $name", ({ context }) => {
    expect(findingsOf(context, code)).toEqual([]);
  });
});

test("every item of the catalogue is a finished Chinese sentence with advice and a source", () => {
  for (const [code, item] of Object.entries(catalogue)) {
    expect(item.message, code).toMatch(/[。？]$/);
    expect(item.advice, code).toMatch(/。$/);
    expect(item.source, code).not.toBe("");
  }
});
