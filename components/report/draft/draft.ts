import { applyEdits, type Edit, sameValue, valueAt } from "@/lib/report/edits.ts";
import type { Format } from "@/lib/report/format.ts";
import { changesBetween } from "@/lib/report/history.ts";
import type { Report } from "@/lib/report/report.ts";
import type { Standing } from "@/lib/workflow/workflow.ts";
import type { JournalBackup } from "./backup.ts";
import { type Action, History } from "./history.ts";
import { Journal, type JournalStorage, type Left } from "./journal.ts";
import type { Message, Peers } from "./peers.ts";
import {
  acknowledged,
  type Conflict,
  isLater,
  knows,
  markRefused,
  markSent,
  mergedWith,
  type Pending,
  type PendingEdit,
  rebased,
  type Sent,
  type Stamp,
  withEdits,
} from "./pending.ts";
import {
  type Answer,
  type Batch,
  fetchReport,
  fitting,
  newOperationId,
  type ServerReport,
  saveBatch,
  type Trouble,
} from "./server.ts";

/** A pause in typing after which a save is sent, and the longest a change waits while typing goes on (milliseconds). */
const PAUSE = 800;
const LONGEST_DELAY = 2_000;
/** What another page typed is sent by this one, too, unless that page did it meanwhile. */
const ADOPTED_DELAY = 5_000;
/** How soon the other pages of this browser hear of a change. */
const PEER_DELAY = 150;
const FIRST_RETRY = 1_000;
const LONGEST_RETRY = 30_000;
/** Saves that a flush makes before it gives up against a server that keeps changing. */
const MOST_FLUSHES = 20;

/** What the clerk is told about her work. `journaled` is false when this machine could not keep it either. */
export type SaveState = { journaled: boolean } & (
  | { kind: "saved"; at: number }
  | { kind: "saving" }
  | { kind: "offline"; trouble: Trouble; waiting: number }
  /** She has to sign in again; whoever lets her do so calls `retry`. */
  | { kind: "signedOut"; waiting: number }
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
  /** Places that somebody else changed and that are shown as they are now; until they are dismissed. */
  arrived: readonly string[];
  /** What undo and redo would do; the label is empty for plain typing. */
  undoable: Action | undefined;
  redoable: Action | undefined;
  /** Something the clerk must be told once, such as a journal that could not be read. */
  notice: string;
};

export type DraftOptions = {
  id: string;
  /** Whose changes these are: journals of others on this machine are left alone. */
  owner: string;
  format: Format;
  server: ServerReport;
  storage: JournalStorage | undefined;
  backup: JournalBackup | undefined;
  peers: Peers | undefined;
  fetch: typeof globalThis.fetch;
  random?: () => number;
  /** False: it is only looked at for now. What was typed before still waits to be sent. */
  open?: boolean;
  /** Told where the report stands whenever the server says so. */
  onStanding?: (standing: Standing) => void;
};

/** Whether an edit may be made; `after` is the report with it and those that are made together with it. */
export type Admission = (after: Report, edit: Edit) => boolean;

type Problem = { kind: "offline"; trouble: Trouble } | { kind: "signedOut" } | { kind: "failed"; message: string };

/**
 * The report being edited, and the one way its changes reach the server. Every change is applied at once, written to the
 * journal synchronously and sent within two seconds; one request is under way at a time. Knows neither React nor the page.
 */
export class Draft {
  readonly id: string;
  readonly format: Format;
  readonly #options: DraftOptions;
  readonly #page = newOperationId();
  readonly #journal: Journal;
  readonly #history = new History();
  readonly #listeners = new Set<() => void>();
  #server: ServerReport;
  #pending: Pending = new Map();
  #conflicts: readonly Conflict[] = [];
  #refusals: readonly Refusal[] = [];
  #arrived: readonly string[] = [];
  /** Edits in one save: halved while the one that the server will not take is being looked for. */
  #largestBatch = Number.POSITIVE_INFINITY;
  #report: Report;
  /** Sent, not answered: a retry must be the same operation. */
  #batch: Batch | undefined;
  /** It was sent before without an answer, and may be on its way still. */
  #mayArrive = false;
  /** The same of pages that are gone: only the server knows whether it took them. */
  #unanswered: readonly Batch[] = [];
  #sending: Promise<void> | undefined;
  #problem: Problem | undefined;
  #journaled = true;
  #notice = "";
  #started = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waitingSince: number | undefined;
  #failures = 0;
  /** The latest edit that is known of each place, also of those that are settled. */
  readonly #stamps = new Map<string, Stamp>();
  #latestTime = 0;
  /** What the server confirmed last of each place to this page or another one of this browser. */
  readonly #confirmed = new Map<string, Sent>();
  /** Places that the other pages have not heard of yet. */
  readonly #untold = new Set<string>();
  #peerTimer: ReturnType<typeof setTimeout> | undefined;
  #unlisten = () => {};
  #isOpen: boolean;
  #admits: Admission = () => true;
  #state: DraftState;

