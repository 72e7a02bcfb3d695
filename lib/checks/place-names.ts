import { cellName, type Format } from "../report/format.ts";
import { parsePlace } from "./finding.ts";
import { stepOf } from "./progress.ts";

/** What a step is called in lists: the heading of its section, or the part of the document it makes. */
export function stepName(format: Format, step: string): string {
  if (step === "opening") return "标题与开头";
  if (step === "closing") return "落款";
  return format.sections.find((section) => section.id === step)?.heading ?? step;
}

/** What people call a table, by the number of its section: `表三`; by its heading where that has none. */
export function tableName(format: Format, id: string): string {
  const heading = stepName(format, id);
  return `表${/^[一二三四五六七八九十]+(?=、)/.exec(heading)?.[0] ?? `“${heading}”`}`;
}

/** What people call the place of a finding: a cell by its lines, anything else by its step. */
export function placeName(format: Format, at: string): string {
  const place = parsePlace(at);
  const table = place.kind === "cell" && format.tables.find((candidate) => candidate.id === place.table);
  return table ? cellName(table, place.row, place.column) : stepName(format, stepOf(format, at));
}
