import * as z from "zod/mini";
import type { EditValue } from "@/lib/report/edits.ts";
import type { Passage } from "@/lib/report/report.ts";
import type { JournalBackup } from "./backup.ts";
import { checksum } from "./checksum.ts";
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
  edits: pendingEditsSchema,
  batches: z.array(batchSchema),
});

/** Whose changes of which report. */
export type JournalSubject = { owner: string; report: string };

/** What another page of this browser left behind; without content when it cannot be read. */
export type Left = { key: string; stored: string; content: JournalContent | undefined };

/** What is pending, and the saves that were sent and not answered. */
type JournalContent = { edits: PendingEdit[]; batches: Batch[] };

/**
 * The changes of one report that the server does not have yet, kept on this machine. Written synchronously with every
 * change, so that a reload, a crash or a stopped server loses nothing. Every page has a journal of its own: two tabs on
 * one report do not write over each other, and the next page that opens takes over what is left. A journal is a checksum,
 * a space and JSON; it says whose it is, so that what lies under the wrong key is not taken over either. A backup follows it.
 */
export class Journal {
  readonly #storage: JournalStorage | undefined;
  readonly #backup: JournalBackup | undefined;
  readonly #subject: JournalSubject;
  readonly #prefix: string;
  readonly #key: string;

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
  }

  /** Whether the changes are on this machine now; false when there is no storage or it is full. */
  write(pending: Pending, batches: readonly Batch[]): boolean {
    const edits = [...pending.values()];
    const isEmpty = edits.length + batches.length === 0;
    const stored = isEmpty ? undefined : sealed(JSON.stringify({ ...this.#subject, edits, batches }));
    this.#backup?.write(this.#key, stored);
    try {
      if (stored === undefined) this.#storage?.removeItem(this.#key);
      else if (!this.#storage) return false;
      else this.#storage.setItem(this.#key, stored);
      return true;
    } catch {
      return false;
    }
  }

  /** The journals of other pages on the same report: closed, crashed, or still open. */
  left(): Left[] {
    try {
      const storage = this.#storage;
      if (!storage) return [];
      return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "")
        .filter((key) => this.#isOther(key))
        .map((key) => this.#read(key, storage.getItem(key) ?? ""));
    } catch {
      return [];
    }
  }

  /** Of these journals the ones that were lost before the browser had put them on the disk. */
  async leftInBackup(): Promise<Left[]> {
    const kept = (await this.#backup?.read(this.#prefix)) ?? [];
    return kept
      .filter(([key]) => this.#isOther(key) && !this.#isStored(key))
      .map(([key, stored]) => this.#read(key, stored));
  }

  /** Forgets a journal whose changes are in this page's own now. */
  discard(key: string): void {
    this.#storage?.removeItem(key);
    this.#backup?.write(key, undefined);
  }

  /** Moves an unreadable journal out of the way without destroying it. Returns the key it is kept under. */
  setAside({ key, stored }: Left): string {
    const aside = `unreadable:${key}`;
    try {
      this.#storage?.setItem(aside, stored);
      this.discard(key);
      return aside;
    } catch {
      // A full storage keeps it where it is.
      return key;
    }
  }

  #isOther = (key: string): boolean => key.startsWith(this.#prefix) && key !== this.#key;

  #isStored(key: string): boolean {
    try {
      return this.#storage?.getItem(key) != null;
    } catch {
      return false;
    }
  }

  #read(key: string, stored: string): Left {
    return { key, stored, content: readContent(this.#subject, stored) };
  }
}

const sealed = (content: string): string => `${checksum(content)} ${content}`;

function readContent(subject: JournalSubject, stored: string): JournalContent | undefined {
  try {
    const content = stored.slice(stored.indexOf(" ") + 1);
    const { owner, report, edits, batches } = journalSchema.parse(JSON.parse(content));
    const isWhole = stored === sealed(content);
    return isWhole && owner === subject.owner && report === subject.report ? { edits, batches } : undefined;
  } catch {
    return undefined;
  }
}
