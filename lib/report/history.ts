import { applyEdits, type Edit, type EditValue, editableFields, sameValue, valueAt } from "./edits.ts";
import { enteredCells, type Format } from "./format.ts";
import { reasonPath } from "./reasons.ts";
import type { Report } from "./report.ts";

/** A place that says something else in one report than in another. */
export type Change = { path: string; before: EditValue; after: EditValue };

/** Where two reports in one format differ, in the order of the document; reasons come last. */
export const changesBetween = (format: Format, before: Report, after: Report): Change[] =>
  placesOf(format, before, after).flatMap((path) => {
    const change = { path, before: valueAt(before, path), after: valueAt(after, path) };
    return sameValue(change.before, change.after) ? [] : [change];
  });

function placesOf(format: Format, ...reports: readonly Report[]): string[] {
  const sections = format.sections.flatMap((section) => {
    if (section.kind === "prose") return [`prose.${section.id}`];
    const table = format.tables.find(({ id }) => id === section.id);
    return table ? enteredCells(table).map(({ row, column }) => `tables.${table.id}.${row.id}.${column.id}`) : [];
  });
  const reasons = reports.flatMap((report) => Object.keys(report.reasons ?? {})).map(reasonPath);
  return [...editableFields, ...sections, ...new Set(reasons)];
}

/** What was saved at once: the edits that made a version, or a whole report, or both. Times are epoch milliseconds. */
export type Revision = { version: number; savedAt: number; snapshot?: Report; edits: readonly Edit[] };

/** Versions that were saved one soon after the other: what the clerk did without a long break. */
export type Sitting = {
  /** Its last version, which can be looked at and brought back, and when that was saved. */
  version: number;
  savedAt: number;
  /** When its first version was saved. */
  since: number;
  /** From the version before the sitting to its last one. */
  changes: readonly Change[];
};

/** A longer break begins a new sitting; a sitting is ended after this long, too, so that there is something to go back to (ms). */
const BREAK = 10 * 60_000;
const LONGEST_SITTING = 60 * 60_000;

/** The report as it was at a version; undefined when the history has none of that number. */
export function reportAt(format: Format, revisions: readonly Revision[], version: number): Report | undefined {
  const index = revisions.findIndex((revision) => revision.version === version);
  const past = revisions.slice(0, index + 1);
  const start = past.findLastIndex(({ snapshot }) => snapshot !== undefined);
  return past.slice(start).reduce<Report | undefined>((report, revision) => next(format, report, revision), undefined);
}

/**
 * The history in sittings, the newest first. The last of the list is the report as it was begun; sittings that changed
 * nothing, all told, are left out.
 */
export function sittingsOf(format: Format, revisions: readonly Revision[]): Sitting[] {
  let report: Report | undefined;
  const sittings = runsOf(revisions).flatMap((run): Sitting[] => {
    const before = report;
    report = run.reduce<Report | undefined>((made, revision) => next(format, made, revision), report);
    const [first, last] = [run[0], run.at(-1)];
    const changes = before && report ? changesBetween(format, before, report) : [];
    if (!first || !last || (before && changes.length === 0)) return [];
    return [{ version: last.version, savedAt: last.savedAt, since: first.savedAt, changes }];
  });
  return sittings.reverse();
}

/** The first revision stands for itself; the others go together as long as one follows soon after the other. */
function runsOf(revisions: readonly Revision[]): Revision[][] {
  const [begun, ...saves] = revisions;
  const runs: Revision[][] = [];
  for (const revision of saves) {
    const run = runs.at(-1);
    const [first, last] = [run?.[0], run?.at(-1)];
    const since = first && revision.savedAt - first.savedAt;
    const pause = last && revision.savedAt - last.savedAt;
    if (run && Number(pause) < BREAK && Number(since) < LONGEST_SITTING) run.push(revision);
    else runs.push([revision]);
  }
  return begun ? [[begun], ...runs] : runs;
}

function next(format: Format, report: Report | undefined, { snapshot, edits }: Revision): Report | undefined {
  return snapshot ?? (report && applyEdits(format, report, edits));
}
