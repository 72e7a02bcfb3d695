import { isChip } from "@/lib/report/chips.ts";
import { type Edit, type EditValue, isReason, valueAt } from "@/lib/report/edits.ts";
import type { Inline, Passage, Report } from "@/lib/report/report.ts";

/** A change the server has not confirmed yet: latest wins, one per path. */
export type PendingEdit = {
  path: string;
  value: EditValue;
  /** What the server had when the clerk began to change it. */
  base: EditValue;
  /** What was sent and not answered; the server may or may not have it. */
  sent?: EditValue;
};

/** Both the clerk and somebody else changed this place. */
export type Conflict = { path: string; mine: EditValue; theirs: EditValue };

export type Pending = ReadonlyMap<string, PendingEdit>;

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

/** Adds changes to what is pending; a place that is back at what the server has is no longer pending. */
export function withEdits(pending: Pending, server: Report, edits: readonly Edit[]): Pending {
  const next = new Map(pending);
  for (const { path, value } of edits) {
    const known = next.get(path);
    const base = known ? known.base : valueAt(server, path);
    if (known?.sent === undefined && sameValue(value, base)) next.delete(path);
    else next.set(path, { ...known, path, value, base });
  }
  return next;
}

export const markSent = (pending: Pending, edits: readonly Edit[]): Pending => {
  const next = new Map(pending);
  for (const { path, value } of edits) {
    const known = next.get(path);
    if (known) next.set(path, { ...known, sent: value });
  }
  return next;
};

/** The server refused these edits: it surely does not have them. */
export const markRefused = (pending: Pending, edits: readonly Edit[]): Pending => {
  const next = new Map(pending);
  for (const { path } of edits) {
    const known = next.get(path);
    if (known) next.set(path, { path, value: known.value, base: known.base });
  }
  return next;
};

/** The server has these edits now: what was not changed again since is settled. */
export function acknowledged(pending: Pending, edits: readonly Edit[]): Pending {
  const next = new Map(pending);
  for (const { path, value } of edits) {
    const known = next.get(path);
    if (!known) continue;
    if (sameValue(known.value, value)) next.delete(path);
    else next.set(path, { path, value: known.value, base: value });
  }
  return next;
}

/**
 * Puts pending changes on top of a newer report of the server. Where the server still has what the clerk started from
 * (or what this very browser sent), her change simply stays; where it has something else, that is a conflict.
 */
export function rebased(pending: Pending, server: Report): { pending: Pending; conflicts: Conflict[] } {
  const next = new Map<string, PendingEdit>();
  const conflicts: Conflict[] = [];
  for (const edit of pending.values()) {
    const theirs = valueAt(server, edit.path);
    if (sameValue(theirs, edit.value)) continue;
    next.set(edit.path, edit);
    const untouched = sameValue(theirs, edit.base) || (edit.sent !== undefined && sameValue(theirs, edit.sent));
    if (untouched) next.set(edit.path, { ...edit, base: theirs });
    else conflicts.push({ path: edit.path, mine: edit.value, theirs });
  }
  return { pending: next, conflicts };
}
