import { printedProse } from "../report/chips.ts";
import { openingOf, titleOf } from "../report/compose.ts";
import { enteredCells, type Format, type Section, tableOf } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import { type Finding, parsePlace } from "./finding.ts";
import { writtenText } from "./structure.ts";

/** 未开始, 进行中, 有错误, 已完成. */
export type StepState = "untouched" | "started" | "faulty" | "done";

/** The steps of the guided form in order: title and opening, every section, 落款. */
export const stepsOf = (format: Format): string[] => [
  "opening",
  ...format.sections.map((section) => section.id),
  "closing",
];

/**
 * The step in which a finding is mended, or in which a field is (`closing.note`). The title belongs to the opening, and so
 * does what belongs nowhere else.
 */
export function stepOf(format: Format, at: string): string {
  const place = parsePlace(at);
  const [part = ""] = (place.kind === "cell" ? place.table : place.part).split(".");
  return stepsOf(format).includes(part) ? part : "opening";
}

/**
 * How far each step is.
 * - `faulty`: an error finding lies in it, whatever else is true of it.
 * - `done`: title and opening are not empty, and were edited, looked at or given more particulars than a name; every entered cell of the table is filled; the text is as long as its section
 *   asks (suggested sub-headings do not count); the date of the closing is set (its signature has a default).
 * - `started`: something is entered, or the step has been visited.
 * - `untouched`: nothing of these.
 */
export function stepStates(
  format: Format,
  report: Report,
  findings: readonly Finding[],
  visited: ReadonlySet<string>,
): Record<string, StepState> {
  const faulty = new Set(findings.filter(({ severity }) => severity === "error").map(({ at }) => stepOf(format, at)));
  return Object.fromEntries(
    stepsOf(format).map((step): [string, StepState] => {
      if (faulty.has(step)) return [step, "faulty"];
      const wasVisited = visited.has(step);
      const state = contentState(format, report, step, wasVisited);
      return [step, state === "untouched" && wasVisited ? "started" : state];
    }),
  );
}

function contentState(format: Format, report: Report, step: string, wasVisited: boolean): StepState {
  if (step === "opening") return openingState(format, report, wasVisited);
  if (step === "closing") return closingState(report);
  const section = format.sections.find(({ id }) => id === step);
  return section ? sectionState(format, report, section) : "untouched";
}

/** Composed from the agency's name alone it still waits to be looked at. */
function openingState(format: Format, report: Report, wasVisited: boolean): StepState {
  if (!titleOf(format, report).trim() || !openingOf(format, report).trim()) return "started";
  const isEdited = [report.title, report.period, report.opening].some((text) => text !== undefined);
  const hasParticulars = Object.keys(report.organisation).length > 1;
  return isEdited || hasParticulars || wasVisited ? "done" : "untouched";
}

function closingState({ closing }: Report): StepState {
  if (closing.date) return "done";
  return closing.signature !== undefined || closing.note !== undefined ? "started" : "untouched";
}

function sectionState(format: Format, report: Report, section: Section): StepState {
  if (section.kind === "prose") {
    const passages = printedProse(format, report, section.id);
    if (writtenText(section, passages).length >= section.least) return "done";
    return passages.length > 0 ? "started" : "untouched";
  }
  const cells = enteredCells(tableOf(format, section.id));
  const filled = cells.filter(
    ({ row, column }) => (report.tables[section.id]?.[row.id]?.[column.id] ?? null) !== null,
  ).length;
  if (filled === 0) return "untouched";
  return filled === cells.length ? "done" : "started";
}
