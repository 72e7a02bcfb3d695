import * as z from "zod/mini";
import type { EditValue } from "@/lib/report/edits.ts";
import type { Passage } from "@/lib/report/report.ts";
import type { JournalBackup } from "./backup.ts";
import { checksum } from "./checksum.ts";
import { lastLeft } from "./leaving.ts";
import type { Pending, PendingEdit } from "./pending.ts";
import type { Batch } from "./server.ts";

/** What the journal needs of localStorage. */
export type JournalStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const bold = z.optional(z.literal(true));
const passagesSchema: z.ZodMiniType<Passage[]> = z.array(
  z.object({
    kind: z.enum(["heading2", "heading3", "paragraph", "item"]),
    content: z.array(z.union([z.object({ text: z.string(), bold }), z.object({ figure: z.string(), bold })])),
  }),
);
const valueSchema: z.ZodMiniType<EditValue> = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.null(),
  passagesSchema,
  z.object({ finding: z.string(), text: z.string() }),
]);

/** Pending edits as they lie in a journal, in a file, or in a message from another page. */
export const pendingEditsSchema: z.ZodMiniType<PendingEdit[]> = z.array(
  z.object({
    path: z.string(),
    value: valueSchema,
    base: valueSchema,
    stamp: z.object({ time: z.number(), page: z.string() }),
    sent: z.optional(z.array(z.object({ value: valueSchema, version: z.number(), page: z.string() }))),
  }),
);
export const editsSchema = z.array(z.object({ path: z.string(), value: valueSchema }));

const batchSchema: z.ZodMiniType<Batch> = z.object({
  operationId: z.string(),
  baseVersion: z.number(),
  edits: editsSchema,
});
const journalSchema = z.object({
  owner: z.string(),
  report: z.string(),
  turn: z._default(z.number(), 0),
  edits: pendingEditsSchema,
  batches: z.array(batchSchema),
});

/** Turns of a journal that cannot be read, and of one that is not there: before all others. */
const UNREADABLE = -1;
const UNKNOWN = -2;

/** Whose changes of which report. */
export type JournalSubject = { owner: string; report: string };

/**
 * What another page of this browser left behind; without content when it cannot be read. `isLater` than what was already
 * handed out of the same journal: it takes its place.
 */
export type Left = { key: string; stored: string; content: JournalContent | undefined; isLater: boolean };

/** What is pending, and the saves that were sent and not answered. `turn` counts how often a journal was written. */
type JournalContent = { turn: number; edits: PendingEdit[]; batches: Batch[] };

/**
 * The changes of one report that the server does not have yet, kept on this machine. Written synchronously with every
 * change, so that a reload, a crash or a stopped server loses nothing. Every page has a journal of its own: two tabs on
 * one report do not write over each other, and the next page that opens takes over what is left. A journal is a checksum,
 * a space and JSON; it says whose it is, so that what lies under the wrong key is not taken over either. A backup follows it
 * a moment later, so of a journal in both places the one of the later turn counts; an empty one stays until the backup has
 * forgotten it, too, which else might bring back what is settled.
 */
export class Journal {
  readonly #storage: JournalStorage | undefined;
  readonly #backup: JournalBackup | undefined;
  readonly #subject: JournalSubject;
  readonly #prefix: string;
  readonly #key: string;
  readonly #leftBefore: string | null;
  #turn = 0;
  /** The journals that were handed out, with their turns. */
  readonly #handedOut = new Map<string, number>();
  /** What the backup held when the journals were looked at. Before it is known nothing is taken from there. */
  #reading: Promise<[key: string, stored: string][]> = Promise.resolve([]);

  /** `page` tells the pages of this browser apart. */
  constructor(
    storage: JournalStorage | undefined,
    backup: JournalBackup | undefined,
    subject: JournalSubject,
    page: string,
  ) {
    this.#storage = storage;
    this.#backup = backup;
    this.#subject = subject;
    this.#prefix = `draft:${subject.owner}:${subject.report}:`;
    this.#key = this.#prefix + page;
    this.#leftBefore = lastLeft(subject.owner);
  }

