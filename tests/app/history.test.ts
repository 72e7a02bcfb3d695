import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareTexts } from "../../components/report/history/compare-texts.ts";
import { changesInWords } from "../../components/report/history/words.ts";
import { valueInWords } from "../../components/report/values.ts";
import { applyEdits, type Edit } from "../../lib/report/edits.ts";
import type { Format } from "../../lib/report/format.ts";
import { changesBetween, type Revision, reportAt, sittingsOf } from "../../lib/report/history.ts";
import { parsePassages } from "../../lib/report/prose.ts";
import { emptyReport } from "../../lib/report/schema.ts";
import { formatForYear } from "../../templates/index.ts";
import { anyReport } from "../documents/reports.ts";

const format = formatForYear(2024) as Format;
const begun = emptyReport(format, 2024, { name: "某某县云岭科学技术局" });
const received = "tables.requests.received.natural";
const granted = "tables.requests.granted.natural";
const MINUTE = 60_000;

const revisions = (...saves: [minute: number, edits: Edit[]][]): Revision[] => [
  { version: 1, savedAt: 0, snapshot: begun, edits: [] },
  ...saves.map(([minute, edits], index) => ({ version: index + 2, savedAt: minute * MINUTE, edits })),
];

describe("changes between two reports", () => {
  test("made as edits, they turn the one into the other", () => {
    fc.assert(
      fc.property(anyReport, ({ format: each, report }) => {
        const empty = emptyReport(each, report.year, { name: "青川市云岭区档案馆" });
        for (const [before, after] of [
          [report, empty],
          [empty, report],
        ] as const) {
          const edits = changesBetween(each, before, after).map(({ path, after: value }) => ({ path, value }));
          expect(edits.length).toBeGreaterThan(0);
          expect(changesBetween(each, applyEdits(each, before, edits), after)).toEqual([]);
        }
        expect(changesBetween(each, report, report)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test("reasons are places, too", () => {
    const path = "reasons.B05.requests.carriedIn.natural";
    const value = { finding: "上年结转5件。", text: "已核实" };
    const after = applyEdits(format, begun, [{ path, value }]);
    expect(changesBetween(format, begun, after)).toEqual([{ path, before: null, after: value }]);
    expect(changesBetween(format, after, begun)).toEqual([{ path, before: value, after: null }]);
  });
});

describe("values of a comparison", () => {
  test.each([
    ["closing.date", "2025-01-07", "2025年1月7日"],
    ["closing.date", null, ""],
    ["closing.note", "2025-01-07", "2025-01-07"],
    ["organisation.level", "county", "县级"],
    ["organisation.kind", "department", "政府部门或其他行政机关"],
    ["organisation.canMakeRules", false, "没有"],
    [received, 12, "12"],
  ])("%s that is %s reads as in the form or the report: %s", (path, value, words) => {
    expect(valueInWords(format, begun.tables, path, value)).toBe(words);
  });
});

describe("sittings", () => {
  test("put together what follows within ten minutes, newest first, and tell what it all changed", () => {
    const text = (words: string) => ({ path: "prose.overview", value: parsePassages(words) });
    const history = revisions(
      [1, [{ path: received, value: 1 }]],
      [5, [{ path: received, value: 12 }, text("公开信息三条。")]],
      [30, [text("公开信息三十条。解读九条。"), { path: "title", value: "年度报告" }]],
      [100, [{ path: granted, value: 3 }]],
      [101, [{ path: granted, value: null }]],
    );
    const [second, first, start, ...more] = sittingsOf(format, history);
    expect(more).toEqual([]);
    expect(start).toEqual({ version: 1, savedAt: 0, since: 0, changes: [] });
    expect(first).toMatchObject({ version: 3, since: MINUTE, savedAt: 5 * MINUTE });
    const overview = format.sections[0]?.heading ?? "";
    const table = format.sections.find(({ id }) => id === "requests")?.heading ?? "";
    expect(changesInWords(format, first?.changes ?? [])).toEqual([`${overview}：1 句`, `${table}：1 格`]);
    expect(changesInWords(format, second?.changes ?? [])).toEqual(["标题", `${overview}：2 句`]);
  });

  test("end after an hour of work without a break", () => {
    const saves = Array.from({ length: 100 }, (_, minute): [number, Edit[]] => [
      minute,
      [{ path: received, value: minute }],
    ]);
    expect(sittingsOf(format, revisions(...saves)).map(({ version }) => version)).toEqual([101, 61, 1]);
  });
});

test("any version can be seen again, from the last whole report before it", () => {
  const saves = Array.from({ length: 30 }, (_, value): [number, Edit[]] => [value, [{ path: received, value }]]);
  const history = revisions(...saves).map((revision) =>
    revision.version === 20 ? { ...revision, snapshot: applyEdits(format, begun, revision.edits) } : revision,
  );
  for (const version of [2, 19, 20, 21, 31]) {
    expect(reportAt(format, history, version)?.tables.requests?.received?.natural).toBe(version - 2);
  }
  expect(reportAt(format, history, 1)).toEqual(begun);
  expect(reportAt(format, history, 32)).toBeUndefined();
});

describe("the comparison of two texts", () => {
  test("marks whole sentences and keeps paragraphs apart", () => {
    expect(compareTexts("公开三条。解读九条。\n未收费。", "公开三十条。解读九条。\n未收费。全年无诉讼。")).toEqual([
      { kind: "deleted", text: "公开三条。" },
      { kind: "inserted", text: "公开三十条。" },
      { kind: "same", text: "解读九条。" },
      { kind: "same", text: "\n" },
      { kind: "same", text: "未收费。" },
      { kind: "inserted", text: "全年无诉讼。" },
    ]);
  });

  test("without what was inserted is the first text, without what was deleted the second", () => {
    const text = fc
      .array(fc.constantFrom("甲。", "乙；", "丙", "\n", "丁！”", "一二。。", " "), { maxLength: 14 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = compareTexts(before, after);
        const without = (kind: string) =>
          pieces
            .filter((piece) => piece.kind !== kind)
            .map((piece) => piece.text)
            .join("");
        expect(without("inserted")).toBe(before);
        expect(without("deleted")).toBe(after);
        if (before === after) expect(pieces.every(({ kind }) => kind === "same")).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
