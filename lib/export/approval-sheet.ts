import type { Finding, Severity } from "../checks/finding.ts";
import { type ComposedDocument, type PrintedCell, type TableBlock, titleOf } from "../report/compose.ts";
import type { Format } from "../report/format.ts";
import type { Report } from "../report/report.ts";

/** What an approval refers to: this version, with this content. */
export type ApprovedVersion = {
  version: number;
  /** When it was saved, epoch milliseconds. */
  savedAt: number;
  /** Digest of the report's data, in hexadecimal digits. */
  digest: string;
};

/** Findings that fit on the one page of the sheet; the rest are counted. */
const MOST_FINDINGS = 14;
/** Digits of the digest that are enough to tell two versions apart by eye. */
const SHOWN_DIGITS = 16;
/** Size of the sheet's text, in pt. */
const SIZE = 10.5;

const severities: readonly { id: Severity; name: string }[] = [
  { id: "error", name: "错误" },
  { id: "warning", name: "警告" },
  { id: "hint", name: "提示" },
];

/**
 * 审签单: one page that accompanies a report through the unit. It names the version by its digest, has room for those who
 * sign, and lists what the checks found with room for the reasons.
 */
export function approvalSheet(
  format: Format,
  report: Report,
  findings: readonly Finding[],
  approved: ApprovedVersion,
): ComposedDocument {
  const title = `${report.organisation.name}年度报告审签单`;
  return {
    title,
    organisation: report.organisation.name,
    year: report.year,
    date: new Date(approved.savedAt).toISOString().slice(0, 10),
    draft: false,
    blocks: [
      { kind: "title", at: "title", lines: [report.organisation.name, "年度报告审签单"] },
      signatures(format, report, approved),
      { kind: "paragraph", at: "findings", runs: [{ text: summary(findings) }] },
      ...(findings.length > 0 ? [findingsTable(findings)] : []),
    ],
  };
}

function signatures(format: Format, report: Report, { version, savedAt, digest }: ApprovedVersion): TableBlock {
  const pair = (name: string, value: string) => [label(name), text(value)];
  return {
    kind: "table",
    at: "signatures",
    caption: "审签",
    widths: [26, 52, 26, 52],
    size: SIZE,
    headRows: 0,
    rows: [
      { cells: [label("报告名称"), text(titleOf(format, report).replaceAll("\n", ""), 3)] },
      { cells: [...pair("统计年度", `${report.year}年`), ...pair("格式依据", format.notice)] },
      {
        cells: [
          ...pair("版本", `第${version}版，${timeOf(savedAt)}`),
          ...pair("内容校验值", digest.slice(0, SHOWN_DIGITS)),
        ],
      },
      ...["经办人", "审核人", "签发人"].map((role) => ({ cells: [...pair(role, ""), ...pair("日期", "")] })),
    ],
  };
}

function summary(findings: readonly Finding[]): string {
  const counts = severities.map(({ id, name }) => `${name}${findings.filter((f) => f.severity === id).length}项`);
  const left = findings.length - MOST_FINDINGS;
  return `系统检查：${counts.join("，")}。${left > 0 ? `下表列出前${MOST_FINDINGS}项，其余${left}项见系统。` : ""}`;
}

const findingsTable = (findings: readonly Finding[]): TableBlock => ({
  kind: "table",
  at: "findings",
  caption: "检查结果",
  widths: [16, 96, 44],
  size: SIZE,
  headRows: 1,
  rows: [
    { cells: ["级别", "问题", "处理说明"].map((name) => ({ ...label(name), role: "columnHeading" as const })) },
    ...findings.slice(0, MOST_FINDINGS).map(({ severity, message }) => ({
      cells: [label(severities.find(({ id }) => id === severity)?.name ?? ""), text(message), text("")],
    })),
  ],
});

const label = (name: string): PrintedCell => ({
  role: "rowHeading",
  text: name,
  rowSpan: 1,
  colSpan: 1,
  align: "center",
});
const text = (content: string, colSpan = 1): PrintedCell => ({
  role: "entry",
  text: content,
  rowSpan: 1,
  colSpan,
  align: "left",
});

/** `2025年1月7日10:05`, by the clock of the offices. */
const timeOf = (savedAt: number): string =>
  new Intl.DateTimeFormat("zh-CN", {
    timeZone: "Asia/Shanghai",
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  }).format(savedAt);
