import { applyEdits, type Edit, valueAt } from "@/lib/report/edits.ts";
import type { Format } from "@/lib/report/format.ts";
import type { Report } from "@/lib/report/report.ts";
import { type Action, History } from "./history.ts";
import { Journal, type JournalStorage } from "./journal.ts";
import {
  acknowledged,
  type Conflict,
  markRefused,
  markSent,
  type Pending,
  rebased,
  sameValue,
  withEdits,
} from "./pending.ts";
import { type Answer, type Batch, fetchReport, newOperationId, type ServerReport, saveBatch } from "./server.ts";

/** A pause in typing after which a save is sent, and the longest a change waits while typing goes on (milliseconds). */
const PAUSE = 800;
const LONGEST_DELAY = 2_000;
const FIRST_RETRY = 1_000;
const LONGEST_RETRY = 30_000;
/** Saves that a flush makes before it gives up against a server that keeps changing. */
const MOST_FLUSHES = 20;

/** What the clerk is told about her work. `journaled` is false when this machine could not keep it either. */
export type SaveState = { journaled: boolean } & (
  | { kind: "saved"; at: number }
  | { kind: "saving" }
  | { kind: "offline"; waiting: number }
  | { kind: "conflict" }
  | { kind: "failed"; message: string }
);

/** A change that the server will not take as it is. It waits on this machine until the clerk changes it. */
export type Refusal = { path: string; message: string };

export type DraftState = {
  report: Report;
  save: SaveState;
  conflicts: readonly Conflict[];
  refusals: readonly Refusal[];
  /** What undo and redo would do; the label is empty for plain typing. */
  undoable: Action | undefined;
  redoable: Action | undefined;
  /** Something the clerk must be told once, such as a journal that could not be read. */
  notice: string;
};

export type DraftOptions = {
  id: string;
  format: Format;
  server: ServerReport;
  storage: JournalStorage | undefined;
  fetch: typeof globalThis.fetch;
  random?: () => number;
};

/**
 * The report being edited, and the one way its changes reach the server. Every change is applied at once, written to the
 * journal synchronously and sent within two seconds; one request is under way at a time. Knows neither React nor the page.
 */
export class Draft {
  readonly id: string;
  readonly format: Format;
  readonly #options: DraftOptions;
  readonly #journal: Journal;
  readonly #history = new History();
  readonly #listeners = new Set<() => void>();
  #server: ServerReport;
  #pending: Pending = new Map();
  #conflicts: readonly Conflict[] = [];
  #refusals: readonly Refusal[] = [];
  /** Edits in one save: halved while the one that the server will not take is being looked for. */
  #largestBatch = Number.POSITIVE_INFINITY;
  #report: Report;
  /** Sent, not answered: a retry must be the same operation. */
  #batch: Batch | undefined;
  #sending: Promise<void> | undefined;
  #problem: { kind: "offline" } | { kind: "failed"; message: string } | undefined;
  #journaled = true;
  #notice = "";
  #started = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waitingSince: number | undefined;
  #failures = 0;
  #state: DraftState;

  constructor(options: DraftOptions) {
    this.id = options.id;
    this.format = options.format;
    this.#options = options;
    this.#journal = new Journal(options.storage, options.id, newOperationId());
    this.#server = options.server;
    this.#report = options.server.report;
    this.#state = this.#snapshot();
  }

  /** Changes identity with every change, and only then. */
  get state(): DraftState {
    return this.#state;
  }

