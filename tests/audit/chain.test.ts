import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type AuditEntry,
  type AuditRecord,
  ChainReader,
  canonicalJson,
  EMPTY,
  type Fault,
  faultWords,
  type Head,
  nextEntry,
} from "../../lib/audit/chain.ts";

const record = (number: number): AuditRecord => ({
  at: 1_769_000_000_000 + number,
  event: "report.submit",
  organisation: "organisation-1",
  user: `user-${number % 3}`,
  role: "clerk",
  object: `report:${number % 5}`,
  details: { version: number, digest: "ab".repeat(32) },
});

function chainOf(records: readonly AuditRecord[]): AuditEntry[] {
  let head = EMPTY;
  return records.map((one) => {
    const entry = nextEntry(head, one);
    head = entry;
    return entry;
  });
}

const chain = chainOf(Array.from({ length: 12 }, (_, number) => record(number)));
const headOf = (entries: readonly AuditEntry[]): Head => entries.at(-1) ?? EMPTY;

function faultIn(entries: readonly AuditEntry[], known: readonly Head[] = []): Fault | undefined {
  const reader = new ChainReader(known);
  for (const entry of entries) if (!reader.take(entry)) break;
  return reader.end();
}

test("the same content has the same text, in whatever order it is put", () => {
  expect(canonicalJson({ b: [1, { d: null, c: "“是”" }], a: undefined, e: -0 })).toBe(
    '{"b":[1,{"c":"“是”","d":null}],"e":0}',
  );
  expect(canonicalJson({ z: 1, a: { y: 2, b: 3 } })).toBe(canonicalJson({ a: { b: 3, y: 2 }, z: 1 }));
});

test("a record that nobody touched is whole, and an empty one, too", () => {
  expect(faultIn(chain)).toBeUndefined();
  expect(faultIn(chain, [headOf(chain), chain[3] as Head])).toBeUndefined();
  expect(faultIn([])).toBeUndefined();
});

test("the hash is of what is defined, so that other programs can verify an exported record", () => {
  const [first] = chainOf([{ ...record(0), organisation: null, user: null, role: null, object: null, details: {} }]);
  const sealed = `{"at":1769000000000,"details":{},"event":"report.submit","object":null,"organisation":null,"previous":"${"0".repeat(64)}","role":null,"sequence":1,"user":null}`;
  expect(first?.hash).toBe(createHash("sha256").update(sealed).digest("hex"));
});

test("a changed line is found, whatever of it was changed", () => {
  const changes: Partial<AuditEntry>[] = [
    { at: 1 },
    { event: "report.sign" },
    { organisation: "organisation-2" },
    { organisation: null },
    { user: "user-9" },
    { role: "signatory" },
    { object: "report:9" },
    { details: {} },
    { details: { version: "4", digest: "ab".repeat(32) } },
    { hash: "f".repeat(64) },
    { previous: "f".repeat(64) },
  ];
  for (const change of changes) {
    const tampered = chain.map((entry) => (entry.sequence === 5 ? { ...entry, ...change } : entry));
    expect(faultIn(tampered), JSON.stringify(change)).toEqual({ kind: "changed", sequence: 5 });
  }
});

test("a line whose hash was made anew no longer fits the one after it", () => {
  const forged = chain.map((entry) =>
    entry.sequence === 5 ? nextEntry(chain[3] as Head, { ...record(4), user: "user-9" }) : entry,
  );
  expect(faultIn(forged)).toEqual({ kind: "foreign", sequence: 6 });
});

test("deleted lines are found, at the beginning, within and at the end of what is known", () => {
  expect(faultIn(chain.slice(1))).toEqual({ kind: "missing", sequence: 1 });
  expect(faultIn(chain.filter(({ sequence }) => sequence !== 7))).toEqual({ kind: "missing", sequence: 7 });
  expect(faultIn(chain.slice(0, -2), [headOf(chain)])).toEqual({ kind: "cut", sequence: 11 });
  expect(faultIn([], [headOf(chain)])).toEqual({ kind: "cut", sequence: 1 });
});

test("moved and inserted lines are found", () => {
  const swapped = [...chain];
  [swapped[4], swapped[5]] = [chain[5] as AuditEntry, chain[4] as AuditEntry];
  expect(faultIn(swapped)).toEqual({ kind: "missing", sequence: 5 });
  const renumbered = swapped.map((entry, index) => ({ ...entry, sequence: index + 1 }));
  expect(faultIn(renumbered)).toEqual({ kind: "changed", sequence: 5 });
  const doubled = chain.flatMap((entry) => (entry.sequence === 4 ? [entry, entry] : [entry]));
  expect(faultIn(doubled)).toEqual({ kind: "foreign", sequence: 4 });
  const inserted = [...chain.slice(0, 4), nextEntry(chain[3] as Head, record(99)), ...chain.slice(4)];
  expect(faultIn(inserted)).toEqual({ kind: "foreign", sequence: 5 });
});

test("a record that was written anew from some line on does not contain an end that was noted elsewhere", () => {
  const anew = chainOf(Array.from({ length: 12 }, (_, number) => record(number < 6 ? number : number + 1)));
  expect(faultIn(anew)).toBeUndefined();
  expect(faultIn(anew, [chain[7] as Head])).toEqual({ kind: "changed", sequence: 8 });
});

test("property: whatever is done to the lines between two noted ends is found", () => {
  const whole = fc.array(fc.nat(1_000), { minLength: 2, maxLength: 20 }).map((numbers) => chainOf(numbers.map(record)));
  const tampering = fc.record({
    kind: fc.constantFrom("change", "delete", "swap", "insert", "truncate"),
    at: fc.nat(),
    to: fc.nat(),
  });
  fc.assert(
    fc.property(whole, tampering, (entries, { kind, at, to }) => {
      const index = at % entries.length;
      const other = to % entries.length;
      const tampered = [...entries];
      const entry = entries[index] as AuditEntry;
      if (kind === "change") tampered[index] = { ...entry, at: entry.at + 1 + to };
      else if (kind === "delete") tampered.splice(index, 1);
      else if (kind === "truncate") tampered.length = index;
      else if (kind === "insert") tampered.splice(index, 0, nextEntry(entries[index - 1] ?? EMPTY, record(to)));
      else [tampered[index], tampered[other]] = [entries[other] as AuditEntry, entry];
      fc.pre(canonicalJson(tampered) !== canonicalJson(entries));
      const fault = faultIn(tampered, [headOf(entries)]);
      expect(fault).toBeDefined();
      expect(fault?.sequence).toBeLessThanOrEqual(Math.max(index, other) + 2);
    }),
    { numRuns: 1_000 },
  );
});

test("every fault is told in words that name the line", () => {
  for (const kind of ["changed", "missing", "foreign", "cut"] as const) {
    expect(faultWords({ kind, sequence: 17 })).toMatch(/第 17 条.*。$/);
  }
});
