import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ReadResult, readFile } from "../../lib/import/read.ts";
import { printedProse, printedReport } from "../../lib/report/chips.ts";
import { openingOf, titleOf } from "../../lib/report/compose.ts";
import { plainText } from "../../lib/report/prose.ts";

const documents = join(import.meta.dirname, "../fixtures/documents");
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(documents, `${name}.txt`)));

/** What stands in the tables of a document, written down beside it: entries by table, row, column, and its totals. */
function figuresOf(name: string) {
  const { totals, ...tables } = JSON.parse(readFileSync(join(documents, `${name}.figures.json`), "utf8"));
  return { totals, tables };
}

const names = [
  "markdown-shifted-totals",
  "earlier-form-totals-only",
  "cut-tables",
  "lost-figures",
  "pipes-lost-middle",
] as const;

const results = new Map<string, ReadResult>();
for (const name of names) results.set(name, await readFile(bytesOf(name)));

function read(name: string) {
  const result = results.get(name);
  if (!result?.ok) throw new Error(result?.reason);
  return result;
}

const proseOf = (name: string, section: string) => {
  const { format, report } = read(name);
  return printedProse(format, report, section);
};
const kindsOf = (name: string, section: string) => proseOf(name, section).map((passage) => passage.kind);

describe.each(names)("%s", (name) => {
  test("every cell is read, and published totals never become entries", () => {
    const { report, printed } = read(name);
    const { tables, totals } = figuresOf(name);
    expect(report.tables).toEqual(tables);
    expect(printed?.totals).toEqual(totals);
  });

  test("its own title and the six sections are found", () => {
    const { format, report, printed } = read(name);
    expect(report.title).toBeUndefined();
    expect(printed?.title).toBe(titleOf(format, report));
    expect(printed?.headings.map(({ section }) => section)).toEqual(format.sections.map(({ id }) => id));
  });

  test("the text holds no Markdown and no paragraph that a page end has broken", () => {
    const { format, report } = read(name);
    const lines = [openingOf(format, report), ...Object.values(printedReport(format, report).prose).map(plainText)]
      .join("\n")
      .split("\n");
    expect(lines.length).toBeGreaterThan(6);
    expect(lines.filter((line) => /[*#\t]/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.length > 20 && !/[。：；]$/.test(line))).toEqual([]);
  });
});

test.each(names)("%s: whatever lines are lost, the cells that are read are the right ones", async (name) => {
  const lines = readFileSync(join(documents, `${name}.txt`), "utf8").split("\n");
  const { tables, totals } = figuresOf(name);
  let cells = 0;
  await fc.assert(
    fc.asyncProperty(fc.subarray(lines), async (kept) => {
      const result = await readFile(new TextEncoder().encode(kept.join("\n")));
      if (!result.ok) {
        expect(result.reason).toMatch(/。$/);
        return;
      }
      const all = [...cellsOf(result.report.tables, tables), ...cellsOf(result.printed?.totals ?? {}, totals)].filter(
        ([read]) => read !== null,
      );
      cells += all.length;
      for (const [read, written] of all) expect(read).toBe(written);
    }),
    { numRuns: 150 },
  );
  expect(cells).toBeGreaterThan(100);
});

type Cells = Record<string, Record<string, Record<string, unknown>>>;

/** Every cell that was read, beside what is written there. */
const cellsOf = (read: Cells, written: Cells): [unknown, unknown][] =>
  Object.entries(read).flatMap(([table, rows]) =>
    Object.entries(rows).flatMap(([row, columns]) =>
      Object.entries(columns).map(([column, entry]): [unknown, unknown] => [entry, written[table]?.[row]?.[column]]),
    ),
  );

test("the year and the labels tell the format, the title names the agency", () => {
  const told = names
    .map((name) => read(name))
    .map(({ format, report }) => [report.organisation.name, report.year, format.id]);
  expect(told).toEqual([
    ["青川市云岭区档案馆", 2024, "2021-30"],
    ["松岭县林业站", 2019, "2019-60"],
    ["白沙镇人民政府", 2024, "2021-30"],
    ["临溪市交通运输局", 2023, "2021-30"],
    ["石桥县水务局", 2020, "2019-60"],
  ]);
});

test("only what was lost for good is noted", () => {
  const notes = Object.fromEntries(names.map((name) => [name, read(name).notes]));
  const { "pipes-lost-middle": lost, ...others } = notes;
  expect(Object.values(others).flat()).toEqual([]);
  expect(lost).toHaveLength(2);
  expect(lost?.[0]).toMatch(/二、主动公开.*“其他对外管理服务事项”.*“政府集中采购”/);
  expect(lost?.[1]).toMatch(/三、收到.*“本年新收政府信息公开申请数量”.*“属于行政执法案卷”/);
});

test("headings are kept as they were printed", () => {
  const printed = read("cut-tables").printed?.headings ?? [];
  expect(printed.find(({ section }) => section === "problems")?.text).toBe("五、存在主要问题及改进情况");
  expect(read("pipes-lost-middle").printed?.headings[2]).toEqual({
    section: "requests",
    text: "三、收到和处理政府信息公开申请情况",
  });
});

test("bold words become bold runs", () => {
  const [, paragraph] = proseOf("markdown-shifted-totals", "overview");
  expect(paragraph).toEqual({
    kind: "paragraph",
    content: [
      { text: "（一）主动公开又快又准。", bold: true },
      { text: "全年公开馆藏开放目录41条，其中网站30条，查阅大厅电子屏11条，" },
      { text: "一是", bold: true },
      { text: "编好开放档案目录；" },
      { text: "二是", bold: true },
      { text: "把查档须知写得让人一看就懂。" },
    ],
  });
});

test("sub-headings stay on their own, whether marked as Markdown or not", () => {
  expect(kindsOf("markdown-shifted-totals", "overview")).toEqual([
    "paragraph",
    "paragraph",
    "paragraph",
    "heading2",
    "paragraph",
  ]);
  expect(kindsOf("lost-figures", "other")).toEqual(["heading2", "paragraph", "heading2", "paragraph"]);
  expect(kindsOf("pipes-lost-middle", "overview")).toEqual([
    "paragraph",
    "heading2",
    "paragraph",
    "heading2",
    "paragraph",
    "heading3",
  ]);
});

test("blanks go between a 汉字 and a digit and nowhere else", () => {
  expect(read("pipes-lost-middle").report.opening).toContain("sq shui@example.invalid");
  expect(plainText(proseOf("markdown-shifted-totals", "other"))).toContain("“走进档案 读懂家乡”");
  expect(plainText(proseOf("markdown-shifted-totals", "overview"))).toMatch(/^2024年，/);
});

test("the opening keeps its paragraphs, and an address loses its Markdown brackets", () => {
  const opening = read("earlier-form-totals-only").report.opening ?? "";
  expect(opening.split("\n")).toHaveLength(2);
  expect(opening).toContain("有关规定，《松岭县林业站2019年政府信息公开工作年度报告》");
  expect(opening).toContain("（http://www.example.invalid/slx/）");
});

test("署名, 成文日期 and 附注 are taken off the end; where there are none, none is printed", () => {
  expect(read("pipes-lost-middle").report.closing).toEqual({ date: "2021-01-18", note: "此件公开发布" });
  expect(plainText(proseOf("pipes-lost-middle", "other"))).toBe("石桥县水务局没有其他需要报告的事项。");
  expect(read("cut-tables").report.closing).toEqual({ signature: "" });
});
