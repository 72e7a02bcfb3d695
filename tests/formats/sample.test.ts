import { expect, test } from "vitest";
import { check, isDraft } from "../../lib/checks/check.ts";
import { stepStates, stepsOf } from "../../lib/checks/progress.ts";
import { enteredCells } from "../../lib/report/format.ts";
import { sample } from "../../templates/2021-30/sample.ts";
import { formatForYear } from "../../templates/index.ts";
import { sampleReport } from "../../templates/samples.ts";

test("the sample report is whole, and no check finds anything in it", () => {
  const { format, report } = sampleReport();
  expect(check({ format, report, stage: "submission" })).toEqual([]);
  expect(isDraft(format, report)).toBe(false);
  const states = stepStates(format, report, [], new Set());
  expect(stepsOf(format).length).toBeGreaterThan(5);
  for (const step of stepsOf(format)) expect(states[step], step).toBe("done");
});

test("the sample names only cells of its format, and has the newest one", () => {
  const { format, report } = sampleReport();
  const cells = format.tables.flatMap((table) =>
    enteredCells(table).map(({ row, column }) => `${table.id}.${row.id}.${column.id}`),
  );
  expect(Object.keys(sample.figures).filter((address) => !cells.includes(address))).toEqual([]);
  expect(formatForYear(2100)?.id).toBe(report.format);
});
