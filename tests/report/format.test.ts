import { describe, expect, test } from "vitest";
import {
  addends,
  cellName,
  type Format,
  labelPath,
  linesAt,
  plainLabel,
  tableOf,
  unitAt,
} from "../../lib/report/format.ts";
import { formatForYear } from "../../templates/index.ts";

const current = formatOf(2024);
const earlier = formatOf(2020);

function formatOf(year: number): Format {
  const format = formatForYear(year);
  if (!format) throw new Error(`no format for ${year}`);
  return format;
}

describe("a cell is named as a person names it", () => {
  test.each([
    ["requests", "received", "natural", "本年新收政府信息公开申请数量·自然人"],
    ["requests", "received", "business", "本年新收政府信息公开申请数量·法人或其他组织—商业企业"],
    ["requests", "partial", "otherOrg", "部分公开·法人或其他组织—其他"],
    ["requests", "secret", "total", "属于国家秘密·总计"],
    ["requests", "otherwise", "natural", "其他处理—其他·自然人"],
    ["requests", "handled", "total", "本年度办理结果—总计·总计"],
    ["requests", "carriedOut", "legal", "结转下年度继续办理·法人或其他组织—法律服务机构"],
    ["disclosed", "rules", "inForce", "规章·现行有效件数"],
    ["disclosed", "licensing", "decisions", "行政许可"],
    ["disclosed", "fees", "charged", "行政事业性收费"],
    ["disputes", "cases", "reviewUpheld", "行政复议—结果维持"],
    ["disputes", "cases", "directPending", "未经复议直接起诉—尚未审结"],
    ["disputes", "cases", "afterReviewTotal", "复议后起诉—总计"],
    ["requests", "nowhere", "natural", "nowhere·natural"],
  ])("%s.%s.%s is %s", (table, row, column, name) => {
    expect(cellName(tableOf(current, table), row, column)).toBe(name);
  });

  test.each([
    ["disclosed", "licensing", "change", "行政许可·本年增/减"],
    ["disclosed", "procurement", "items", "政府集中采购·采购项目数量"],
    ["requests", "otherwise", "natural", "其他处理·自然人"],
  ])("in the earlier form %s.%s.%s is %s", (table, row, column, name) => {
    expect(cellName(tableOf(earlier, table), row, column)).toBe(name);
  });

  test("and no two cells of a table have the same name", () => {
    for (const { tables } of [current, earlier]) {
      for (const table of tables) {
        const names = table.bands.flatMap((band) =>
          idsOf(band.rows).flatMap((row) => idsOf(band.columns).map((column) => cellName(table, row, column))),
        );
        expect(names.length).toBeGreaterThan(9);
        expect(new Set(names).size).toBe(names.length);
      }
    }
  });
});

test("the labels above a line are told from the outside in", () => {
  const [band] = tableOf(current, "requests").bands;
  expect(labelPath(band?.columns ?? [], "business")).toEqual(["申请人情况", "法人或其他组织", "商业企业"]);
  expect(labelPath(band?.rows ?? [], "secret")).toEqual(["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"]);
  expect(labelPath(band?.rows ?? [], "carriedOut")).toEqual(["四、结转下年度继续办理"]);
  expect(labelPath(band?.rows ?? [], "nowhere")).toEqual([]);
});

test.each([
  ["一、总体情况", "总体情况"],
  ["（七）总计", "总计"],
  ["（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开"],
  ["1.属于国家秘密", "属于国家秘密"],
  ["本年收费金额（单位：万元）", "本年收费金额"],
  ["规章", "规章"],
  ["", ""],
])("the label %j is called %j", (label, plain) => {
  expect(plainLabel(label)).toBe(plain);
});

test("a sum adds what stands under its own heading and no more", () => {
  const requests = tableOf(current, "requests").bands[0];
  const handled = addends(requests?.rows ?? [], "handled").map(({ id }) => id);
  expect(handled).toHaveLength(21);
  expect(handled).not.toContain("received");
  expect(handled).not.toContain("carriedOut");
  expect(addends(requests?.columns ?? [], "total")).toHaveLength(6);
  const disputes = tableOf(current, "disputes").bands[0];
  const added = addends(disputes?.columns ?? [], "directTotal").map(({ id }) => id);
  expect(added).toEqual(["directUpheld", "directCorrected", "directOther", "directPending"]);
});

test("lines only cross within their band, and the column says the unit", () => {
  const disclosed = tableOf(current, "disclosed");
  expect(linesAt(disclosed, "rules", "charged")).toBeUndefined();
  const fees = linesAt(disclosed, "fees", "charged");
  expect(fees && unitAt(fees.row, fees.column)).toBe("money");
  const rules = linesAt(disclosed, "rules", "issued");
  expect(rules && unitAt(rules.row, rules.column)).toBe("count");
  const change = linesAt(tableOf(earlier, "disclosed"), "fees", "change");
  expect(change && unitAt(change.row, change.column)).toBe("delta");
});

test("a table that the format does not have is a mistake in code", () => {
  expect(() => tableOf(current, "nowhere")).toThrow("nowhere");
});

/** The ids of the lines below, found by looking at the data itself. */
function idsOf(data: unknown): string[] {
  if (Array.isArray(data)) return data.flatMap(idsOf);
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => (key === "id" ? [String(value)] : idsOf(value)));
}
