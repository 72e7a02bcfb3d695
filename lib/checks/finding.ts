import type { Adjustment } from "../report/adjustments.ts";
import type { Entry } from "../report/entry.ts";
import type { Format } from "../report/format.ts";
import type { PrintedReport, Report } from "../report/report.ts";
import type { Requirements } from "./requirement-pack.ts";

/** `error` blocks submitting (never saving), `warning` needs a written reason to submit, `hint` is only shown. */
export type Severity = "error" | "warning" | "hint";

/** What people call them, the worst first. */
export const severityNames: Readonly<Record<Severity, string>> = { error: "错误", warning: "警告", hint: "提示" };
export const severities = Object.keys(severityNames) as readonly Severity[];

/**
 * Something the engine found. `at` is a cell (`requests.handled.natural`), a passage (`overview:120-135`, UTF-16 offsets
 * in the section's plain text; also of `opening`), or `title`, `opening`, `closing`, a section id.
 */
export type Finding = {
  code: string;
  severity: Severity;
  at: string;
  /** The finished Chinese sentence, with the numbers of both sides. */
  message: string;
  /** What to do about it. */
  advice: string;
  params: Record<string, string | number>;
  /** Where the right wording is certain: what to put in place of exactly the characters at `at`. */
  fix?: Fix;
  /** Where one reason lets several findings stand: its key, and what it is written about. */
  shared?: { key: string; about: string };
};

/** A safe correction: replaces the characters of its finding's passage, and nothing else. */
export type Fix = { text: string };

/** What a finished document says in print beside its data: the checks compare the two, the figures are never taken over. */
export type Printed = {
  title?: string;
  /** The six headings as they were printed, in printed order; a section that was not found is absent. */
  headings: readonly { section: string; text: string }[];
  /** Published computed cells: table → row → column. */
  totals: Record<string, Record<string, Record<string, Entry>>>;
  /** What is printed in cells that hold more than the figure read from them: table → row → column. */
  remarked?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
  /** What is printed where a figure is written in full-width digits or with separators: table → row → column. */
  written?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
  /** Rows that could not be read with certainty, by table: their blanks are not the document's, and prove nothing. */
  unread?: Readonly<Record<string, readonly string[]>>;
};

/** What a region's report was added up from; made by `regionSum`. */
export type RegionSum = {
  /** The sum, adjustments included. */
  tables: Report["tables"];
  /** How many bodies are in it. */
  bodies: number;
  /** The adjustments that are in it. */
  adjustments: readonly Adjustment[];
  /** Names of bodies whose reports have not come. */
  missing: readonly string[];
  /** Bodies with suits after 复议. */
  suits: readonly { name: string; count: number }[];
};

/** What is to be checked, against what. */
export type CheckRequest = Checked<Report>;

/** Everything a rule may look at: reports as they are printed, chips as numbers. Nothing else exists for it: no clock, no store. */
export type CheckContext = Checked<PrintedReport>;

type Checked<AnyReport> = {
  format: Format;
  report: AnyReport;
  /** Last year's report of the same agency, in whatever format it was, with that format. One of another year is ignored. */
  lastYear?: { format: Format; report: AnyReport };
  /** Present when the report was read from a finished document. */
  printed?: Printed;
  /** Reports of other agencies on the same year, for finding what was copied. */
  others?: readonly { format: Format; report: AnyReport }[];
  /** Local requirements (地方要求); those of other years are passed over. */
  requirements?: readonly Requirements[];
  /** What a region's report was added up from. */
  rollup?: RegionSum;
  /** The day by which the report must be published where that is not the law's, `YYYY-MM-DD`. */
  deadline?: string;
  /** When it was published (`YYYY-MM-DD`), and what. */
  publication?: { date: string; report?: AnyReport };
  /** The day on which is asked, `YYYY-MM-DD`: only a report that is not published yet is measured by it. */
  today?: string;
  /** While drafting, blanks are only pointed out; a report to be submitted must have none. */
  stage: "drafting" | "submission";
  /** Whether the fonts of the PDF have a character. Without it nothing is said of glyphs. */
  covers?: (character: string) => boolean;
};

/** A typed `at`: a figure, a stretch of text (UTF-16 offsets), or a whole part (`title`, `opening`, `closing`, a section id). */
export type Place =
  | { kind: "cell"; table: string; row: string; column: string }
  | { kind: "passage"; part: string; from: number; to: number }
  | { kind: "part"; part: string };

/** Reads an `at`. Whether the format has such a place is not judged here. */
export function parsePlace(at: string): Place {
  const passage = /^(\w+):(\d+)-(\d+)$/.exec(at);
  if (passage?.[1]) return { kind: "passage", part: passage[1], from: Number(passage[2]), to: Number(passage[3]) };
  const [table, row, column] = at.split(".");
  return table && row && column ? { kind: "cell", table, row, column } : { kind: "part", part: at };
}

/** The `at` of a figure. */
export const cellAddress = (table: string, row: string, column: string): string => `${table}.${row}.${column}`;

/** The `at` of a stretch of text. */
export const passageAddress = (part: string, from: number, to: number): string => `${part}:${from}-${to}`;