  constructor(options: DraftOptions) {
    this.id = options.id;
    this.format = options.format;
    this.#options = options;
    const { storage, backup, owner, id: report } = options;
    this.#journal = new Journal(storage, backup, { owner, report }, this.#page);
    this.#server = options.server;
    this.#report = options.server.report;
    this.#isOpen = options.open ?? true;
    this.#state = this.#snapshot();
  }

  /** Changes identity with every change, and only then. */
  get state(): DraftState {
    return this.#state;
  }

  /** Whether the server lacks something that was typed here. */
  get unsynced(): boolean {
    return this.#pending.size > 0 || this.#unanswered.length > 0;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Replays what this machine kept, looks what the server has by now, and sends the difference. */
  async start(): Promise<void> {
    this.#started = true;
    this.#unlisten = this.#options.peers?.listen((message) => this.#hear(message)) ?? this.#unlisten;
    this.#options.peers?.post({ kind: "opened" });
    this.#replay(this.#journal.left());
    this.#publish();
    const [inBackup] = await Promise.all([this.#journal.leftInBackup(), this.refresh()]);
    this.#replay(inBackup);
    this.#publish();
    if (this.unsynced) this.#schedule(0);
  }

  /** Sends what is left, without waiting for the answer; the journal keeps it in any case. */
  stop(): void {
    this.sendNow(true);
    this.#tellPeers();
    this.#started = false;
    this.#unlisten();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /**
   * Makes changes. Deliberate actions give a label, by which they can be undone as one; typing that is `apart` from what was
   * typed before is undone by itself. Throws `UnknownPath` for a place this format does not have.
   */
  edit(edits: readonly Edit[], label = "", apart = false): void {
    if (!this.#isOpen) return;
    const changes = this.#apply(edits);
    if (changes.length === 0) return;
    this.#history.add({ label, changes }, Date.now(), apart);
    this.#publish();
  }

  /** Makes changes that follow from something outside the report, and are not taken back by undo. */
  settle(edits: readonly Edit[]): void {
    if (!this.#isOpen) return;
    this.#apply(edits);
    this.#publish();
  }

  /** From now on an edit that is not admitted is left out, whoever makes it here. */
  admitOnly(admits: Admission): void {
    this.#admits = admits;
  }

  /** Those of the edits that would be made, were they made together. */
  admitted(edits: readonly Edit[]): readonly Edit[] {
    const after = applyEdits(this.format, this.#report, edits);
    return edits.filter((edit) => this.#admits(after, edit));
  }

  /** Lets the report be changed or only looked at from now on. What waited for that is tried again. */
  setOpen(isOpen: boolean): void {
    if (isOpen === this.#isOpen) return;
    this.#isOpen = isOpen;
    if (isOpen) this.retry();
  }

  /** Takes the last action back. Returns it, for showing where it was. */
  undo(): Action | undefined {
    if (!this.#isOpen) return undefined;
    const action = this.#history.undo();
    if (action) this.#apply(action.changes.map(({ path, before }) => ({ path, value: before })));
    this.#publish();
    return action;
  }

  /** Makes the action again that was taken back last. Returns it. */
  redo(): Action | undefined {
    if (!this.#isOpen) return undefined;
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
    const stamp = this.#newStamp([path]);
    const value = choice === "mine" ? known.value : conflict.theirs;
    // Her other pages hear of the choice, too, so that they do not ask again; theirs is settled by the next line.
    this.#pending = new Map([...this.#pending, [path, { ...known, value, base: conflict.theirs, stamp }]]);
    this.#tell([path]);
    this.#tellPeers();
    this.#rebaseOn(this.#server);
    this.#schedule(0);
    this.#publish();
  }

  /**
   * Takes over edits that were typed elsewhere and never reached the server, such as those of a file, as if they had been
   * typed here: where the server has something else by now than what they started from, that is a conflict. Throws
   * `UnknownPath` for a place this format does not have.
   */
  adopt(edits: readonly PendingEdit[]): void {
    if (!this.#isOpen) return;
    applyEdits(this.format, this.#server.report, edits);
    const stamp = this.#newStamp(edits.map(({ path }) => path));
    this.#pending = mergedWith(
      this.#pending,
      edits.map((edit) => ({ ...edit, stamp })),
    );
    this.#tell(edits.map(({ path }) => path));
    this.#rebaseOn(this.#server);
    this.#schedule(0);
    this.#publish();
  }

  /** The version of the server that this page has; what was typed since is not in it. */
  get version(): number {
    return this.#server.version;
  }

  /** What the server does not have yet, for keeping it elsewhere. */
  unsent(): readonly PendingEdit[] {
    return [...this.#pending.values()];
  }

  /** Tries again at once: after a refusal, when the network is back, after signing in. */
  readonly retry = (): void => {
    this.#failures = 0;
    this.#refusals = [];
    this.sendNow(false);
  };

  /** The page is looked at again: what others did meanwhile is fetched, what could not be sent is tried again. */
  readonly look = (): void => {
    if (this.#problem) this.sendNow(false);
    else void this.refresh();
  };

  readonly sendNow = (leaving: boolean): void => {
    void this.#send(leaving);
  };

  readonly dismissNotice = (): void => {
    this.#notice = "";
    this.#publish();
  };

  readonly dismissArrived = (): void => {
    this.#arrived = [];
    this.#publish();
  };

  /** Sends everything that waits. True when the server has it all and answers. */
  async flush(): Promise<boolean> {
    await this.#sending;
    for (let attempt = 0; attempt < MOST_FLUSHES && (this.#batch || this.#hasWork()); attempt++) {
      await this.#send(false);
      if (this.#problem) break;
    }
    return !this.unsynced && (await this.refresh());
  }

  /** Looks what the server has by now. False when it does not answer. */
  async refresh(): Promise<boolean> {
    const server = await fetchReport(this.#options.fetch, this.id);
    if (this.#started && server && server.version > this.#server.version) {
      this.#follow(server);
      this.#publish();
    }
    if (this.#started && server?.standing) this.#options.onStanding?.(server.standing);
    return server !== undefined;
  }

  /**
   * Takes over what other pages of this browser left. Should one of them be open still, both send the same values, which
   * counts once. Of two journals that differ about a place, neither knowing of the other, the second waits for the next
   * opening, where it is a conflict.
   */
  #replay(journals: readonly Left[]): void {
    if (!this.#started) return;
    const taken: string[] = [];
    for (const left of journals) {
      const { key, content, isLater: isSuccessor } = left;
      if (!content || !this.#fits([...content.edits, ...content.batches.flatMap((batch) => batch.edits)])) {
        this.#notice = `上次留在本机、没有存到服务器的修改无法读取，没有并入。原始内容保留在浏览器本地存储“${this.#journal.setAside(left)}”中，请联系管理员。`;
        continue;
      }
      const { edits, batches } = content;
      const differs = edits.some((edit) => {
        const known = this.#pending.get(edit.path);
        return known && !sameValue(known.value, edit.value) && !knows(known, edit.value) && !knows(edit, known.value);
      });
      if (differs && !isSuccessor) continue;
      this.#pending = mergedWith(this.#pending, edits);
      const known = new Set(this.#unanswered.map(({ operationId }) => operationId));
      this.#unanswered = [...this.#unanswered, ...batches.filter(({ operationId }) => !known.has(operationId))];
      this.#noteStamps(edits);
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

  #apply(asked: readonly Edit[]): Action["changes"] {
    const before = this.#report;
    const edits = this.admitted(asked);
    const after = applyEdits(this.format, before, edits);
    const changes = [...new Set(edits.map((edit) => edit.path))]
      .map((path) => ({ path, before: valueAt(before, path), after: valueAt(after, path) }))
      .filter((change) => !sameValue(change.before, change.after));
    if (changes.length === 0) return changes;
    this.#report = after;
    const paths = changes.map(({ path }) => path);
    const changed = changes.map(({ path, after: value }) => ({ path, value }));
    this.#pending = withEdits(this.#pending, this.#server.report, changed, this.#newStamp(paths));
    this.#conflicts = this.#conflicts
      .filter(({ path }) => this.#pending.has(path))
      .map((conflict) => ({ ...conflict, mine: valueAt(after, conflict.path) }));
    this.#refusals = this.#refusals.filter(({ path }) => !paths.includes(path));
    if (this.#problem?.kind === "failed") this.#problem = undefined;
    this.#writeJournal();
    this.#tell(paths);
    if (!this.#problem) this.#schedule(PAUSE);
    return changes;
  }

  /** Edits that may be sent: places in conflict wait for the clerk's choice, refused ones until she changes them. */
  #sendable(): Edit[] {
    const waiting = new Set([...this.#conflicts, ...this.#refusals].map(({ path }) => path));
    return [...this.#pending.values()]
      .filter((edit) => !waiting.has(edit.path))
      .map(({ path, value }) => ({ path, value }));
  }

  #outstanding = (): readonly Batch[] => (this.#batch ? [this.#batch, ...this.#unanswered] : this.#unanswered);

  #hasWork = (): boolean => this.#unanswered.length > 0 || this.#sendable().length > 0;

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
    const edits = fitting(this.#sendable().slice(0, this.#largestBatch));
    if (!this.#batch && !this.#hasWork()) return;
    if (!this.#batch) {
      const [left, ...others] = this.#unanswered;
      this.#mayArrive = left !== undefined;
      this.#unanswered = others;
      this.#batch = left ?? { operationId: newOperationId(), baseVersion: this.#server.version, edits };
      // What a page that is gone sent was marked by it; what else is pending there may have been made without knowing of it.
      if (!left) this.#pending = markSent(this.#pending, edits, this.#server.version, this.#page);
    }
    this.#writeJournal();
    this.#tell(this.#batch.edits.map(({ path }) => path));
    this.#tellPeers();
    this.#publish();
    const answer = await saveBatch(this.#options.fetch, this.id, this.#batch, leaving);
    this.#take(answer, this.#batch);
    this.#publish();
  }

  #take(answer: Answer, batch: Batch): void {
    if (answer.kind === "unreachable") {
      this.#mayArrive = true;
      this.#problem = { kind: "offline", trouble: answer.trouble };
      const ceiling = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** ++this.#failures);
      this.#schedule(answer.after + Math.max(FIRST_RETRY, ceiling * (this.#options.random ?? Math.random)()));
      return;
    }
    if (answer.kind === "signedOut") {
      this.#problem = { kind: "signedOut" };
      return;
    }
    this.#batch = undefined;
    this.#problem = undefined;
    if (answer.kind === "refused") {
      this.#problem = { kind: "failed", message: answer.message };
      this.#rebaseOn(this.#server);
      // It may be out of her hands by now.
      void this.refresh();
      return;
    }
    if (answer.kind === "unacceptable") {
      this.#narrow(batch.edits, answer.message);
      return;
    }
    if (answer.kind === "saved") {
      this.#failures = 0;
      // It was taken, so it is in her hands again.
      if (!this.#isOpen) void this.refresh();
      this.#options.peers?.post({ ...answer, edits: batch.edits });
      this.#settle(answer, batch.edits);
      if (!this.#hasWork()) this.#largestBatch = Number.POSITIVE_INFINITY;
      else this.#schedule(this.#unanswered.length > 0 || this.#isCatchingUp(batch) ? 0 : PAUSE);
      return;
    }
    if (answer.server.version < batch.baseVersion) this.#recover(answer.server);
    else this.#follow(answer.server.version >= this.#server.version ? answer.server : this.#server);
    if (this.#hasWork()) this.#schedule(100 * 2 ** Math.min(this.#failures++, 8));
  }

  /** Whether edits wait that were there already when this batch was sent, but did not fit into it. */
  #isCatchingUp({ edits }: Batch): boolean {
    const sent = Math.max(0, ...edits.map(({ path }) => this.#stamps.get(path)?.time ?? 0));
    return [...this.#pending.values()].some(({ stamp }) => stamp.time <= sent);
  }

  /** These edits are the given version of the server, or went into an earlier one than what it has by now. */
  #settle({ version, savedAt }: { version: number; savedAt: number }, edits: readonly Edit[]): void {
    for (const { path, value } of edits) {
      const known = this.#confirmed.get(path);
      if (!known || known.version < version)
        this.#confirmed.set(path, { value, version: version - 1, page: this.#page });
    }
    this.#pending = acknowledged(this.#pending, edits, version);
    if (version <= this.#server.version) this.#rebaseOn(this.#server);
    else this.#rebaseOn({ report: applyEdits(this.format, this.#server.report, edits), version, savedAt });
  }

  /** One bad edit must not keep the others from being saved: it is looked for by halves, and then waits by itself. */
  #narrow(edits: readonly Edit[], message: string): void {
    if (!this.#mayArrive) this.#pending = markRefused(this.#pending, edits, this.#page);
    const [only, ...others] = edits;
    if (!only || others.length > 0) {
      this.#largestBatch = Math.ceil(edits.length / 2);
    } else {
      this.#largestBatch = Number.POSITIVE_INFINITY;
      const isAsSent = sameValue(this.#pending.get(only.path)?.value, only.value);
      if (isAsSent) this.#refusals = [...this.#refusals, { path: only.path, message }];
    }
    this.#rebaseOn(this.#server);
    if (this.#hasWork()) this.#schedule(0);
  }

  /**
   * The server knows less than it confirmed before: it was restored from a backup. What it had then and this page still
   * shows is saved once more.
   */
  #recover(server: ServerReport): void {
    const lost = changesBetween(this.format, server.report, this.#server.report);
    const stamp = this.#newStamp(lost.map(({ path }) => path));
    const again = lost.map(({ path, before, after }) => ({ path, value: after, base: before, stamp }));
    const typed = [...this.#pending.values()].map(({ sent: _, ...edit }) => ({
      ...edit,
      base: valueAt(server.report, edit.path),
    }));
    this.#pending = new Map([...again, ...typed].map((edit) => [edit.path, edit]));
    this.#notice = `服务器上的报告退回到了较早的内容（可能恢复过备份）。本页上较新的 ${lost.length} 处内容正在重新保存，请核对。`;
    this.#rebaseOn(server);
  }

  #rebaseOn(server: ServerReport): void {
    this.#server = server;
    const { pending, conflicts } = rebased(this.#pending, server);
    this.#pending = pending;
    // As long as a save is not answered, what the server has may be what somebody made of it, having seen it.
    const undecided = new Set(this.#outstanding().flatMap(({ edits }) => edits.map(({ path }) => path)));
    this.#conflicts = conflicts.filter(({ path }) => !undecided.has(path));
    this.#rebuild();
  }

  #rebuild(): void {
    this.#refusals = this.#refusals.filter(({ path }) => this.#pending.has(path));
    this.#report = applyEdits(this.format, this.#server.report, [...this.#pending.values()]);
    this.#writeJournal();
  }

  /** Takes over what the server has by now, and tells what that changes before the clerk's eyes. */
  #follow(server: ServerReport): void {
    const shown = this.#report;
    this.#rebaseOn(server);
    const places = changesBetween(this.format, shown, this.#report).map(({ path }) => path);
    this.#arrived = [...new Set([...this.#arrived, ...places])];
  }

  #writeJournal(): void {
    // A draft that was closed must not write over the journal of the one that was opened after it.
    if (!this.#started) return;
    this.#journaled = this.#journal.write(this.#pending, this.#outstanding());
  }

  #newStamp(paths: readonly string[]): Stamp {
    this.#latestTime = Math.max(Date.now(), this.#latestTime + 1);
    const stamp = { time: this.#latestTime, page: this.#page };
    for (const path of paths) this.#stamps.set(path, stamp);
    return stamp;
  }

  #noteStamps(edits: readonly PendingEdit[]): void {
    for (const { path, stamp } of edits) {
      this.#latestTime = Math.max(this.#latestTime, stamp.time);
      const known = this.#stamps.get(path);
      if (!known || isLater(stamp, known)) this.#stamps.set(path, stamp);
    }
  }

  /** The other pages of this browser shall hear what is pending at these places. */
  #tell(paths: readonly string[]): void {
    if (!this.#options.peers || !this.#started) return;
    for (const path of paths) this.#untold.add(path);
    this.#peerTimer ??= setTimeout(() => this.#tellPeers(), PEER_DELAY);
  }

  #tellPeers(): void {
    clearTimeout(this.#peerTimer);
    this.#peerTimer = undefined;
    const edits = [...this.#untold].flatMap((path): PendingEdit[] => {
      const stamp = this.#stamps.get(path);
      const value = valueAt(this.#server.report, path);
      const settled = stamp ? [{ path, value, base: value, stamp }] : [];
      const pending = this.#pending.get(path);
      return pending ? [pending] : settled;
    });
    this.#untold.clear();
    if (edits.length > 0) this.#options.peers?.post({ kind: "pending", version: this.#server.version, edits });
  }

  /** The same clerk did something in another page of this browser. */
  #hear(message: Message): void {
    switch (message.kind) {
      case "opened":
        if (this.#latestTime > 0) this.#options.peers?.post({ kind: "clock", time: this.#latestTime });
        return;
      case "clock":
        this.#latestTime = Math.max(this.#latestTime, message.time);
        return;
      case "pending":
        this.#hearPending(message);
        break;
      case "saved":
        void this.#hearSaved(message);
    }
    this.#publish();
  }

  #hearPending({ version, edits }: Extract<Message, { kind: "pending" }>): void {
    if (!this.#fits(edits)) return;
    const isNews = ({ path, stamp }: PendingEdit) => {
      const known = this.#stamps.get(path);
      return this.#pending.has(path) || !known || isLater(stamp, known);
    };
    const news = edits.filter(isNews);
    const before = this.#pending;
    this.#pending = mergedWith(before, [...news, ...this.#overtaken(edits)], this.#confirmed);
    this.#noteStamps(news);
    const isAsBefore = (path: string) => sameValue(before.get(path)?.value, this.#pending.get(path)?.value);
    this.#refusals = this.#refusals.filter(({ path }) => isAsBefore(path));
    if (version <= this.#server.version) {
      this.#rebaseOn(this.#server);
    } else {
      this.#rebuild();
      void this.refresh();
    }
    if (this.#timer === undefined && !this.#problem && this.#sendable().length > 0) this.#schedule(ADOPTED_DELAY);
  }

  /**
   * Edits that are on their way though they were given up here since: what is shown must be sent after them. For places
   * that are pending this is known anyway.
   */
  #overtaken(edits: readonly PendingEdit[]): PendingEdit[] {
    return edits.flatMap(({ path, stamp, sent }) => {
      const known = this.#stamps.get(path);
      if (!sent || !known || this.#pending.has(path) || !isLater(known, stamp)) return [];
      const base = valueAt(this.#server.report, path);
      return [{ path, value: base, base, stamp: known, sent }];
    });
  }

  async #hearSaved(message: Extract<Message, { kind: "saved" }>): Promise<void> {
    if (message.version > this.#server.version + 1) await this.refresh();
    if (message.version <= this.#server.version + 1) this.#settle(message, message.edits);
    // Where one page gets through, so may this one.
    if (this.#problem) this.sendNow(false);
    this.#publish();
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
    if (this.#problem && this.unsynced) return { journaled, ...this.#problem, waiting: this.#pending.size };
    if (this.#refusals.length > 0) {
      return { journaled, kind: "failed", message: `有 ${this.#refusals.length} 处修改没有被接受。` };
    }
    if (this.unsynced) return { journaled, kind: "saving" };
    return { journaled, kind: "saved", at: this.#server.savedAt };
  }

  #snapshot(): DraftState {
    return {
      report: this.#report,
      save: sameState(this.#state?.save, this.#saveState()),
      conflicts: this.#conflicts,
      refusals: this.#refusals,
      arrived: this.#arrived,
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

/** The state that is shown already where the new one says the same. */
const sameState = (shown: SaveState | undefined, now: SaveState): SaveState =>
  shown && JSON.stringify(shown) === JSON.stringify(now) ? shown : now;
