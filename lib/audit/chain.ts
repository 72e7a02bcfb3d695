import { createHash } from "node:crypto";

/**
 * One line of the record. It names people and things by their ids only, so that it can be kept and handed on when they
 * are long forgotten: no names, no addresses, nothing anybody typed. `at` is in epoch milliseconds of the server.
 */
export type AuditRecord = {
  at: number;
  event: string;
  /** Whose thing it is about; null for what belongs to nobody, such as a log-in under a name that does not exist. */
  organisation: string | null;
  user: string | null;
  /** In which role it was done, where the role mattered. */
  role: string | null;
  /** What it was done to: `report:…`, `user:…`. */
  object: string | null;
  /** Codes, numbers and digests; never words of a person. */
  details: Readonly<Record<string, string | number>>;
};

/** A line in its place: each carries the hash of the one before it and its own, as hexadecimal digits of SHA-256. */
export type AuditEntry = AuditRecord & { sequence: number; previous: string; hash: string };

/** An end of the record: how many lines there are, and the hash of the last one. */
export type Head = { sequence: number; hash: string };

/** Where every record begins. */
export const EMPTY: Head = { sequence: 0, hash: "0".repeat(64) };

/** The line that follows this head. */
export function nextEntry(head: Head, record: AuditRecord): AuditEntry {
  const unsealed = { ...record, sequence: head.sequence + 1, previous: head.hash };
  return { ...unsealed, hash: sealOf(unsealed) };
}

function sealOf({
  sequence,
  previous,
  at,
  event,
  organisation,
  user,
  role,
  object,
  details,
}: Omit<AuditEntry, "hash">) {
  const sealed = { sequence, previous, at, event, organisation, user, role, object, details };
  return createHash("sha256").update(canonicalJson(sealed)).digest("hex");
}

/** JSON in which the same content is always the same text: keys in order, no blanks. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const pairs = Object.entries(value).filter(([, part]) => part !== undefined);
  const sorted = pairs.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(",")}}`;
}

/**
 * What is wrong with a record, at the first line where something is.
 * - `changed`: the line is not what was written.
 * - `missing`: the line is not there, though later ones are.
 * - `foreign`: the line does not follow the one before it: it was put in, or moved here.
 * - `cut`: the record ends before this line, which was there.
 */
export type Fault = { kind: "changed" | "missing" | "foreign" | "cut"; sequence: number };

/** Follows a record line by line, in the order in which it is kept. */
export class ChainReader {
  #head = EMPTY;
  #fault: Fault | undefined;
  readonly #known: readonly Head[];

  /** `known`: ends of this record that were noted elsewhere, which it must still contain. */
  constructor(known: readonly Head[] = []) {
    this.#known = known;
  }

  /** How far the record was followed without a fault. */
  get head(): Head {
    return this.#head;
  }

  /** Takes the next line; false as soon as something is wrong, and nothing more has to be read. */
  take(entry: AuditEntry): boolean {
    this.#fault ??= this.#judge(entry);
    if (!this.#fault) this.#head = { sequence: entry.sequence, hash: entry.hash };
    return this.#fault === undefined;
  }

  /** What is wrong with the record after its last line was taken. */
  end(): Fault | undefined {
    const isCut = this.#known.some(({ sequence }) => sequence > this.#head.sequence);
    if (isCut) this.#fault ??= { kind: "cut", sequence: this.#head.sequence + 1 };
    return this.#fault;
  }

  #judge(entry: AuditEntry): Fault | undefined {
    const expected = this.#head.sequence + 1;
    if (entry.sequence > expected) return { kind: "missing", sequence: expected };
    const { sequence } = entry;
    if (sequence < expected) return { kind: "foreign", sequence };
    if (sealOf(entry) !== entry.hash) return { kind: "changed", sequence };
    if (entry.previous !== this.#head.hash) return { kind: "foreign", sequence };
    const isOther = this.#known.some((known) => known.sequence === sequence && known.hash !== entry.hash);
    return isOther ? { kind: "changed", sequence } : undefined;
  }
}

/** What is wrong, as a finished sentence. */
export function faultWords({ kind, sequence }: Fault): string {
  const words: Readonly<Record<Fault["kind"], string>> = {
    changed: `第 ${sequence} 条的内容与写入时不同，或者与已知的校验值不符。`,
    missing: `缺少第 ${sequence} 条。`,
    foreign: `第 ${sequence} 条与它前面的一条接不上，可能是后来插入或者调换的。`,
    cut: `第 ${sequence} 条及以后的记录不见了。`,
  };
  return words[kind];
}
