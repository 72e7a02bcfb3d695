import fc from "fast-check";
import { expect, test } from "vitest";
import { check, rememberingCheck } from "../../lib/checks/check.ts";
import type { CheckRequest } from "../../lib/checks/finding.ts";
import { applyEdits, type Edit } from "../../lib/report/edits.ts";
import { enteredCells } from "../../lib/report/format.ts";
import type { Passage } from "../../lib/report/report.ts";
import { soundReport } from "./samples.ts";

const { format, report } = soundReport();
const cells = format.tables.flatMap((table) =>
  enteredCells(table).map(({ row, column }) => `tables.${table.id}.${row.id}.${column.id}`),
);
const texts = format.sections.filter(({ kind }) => kind === "prose").map(({ id }) => `prose.${id}`);
const total = "requests.received.total";

const passage: fc.Arbitrary<Passage> = fc.record({
  kind: fc.constantFrom("paragraph" as const, "item" as const, "heading2" as const),
  content: fc.array(
    fc.oneof(
      fc
        .constantFrom(
          "2023年，收到申请12件。",
          "（三）其他情况",
          "《甲办法》、《乙办法》",
          "行政复议1件，结果维持。",
          "𠮷",
          "今年",
        )
        .map((text) => ({ text })),
      fc.constant({ figure: total }),
    ),
    { maxLength: 3 },
  ),
});
const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      path: fc.constantFrom(...cells),
      value: fc.oneof(fc.nat(200), fc.constantFrom(null, "/", "十二", "0.12345")),
    }),
  },
  { weight: 2, arbitrary: fc.record({ path: fc.constantFrom(...texts), value: fc.array(passage, { maxLength: 4 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      path: fc.constantFrom("title", "opening", "organisation.name", "closing.note", "closing.date"),
      value: fc.constantFrom("2023年度报告", "青川市云岭区档案馆", "2025-01-20"),
    }),
  },
);
/** What a page asks with beside the report: both stages, the fonts known or not yet, last year's report or none. */
const around: fc.Arbitrary<Omit<CheckRequest, "format" | "report">> = fc.record(
  {
    stage: fc.constantFrom("drafting" as const, "submission" as const),
    covers: fc.constant((character: string) => character !== "𠮷"),
    lastYear: fc.constant({ format, report: { ...report, year: report.year - 1 } }),
  },
  { requiredKeys: ["stage"] },
);

test("a check that remembers finds what a fresh one finds, whatever was changed before", () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(edit, around), { minLength: 1, maxLength: 12 }), (changes) => {
      const again = rememberingCheck();
      let edited = report;
      for (const [change, request] of changes) {
        edited = applyEdits(format, edited, [change]);
        const findings = again({ format, report: edited, ...request });
        expect(findings).toEqual(check({ format, report: edited, ...request }));
        found += findings.length;
      }
    }),
    { numRuns: 60 },
  );
  expect(found).toBeGreaterThan(1000);
});

test("a finding that stays is the same object, and one that says something else is not", () => {
  const again = rememberingCheck();
  const [first = "", second = ""] = cells.filter((path) => path.startsWith("tables.requests.received."));
  const findingsOf = (edits: readonly Edit[]) =>
    again({ format, report: applyEdits(format, report, edits), stage: "drafting" }).filter(
      ({ code }) => code === "B01",
    );
  const [before] = findingsOf([{ path: first, value: 900 }]);
  const [same, other] = findingsOf([
    { path: first, value: 900 },
    { path: second, value: 800 },
  ]);
  expect(same).toBe(before);
  expect(other?.code).toBe("B01");
  const [changed] = findingsOf([{ path: first, value: 901 }]);
  expect(changed).not.toBe(before);
  expect(changed?.message).toContain("901");
});