  /** Whether the server lacks something that was typed here. */
  get unsynced(): boolean {
    return this.#pending.size > 0;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Replays what this machine kept, looks what the server has by now, and sends the difference. */
  async start(): Promise<void> {
    this.#started = true;
    this.#replayJournals();
    this.#publish();
    await this.#refresh();
    if (this.unsynced) this.#schedule(0);
  }

  /** Sends what is left, without waiting for the answer; the journal keeps it in any case. */
  stop(): void {
    this.sendNow(true);
    this.#started = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /**
   * Makes changes. Deliberate actions give a label, by which they can be undone as one; typing that is `apart` from what was
   * typed before is undone by itself. Throws `UnknownPath` for a place this format does not have.
   */
  edit(edits: readonly Edit[], label = "", apart = false): void {
    const changes = this.#apply(edits);
    if (changes.length === 0) return;
    this.#history.add({ label, changes }, Date.now(), apart);
    this.#publish();
  }

  /** Takes the last action back. Returns it, for showing where it was. */
  undo(): Action | undefined {
    const action = this.#history.undo();
    if (action) this.#apply(action.changes.map(({ path, before }) => ({ path, value: before })));
    this.#publish();
    return action;
  }

  /** Makes the action again that was taken back last. Returns it. */
  redo(): Action | undefined {
    const action = this.#history.redo();
    if (action) this.#apply(action.changes.map(({ path, after }) => ({ path, value: after })));
    this.#publish();
    return action;
  }

  /** Settles a conflict: either the clerk's value is saved over the server's, or it is given up for it. */
  resolve(path: string, choice: "mine" | "theirs"): void {
    const conflict = this.#conflicts.find((candidate) => candidate.path === path);
    const known = this.#pending.get(path);
    if (!conflict || !known) return;
    this.#conflicts = this.#conflicts.filter((candidate) => candidate !== conflict);
    const pending = new Map(this.#pending);
    if (choice === "mine") pending.set(path, { path, value: known.value, base: conflict.theirs });
    else pending.delete(path);
    this.#pending = pending;
    this.#rebuild();
    this.#schedule(0);
    this.#publish();
  }

  /** Tries again at once, after a refusal or when the network is back. */
  readonly retry = (): void => {
    this.#failures = 0;
    this.#refusals = [];
    this.sendNow(false);
  };

  readonly sendNow = (leaving: boolean): void => {
    void this.#send(leaving);
  };

  readonly dismissNotice = (): void => {
    this.#notice = "";
    this.#publish();
  };

  /** Sends everything that waits. True when the server has it all and answers. */
  async flush(): Promise<boolean> {
    await this.#sending;
    for (let attempt = 0; attempt < MOST_FLUSHES && (this.#batch || this.#sendable().length > 0); attempt++) {
      await this.#send(false);
      if (this.#problem) break;
    }
    return !this.unsynced && (await this.#refresh());
  }

  /** Looks what the server has by now. False when it does not answer. */
  async #refresh(): Promise<boolean> {
    const server = await fetchReport(this.#options.fetch, this.id);
    if (this.#started && server && server.version > this.#server.version) this.#rebaseOn(server);
    this.#publish();
    return server !== undefined;
  }

  /**
   * Takes over what other pages of this browser left. Should one of them be open still, both send the same values, which
   * counts once. Of two journals that differ about a place the second waits for the next opening, where it is a conflict.
   */
  #replayJournals(): void {
    const taken: string[] = [];
    for (const { key, edits } of this.#journal.left()) {
      if (!edits || !this.#fits(edits)) {
        this.#notice = `上次留在本机、没有存到服务器的修改无法读取，没有并入。原始内容保留在浏览器本地存储“${this.#journal.setAside(key)}”中，请联系管理员。`;
        continue;
      }
      const differs = edits.some(({ path, value }) => {
        const known = this.#pending.get(path);
        return known && !sameValue(known.value, value);
      });
      if (differs) continue;
      this.#pending = new Map([...edits.map((edit) => [edit.path, edit] as const), ...this.#pending]);
      taken.push(key);
    }
    this.#rebaseOn(this.#server);
    if (this.#journaled) for (const key of taken) this.#journal.discard(key);
  }

  /** Whether this format has the places that are changed. */
  #fits(edits: readonly Edit[]): boolean {
    try {
      applyEdits(this.format, this.#server.report, edits);
      return true;
    } catch {
      return false;
    }
  }

  #apply(edits: readonly Edit[]): Action["changes"] {
    const before = this.#report;
    const after = applyEdits(this.format, before, edits);
    const changes = [...new Set(edits.map((edit) => edit.path))]
      .map((path) => ({ path, before: valueAt(before, path), after: valueAt(after, path) }))
      .filter((change) => !sameValue(change.before, change.after));
    if (changes.length === 0) return changes;
    this.#report = after;
    const changed = changes.map(({ path, after: value }) => ({ path, value }));
    this.#pending = withEdits(this.#pending, this.#server.report, changed);
    this.#conflicts = this.#conflicts.map((conflict) => ({
      ...conflict,
      mine: valueAt(after, conflict.path),
    }));
    this.#refusals = this.#refusals.filter(({ path }) => !changes.some((change) => change.path === path));
    if (this.#problem?.kind === "failed") this.#problem = undefined;
    this.#writeJournal();
    if (this.#problem?.kind !== "offline") this.#schedule(PAUSE);
    return changes;
  }

  /** Edits that may be sent: places in conflict wait for the clerk's choice, refused ones until she changes them. */
  #sendable(): Edit[] {
    const waiting = new Set([...this.#conflicts, ...this.#refusals].map(({ path }) => path));
    return [...this.#pending.values()]
      .filter((edit) => !waiting.has(edit.path))
      .slice(0, this.#largestBatch)
      .map(({ path, value }) => ({ path, value }));
  }

  #send(leaving: boolean): Promise<void> {
    this.#sending ??= this.#sendOnce(leaving).finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #sendOnce(leaving: boolean): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waitingSince = undefined;
    const edits = this.#sendable();
    if (!this.#batch && edits.length === 0) return;
    this.#batch ??= { operationId: newOperationId(), baseVersion: this.#server.version, edits };
    this.#pending = markSent(this.#pending, this.#batch.edits);
    this.#writeJournal();
    this.#publish();
    const answer = await saveBatch(this.#options.fetch, this.id, this.#batch, leaving);
    this.#take(answer, this.#batch);
    this.#publish();
  }

  #take(answer: Answer, batch: Batch): void {
    if (answer.kind === "unreachable") {
      this.#problem = { kind: "offline" };
      const wait = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** this.#failures++);
      this.#schedule(wait * (0.5 + (this.#options.random ?? Math.random)() / 2));
      return;
    }
    this.#batch = undefined;
    this.#problem = undefined;
    if (answer.kind === "refused") {
      this.#problem = { kind: "failed", message: answer.message };
      return;
    }
    if (answer.kind === "unacceptable") {
      this.#narrow(batch.edits, answer.message);
      return;
    }
    if (answer.kind === "saved") {
      this.#failures = 0;
      if (answer.version > this.#server.version) {
        const { version, savedAt } = answer;
        this.#server = { report: applyEdits(this.format, this.#server.report, batch.edits), version, savedAt };
      }
      this.#pending = acknowledged(this.#pending, batch.edits);
      this.#writeJournal();
      if (this.#sendable().length > 0) this.#schedule(this.#largestBatch < this.#pending.size ? 0 : PAUSE);
      else this.#largestBatch = Number.POSITIVE_INFINITY;
      return;
    }
    this.#rebaseOn(answer.server);
    if (this.#sendable().length > 0) this.#schedule(100 * 2 ** Math.min(this.#failures++, 8));
  }

  /** One bad edit must not keep the others from being saved: it is looked for by halves, and then waits by itself. */
  #narrow(edits: readonly Edit[], message: string): void {
    this.#pending = markRefused(this.#pending, edits);
    const [only, ...others] = edits;
    if (!only || others.length > 0) {
      this.#largestBatch = Math.ceil(edits.length / 2);
    } else {
      this.#largestBatch = Number.POSITIVE_INFINITY;
      const isAsSent = sameValue(this.#pending.get(only.path)?.value, only.value);
      if (isAsSent) this.#refusals = [...this.#refusals, { path: only.path, message }];
    }
    this.#writeJournal();
    if (this.#sendable().length > 0) this.#schedule(0);
  }

  #rebaseOn(server: ServerReport): void {
    this.#server = server;
    const { pending, conflicts } = rebased(this.#pending, server.report);
    this.#pending = pending;
    this.#conflicts = conflicts;
    this.#rebuild();
  }

  #rebuild(): void {
    this.#refusals = this.#refusals.filter(({ path }) => this.#pending.has(path));
    this.#report = applyEdits(this.format, this.#server.report, [...this.#pending.values()]);
    this.#writeJournal();
  }

  #writeJournal(): void {
    // A draft that was closed must not write over the journal of the one that was opened after it.
    if (this.#started) this.#journaled = this.#journal.write(this.#pending);
  }

  /** Sends after a while: every call puts it off, but never beyond the longest delay since the first. */
  #schedule(delay: number): void {
    if (!this.#started) return;
    const now = Date.now();
    this.#waitingSince ??= now;
    const due = delay > PAUSE ? delay : Math.min(delay, this.#waitingSince + LONGEST_DELAY - now);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.sendNow(false), Math.max(0, due));
  }

  #saveState(): SaveState {
    const journaled = this.#journaled;
    if (this.#conflicts.length > 0) return { journaled, kind: "conflict" };
    if (this.#problem?.kind === "failed") return { journaled, ...this.#problem };
    if (this.#problem && this.unsynced) return { journaled, kind: "offline", waiting: this.#pending.size };
    if (this.#refusals.length > 0) {
      return { journaled, kind: "failed", message: `有 ${this.#refusals.length} 处修改没有被接受。` };
    }
    if (this.unsynced) return { journaled, kind: "saving" };
    return { journaled, kind: "saved", at: this.#server.savedAt };
  }

  #snapshot(): DraftState {
    return {
      report: this.#report,
      save: this.#saveState(),
      conflicts: this.#conflicts,
      refusals: this.#refusals,
      undoable: this.#history.undoable,
      redoable: this.#history.redoable,
      notice: this.#notice,
    };
  }

  #publish(): void {
    this.#state = this.#snapshot();
    for (const listener of this.#listeners) listener();
  }
}
