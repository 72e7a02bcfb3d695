import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Draft } from "../../components/report/draft/draft.ts";
import { type Edit, valueAt } from "../../lib/report/edits.ts";
import { enteredCells } from "../../lib/report/format.ts";
import { parsePassages } from "../../lib/report/prose.ts";
import type { Report } from "../../lib/report/report.ts";
import { formatOf } from "../checks/samples.ts";
import { alone, draftServer, memoryStorage } from "./draft-server.ts";

const format = formatOf(2024);
const cells = format.tables.flatMap((table) =>
  enteredCells(table).map(({ row, column }) => `tables.${table.id}.${row.id}.${column.id}`),
);
const sections = format.sections.filter(({ kind }) => kind === "prose").map(({ id }) => `prose.${id}`);
const OPERATIONS = 500;

/** One thing a clerk does: she types into a cell, a text or a field, fills or pastes many cells, waits, goes back and forth. */
type Operation =
  | { kind: "edit"; edits: Edit[]; label: string }
  | { kind: "wait"; milliseconds: number }
  | { kind: "undo" }
  | { kind: "redo" };

const words = fc.string({ maxLength: 12 });
const figure = fc.oneof(fc.nat(99_999), fc.constant(null), words);
const cellEdit = fc.record({ path: fc.constantFrom(...cells), value: figure });
const textEdit = fc.record({
  path: fc.constantFrom(...sections),
  value: fc.array(words, { maxLength: 3 }).map((lines) => parsePassages(lines.join("\n"))),
});
const fieldEdit = fc.record({
  path: fc.constantFrom("title", "period", "closing.note", "organisation.phone"),
  value: fc.option(words),
});
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .oneof(cellEdit, textEdit, fieldEdit)
      .map((edit): Operation => ({ kind: "edit", edits: [edit], label: "" })),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(cellEdit, { minLength: 1, maxLength: 30 })
      .map((edits): Operation => ({ kind: "edit", edits, label: "粘贴" })),
  },
  { weight: 2, arbitrary: fc.nat(3_000).map((milliseconds): Operation => ({ kind: "wait", milliseconds })) },
  { weight: 1, arbitrary: fc.constant<Operation>({ kind: "undo" }) },
  { weight: 1, arbitrary: fc.constant<Operation>({ kind: "redo" }) },
);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2025-01-06T09:00:00Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

async function openDraft(server = draftServer(format)): Promise<Draft> {
  const options = { format, server: server.snapshot(), storage: memoryStorage(), fetch: server.fetch };
  const draft = new Draft({ id: "r1", ...alone, ...options });
  await draft.start();
  return draft;
}

test(`${OPERATIONS} things done to tables and texts are all undone, saved in between, and all done again`, async () => {
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: OPERATIONS, maxLength: OPERATIONS }), async (operations) => {
      const server = draftServer(format);
      const draft = await openDraft(server);
      const initial = structuredClone(draft.state.report);
      for (const one of operations) {
        if (one.kind === "edit") draft.edit(one.edits, one.label);
        else if (one.kind === "wait") await vi.advanceTimersByTimeAsync(one.milliseconds);
        else draft[one.kind]();
      }
      await vi.advanceTimersByTimeAsync(5_000);
      expect(server.report).toEqual(draft.state.report);
      const final = structuredClone(draft.state.report);
      const way: Report[] = [];
      while (draft.state.undoable) {
        way.push(draft.state.report);
        draft.undo();
      }
      expect(draft.state.report).toEqual(initial);
      expect(way.length).toBeGreaterThanOrEqual(100);
      steps += way.length;
      await vi.advanceTimersByTimeAsync(5_000);
      expect(server.report).toEqual(initial);
      for (const report of way.reverse()) {
        draft.redo();
        expect(draft.state.report).toEqual(report);
      }
      expect(draft.state.report).toEqual(final);
      draft.stop();
    }),
    { numRuns: 5 },
  );
  expect(steps).toBeGreaterThan(1_000);
});

test("typing that ends where it began leaves nothing to undo", async () => {
  const draft = await openDraft();
  const path = cells[0] ?? "";
  draft.edit([{ path, value: 8 }]);
  draft.edit([{ path, value: 88 }]);
  draft.edit([{ path, value: null }]);
  expect(draft.state.undoable).toBeUndefined();
});

describe("places that are held to something", () => {
  const held = "tables.requests.carriedIn.natural";
  const free = "tables.requests.received.natural";
  const key = "X01.requests.carriedIn";
  const reason = { finding: "上年报告", text: "上年报告已经更正" };
  const isHeld = (report: Report) => !report.reasons?.[key];

  async function holding(): Promise<Draft> {
    const draft = await openDraft();
    draft.edit([{ path: held, value: 5 }]);
    draft.admitOnly((after, { path }) => path !== held || !isHeld(after) || valueAt(after, path) === 3);
    draft.settle([{ path: held, value: 3 }]);
    return draft;
  }

  test("are left as they are by typing, filling, undo and redo", async () => {
    const draft = await holding();
    draft.edit([{ path: held, value: 4 }]);
    expect(valueAt(draft.state.report, held)).toBe(3);
    draft.edit(
      [free, held].map((path) => ({ path, value: 0 })),
      "其余空格填 0",
    );
    expect([free, held].map((path) => valueAt(draft.state.report, path))).toEqual([0, 3]);
    draft.undo();
    expect([free, held].map((path) => valueAt(draft.state.report, path))).toEqual([null, 3]);
    draft.undo();
    expect(valueAt(draft.state.report, held)).toBe(3);
    draft.redo();
    expect(valueAt(draft.state.report, held)).toBe(3);
    expect(draft.admitted([free, held].map((path) => ({ path, value: 0 })))).toEqual([{ path: free, value: 0 }]);
  });

  test("change with the reason that frees them, and both come back together", async () => {
    const draft = await holding();
    draft.edit([{ path: `reasons.${key}`, value: reason }]);
    draft.edit([{ path: held, value: 4 }]);
    expect(valueAt(draft.state.report, held)).toBe(4);
    draft.edit(
      [
        { path: `reasons.${key}`, value: null },
        { path: held, value: 3 },
      ],
      "按上年报告填",
    );
    expect(valueAt(draft.state.report, held)).toBe(3);
    draft.undo();
    expect(valueAt(draft.state.report, held)).toBe(4);
    expect(draft.state.report.reasons).toEqual({ [key]: reason });
    draft.undo();
    draft.undo();
    expect(valueAt(draft.state.report, held)).toBe(3);
    expect(draft.state.report.reasons).toBeUndefined();
  });
});
