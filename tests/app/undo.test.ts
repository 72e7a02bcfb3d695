import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Draft } from "../../components/report/draft/draft.ts";
import type { Edit } from "../../lib/report/edits.ts";
import { enteredCells } from "../../lib/report/format.ts";
import { parsePassages } from "../../lib/report/prose.ts";
import type { Report } from "../../lib/report/report.ts";
import { formatForYear } from "../../templates/index.ts";
import { alone, draftServer, memoryStorage } from "./draft-server.ts";

const format = formatForYear(2024);
if (!format) throw new Error("no format for 2024");
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

test(`${OPERATIONS} things done to tables and texts are all undone, saved in between, and all done again`, async () => {
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: OPERATIONS, maxLength: OPERATIONS }), async (operations) => {
      const server = draftServer(format);
      const draft = new Draft({
        id: "r1",
        ...alone,
        format,
        server: server.snapshot(),
        storage: memoryStorage(),
        fetch: server.fetch,
      });
      await draft.start();
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
  const server = draftServer(format);
  const draft = new Draft({
    id: "r1",
    ...alone,
    format,
    server: server.snapshot(),
    storage: memoryStorage(),
    fetch: server.fetch,
  });
  await draft.start();
  const path = cells[0] ?? "";
  draft.edit([{ path, value: 8 }]);
  draft.edit([{ path, value: 88 }]);
  draft.edit([{ path, value: null }]);
  expect(draft.state.undoable).toBeUndefined();
});
