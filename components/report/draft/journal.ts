import { z } from "zod";
import type { EditValue } from "@/lib/report/edits.ts";
import type { Pending, PendingEdit } from "./pending.ts";

/** What the journal needs of localStorage. */
export type JournalStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const passagesSchema = z.array(
  z.object({
    kind: z.enum(["heading2", "heading3", "paragraph"]),
    content: z.array(z.object({ text: z.string(), bold: z.literal(true).optional() })),
  }),
);
const valueSchema = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.null(),
  passagesSchema,
]) as unknown as z.ZodType<EditValue>;
const journalSchema = z.object({
  edits: z.array(z.object({ path: z.string(), value: valueSchema, base: valueSchema, sent: valueSchema.optional() })),
});

/**
 * The changes of one report that the server does not have yet, kept on this machine. Written synchronously with every
 * change, so that a reload, a crash or a stopped server loses nothing.
 */
export class Journal {
  readonly #storage: JournalStorage | undefined;
  readonly #key: string;

  constructor(storage: JournalStorage | undefined, reportId: string) {
    this.#storage = storage;
    this.#key = `draft:${reportId}`;
  }

  /** Whether the changes are on this machine now; false when there is no storage or it is full. */
  write(pending: Pending): boolean {
    try {
      if (!this.#storage) return false;
      if (pending.size === 0) this.#storage.removeItem(this.#key);
      else this.#storage.setItem(this.#key, JSON.stringify({ edits: [...pending.values()] }));
      return true;
    } catch {
      return false;
    }
  }

  /** The changes left from last time; `undefined` when what is stored cannot be read. */
  read(): PendingEdit[] | undefined {
    const stored = this.#get();
    if (stored === null) return [];
    try {
      return journalSchema.parse(JSON.parse(stored)).edits;
    } catch {
      return undefined;
    }
  }

  /** Moves an unreadable journal out of the way without destroying it. Returns the key it is kept under. */
  setAside(now: number): string {
    const stored = this.#get();
    const key = `${this.#key}:unreadable:${now}`;
    try {
      if (stored !== null) this.#storage?.setItem(key, stored);
      this.#storage?.removeItem(this.#key);
    } catch {
      // A full storage keeps the old journal where it is; the next write replaces it.
    }
    return key;
  }

  #get(): string | null {
    try {
      return this.#storage?.getItem(this.#key) ?? null;
    } catch {
      return null;
    }
  }
}
