import { z } from "zod";
import type { EditValue } from "@/lib/report/edits.ts";
import type { Passage } from "@/lib/report/report.ts";
import type { Pending, PendingEdit } from "./pending.ts";

/** What the journal needs of localStorage. */
export type JournalStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const bold = z.literal(true).optional();
const passagesSchema: z.ZodType<Passage[]> = z.array(
  z.object({
    kind: z.enum(["heading2", "heading3", "paragraph", "item"]),
    content: z.array(z.union([z.object({ text: z.string(), bold }), z.object({ figure: z.string(), bold })])),
  }),
);
const valueSchema: z.ZodType<EditValue> = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.null(),
  passagesSchema,
  z.object({ finding: z.string(), text: z.string() }),
]);
const journalSchema = z.object({
  edits: z.array(z.object({ path: z.string(), value: valueSchema, base: valueSchema, sent: valueSchema.optional() })),
});

/** What another page of this browser left behind; without edits when it cannot be read. */
type Left = { key: string; edits: PendingEdit[] | undefined };

/**
 * The changes of one report that the server does not have yet, kept on this machine. Written synchronously with every
 * change, so that a reload, a crash or a stopped server loses nothing. Every page has a journal of its own: two tabs on
 * one report do not write over each other, and the next page that opens takes over what is left.
 */
export class Journal {
  readonly #storage: JournalStorage | undefined;
  readonly #prefix: string;
  readonly #key: string;

  /** `page` tells the pages of this browser apart. */
  constructor(storage: JournalStorage | undefined, reportId: string, page: string) {
    this.#storage = storage;
    this.#prefix = `draft:${reportId}:`;
    this.#key = this.#prefix + page;
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

  /** The journals of other pages on the same report: closed, crashed, or still open. */
  left(): Left[] {
    try {
      const storage = this.#storage;
      if (!storage) return [];
      return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "")
        .filter((key) => key.startsWith(this.#prefix) && key !== this.#key)
        .map((key) => ({ key, edits: readEdits(storage.getItem(key)) }));
    } catch {
      return [];
    }
  }

  /** Forgets a journal whose changes are in this page's own now. */
  discard(key: string): void {
    this.#storage?.removeItem(key);
  }

  /** Moves an unreadable journal out of the way without destroying it. Returns the key it is kept under. */
  setAside(key: string): string {
    const aside = `unreadable:${key}`;
    try {
      this.#storage?.setItem(aside, this.#storage.getItem(key) ?? "");
      this.#storage?.removeItem(key);
      return aside;
    } catch {
      // A full storage keeps it where it is.
      return key;
    }
  }
}

function readEdits(stored: string | null): PendingEdit[] | undefined {
  try {
    return journalSchema.parse(JSON.parse(stored ?? "")).edits;
  } catch {
    return undefined;
  }
}
