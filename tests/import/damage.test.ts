import { describe, expect, test } from "vitest";
import { check } from "../../lib/checks/check.ts";
import { type ReadResult, readFile } from "../../lib/import/read.ts";
import { compose, documentText } from "../../lib/report/compose.ts";
import { leaves } from "../../lib/report/format.ts";
import type { Rows } from "../../lib/report/report.ts";
import { soundReport } from "../checks/samples.ts";
import { cityFigures2024 } from "../fixtures/public-figures.ts";

const { format, report: published } = cityFigures2024();
const report = {
  ...published,
  organisation: { name: "云岭市人民政府" },
  prose: soundReport().report.prose,
  closing: { date: "2025-01-15" },
};
const text = documentText(compose(format, report, false));
const lines = text.split("\n");
const FIRST_ROW = "一、本年新收政府信息公开申请数量";
const firstRow = lines.findIndex((line) => line.startsWith(FIRST_ROW));
const LAST_ROW = "四、结转下年度继续办理";
const lastRow = lines.findIndex((line) => line.startsWith(LAST_ROW));

type Read = Extract<ReadResult, { ok: true }>;

async function read(altered: string): Promise<Read> {
  expect(altered).not.toBe(text);
  const result = await readFile(new TextEncoder().encode(altered));
  if (!result.ok) throw new Error(result.reason);
  return result;
}

/** The document with the rows of the table of requests printed differently. */
const withRows = (change: (line: string, index: number) => string | string[]): string =>
  lines.flatMap((line, index) => (index >= firstRow && index <= lastRow ? change(line, index) : line)).join("\n");

/** Every entered cell that was read differently from what was published. */
function differences({ report: imported }: Read): string[] {
  return format.tables.flatMap((table) =>
    table.bands.flatMap(({ rows, columns }) =>
      leaves(rows)
        .filter((row) => !row.sum)
        .flatMap((row) =>
          leaves(columns)
            .filter((column) => !column.sum)
            .map((column) => {
              const entryIn = (tables: Record<string, Rows>) => tables[table.id]?.[row.id]?.[column.id] ?? null;
              const [wanted, found] = [entryIn(report.tables), entryIn(imported.tables)];
              return found === wanted ? "" : `${row.id}.${column.id}: ${wanted} → ${found}`;
            })
            .filter(Boolean),
        ),
    ),
  );
}

const headingOf = (altered: Read, section: string) =>
  altered.printed?.headings.find((heading) => heading.section === section)?.text;

describe("a document is read whole, without a note", () => {
  test.each<[string, string]>([
    [
      "as a Markdown table",
      lines.map((line) => (line.includes("\t") ? `| ${line.split("\t").join(" | ")} |` : line)).join("\n"),
    ],
    ["with full-width digits", text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))],
    [
      "with thousands commas",
      withRows((line) => line.replace(/\d{4,}/g, (figure) => Number(figure).toLocaleString("en"))),
    ],
    ["with half-width brackets", text.replaceAll("（", "(").replaceAll("）", ")")],
    ["with blanks inside labels", withRows((line) => line.replace(/(?<=\p{Script=Han})(?=\p{Script=Han})/gu, " "))],
    ["with 件 behind a count", withRows((line) => line.replace(/\t(\d+)$/, "\t$1件"))],
    ["with 万元 behind an amount", text.replace(/(行政事业性收费\t[\d.]+)/, "$1万元")],
    ["without the column of totals", withRows((line) => line.split("\t").slice(0, -1).join("\t"))],
    ["with an empty column behind the last", withRows((line) => `${line}\t`)],
    [
      "with the headings repeated after a page end",
      [
        ...lines.slice(0, firstRow + 9),
        "— 3 —",
        ...lines.slice(firstRow - 3, firstRow),
        ...lines.slice(firstRow + 9),
      ].join("\n"),
    ],
    [
      "with two figures in one cell",
      withRows((line, index) => (index === firstRow ? line.replace(/\t(\d+)\t/, "\t$1 ") : line)),
    ],
    [
      "with two rows in each other's place",
      withRows(
        (line, index) => lines[index === firstRow ? index + 1 : index === firstRow + 1 ? index - 1 : index] ?? line,
      ),
    ],
  ])("%s", async (_, altered) => {
    const result = await read(altered);
    expect(differences(result)).toEqual([]);
    expect(result.notes).toEqual([]);
  });
});

test("figures in full-width digits or with thousands commas are read, and said to be written so", async () => {
  const wide = await read(
    withRows((line, index) =>
      index === firstRow
        ? line.replace(/\d+/g, (figure) =>
            Number(figure) > 999
              ? Number(figure).toLocaleString("en")
              : figure.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
          )
        : line,
    ),
  );
  expect(differences(wide)).toEqual([]);
  const found = check({ ...wide, stage: "submission" }).filter(({ code }) => code === "V04");
  expect(found).toMatchObject([{ at: "requests.received.natural", params: { value: "3,440", figure: 3440, n: 7 } }]);
});