  /**
   * Whether the changes are on this machine now; false when there is no storage or it is full, and when she logged out
   * since: what this browser kept of hers is cleared, and a page that was asleep meanwhile must not bring it back.
   */
  write(pending: Pending, batches: readonly Batch[]): boolean {
    if (lastLeft(this.#subject.owner) !== this.#leftBefore) return false;
    const content = { turn: ++this.#turn, edits: [...pending.values()], batches: [...batches] };
    if (content.edits.length + content.batches.length === 0) {
      return this.#forget(this.#key, content.turn, this.#backup?.write(this.#key, undefined));
    }
    const stored = this.#sealed(content);
    void this.#backup?.write(this.#key, stored);
    try {
      if (!this.#storage) return false;
      this.#storage.setItem(this.#key, stored);
      return true;
    } catch {
      return false;
    }
  }

  /** The journals of other pages on the same report: closed, crashed, or still open. */
  left(): Left[] {
    this.#reading = this.#backup?.read(this.#prefix) ?? this.#reading;
    try {
      const storage = this.#storage;
      if (!storage) return [];
      const kept = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "")
        .filter((key) => this.#isOther(key))
        .map((key) => this.#read(key, storage.getItem(key) ?? ""));
      this.#noteHandedOut(kept);
      return kept;
    } catch {
      return [];
    }
  }

  /** Of the same journals what was lost before the browser had put it on the disk. */
  async leftInBackup(): Promise<Left[]> {
    const kept = await this.#reading;
    const later = kept
      .filter(([key]) => this.#isOther(key))
      .map(([key, stored]) => this.#read(key, stored))
      .filter(({ key, content }) => (content?.turn ?? UNREADABLE) > this.#knownTurn(key));
    this.#noteHandedOut(later);
    return later;
  }

  /** Forgets a journal whose changes are in this page's own now. */
  discard(key: string): void {
    const forgotten = this.#backup && this.#reading.then(() => this.#backup?.write(key, undefined));
    this.#forget(key, this.#knownTurn(key), forgotten);
  }

  /** Moves an unreadable journal out of the way without destroying it. Returns the key it is kept under. */
  setAside({ key, stored }: Left): string {
    const aside = `unreadable:${key}`;
    try {
      this.#storage?.setItem(aside, stored);
      this.#storage?.removeItem(key);
      void this.#backup?.write(key, undefined);
      return aside;
    } catch {
      // A full storage keeps it where it is.
      return key;
    }
  }

  #isOther = (key: string): boolean => key.startsWith(this.#prefix) && key !== this.#key;

  #noteHandedOut(journals: readonly Left[]): void {
    for (const { key, content } of journals) this.#handedOut.set(key, content?.turn ?? UNREADABLE);
  }

  /** How far a journal is known: as it was handed out, or as a page that is open has written it since. */
  #knownTurn(key: string): number {
    const handedOut = this.#handedOut.get(key) ?? UNKNOWN;
    try {
      const stored = this.#storage?.getItem(key);
      const turn = stored == null ? undefined : this.#read(key, stored).content?.turn;
      return Math.max(handedOut, turn ?? UNKNOWN);
    } catch {
      return handedOut;
    }
  }

  /** `forgotten` by the backup, where there is one. False when the storage cannot be written to. */
  #forget(key: string, turn: number, forgotten: Promise<void> | undefined): boolean {
    try {
      const isKept = this.#storage?.getItem(key) != null;
      if (!forgotten || !isKept) {
        this.#storage?.removeItem(key);
        return true;
      }
      const empty = this.#sealed({ turn, edits: [], batches: [] });
      this.#storage?.setItem(key, empty);
      void forgotten.then(() => {
        if (this.#storage?.getItem(key) === empty) this.#storage.removeItem(key);
      });
      return true;
    } catch {
      return false;
    }
  }

  #sealed = (content: JournalContent): string => sealed(JSON.stringify({ ...this.#subject, ...content }));

  #read(key: string, stored: string): Left {
    return { key, stored, content: readContent(this.#subject, stored), isLater: this.#handedOut.has(key) };
  }
}

const sealed = (content: string): string => `${checksum(content)} ${content}`;

function readContent(subject: JournalSubject, stored: string): JournalContent | undefined {
  try {
    const content = stored.slice(stored.indexOf(" ") + 1);
    const { owner, report, ...rest } = journalSchema.parse(JSON.parse(content));
    const isWhole = stored === sealed(content);
    return isWhole && owner === subject.owner && report === subject.report ? rest : undefined;
  } catch {
    return undefined;
  }
}
