import { isChip } from "./chips.ts";
import { parseEntry } from "./entry.ts";
import { type Format, linesAt, unitAt } from "./format.ts";
import { parseReasonKey, reasonKeyOf } from "./reasons.ts";
import type { Inline, Organisation, Passage, Reason, Report } from "./report.ts";

/**
 * One change to a report. `path` names a cell (`tables.requests.received.natural`), a prose section (`prose.overview`),
 * a written reason (`reasons.B05.requests.carriedIn.natural`, see `reasons.ts`), or a field (`title`, `period`, `opening`,
 * `closing.date`, `organisation.phone`); `null` clears a cell, takes a reason away and hands a composed field back to the
 * format.
 */
export type Edit = { path: string; value: EditValue };
export type EditValue = number | string | boolean | null | readonly Passage[] | Reason;

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
  const key = reasonKeyOf(path);
  if (key !== undefined) return report.reasons?.[key] ?? null;
  const [root = "", first = "", second = "", third = ""] = path.split(".");
  if (root === "tables") return report.tables[first]?.[second]?.[third] ?? null;
  if (root === "prose") return report.prose[first] ?? [];
  if (root === "closing") return report.closing[first as keyof Report["closing"]] ?? null;
  if (root === "organisation") return report.organisation[first as keyof Organisation] ?? null;
  return report[root as "title" | "period" | "opening"] ?? null;
}

/** Whether two values at a path say the same. */
export function sameValue(a: EditValue | undefined, b: EditValue | undefined): boolean {
  if (isReason(a) && isReason(b)) return a.text === b.text && a.finding === b.finding;
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((passage, index) => samePassage(passage, b[index]));
}

function samePassage(a: Passage, b: Passage | undefined): boolean {
  if (a === b) return true;
  return (
    a.kind === b?.kind &&
    a.content.length === b.content.length &&
    a.content.every((inline, index) => sameInline(inline, b.content[index]))
  );
}

function sameInline(a: Inline, b: Inline | undefined): boolean {
  if (!b || Boolean(a.bold) !== Boolean(b.bold)) return false;
  return isChip(a) ? isChip(b) && a.figure === b.figure : !isChip(b) && a.text === b.text;
}

function applyEdit(format: Format, report: Report, { path, value }: Edit): Report {
  const key = reasonKeyOf(path);
  if (key !== undefined) {
    if (!parseReasonKey(key) || (value !== null && !isReason(value))) throw new UnknownPath(path);
    return withReason(report, key, value);
  }
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
    return { ...report, prose: { ...report.prose, [first]: value as readonly Passage[] } };
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

/** Whether a value is a written reason: two texts and nothing else. */
export function isReason(value: unknown): value is Reason {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { finding, text, ...more } = value as Record<string, unknown>;
  return typeof finding === "string" && typeof text === "string" && Object.keys(more).length === 0;
}

/** A report without any reason has no list of them. */
function withReason({ reasons = {}, ...content }: Report, key: string, reason: Reason | null): Report {
  const { [key]: _, ...others } = reasons;
  const kept = reason ? { ...reasons, [key]: reason } : others;
  return Object.keys(kept).length > 0 ? { ...content, reasons: kept } : content;
}

function without<T extends object>(object: T, key: string, value: EditValue): T {
  if (value !== null) return { ...object, [key]: value };
  const { [key as keyof T]: _, ...rest } = object;
  return rest as T;
}
