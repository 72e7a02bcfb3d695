import { describe, expect, test } from "vitest";
import {
  type Block,
  blockText,
  compose,
  documentText,
  openingOf,
  printedDate,
  type TableBlock,
  titleOf,
} from "../../lib/report/compose.ts";
import { applyEdits, type Edit } from "../../lib/report/edits.ts";
import type { Format } from "../../lib/report/format.ts";
import { parsePassages } from "../../lib/report/prose.ts";
import type { Organisation, Report } from "../../lib/report/report.ts";
import { emptyReport } from "../../lib/report/schema.ts";
import { formatForYear, formats } from "../../templates/index.ts";

const current = formatOf(2024);
const earlier = formatOf(2020);
const full: Organisation = {
  name: "青川市云岭区档案馆",
  office: "青川市云岭区档案馆办公室",
  address: "云岭区文化路8号",
  postcode: "628100",
  phone: "0839-1234567",
  fax: "0839-1234568",
  email: "da@example.cn",
  siteName: "云岭区人民政府网站",
  website: "www.example.cn",
};

function formatOf(year: number): Format {
  const format = formatForYear(year);
  if (!format) throw new Error(`no format for ${year}`);
  return format;
}

const reportOf = (organisation: Organisation, ...edits: Edit[]): Report =>
  applyEdits(current, emptyReport(current, 2024, organisation), edits);
const blocksOf = (report: Report): Block[] => compose(current, report, false).blocks;
const titleLines = (report: Report) => blocksOf(report).flatMap((block) => (block.kind === "title" ? block.lines : []));
const closing = (report: Report) => blocksOf(report).filter(({ at }) => at === "closing");

describe("the title", () => {
  test("breaks behind the agency when it is too long for one line", () => {
    expect(titleLines(reportOf(full))).toEqual(["青川市云岭区档案馆", "2024年政府信息公开工作年度报告"]);
  });

  test("stays on one line when it fits", () => {
    expect(titleLines(reportOf({ name: "档案馆" }))).toEqual(["档案馆2024年政府信息公开工作年度报告"]);
  });

  test("is the edited one, with the breaks that were typed", () => {
    const title = "云岭区\n2024年政府信息公开工作年度报告";
    const report = reportOf(full, { path: "title", value: title });
    expect(titleOf(current, report)).toBe(title);
    expect(titleLines(report)).toEqual(["云岭区", "2024年政府信息公开工作年度报告"]);
  });

  test("that does not begin with the agency is not broken", () => {
    const title = "2024年青川市云岭区档案馆政府信息公开工作年度报告";
    expect(titleLines(reportOf(full, { path: "title", value: title }))).toEqual([title]);
  });
});

describe("the opening", () => {
  test("names the notice, the period, the site and the office when all particulars are known", () => {
    const opening = openingOf(current, reportOf(full));
    expect(opening).toContain(current.notice);
    expect(opening).toContain("统计期限为2024年1月1日至2024年12月31日。");
    expect(opening).toContain("云岭区人民政府网站（www.example.cn）");
    expect(opening).toContain(
      "请与青川市云岭区档案馆办公室联系（地址：云岭区文化路8号；邮编：628100；电话：0839-1234567；传真：0839-1234568；电子邮箱：da@example.cn）。",
    );
    expect(opening).not.toMatch(/[{}]|undefined/);
  });

  test("leaves a sentence out when nobody gave its particulars", () => {
    const opening = openingOf(current, reportOf({ name: "青川市云岭区档案馆" }));
    expect(opening).toContain(current.notice);
    expect(opening).not.toContain("电子版");
    expect(opening).not.toContain("联系");
    expect(opening).not.toMatch(/[{}]|undefined|（）/);
  });

  test("lists only the ways to ask that are known, and the agency itself where no office is", () => {
    const opening = openingOf(current, reportOf({ name: "青川市云岭区档案馆", phone: "0839-1234567", fax: "" }));
    expect(opening).toContain("请与青川市云岭区档案馆联系（电话：0839-1234567）。");
  });

  test("needs both the name and the address of the site", () => {
    expect(openingOf(current, reportOf({ name: "档案馆", siteName: "网站" }))).not.toContain("电子版");
  });

  test("has the edited period", () => {
    const report = reportOf(full, { path: "period", value: "2024年3月1日至2024年12月31日" });
    expect(openingOf(current, report)).toContain("统计期限为2024年3月1日至2024年12月31日。");
    expect(openingOf(current, reportOf(full, { path: "period", value: "" }))).not.toContain("统计期限");
  });

  test("that was edited is printed as it is, a line a paragraph", () => {
    const report = reportOf(full, { path: "opening", value: "第一段。\n\n  第二段{phone}。 " });
    const paragraphs = blocksOf(report).filter(({ at }) => at === "opening");
    expect(paragraphs.map(blockText)).toEqual(["第一段。", "第二段{phone}。"]);
  });

  test("that was emptied is not printed", () => {
    const report = reportOf(full, { path: "opening", value: "" });
    expect(blocksOf(report).filter(({ at }) => at === "opening")).toEqual([]);
  });
});

