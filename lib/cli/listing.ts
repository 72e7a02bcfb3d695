import { type Finding, severities, severityNames } from "../checks/finding.ts";
import { printedProse } from "../report/chips.ts";
import { titleOf } from "../report/compose.ts";
import { type Format, leaves } from "../report/format.ts";
import { plainText } from "../report/prose.ts";
import type { Report } from "../report/report.ts";

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
