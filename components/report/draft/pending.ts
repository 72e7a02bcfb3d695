import { type Edit, type EditValue, sameValue, valueAt } from "@/lib/report/edits.ts";
import type { Report } from "@/lib/report/report.ts";

/** A change the server has not confirmed yet: latest wins, one per path. */
export type PendingEdit = {
  path: string;
  value: EditValue;
  /** What the server had when the clerk began to change it. */
  base: EditValue;
  /** When it was made, comparable between the pages of one browser; see `Stamp`. */
  stamp: Stamp;
  /** What was sent and not answered; the server may or may not have it. */
  sent?: readonly Sent[];
};

/**
 * A value on its way to the server, on this version, from a page of this browser. As soon as there is a newer version, it
 * has arrived or never will.
 */
export type Sent = { value: EditValue; version: number; page: string };

/**
 * Orders the edits that one person makes in several pages of one browser: later is greater. Made of that machine's clock,
 * but never going back, not even from one page to another that is opened after it; the page decides between equals.
 */
export type Stamp = { time: number; page: string };

/** Both the clerk and somebody else changed this place. */
export type Conflict = { path: string; mine: EditValue; theirs: EditValue };

export type Pending = ReadonlyMap<string, PendingEdit>;

export const isLater = (a: Stamp, b: Stamp): boolean => a.time > b.time || (a.time === b.time && a.page > b.page);

/** Whether an edit was made in the knowledge that a page of this browser had sent this value. */
export const knows = (edit: PendingEdit, value: EditValue): boolean =>
  edit.sent?.some((sent) => sameValue(sent.value, value)) ?? false;

/** Adds changes to what is pending; a place that is back at what the server has is no longer pending. */
export function withEdits(pending: Pending, server: Report, edits: readonly Edit[], stamp: Stamp): Pending {
  const next = new Map(pending);
  for (const { path, value } of edits) {
    const known = next.get(path);
    const theirs = valueAt(server, path);
    if (!known?.sent && sameValue(value, theirs)) next.delete(path);
    else next.set(path, { ...known, path, value, base: known ? known.base : theirs, stamp });
  }
  return next;
}

/**
 * Takes over what another page of this browser has pending: the later edit stands, and what either sent may arrive.
 * `confirmed` is what the server took from this browser last: the other page need not have heard of that yet.
 */
export function mergedWith(
  pending: Pending,
  others: readonly PendingEdit[],
  confirmed: ReadonlyMap<string, Sent> = new Map(),
): Pending {
  const next = new Map(pending);
  for (const other of others) {
    const known = next.get(other.path);
    const last = confirmed.get(other.path);
    const later = known && !isLater(other.stamp, known.stamp) ? known : other;
    next.set(other.path, withSent(later, [...(known?.sent ?? []), ...(other.sent ?? []), ...(last ? [last] : [])]));
  }
  return next;
}

/** These edits are on their way from this page, on this version of the server. */
export const markSent = (pending: Pending, edits: readonly Edit[], version: number, page: string): Pending => {
  const next = new Map(pending);
  for (const { path, value } of edits) {
    const known = next.get(path);
    if (known) next.set(path, withSent(known, [...(known.sent ?? []), { value, version, page }]));
  }
  return next;
};

/** The server refused these edits of this page: it surely does not have them, unless another page sent them, too. */
export const markRefused = (pending: Pending, edits: readonly Edit[], page: string): Pending => {
  const next = new Map(pending);
  for (const { path, value } of edits) {
    const known = next.get(path);
    const others = known?.sent?.filter((sent) => sent.page !== page || !sameValue(sent.value, value));
    if (known) next.set(path, withSent(known, others ?? []));
  }
  return next;
};

/**
 * The server has these edits now, as this version: what was not changed again since is settled. A change that was made
 * without knowing of them keeps what it started from.
 */
export function acknowledged(pending: Pending, edits: readonly Edit[], version: number): Pending {
  const next = new Map(pending);
  for (const { path, value } of edits) {
    const known = next.get(path);
    if (!known || !(sameValue(known.value, value) || knows(known, value))) continue;
    const underway = (known.sent ?? []).filter((sent) => sent.version >= version);
    if (sameValue(known.value, value) && underway.length === 0) next.delete(path);
    else next.set(path, withSent({ ...known, base: value }, underway));
  }
  return next;
}

/**
 * Puts pending changes on top of a report of the server. Where the server still has what the clerk started from (or what
 * this very browser sent), her change simply stays; where it has something else, that is a conflict. A change that the
 * server has already is settled, unless another value of hers may still arrive: then it must be sent after it.
 */
export function rebased(
  pending: Pending,
  server: { report: Report; version: number },
): { pending: Pending; conflicts: Conflict[] } {
  const next = new Map<string, PendingEdit>();
  const conflicts: Conflict[] = [];
  for (const edit of pending.values()) {
    const theirs = valueAt(server.report, edit.path);
    const underway = (edit.sent ?? []).filter(({ version }) => version >= server.version);
    if (sameValue(theirs, edit.value) && underway.every(({ value }) => sameValue(value, edit.value))) continue;
    const isMine = edit.sent?.some(({ value }) => sameValue(theirs, value)) || sameValue(theirs, edit.value);
    if (isMine || sameValue(theirs, edit.base)) {
      next.set(edit.path, withSent({ ...edit, base: theirs }, underway));
    } else {
      next.set(edit.path, withSent(edit, underway));
      conflicts.push({ path: edit.path, mine: edit.value, theirs });
    }
  }
  return { pending: next, conflicts };
}

function withSent({ sent: _, ...edit }: PendingEdit, sent: readonly Sent[]): PendingEdit {
  const different = sent.filter(
    (one, index) =>
      !sent
        .slice(0, index)
        .some(
          ({ value, version, page }) => version === one.version && page === one.page && sameValue(value, one.value),
        ),
  );
  return different.length > 0 ? { ...edit, sent: different } : edit;
}
