import { check } from "../../lib/checks/check.ts";
import type { CheckRequest, Finding, Printed } from "../../lib/checks/finding.ts";
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

const soundProse = (year: number): Record<string, string> => ({
  overview: [
    `${year}年，本局围绕科技项目管理推进政府信息公开工作。`,
    "（一）主动公开情况",
    `${year}年，通过县政府网站主动公开信息42条。`,
    "（二）依申请公开情况",
    `${year}年，收到申请6件，均在法定期限内答复。`,
  ].join("\n"),
  problems: [
    "（一）存在的主要问题",
    "一是项目公开的说明文字偏专业，群众不易看懂；二是栏目更新有时不够及时。",
    "（二）改进情况",
    `一是为每个项目公告配发通俗说明；二是实行栏目更新周报，${year + 1}年将继续执行。`,
  ].join("\n"),
  other: `${year}年，本机关未收取信息处理费。`,
});

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
