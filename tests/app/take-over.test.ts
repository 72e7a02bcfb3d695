import { describe, expect, test } from "vitest";
import { isUnwritten, takenOver } from "../../components/report/last-year/take-over.ts";
import { parsePassages } from "../../lib/report/prose.ts";
import type { Passage } from "../../lib/report/report.ts";
import { emptyReport } from "../../lib/report/schema.ts";
import { formatForYear } from "../../templates/index.ts";

const formatOf = (year: number) => {
  const format = formatForYear(year);
  if (!format) throw new Error(`no format for ${year}`);
  return format;
};
const current = formatOf(2021);
const trial = formatOf(2020);

describe("last year's text", () => {
  const [table, row, column] = ["disclosed", "rules", "total"];
  const text: Passage = {
    kind: "item",
    content: [
      { text: "收到" },
      { figure: "requests.received.total" },
      { text: "件，规章" },
      { figure: `${table}.${row}.${column}`, bold: true },
      { text: "件。" },
    ],
  };
  const report = {
    ...emptyReport(trial, 2020, { name: "青禾县林业局" }),
    prose: { overview: [text] },
    tables: { requests: { received: { natural: 4 } }, [table]: { [row]: { [column]: 7 } } },
  };

  test("goes on following the tables where this year's form has the cell, and is a number where it has not", () => {
    const [passage] = takenOver(current, { format: trial, report }, "overview");
    expect(passage?.kind).toBe("item");
    expect(passage?.content[1]).toEqual({ figure: "requests.received.total" });
    expect(passage?.content[3]).toHaveProperty("text");
    expect(passage?.content[3]).not.toHaveProperty("figure");
    expect(passage?.content[3]).toHaveProperty("bold", true);
  });

  test("is nothing where last year has no such section", () => {
    expect(takenOver(current, { format: trial, report }, "other")).toEqual([]);
  });
});

describe("a section in which nothing is written", () => {
  const section = current.sections.find(({ id }) => id === "overview");
  const parts = section?.kind === "prose" ? section.parts : [];

  test("may hold the sub-headings that are suggested, and nothing else", () => {
    const suggested: Passage[] = parts.map(({ heading }) => ({ kind: "heading2", content: [{ text: heading }] }));
    expect(isUnwritten([], parts)).toBe(true);
    expect(isUnwritten(suggested, parts)).toBe(true);
    expect(isUnwritten([...suggested, ...parsePassages("写了一句。")], parts)).toBe(false);
    expect(isUnwritten(parsePassages("（一）本单位自己的标题"), parts)).toBe(false);
  });
});
