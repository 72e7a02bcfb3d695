import type { CheckedReport, Correction, Corrections } from "../checks/corrections.ts";
import { type Severity, severities, severityNames } from "../checks/finding.ts";
import {
  type Block,
  type ComposedDocument,
  type PrintedCell,
  printedDate,
  type TableBlock,
} from "../report/compose.ts";
import { type ExportedFile, fileTypes, renderDocument } from "./export.ts";
import { fileName } from "./file-name.ts";

/** Who sends the list, and the day, `YYYY-MM-DD`. */
export type Sender = { organisation: string; date: string };

export const correctionListKinds = ["docx", "html"] as const;
export type CorrectionListKind = (typeof correctionListKinds)[number];

/** Sizes of text in tables, in pt: 小五. */
const SIZE = 9;

/**
 * 整改清单: what was found in finished reports, to send back to those who wrote them. For each report a table with the place,
 * what is wrong, what to do, and room to write down what was done. The order is that of the reports given.
 */
export function correctionList(content: Corrections, { organisation, date }: Sender): ComposedDocument {
  const { reports, unread } = content;
  const [first] = reports;
  const only = reports.length === 1 && unread.length === 0 ? first : undefined;
  const lines = only ? [only.organisation, `${only.year}年度报告整改清单`] : ["政府信息公开工作年度报告", "整改清单"];
  const blocks: Block[] = [
    { kind: "title", at: "title", lines },
    paragraph(summary(content)),
    paragraph("“错误”应当改正；“警告”请逐条核实，改正或者书面说明情况；“提示”供参考。改好后请在“整改情况”栏注明。"),
  ];
  if (!only && reports.length > 0) blocks.push(heading("检查情况"), overview(reports));
  for (const report of reports) blocks.push(...reportBlocks(report, only === undefined));
  if (unread.length > 0) blocks.push(heading("没有检查的文件"), unreadTable(unread));
  blocks.push({ kind: "signature", at: "closing", organisation, date: printedDate(date) });
  const year = Math.max(0, ...reports.map((report) => report.year)) || Number(date.slice(0, 4));
  return { title: lines.join(""), organisation, year, date, draft: false, blocks };
}

/** The list as a Word file or a page. */
export async function correctionListFile(
  content: Corrections,
  sender: Sender,
  kind: CorrectionListKind,
): Promise<ExportedFile> {
  const document = correctionList(content, sender);
  return {
    name: fileName(document.title, kind),
    type: fileTypes[kind],
    bytes: await renderDocument(document, kind),
  };
}

function summary({ reports, unread }: Corrections): string {
  const faulty = reports.filter(({ corrections }) => corrections.length > 0).length;
  const found =
    faulty > 0 ? `${faulty}份有问题：${counted(reports.flatMap(({ corrections }) => corrections))}` : "没有发现问题";
  const left = unread.length > 0 ? `另有${unread.length}个文件不能读取。` : "";
  return `共检查${reports.length}份年度报告，${found}。${left}`;
}

const counted = (corrections: readonly Pick<Correction, "severity">[]): string =>
  severities.map((severity) => `${severityNames[severity]}${countOf(corrections, severity)}项`).join("，");
const countOf = (corrections: readonly Pick<Correction, "severity">[], severity: Severity): number =>
  corrections.filter((correction) => correction.severity === severity).length;

const overview = (reports: readonly CheckedReport[]): TableBlock =>
  listTable(
    "检查情况",
    [12, 70, 26, 16, 16, 16],
    ["序号", "单位", "年度", ...severities.map((severity) => severityNames[severity])],
    reports.map(({ organisation, year, corrections }, index) => [
      middle(String(index + 1)),
      left(organisation),
      middle(`${year}年`),
      ...severities.map((severity) => middle(String(countOf(corrections, severity)))),
    ]),
  );

function reportBlocks({ organisation, year, file, notes, corrections }: CheckedReport, isOneOfMany: boolean): Block[] {
  const name = `${organisation}${year}年度报告`;
  return [
    ...(isOneOfMany ? [heading(name)] : []),
    paragraph(`文件：${file}。${corrections.length > 0 ? `${counted(corrections)}。` : "没有发现问题。"}`),
    ...notes.map((note) => paragraph(`读取说明：${note}`)),
    ...(corrections.length > 0 ? [correctionTable(name, corrections)] : []),
  ];
}

const correctionTable = (name: string, corrections: readonly Correction[]): TableBlock =>
  listTable(
    `${name}的问题`,
    [10, 12, 30, 46, 38, 20],
    ["序号", "级别", "位置", "问题", "修改建议", "整改情况"],
    corrections.map((correction, index) => [
      middle(String(index + 1)),
      middle(severityNames[correction.severity]),
      left([correction.place, correction.quote && `“${correction.quote}”`].filter(Boolean).join("：")),
      left(correction.message),
      left(adviceOf(correction)),
      left(""),
    ]),
  );

function adviceOf({ advice, fix }: Correction): string {
  if (!fix) return advice;
  return `${fix.to === "" ? `删去“${fix.from}”` : `“${fix.from}”改为“${fix.to}”`}。${advice}`;
}

const unreadTable = (unread: Corrections["unread"]): TableBlock =>
  listTable(
    "没有检查的文件",
    [56, 100],
    ["文件", "原因"],
    unread.map(({ file, reason }) => [left(file), left(reason)]),
  );

const listTable = (caption: string, widths: number[], names: string[], rows: PrintedCell[][]): TableBlock => ({
  kind: "table",
  at: "list",
  caption,
  widths,
  size: SIZE,
  headRows: 1,
  flows: true,
  rows: [{ cells: names.map(columnHeading) }, ...rows.map((cells) => ({ cells }))],
});

const heading = (text: string): Block => ({ kind: "heading", at: "list", level: 1, runs: [{ text }] });
const paragraph = (text: string): Block => ({ kind: "paragraph", at: "list", runs: [{ text }] });
const left = (text: string): PrintedCell => ({ role: "entry", text, rowSpan: 1, colSpan: 1, align: "left" });
const middle = (text: string): PrintedCell => ({ ...left(text), align: "center" });
const columnHeading = (text: string): PrintedCell => ({ ...middle(text), role: "columnHeading" });
