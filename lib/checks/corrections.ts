import { printedProse } from "../report/chips.ts";
import { openingOf } from "../report/compose.ts";
import type { Format } from "../report/format.ts";
import { plainText } from "../report/prose.ts";
import type { Report } from "../report/report.ts";
import type { FinishedReport } from "./checkup.ts";
import { type Finding, parsePlace, type Severity } from "./finding.ts";
import { placeName, tableName } from "./place-names.ts";

/** A finding in words, for people who do not have the report before them. */
export type Correction = {
  severity: Severity;
  /** Section or cell, as a person names it. */
  place: string;
  /** The words that are meant, few of them with those around them, many shortened; empty where none are meant. */
  quote: string;
  message: string;
  advice: string;
  /** Exactly which characters are to be replaced with what, where that is certain. */
  fix?: { from: string; to: string } | undefined;
};

/** What was found in the report of a file; `notes` are finished Chinese lines about what could not be read with certainty. */
export type CheckedReport = {
  file: string;
  organisation: string;
  year: number;
  notes: string[];
  corrections: Correction[];
};

/** What a list of corrections (整改清单) says. `unread`: files that could not be read, and why. */
export type Corrections = { reports: CheckedReport[]; unread: { file: string; reason: string }[] };

/** Longest text of a correction, and most of them in a report. */
export const LONGEST_TEXT = 2_000;
export const MOST_LINES = 2_000;

/** A quotation of so many characters or fewer shows this many beside it on each side; a longer one is cut. */
const SHORT_QUOTE = 12;
const BESIDE = 10;
const LONGEST_QUOTE = 60;

/** What was found in the report of a file, in words; `notes` say what could not be read with certainty. */
export const checkedReport = (
  file: string,
  { format, report, notes }: Pick<FinishedReport, "format" | "report"> & { notes: readonly string[] },
  findings: readonly Finding[],
): CheckedReport => ({
  file: short(file),
  organisation: short(report.organisation.name),
  year: report.year,
  notes: notes.slice(0, MOST_LINES).map(short),
  corrections: findings.slice(0, MOST_LINES).map((finding) => correctionOf(format, report, finding)),
});

/** A finding in words. */
function correctionOf(format: Format, report: Report, { severity, at, message, advice, fix }: Finding): Correction {
  const place = parsePlace(at);
  const text = place.kind === "passage" ? textOf(format, report, place.part) : "";
  const { from, to } = place.kind === "passage" ? place : { from: 0, to: 0 };
  return {
    severity,
    place:
      place.kind === "cell" ? `${tableName(format, place.table)}：${placeName(format, at)}` : placeName(format, at),
    quote: quotation(text, from, to),
    message: short(message),
    advice: short(advice),
    ...(fix && { fix: { from: short(text.slice(from, to)), to: short(fix.text) } }),
  };
}

const short = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text);

/** The text in which a finding counts its characters. */
const textOf = (format: Format, report: Report, part: string): string =>
  part === "opening" ? openingOf(format, report) : plainText(printedProse(format, report, part));

function quotation(text: string, from: number, to: number): string {
  const words = text.slice(from, to).trim();
  if (words.length > LONGEST_QUOTE) return `${words.slice(0, LONGEST_QUOTE)}…`;
  if (words.length > SHORT_QUOTE || words === "") return words;
  const before = text.slice(0, from).split("\n").at(-1) ?? "";
  const after = text.slice(to).split("\n", 1)[0] ?? "";
  const start = before.length > BESIDE ? `…${before.slice(-BESIDE)}` : before;
  const end = after.length > BESIDE ? `${after.slice(0, BESIDE)}…` : after;
  return `${start}${text.slice(from, to)}${end}`;
}
