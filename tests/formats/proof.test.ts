import { describe, expect, test } from "vitest";
import { type Format, tableOf } from "../../lib/report/format.ts";
import { type GridCell, grid } from "../../lib/report/grid.ts";
import { formatById } from "../../templates/index.ts";

/**
 * The printed forms of both notices, transcribed row by row from domain.md §2 and §4 and from nothing else. Labels are
 * parted by ` | `, `2×1` behind a label is two rows high and one column wide; then the figures: I entered, C computed.
 */
const headings = [
  "一、总体情况",
  "二、主动公开政府信息情况",
  "三、收到和处理政府信息公开申请情况",
  "四、政府信息公开行政复议、行政诉讼情况",
  "五、存在的主要问题及改进情况",
  "六、其他需要报告的事项",
];

const disclosed2021 = [
  "第二十条第（一）项 1×4",
  "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数",
  "规章 | I I I",
  "行政规范性文件 | I I I",
  "第二十条第（五）项 1×4",
  "信息内容 | 本年处理决定数量 1×3",
  "行政许可 | I1×3",
  "第二十条第（六）项 1×4",
  "信息内容 | 本年处理决定数量 1×3",
  "行政处罚 | I1×3",
  "行政强制 | I1×3",
  "第二十条第（八）项 1×4",
  "信息内容 | 本年收费金额（单位：万元） 1×3",
  "行政事业性收费 | I1×3",
];

const disclosed2019 = [
  "第二十条第（一）项 1×4",
  "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量",
  "规章 | I I I",
  "规范性文件 | I I I",
  "第二十条第（五）项 1×4",
  "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量",
  "行政许可 | I I I",
  "其他对外管理服务事项 | I I I",
  "第二十条第（六）项 1×4",
  "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量",
  "行政处罚 | I I I",
  "行政强制 | I I I",
  "第二十条第（八）项 1×4",
  "信息内容 | 上一年项目数量 | 本年增/减 1×2",
  "行政事业性收费 | I I1×2",
  "第二十条第（九）项 1×4",
  "信息内容 | 采购项目数量 | 采购总金额 1×2",
  "政府集中采购 | I I1×2",
];

const requestsHead = [
  "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 3×3 | 申请人情况 1×7",
  "自然人 2×1 | 法人或其他组织 1×5 | 总计 2×1",
  "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他",
  "一、本年新收政府信息公开申请数量 1×3 | I I I I I I C",
  "二、上年结转政府信息公开申请数量 1×3 | I I I I I I C",
];

const refusals = [
  "（二）部分公开（区分处理的，只计这一情形，不计其他情形） 1×2 | I I I I I I C",
  "（三）不予公开 8×1 | 1.属于国家秘密 | I I I I I I C",
  "2.其他法律行政法规禁止公开 | I I I I I I C",
  "3.危及“三安全一稳定” | I I I I I I C",
  "4.保护第三方合法权益 | I I I I I I C",
  "5.属于三类内部事务信息 | I I I I I I C",
  "6.属于四类过程性信息 | I I I I I I C",
  "7.属于行政执法案卷 | I I I I I I C",
  "8.属于行政查询事项 | I I I I I I C",
  "（四）无法提供 3×1 | 1.本机关不掌握相关政府信息 | I I I I I I C",
  "2.没有现成信息需要另行制作 | I I I I I I C",
  "3.补正后申请内容仍不明确 | I I I I I I C",
  "（五）不予处理 5×1 | 1.信访举报投诉类申请 | I I I I I I C",
  "2.重复申请 | I I I I I I C",
  "3.要求提供公开出版物 | I I I I I I C",
  "4.无正当理由大量反复申请 | I I I I I I C",
  "5.要求行政机关确认或重新出具已获取信息 | I I I I I I C",
];

const requests2021 = [
  ...requestsHead,
  "三、本年度办理结果 22×1 | （一）予以公开 1×2 | I I I I I I C",
  ...refusals,
  "（六）其他处理 3×1 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | I I I I I I C",
  "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | I I I I I I C",
  "3.其他 | I I I I I I C",
  "（七）总计 1×2 | C C C C C C C",
  "四、结转下年度继续办理 1×3 | I I I I I I C",
];

const requests2019 = [
  ...requestsHead,
  "三、本年度办理结果 20×1 | （一）予以公开 1×2 | I I I I I I C",
  ...refusals,
  "（六）其他处理 1×2 | I I I I I I C",
  "（七）总计 1×2 | C C C C C C C",
  "四、结转下年度继续办理 1×3 | I I I I I I C",
];

const disputes = [
  "行政复议 1×5 | 行政诉讼 1×10",
  "结果维持 2×1 | 结果纠正 2×1 | 其他结果 2×1 | 尚未审结 2×1 | 总计 2×1 | 未经复议直接起诉 1×5 | 复议后起诉 1×5",
  "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计",
  "I I I I C I I I I C I I I I C",
];

const forms = [
  {
    id: "2021-30",
    number: "国办公开办函〔2021〕30号",
    tables: { disclosed: disclosed2021, requests: requests2021, disputes },
  },
  {
    id: "2019-60",
    number: "国办公开办函〔2019〕60号",
    tables: { disclosed: disclosed2019, requests: requests2019, disputes },
  },
];

describe.each(forms)("the form of $number", ({ id, number, tables }) => {
  const format = formatOf(id);

  test("has the six headings of the notice, character by character", () => {
    expect(format.notice).toBe(number);
    expect(format.sections.map((section) => section.heading)).toEqual(headings);
  });

  test.each(Object.entries(tables))("prints the table %s as the notice does, character by character", (table, rows) => {
    expect(printedRows(format, table)).toEqual(rows);
  });
});

function formatOf(id: string): Format {
  const format = formatById(id);
  if (!format) throw new Error(`no format ${id}`);
  return format;
}

function printedRows(format: Format, table: string): string[] {
  return grid(tableOf(format, table)).rows.map(({ cells }) => {
    const labels = cells.filter((cell) => !cell.at).map((cell) => `${cell.label}${span(cell, " ")}`);
    const figures = cells
      .filter((cell) => cell.at)
      .map((cell) => `${cell.role === "computed" ? "C" : "I"}${span(cell, "")}`);
    return [...labels, figures.join(" ")].filter(Boolean).join(" | ");
  });
}

const span = ({ rowSpan, colSpan }: GridCell, before: string) =>
  rowSpan * colSpan > 1 ? `${before}${rowSpan}×${colSpan}` : "";