describe("the closing", () => {
  test("is signed by the agency, without a date until one is given", () => {
    expect(closing(reportOf(full))).toEqual([
      { kind: "signature", at: "closing", organisation: "青川市云岭区档案馆", date: "" },
    ]);
  });

  test("has date and note as GB/T 9704 prints them", () => {
    const report = reportOf(
      full,
      { path: "closing.date", value: "2025-01-07" },
      { path: "closing.note", value: "此件公开发布" },
    );
    expect(closing(report).map(blockText)).toEqual(["青川市云岭区档案馆\n2025年1月7日", "（此件公开发布）"]);
  });

  test.each([
    ["（此件公开发布）", "（此件公开发布）"],
    ["此件依申请公开（附件除外）", "（此件依申请公开（附件除外））"],
  ])("brackets the note %j once", (value, printed) => {
    expect(closing(reportOf(full, { path: "closing.note", value })).map(blockText)).toContain(printed);
  });

  test("is left out where it was deliberately emptied", () => {
    const none: Edit[] = ["signature", "date", "note"].map((part) => ({ path: `closing.${part}`, value: "" }));
    expect(closing(reportOf(full, ...none))).toEqual([]);
  });

  test("may be a date alone", () => {
    const report = reportOf(
      full,
      { path: "closing.signature", value: "" },
      { path: "closing.date", value: "2025-12-31" },
    );
    expect(closing(report).map(blockText)).toEqual(["2025年12月31日"]);
  });

  test("has a date without leading zeros", () => {
    expect(printedDate("2025-01-07")).toBe("2025年1月7日");
    expect(printedDate("2025-11-30")).toBe("2025年11月30日");
  });
});

describe("a section of text", () => {
  const text = "（一）主动公开情况\n公开信息12条。\n（二）依申请公开情况。没有收到申请。\n1.网站";
  const report = reportOf(full, { path: "prose.overview", value: parsePassages(text) });

  test("is headings, paragraphs, and paragraphs with a lead-in", () => {
    expect(blocksOf(report).filter(({ at }) => at === "overview")).toEqual([
      { kind: "heading", at: "overview", level: 1, runs: [{ text: current.sections[0]?.heading }] },
      { kind: "heading", at: "overview", level: 2, runs: [{ text: "（一）主动公开情况" }] },
      { kind: "paragraph", at: "overview", runs: [{ text: "公开信息12条。" }] },
      {
        kind: "paragraph",
        at: "overview",
        runs: [{ text: "（二）依申请公开情况。", style: "lead" }, { text: "没有收到申请。" }],
      },
      { kind: "heading", at: "overview", level: 3, runs: [{ text: "1.网站" }] },
    ]);
  });

  test("keeps its emphasis behind the lead-in", () => {
    const content = [{ text: "（一）公开。共" }, { text: "12", bold: true as const }, { text: "条。" }];
    const emphasised = reportOf(full, { path: "prose.overview", value: [{ kind: "paragraph", content }] });
    const [, block] = blocksOf(emphasised).filter(({ at }) => at === "overview");
    expect(block).toMatchObject({
      runs: [{ text: "（一）公开。", style: "lead" }, { text: "共" }, { text: "12", style: "bold" }, { text: "条。" }],
    });
  });

  test("prints its heading even when nothing is written yet, and no empty paragraph", () => {
    const passages = [{ kind: "paragraph" as const, content: [{ text: " " }] }];
    const blocks = blocksOf(reportOf(full, { path: "prose.other", value: passages }));
    expect(blocks.filter(({ at }) => at === "other").map(({ kind }) => kind)).toEqual(["heading"]);
  });
});

