import { printedProse } from "./chips.ts";
import { printedEntry } from "./entry.ts";
import { type Format, type Sentence, type Table, tableOf } from "./format.ts";
import { type CellRole, grid } from "./grid.ts";
import { leadInLength, passageText, splitInlines } from "./prose.ts";
import type { PrintedPassage, Report, Rows } from "./report.ts";
import { figure } from "./totals.ts";

/** Text of one kind of emphasis. `lead` is a lead-in set like a sub-heading. */
export type Run = { text: string; style?: "bold" | "lead" };

export type PrintedCell = {
  role: CellRole;
  text: string;
  rowSpan: number;
  colSpan: number;
  align: "left" | "center";
  /** `table.row.column` of a figure. */
  at?: string;
};

/**
 * One piece of the finished document. Every renderer is an exhaustive switch over `kind`.
 * `at` names where its text comes from, as findings do: `title`, `opening`, a section, `closing`.
 */
export type Block =
  | { kind: "title"; at: string; lines: string[] }
  | { kind: "heading"; at: string; level: 1 | 2 | 3; runs: Run[] }
  | { kind: "paragraph"; at: string; runs: Run[] }
  | TableBlock
  | { kind: "signature"; at: string; organisation: string; date: string }
  | { kind: "note"; at: string; text: string };

export type TableBlock = {
  kind: "table";
  at: string;
  /** Accessible name: the heading of its section. */
  caption: string;
  /** Widths of the grid columns in mm. */
  widths: readonly number[];
  /** Text size in pt. */
  size: number;
  headRows: number;
  rows: { cells: PrintedCell[] }[];
  /** A list: it begins where there is room and goes on over pages, instead of keeping together on one. */
  flows?: true;
};

/** The finished document, before it is given a page: what DOCX, PDF, HTML and plain text are made of. */
export type ComposedDocument = {
  title: string;
  organisation: string;
  year: number;
  /** Day by which files are dated, `YYYY-MM-DD`: 成文日期, or the last day reported on. Never the clock. */
  date: string;
  /** Printed with a mark that it must not be published yet. */
  draft: boolean;
  blocks: Block[];
};

/** Longest title, in characters, that stands on one line of 156 mm at 22 pt. */
const ONE_LINE_TITLE = 20;

/** Format + report → the document as a list of blocks. The only reader of a report that renderers need. */
export function compose(format: Format, report: Report, draft: boolean): ComposedDocument {
  const title = titleOf(format, report);
  const blocks: Block[] = [
    { kind: "title", at: "title", lines: titleLines(title, report.organisation.name) },
    ...paragraphs("opening", openingOf(format, report)),
  ];
  for (const section of format.sections) {
    blocks.push({ kind: "heading", at: section.id, level: 1, runs: [{ text: section.heading }] });
    if (section.kind === "table") {
      blocks.push(tableBlock(tableOf(format, section.id), report.tables[section.id] ?? {}, section.heading));
    } else {
      const passages = printedProse(format, report, section.id).filter((passage) => passageText(passage).trim() !== "");
      blocks.push(...passages.map((passage) => passageBlock(section.id, passage)));
    }
  }
  blocks.push(...closingBlocks(report));
  const date = report.closing.date || `${report.year}-12-31`;
  return { title, organisation: report.organisation.name, year: report.year, date, draft, blocks };
}

/** The title as it is printed: the edited one, or the format's with this agency's full name. */
export const titleOf = (format: Format, report: Report): string =>
  report.title ?? fill(format.title, particulars(format, report)) ?? "";

/** 统计期限 as it is printed. */
export const periodOf = (format: Format, report: Report): string =>
  report.period ?? fill(format.period, { year: String(report.year) }) ?? "";

/** The opening as it is printed: the edited one, or the format's sentences as far as the particulars are known. */
export const openingOf = (format: Format, report: Report): string =>
  report.opening ?? sentences(format.opening, particulars(format, report));

/** 署名 and 成文日期 as they are printed; either may be empty. */
export function signatureOf(report: Report): { organisation: string; date: string } {
  return {
    organisation: report.closing.signature ?? report.organisation.name,
    date: report.closing.date ? printedDate(report.closing.date) : "",
  };
}

/** `2025-01-07` → `2025年1月7日` (GB/T 9704: Arabic, no leading zeros). */
export const printedDate = (iso: string): string => {
  const [year, month, day] = iso.split("-").map(Number);
  return `${year}年${month}月${day}日`;
};

