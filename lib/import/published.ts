import { formatForYear, formats } from "../../templates/index.ts";
import type { Printed } from "../checks/finding.ts";
import { titleOf } from "../report/compose.ts";
import { coversYear, type Format } from "../report/format.ts";
import type { Passage, Report } from "../report/report.ts";
import { parseReport } from "../report/schema.ts";
import { labelKey } from "../sheet/labels.ts";
import { splitClosing } from "./closing.ts";
import { joinBrokenLines, passageOf, plain } from "./passages.ts";
import type { Reading } from "./read.ts";
import { refused } from "./refusals.ts";
import { type SectionRead, splitSections } from "./sections.ts";
import { isTableRow, readTables, type SourceRow, type TablesRead, tableLabels } from "./tables.ts";
import type { Piece } from "./text.ts";
import { splitTitle } from "./title.ts";

/** The pieces of a published report → the report, and what is printed in it beside the report's own data. */
export function readPublished(pieces: readonly Piece[]): Reading {
  const { title, agency, year, rest } = splitTitle(pieces);
  const byLabels = formatByLabels(pieces);
  const format = byLabels ?? (year === undefined ? undefined : formatForYear(year));
  if (year === undefined) {
    return refused("notReport", "没有找到报告年份，这可能不是政府信息公开工作年度报告：标题应写明“××××年”。");
  }
  if (!format) return refused("notReport", `没有适用于${year}年度报告的格式。`);
  if (!coversYear(format, year)) {
    return refused("notReport", `标题是${year}年度报告，表格却是${format.notice}的格式，两者不符，请核对后再试。`);
  }
  const { front, sections } = splitSections(format, rest);
  if (sections.length === 0) {
    return refused("notReport", "没有找到“一、总体情况”等各部分的标题，这可能不是政府信息公开工作年度报告。");
  }
  const { closing, rest: lastPieces } = splitClosing(sections.at(-1)?.pieces ?? [], agency);
  const body = sections.map((read, index) => (index === sections.length - 1 ? { ...read, pieces: lastPieces } : read));
  const name = agency || closing.signature;
  if (!name) return refused("notReport", "没有找到编制机关的名称：标题中年份的前面应是机关全称。");

  const tables = readTables(format, tableRows(format, front, body));
  const report = {
    format: format.id,
    year,
    organisation: { name },
    opening: paragraphs(format, front).map(plain).join("\n"),
    closing,
    prose: proseOf(format, body),
    tables: tables.entries,
  };
  const parsed = parseReport(format, report);
  if (!parsed.ok) return refused("notReport", parsed.problems.join(""));
  const printed: Printed = {
    ...(title ? { title } : {}),
    headings: headingsOf(format, body, tables),
    totals: tables.totals,
    ...(Object.keys(tables.remarked).length > 0 && { remarked: tables.remarked }),
    ...(Object.keys(tables.written).length > 0 && { written: tables.written }),
    unread: tables.unread,
  };
  return {
    ok: true,
    format,
    report: asPrinted(format, parsed.report, title),
    printed,
    cells: tables.cells,
    notes: tables.notes,
  };
}

/** Keeps as edited only what differs from what the format composes itself. */
function asPrinted(format: Format, report: Report, title: string | undefined): Report {
  const { signature, ...closing } = report.closing;
  const signed = signature === report.organisation.name ? { ...report, closing } : report;
  return title && title !== titleOf(format, signed) ? { ...signed, title } : signed;
}

/** The format of which most labels are printed here that no other format has; undefined when there are none. */
function formatByLabels(pieces: readonly Piece[]): Format | undefined {
  const printed = pieces.flatMap(cellsOf).map(labelKey);
  const labels = formats.map((format) => ({ format, keys: new Set(tableLabels(format).map(labelKey)) }));
  const counted = labels.map(({ format, keys }) => {
    const others = labels.filter((other) => other.format !== format);
    const own = (key: string) => keys.has(key) && others.every((other) => !other.keys.has(key));
    return { format, count: printed.filter(own).length };
  });
  const most = counted.reduce((best, next) => (next.count > best.count ? next : best));
  return most.count > 0 ? most.format : undefined;
}

/** The rows of all tables: everything in their sections, and rows that have run into other parts of the document. */
function tableRows(format: Format, front: readonly Piece[], sections: readonly SectionRead[]): SourceRow[] {
  const firstTable = format.tables[0]?.id ?? "";
  const strayed = (pieces: readonly Piece[]) =>
    pieces.filter((piece) => isStrayRow(format, piece)).map((piece) => sourceRow(firstTable, piece));
  return [
    ...strayed(front),
    ...sections.flatMap(({ section, pieces }) =>
      section.kind === "table" ? pieces.map((piece) => sourceRow(section.id, piece)) : strayed(pieces),
    ),
  ];
}

const sourceRow = (table: string, piece: Piece): SourceRow => ({
  table,
  cells: cellsOf(piece),
  ...(piece.kind === "row" && piece.doubt !== undefined && { doubt: piece.doubt }),
});

const isStrayRow = (format: Format, piece: Piece): boolean => piece.kind === "row" && isTableRow(format, piece.cells);

const cellsOf = (piece: Piece): readonly string[] => (piece.kind === "row" ? piece.cells : [piece.text]);

/** The lines that are no table rows, whole again. */
const paragraphs = (format: Format, pieces: readonly Piece[]): string[] =>
  joinBrokenLines(
    pieces
      .filter((piece) => !isStrayRow(format, piece))
      .map((piece) => cellsOf(piece).filter(Boolean).join(" "))
      .filter((line) => line !== ""),
  );

const proseOf = (format: Format, sections: readonly SectionRead[]): Record<string, Passage[]> =>
  Object.fromEntries(
    sections
      .filter(({ section }) => section.kind === "prose")
      .map(({ section, pieces }) => [section.id, paragraphs(format, pieces).map(passageOf)]),
  );

/**
 * The headings as they were printed. Where the rows of a table are there without its heading, the same gap has swallowed
 * the heading: nothing can be said against it, so it is given as the format has it, behind the one before it.
 */
function headingsOf(format: Format, sections: readonly SectionRead[], { found }: TablesRead): Printed["headings"] {
  const headings = sections.map(({ section, heading }) => ({ section: section.id, text: heading }));
  for (const [index, section] of format.sections.entries()) {
    if (!found.has(section.id) || headings.some((heading) => heading.section === section.id)) continue;
    const before = headings.findIndex((heading) => heading.section === format.sections[index - 1]?.id);
    headings.splice(before + 1, 0, { section: section.id, text: section.heading });
  }
  return headings;
}