describe("a table", () => {
  const tableIn = (format: Format, report: Report, id: string): TableBlock => {
    const block = compose(format, report, false).blocks.find(({ kind, at }) => kind === "table" && at === id);
    if (block?.kind !== "table") throw new Error(`no table ${id}`);
    return block;
  };
  const figuresOf = (block: TableBlock) =>
    Object.fromEntries(block.rows.flatMap(({ cells }) => cells.map(({ at, text }) => [at ?? "", text])));

  test("prints what is entered and what is computed, and blanks as blanks", () => {
    const report = reportOf(
      full,
      { path: "tables.requests.received.natural", value: 12 },
      { path: "tables.requests.received.legal", value: 0 },
      { path: "tables.requests.granted.natural", value: "约3" },
      { path: "tables.disclosed.fees.charged", value: "59237.2449" },
    );
    const requests = figuresOf(tableIn(current, report, "requests"));
    expect(requests).toMatchObject({
      "requests.received.natural": "12",
      "requests.received.business": "",
      "requests.received.legal": "0",
      "requests.received.total": "12",
      "requests.granted.natural": "约3",
      "requests.granted.total": "",
      "requests.handled.total": "",
    });
    expect(figuresOf(tableIn(current, report, "disclosed"))["disclosed.fees.charged"]).toBe("59237.2449");
  });

  test("never takes a computed figure from the report", () => {
    const report = reportOf(full);
    const forged = { ...report, tables: { ...report.tables, requests: { received: { natural: 2, total: 99 } } } };
    expect(figuresOf(tableIn(current, forged, "requests"))["requests.received.total"]).toBe("2");
  });

  test("prints a change with its sign, an accepted slash, and an amount with its unit", () => {
    const report = applyEdits(earlier, emptyReport(earlier, 2020, full), [
      { path: "tables.disclosed.licensing.change", value: "1036" },
      { path: "tables.disclosed.penalties.change", value: "-4" },
      { path: "tables.disclosed.fees.change", value: "/" },
      { path: "tables.disclosed.procurement.amount", value: "25.10" },
    ]);
    expect(figuresOf(tableIn(earlier, report, "disclosed"))).toMatchObject({
      "disclosed.licensing.change": "+1036",
      "disclosed.penalties.change": "-4",
      "disclosed.fees.change": "/",
      "disclosed.procurement.amount": "25.1万元",
    });
  });

  test("has the cells of the notice, its caption, and its labels aligned as in print", () => {
    const block = tableIn(current, reportOf(full), "requests");
    expect(block.caption).toBe("三、收到和处理政府信息公开申请情况");
    expect(block.headRows).toBe(3);
    const cells = block.rows.flatMap((row) => row.cells);
    expect(cells.filter(({ at }) => at)).toHaveLength(175);
    expect(cells.filter(({ align }) => align === "left").every(({ role }) => role === "rowHeading")).toBe(true);
    expect(cells.find(({ text }) => text.startsWith("1."))?.align).toBe("left");
    expect(cells.find(({ text }) => text.startsWith("三、"))).toMatchObject({ align: "center", rowSpan: 22 });
  });
});

test.each(formats)("the document of $id is title, opening, the six sections in order, and the closing", (format) => {
  const report = emptyReport(format, format.years.from, full);
  const composed = compose(format, report, true);
  expect(composed).toMatchObject({ organisation: full.name, year: format.years.from, draft: true });
  const places = composed.blocks.map(({ at }) => at).filter((at, index, all) => at !== all[index - 1]);
  expect(places).toEqual(["title", "opening", ...format.sections.map(({ id }) => id), "closing"]);
});

test("the text of the document has every cell in printed order, parted by tabs", () => {
  const report = reportOf(full, { path: "tables.disclosed.rules.issued", value: 7 });
  const lines = documentText(compose(current, report, false)).split("\n");
  expect(lines.slice(0, 2)).toEqual(["青川市云岭区档案馆", "2024年政府信息公开工作年度报告"]);
  expect(lines).toContain("信息内容\t本年制发件数\t本年废止件数\t现行有效件数");
  expect(lines).toContain("规章\t7\t\t");
  expect(lines.at(-1)).toBe("青川市云岭区档案馆");
});