/** Plain text of the whole document, block by block; cells of a row are separated by tabs, as they come out of a file. */
export function documentText(composed: ComposedDocument): string {
  return composed.blocks.map(blockText).join("\n");
}

export const runsText = (runs: readonly Run[]): string => runs.map((run) => run.text).join("");

/** Plain text of one block. */
export function blockText(block: Block): string {
  switch (block.kind) {
    case "title":
      return block.lines.join("\n");
    case "heading":
    case "paragraph":
      return runsText(block.runs);
    case "table":
      return block.rows.map((row) => row.cells.map((cell) => cell.text).join("\t")).join("\n");
    case "signature":
      return [block.organisation, block.date].filter(Boolean).join("\n");
    case "note":
      return block.text;
  }
}

function particulars(format: Format, report: Report): Record<string, string | undefined> {
  const { organisation } = report;
  return {
    organisation: organisation.name,
    year: String(report.year),
    period: periodOf(format, report),
    office: organisation.office || organisation.name,
    address: organisation.address,
    postcode: organisation.postcode,
    phone: organisation.phone,
    fax: organisation.fax,
    email: organisation.email,
    siteName: organisation.siteName,
    website: organisation.website,
  };
}

/** Puts particulars into `{name}`; undefined as soon as one of them is unknown or empty. */
function fill(text: string, values: Record<string, string | undefined>): string | undefined {
  let known = true;
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (!value) known = false;
    return value ?? "";
  });
  return known ? filled : undefined;
}

const sentences = (of: readonly Sentence[], values: Record<string, string | undefined>): string =>
  of
    .map((sentence) => {
      const list = (sentence.list ?? []).map((item) => fill(item, values)).filter((item) => item !== undefined);
      return fill(sentence.text, { ...values, list: list.join("；") }) ?? "";
    })
    .join("");

/** The agency stands on a line of its own when the title is too long for one line: a title breaks by its meaning. */
function titleLines(title: string, organisation: string): string[] {
  const typed = title.split("\n").filter(Boolean);
  if (typed.length !== 1 || title.length <= ONE_LINE_TITLE) return typed;
  const rest = title.slice(organisation.length);
  return title.startsWith(organisation) && rest ? [organisation, rest] : typed;
}

const paragraphs = (at: string, text: string): Block[] =>
  text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => ({ kind: "paragraph", at, runs: [{ text: line.trim() }] }));

function passageBlock(at: string, passage: PrintedPassage): Block {
  if (passage.kind === "heading2") return { kind: "heading", at, level: 2, runs: [{ text: passageText(passage) }] };
  if (passage.kind === "heading3") return { kind: "heading", at, level: 3, runs: [{ text: passageText(passage) }] };
  const [lead, rest] = splitInlines(passage.content, leadInLength(passage));
  const runs: Run[] = [
    ...lead.map((inline): Run => ({ text: inline.text, style: "lead" })),
    ...rest.map((inline): Run => (inline.bold ? { text: inline.text, style: "bold" } : { text: inline.text })),
  ];
  return { kind: "paragraph", at, runs };
}

function tableBlock(table: Table, rows: Rows, caption: string): TableBlock {
  const { headRows, rows: gridRows } = grid(table);
  return {
    kind: "table",
    at: table.id,
    caption,
    widths: table.print.widths,
    size: table.print.size,
    headRows,
    rows: gridRows.map((gridRow) => ({
      cells: gridRow.cells.map((cell): PrintedCell => {
        const spans = { role: cell.role, rowSpan: cell.rowSpan, colSpan: cell.colSpan };
        if (!cell.at) {
          const align = cell.role === "rowHeading" && cell.line && headRows > 0 ? "left" : "center";
          return { ...spans, text: cell.label ?? "", align };
        }
        const { row, column } = cell.at;
        const value = cell.role === "computed" ? figure(table, rows, row.id, column.id) : rows[row.id]?.[column.id];
        const text = printedEntry(row, column, value ?? null);
        return { ...spans, text, align: "center", at: `${table.id}.${row.id}.${column.id}` };
      }),
    })),
  };
}

function closingBlocks(report: Report): Block[] {
  const { organisation, date } = signatureOf(report);
  const blocks: Block[] = [];
  if (organisation || date) blocks.push({ kind: "signature", at: "closing", organisation, date });
  if (report.closing.note) {
    blocks.push({ kind: "note", at: "closing", text: `（${report.closing.note.replace(/^（(.*)）$/, "$1")}）` });
  }
  return blocks;
}
