import fc from "fast-check";
import { expect, test } from "vitest";
import { Draft } from "../../components/report/draft/draft.ts";
import { type Edit, valueAt } from "../../lib/report/edits.ts";
import { enteredCells } from "../../lib/report/format.ts";
import { formatForYear } from "../../templates/index.ts";
import { alone, draftServer, memoryStorage } from "./draft-server.ts";
import { virtualTime } from "./virtual-time.ts";

const format = formatForYear(2024);
if (!format) throw new Error("no format for 2024");
const cells = format.tables.flatMap((table) =>
  enteredCells(table).map(({ row, column }) => `tables.${table.id}.${row.id}.${column.id}`),
);

type Deed =
  | { kind: "type"; edit: Edit }
  | { kind: "undo" | "redo" | "retry" }
  | { kind: "trouble"; trouble: "lost" | "lostAnswer" | "busy" }
  | { kind: "wait"; milliseconds: number };

const deeds: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({ path: fc.constantFrom(...cells.slice(0, 4)), value: fc.nat(3) })
      .map((edit): Deed => ({ kind: "type", edit })),
  },
  { weight: 2, arbitrary: fc.constantFrom("undo", "redo", "retry").map((kind): Deed => ({ kind })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom("lost", "lostAnswer", "busy").map((trouble): Deed => ({ kind: "trouble", trouble })),
  },
  {
    weight: 4,
    arbitrary: fc.integer({ min: 1, max: 4_000 }).map((milliseconds): Deed => ({ kind: "wait", milliseconds })),
  },
);

test("a page asks before it is left whenever the server lacks something, and never once it has all", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deeds, { minLength: 1, maxLength: 40 }), async (session) => {
      const time = virtualTime(Date.UTC(2025, 0, 6));
      try {
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
        expect(draft.unsynced).toBe(false);
        const lacks = () =>
          cells.slice(0, 4).some((path) => valueAt(server.report, path) !== valueAt(draft.state.report, path));
        for (const deed of session) {
          if (deed.kind === "type") draft.edit([deed.edit]);
          else if (deed.kind === "wait") await time.pass(deed.milliseconds);
          else if (deed.kind === "trouble")
            server.troubles.push(deed.trouble === "busy" ? { status: 503, message: "忙" } : deed.trouble);
          else draft[deed.kind]();
          if (lacks()) expect(draft.unsynced).toBe(true);
          if (draft.state.save.kind === "saved") expect(draft.unsynced).toBe(false);
        }
        server.troubles.length = 0;
        await time.pass(120_000);
        expect(lacks()).toBe(false);
        expect(draft.unsynced).toBe(false);
        draft.stop();
      } finally {
        time.end();
      }
    }),
    { numRuns: 200 },
  );
});
