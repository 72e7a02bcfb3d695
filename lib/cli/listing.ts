import { type Finding, severities, severityNames } from "../checks/finding.ts";
import { printedProse } from "../report/chips.ts";
import { titleOf } from "../report/compose.ts";
import { type Format, leaves } from "../report/format.ts";
import { plainText } from "../report/prose.ts";
import type { Report } from "../report/report.ts";
import type { ReadReport } from "./files.ts";
import { complain, type ExitStatus } from "./program.ts";

/** Findings of one file for a person to read: the counts, then a line each, then what could not be read. */
export function findingsListing(file: string, findings: readonly Finding[], notes: readonly string[]): string {
  const counts = severities.map(
    (severity) => `${severityNames[severity]} ${findings.filter((finding) => finding.severity === severity).length} 项`,
  );
  return [
    `${file}：${counts.join("，")}`,
    ...findings.map(
      ({ severity, code, at, message, advice }) =>
        `  ${severityNames[severity]} ${code} [${at}] ${message}${advice ? `\n      ${advice}` : ""}`,
    ),
    ...notes.map((note) => `  读入说明 ${note}`),
  ].join("\n");
}

/** What was read from a published report, part by part, for a person to read. */
export function reportListing(format: Format, report: Report): string {
  const sections = format.sections.map((section) =>
    section.kind === "prose"
      ? `  ${section.heading}：${plainText(printedProse(format, report, section.id)).length} 字`
      : `  ${section.heading}：${filledCells(format, report, section.id)}`,
  );
  return [
    titleOf(format, report).replaceAll("\n", ""),
    `  机关：${report.organisation.name}；年份：${report.year}；格式：${format.id}（${format.notice}）`,
    ...sections,
  ].join("\n");
}

function filledCells(format: Format, report: Report, id: string): string {
  const table = format.tables.find((candidate) => candidate.id === id);
  const entries = (table?.bands ?? []).flatMap((band) =>
    leaves(band.rows)
      .filter((row) => !row.sum)
      .flatMap((row) =>
        leaves(band.columns)
          .filter((column) => !column.sum)
          .map((column) => report.tables[id]?.[row.id]?.[column.id] ?? null),
      ),
  );
  return `${entries.filter((entry) => entry !== null).length} / ${entries.length} 格有内容`;
}

/** Exit status for what was found: 2 when not everything was read. */
export function statusOf(findings: readonly Finding[], allRead: boolean): ExitStatus {
  if (!allRead) return 2;
  return findings.some((finding) => finding.severity === "error") ? 1 : 0;
}

/** With JSON on standard output, what could not be read with certainty is said on standard error. */
export function complainAbout(file: string, { notes }: ReadReport): void {
  for (const note of notes) complain(`${file}：${note}`);
}

/** Says that a report which was given as last year's is not. */
export function complainAboutLast(last: string, lastYear: ReadReport, file: string, { report }: ReadReport): void {
  const { year } = lastYear.report;
  if (year !== report.year - 1) {
    complain(`${last}：这是${year}年度报告，不是${file}（${report.year}年度）的上一年，没有用来核对。`);
  }
}
