import { parseEntry } from "./entry.ts";
import { type Format, linesAt, unitAt } from "./format.ts";
import type { Organisation, Passage, Report } from "./report.ts";

/**
 * One change to a report. `path` names a cell (`tables.requests.received.natural`), a prose section (`prose.overview`),
 * or a field (`title`, `period`, `opening`, `closing.date`, `organisation.phone`); `null` clears a cell and hands a
 * composed field back to the format.
 */
export type Edit = { path: string; value: EditValue };
export type EditValue = number | string | boolean | null | readonly Passage[];

/** Every field outside tables and prose that may be edited. */
export const editableFields = [
  "title",
  "period",
  "opening",
  "closing.signature",
  "closing.date",
  "closing.note",
  "organisation.name",
  "organisation.address",
  "organisation.postcode",
  "organisation.phone",
  "organisation.fax",
  "organisation.email",
  "organisation.office",
  "organisation.siteName",
  "organisation.website",
  "organisation.level",
  "organisation.kind",
  "organisation.canMakeRules",
] as const;

/** The report with the edits made, in order; untouched parts keep their identity. Throws `UnknownPath` for a path of no format's. */
export const applyEdits = (format: Format, report: Report, edits: readonly Edit[]): Report =>
  edits.reduce((edited, edit) => applyEdit(format, edited, edit), report);

/** A path that names nothing in this format, or a value of the wrong kind for it. */
export class UnknownPath extends Error {
  readonly path: string;
  constructor(path: string) {
    super(`no such place in the report: ${path}`);
    this.path = path;
  }
}

/** What stands at a path now, for comparing and for undoing. */
export function valueAt(report: Report, path: string): EditValue {
  const [root = "", first = "", second = "", third = ""] = path.split(".");
  if (root === "tables") return report.tables[first]?.[second]?.[third] ?? null;
  if (root === "prose") return report.prose[first] ?? [];
  if (root === "closing") return report.closing[first as keyof Report["closing"]] ?? null;
  if (root === "organisation") return report.organisation[first as keyof Organisation] ?? null;
  return report[root as "title" | "period" | "opening"] ?? null;
}

function applyEdit(format: Format, report: Report, { path, value }: Edit): Report {
  const [root = "", first = "", second = "", third = "", ...deeper] = path.split(".");
  if (deeper.length > 0 || (root === "prose" && second)) throw new UnknownPath(path);
  if (root === "tables") {
    const table = format.tables.find((candidate) => candidate.id === first);
    const lines = table && linesAt(table, second, third);
    if (!lines || lines.row.sum || lines.column.sum) throw new UnknownPath(path);
    if (value !== null && typeof value !== "string" && typeof value !== "number") throw new UnknownPath(path);
    const entry = parseEntry(unitAt(lines.row, lines.column), value);
    const rows = report.tables[first] ?? {};
    return {
      ...report,
      tables: { ...report.tables, [first]: { ...rows, [second]: { ...rows[second], [third]: entry } } },
    };
  }
  if (root === "prose") {
    const isProse = format.sections.some((section) => section.kind === "prose" && section.id === first);
    if (!isProse || !Array.isArray(value)) throw new UnknownPath(path);
    return { ...report, prose: { ...report.prose, [first]: value } };
  }
  const kind = path === "organisation.canMakeRules" ? "boolean" : "string";
  if (!(editableFields as readonly string[]).includes(path)) throw new UnknownPath(path);
  if (value !== null && typeof value !== kind) throw new UnknownPath(path);
  if (root === "closing") return { ...report, closing: without(report.closing, first, value) };
  if (root === "organisation") {
    if (first === "name" && value === null) throw new UnknownPath(path);
    return { ...report, organisation: without(report.organisation, first, value) };
  }
  return without(report, root, value);
}

function without<T extends object>(object: T, key: string, value: EditValue): T {
  if (value !== null) return { ...object, [key]: value };
  const { [key as keyof T]: _, ...rest } = object;
  return rest as T;
}
