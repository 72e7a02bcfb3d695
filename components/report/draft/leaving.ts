import { openBackup } from "./backup.ts";
import { newOperationId } from "./server.ts";

/** A report that is open on this page: its changes go to the server, or it is closed as it stands. */
export type OpenReport = {
  /** Sends what it can; true when the server lacks nothing. */
  settle: () => Promise<boolean>;
  /** Neither asks nor writes any more. */
  close: () => void;
};

const open = new Set<OpenReport>();

/** Makes an open report known to whoever logs out; until the returned function is called. */
export function keepOpen(report: OpenReport): () => void {
  open.add(report);
  return () => open.delete(report);
}

/** Sends what the reports open on this page have. True when the server lacks nothing of them. */
export async function settleAll(): Promise<boolean> {
  const settled = await Promise.all([...open].map((report) => report.settle()));
  return settled.every(Boolean);
}

/** Closes the reports that are open on this page. */
export function closeAll(): void {
  for (const { close } of open) close();
  open.clear();
}

/** How many reports have changes of hers that lie on this machine only, whatever page wrote them. */
export async function countUnsent(owner: string): Promise<number> {
  const kept = [...storedEntries(), ...((await openBackup()?.read("")) ?? [])];
  const unsent = kept.filter(([key, stored]) => ownerOf(key) === owner && holdsSomething(key, stored));
  return new Set(unsent.map(([key]) => reportOf(key))).size;
}

/**
 * Clears what this browser keeps for her and for nobody in particular. What others left unsent stays: they were not asked.
 */
export async function forget(owner: string): Promise<void> {
  const isHers = (key: string) => (ownerOf(key) ?? owner) === owner && !key.startsWith(LEFT);
  for (const [key] of storedEntries()) if (isHers(key)) localStorage.removeItem(key);
  const backup = openBackup();
  const kept = (await backup?.read("")) ?? [];
  await Promise.all(kept.filter(([key]) => isHers(key)).map(([key]) => backup?.write(key, undefined)));
}

/** Before the id of somebody who logged out in this browser: which of her log-outs was the last one. */
const LEFT = "left:";

/**
 * Notes that she logged out in this browser. Pages of hers that are open hear of it by the event of the storage; one that was
 * asleep finds it when it wakes.
 */
export function noteLeft(owner: string): void {
  try {
    localStorage.setItem(LEFT + owner, newOperationId());
  } catch {
    // Where nothing can be kept, no page that wakes can write anything either.
  }
}

/** Which of her log-outs in this browser was the last one: a page that was made before it is no longer hers. */
export function lastLeft(owner: string): string | null {
  try {
    return localStorage.getItem(LEFT + owner);
  } catch {
    return null;
  }
}

const JOURNAL = /^(?:unreadable:)?draft:([^:]+):([^:]+):/;
const ownerOf = (key: string): string | undefined => JOURNAL.exec(key)?.[1];
const reportOf = (key: string): string | undefined => JOURNAL.exec(key)?.[2];

function storedEntries(): [key: string, stored: string][] {
  try {
    return Object.entries({ ...localStorage });
  } catch {
    return [];
  }
}

/** An empty journal waits for its backup to be forgotten. What cannot be read may hold anything. */
function holdsSomething(key: string, stored: string): boolean {
  if (key.startsWith("unreadable:")) return true;
  try {
    const { edits, batches } = JSON.parse(stored.slice(stored.indexOf(" ") + 1));
    return edits.length + batches.length > 0;
  } catch {
    return true;
  }
}
