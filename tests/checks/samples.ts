import { check } from "../../lib/checks/check.ts";
import type { CheckRequest, Finding, Printed, RegionSum } from "../../lib/checks/finding.ts";
import { regionSum } from "../../lib/checks/region.ts";
import type { Adjustment } from "../../lib/report/adjustments.ts";
import { type Format, leaves } from "../../lib/report/format.ts";
import { parsePassages } from "../../lib/report/prose.ts";
import type { Organisation, Passage, Report } from "../../lib/report/report.ts";
import { reportSchema } from "../../lib/report/schema.ts";
import { formatForYear } from "../../templates/index.ts";

type Entries = Record<string, number | string | null>;

/** What a test says differently from a sound report. Cells are named by their address, prose by its section. */
export type Difference = {
  year?: number;
  organisation?: Partial<Organisation>;
  title?: string;
  period?: string;
  opening?: string;
  /** Plain lines, or passages where chips or items matter. */
  prose?: Record<string, string | readonly Passage[]>;
  cells?: Entries;
};

/** What a region's report is held against when these are the reports of its bodies. */
export function summed(
  bodies: readonly { format: Format; report: Report }[],
  { adjustments = [], missing = [] }: { adjustments?: readonly Adjustment[]; missing?: readonly string[] } = {},
): RegionSum {
  const [first] = bodies;
  if (!first) throw new Error("a sum of nothing");
  const units = bodies.map(({ report }) => ({ name: report.organisation.name, tables: report.tables }));
  return regionSum(first.format, units, adjustments, missing);
}

/** The format of a year that has one. */
export function formatOf(year: number): Format {
  const format = formatForYear(year);
  if (!format) throw new Error(`no format covers ${year}`);
  return format;
}

/** A county department's report that nothing is wrong with: every figure 0 except a few that balance. */
export function soundReport(difference: Difference = {}): { format: Format; report: Report } {
  const year = difference.year ?? 2024;
  const format = formatOf(year);
  const tables: Record<string, Record<string, Entries>> = {};
  for (const table of format.tables) {
    const rows: Record<string, Entries> = {};
    for (const band of table.bands) {
      const columns = leaves(band.columns).filter((column) => !column.sum);
      for (const row of leaves(band.rows).filter((line) => !line.sum)) {
        rows[row.id] = Object.fromEntries(columns.map((column) => [column.id, 0]));
      }
    }
    tables[table.id] = rows;
  }
  const cells = { "requests.received.natural": 6, "requests.granted.natural": 6, ...difference.cells };
  for (const [address, entry] of Object.entries(cells)) {
    const [table = "", row = "", column = ""] = address.split(".");
    const rows = tables[table];
    if (!rows?.[row] || !(column in rows[row])) throw new Error(`the format has no entered cell ${address}`);
    rows[row][column] = entry;
  }
  const report = reportSchema(format).parse({
    format: format.id,
    year,
    organisation: { name: "青川县云岭科学技术局", ...difference.organisation },
    closing: { date: `${year + 1}-01-15` },
    prose: {},
    tables,
  });
  const prose = { ...soundProse(year), ...difference.prose };
  return {
    format,
    report: {
      ...report,
      title: difference.title,
      period: difference.period,
      opening: difference.opening,
      prose: Object.fromEntries(
        Object.entries(prose).map(([section, text]) => [
          section,
          typeof text === "string" ? parsePassages(text) : text,
        ]),
      ),
    },
  };
}

/** Speaks of every part that the notice demands, and of nothing that a check would count. */
export const everyAspect =
  "主动公开、依申请公开、政府信息管理、平台建设和监督保障均按规定开展，工作考核、社会评议已经完成，没有发生责任追究。";

/** Years that follow each other are worded differently, as they should be. */
const soundProse = (year: number): Record<string, string> => {
  const isEven = year % 2 === 0;
  return {
    overview: [
      isEven
        ? `${year}年，本局围绕科技项目管理推进政府信息公开工作。`
        : `${year}年，本局把政府信息公开与科技服务结合起来。`,
      "（一）主动公开情况",
      isEven ? `${year}年，通过县政府网站主动公开信息42条。` : "县政府网站全年登载本局信息34条，以项目公告为主。",
      "（二）依申请公开情况",
      isEven ? "对收到的申请，均在法定期限内答复。" : "申请的登记、转办和答复都留有记录。",
      "（三）政府信息管理情况",
      isEven ? "文件起草时同步确定公开属性，发布前完成保密审查。" : "清理过一次目录，失效的条目已经注明。",
      "（四）政府信息公开平台建设情况",
      isEven ? "依托县政府网站信息公开平台，按月检查栏目更新。" : "专栏检索功能由平台统一升级，本局负责内容。",
      "（五）监督保障情况",
      isEven
        ? "信息公开纳入年度工作考核，社会评议结果良好，没有发生责任追究。"
        : "邀请企业代表开展社会评议，考核结果向各股室通报，责任追究为零。",
    ].join("\n"),
    problems: [
      "（一）存在的主要问题",
      isEven
        ? "一是项目公开的说明文字偏专业，群众不易看懂；二是栏目更新有时不够及时。"
        : "一是企业想找的申报条件散在几个栏目里；二是政策解读以文字为主，形式少。",
      "（二）改进情况",
      isEven
        ? `一是为每个项目公告配发通俗说明；二是实行栏目更新周报，${year + 1}年将继续执行。`
        : `一是把申报条件集中到一个栏目；二是试做图表解读，${year + 1}年将推广到全部政策。`,
    ].join("\n"),
    other: `${year}年，本机关未收取信息处理费。`,
  };
};

/** The context in which a report to be submitted is judged. */
export const toSubmit = (difference: Difference = {}, more: Partial<CheckRequest> = {}): CheckRequest => ({
  ...soundReport(difference),
  stage: "submission",
  ...more,
});

/** The context in which a draft is judged. */
export const drafting = (difference: Difference = {}, more: Partial<CheckRequest> = {}): CheckRequest =>
  toSubmit(difference, { stage: "drafting", ...more });

/** What a finished document prints: the official headings and no totals, unless said otherwise. */
export function printedLike(format: Format, different: Partial<Printed> = {}): Printed {
  const headings = format.sections.map(({ id, heading }) => ({ section: id, text: heading }));
  return { headings, totals: {}, ...different };
}

export const findingsOf = (context: CheckRequest, code: string): Finding[] =>
  check(context).filter((finding) => finding.code === code);

export const codesOf = (findings: readonly Finding[]): string[] => findings.map((finding) => finding.code);