describe("what cannot be read with certainty is left blank and noted", () => {
  test.each<[string, string, number, RegExp]>([
    ["a lost row", withRows((line) => (line.includes("2.重复申请") ? [] : line)), 6, /没有找到“重复申请”/],
    [
      "a row in two halves",
      withRows((line, index) =>
        index === firstRow
          ? line
              .replace(/^((?:[^\t]*\t){3})/, "$1\n")
              .replace("\t\n", "\n")
              .split("\n")
          : line,
      ),
      6,
      /“一、本年新收.*与栏数对不上/,
    ],
    [
      "a figure run into its label",
      withRows((line, index) => (index === firstRow ? line.replace("\t", "") : line)),
      6,
      /对不上/,
    ],
  ])("%s", async (_, altered, blank, note) => {
    const result = await read(altered);
    const different = differences(result);
    expect(different).toHaveLength(blank);
    expect(different.every((difference) => difference.endsWith("→ null"))).toBe(true);
    expect(result.notes.join("")).toMatch(note);
    const errors = check({ ...result, stage: "submission" }).filter(({ severity }) => severity === "error");
    expect(errors.map(({ code }) => code)).toEqual(["V02"]);
  });

  test("a row printed twice is read once", async () => {
    const result = await read(
      withRows((line) => (line.includes("2.重复申请") ? [line, line.replace(/\d+$/, "99")] : line)),
    );
    expect(differences(result)).toEqual([]);
    expect(result.notes).toEqual(["“2.重复申请”一行出现了不止一次，只读入了第一次。"]);
  });

  test("columns headed in another order are noted", async () => {
    const result = await read(text.replace("商业企业\t科研机构", "科研机构\t商业企业"));
    expect(result.notes).toEqual([expect.stringMatching(/三、收到.*各栏的顺序与格式不同/)]);
  });

  test("a remark is no part of the figure, is noted, and found by the checks with nothing that follows from it", async () => {
    const result = await read(text.replace(new RegExp(`(${FIRST_ROW}\t\\d+)`), "$1（含1件转办）"));
    expect(differences(result)).toEqual([]);
    const [{ at, entry, text: printed, doubt } = {}] = result.cells.filter((cell) => cell.doubt);
    expect([at, entry, printed]).toEqual(["requests.received.natural", 3440, "3440（含1件转办）"]);
    expect(doubt).toBe("原件印的是“3440（含1件转办）”，只读入了数字3440。");
    expect(result.notes).toEqual([expect.stringContaining(doubt ?? "?")]);
    const findings = check({ ...result, stage: "submission" });
    expect(findings.filter(({ severity }) => severity === "error").map(({ code, at }) => [code, at])).toEqual([
      ["V01", "requests.received.natural"],
    ]);
  });
});

describe("an amount printed in 元", () => {
  const fee = (printed: string) => text.replace(/(行政事业性收费\t)[\d.]+/, `$1${printed}`);
  const charged = ({ report: imported }: Read) => imported.tables.disclosed?.fees?.charged;

  test("is turned into 万元, which is noted", async () => {
    const result = await read(fee("251,000.50元"));
    expect(charged(result)).toBe("25.10005");
    expect(result.notes).toEqual([
      "“行政事业性收费·本年收费金额（单位：万元）”印的是251,000.50元，已换算为25.10005万元。",
    ]);
  });

  test("may be told by the heading", async () => {
    const result = await read(fee("3800").replace("（单位：万元）", "（单位：元）"));
    expect(charged(result)).toBe("0.38");
    expect(result.notes.at(-1)).toMatch(/印的是3800元，已换算为0.38万元/);
    expect(charged(await read(fee("0").replace("（单位：万元）", "（单位：元）")))).toBe("0");
  });

  test("is kept as printed in any other unit", async () => {
    expect(charged(await read(fee("7.27亿元")))).toBe("7.27亿元");
  });
});

describe("variants of headings and titles", () => {
  const OFFICIAL = "五、存在的主要问题及改进情况";
  test.each([
    "五、存在主要问题及改进情况",
    "五、存在问题及改进情况",
    "五、政府信息公开工作存在的主要问题及改进情况",
    "五．存在的主要问题及改进情况",
    "五 、存在的 主要问题及改进情况",
    "5、存在的主要问题及改进情况",
    "政府信息公开工作存在的主要问题及改进情况",
  ])("%s begins its section", async (heading) => {
    const result = await read(text.replace(OFFICIAL, heading));
    expect(headingOf(result, "problems")).toBe(heading);
    expect(result.report.prose.problems).toEqual(report.prose.problems);
    expect(result.notes).toEqual([]);
  });

  test("六、其他需要报告事项 begins the last section", async () => {
    const result = await read(text.replace("六、其他需要报告的事项", "六、其他需要报告事项"));
    expect(result.report.prose.other).toEqual(report.prose.other);
  });

  const body = lines.slice(lines.findIndex((line) => line.endsWith("年度报告")) + 1).join("\n");
  test.each([
    "云岭市人民政府\n2024年\n政府信息公开工作年度报告",
    "云岭市人民\n政府2024年政府信息公开\n工作年度报告",
    "云岭市人民政府\n 2 0 2 4 年政府信息公开工作年度报告",
    "云岭市人民政府二〇二四年政府信息公开工作年度报告",
    "2024年云岭市人民政府政府信息公开工作年度报告",
    "发布日期：2025-01-20\n来源：云岭市人民政府办公室\n云岭市人民政府2024年度政府信息公开年报",
  ])("%s is a title", async (title) => {
    const { report: imported } = await read(`${title}\n${body}`);
    expect([imported.organisation.name, imported.year]).toEqual(["云岭市人民政府", 2024]);
  });
});
