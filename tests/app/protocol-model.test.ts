import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { band, type Format, line, prose, tableSection } from "../../lib/report/format.ts";
import { closeDatabase, database } from "../../lib/store/database.ts";
import { createReport, readReport, saveEdits } from "../../lib/store/reports.ts";
import { formatForYear } from "../../templates/index.ts";
import { actorIn, organisationNamed } from "../store/actors.ts";
import { memoryStore } from "./draft-server.ts";
import { type Fate, type Store, World } from "./protocol-world.ts";
import { virtualTime } from "./virtual-time.ts";

/** A format as small as can be: the protocol does not care, and thousands of runs are soon done. */
const table = {
  id: "numbers",
  bands: [band("", [line("count", "件数")], [line("a", "甲"), line("b", "乙"), line("c", "丙")])],
  print: { widths: [10, 10], size: 10 },
};
const installed = formatForYear(2024) as Format;
const format: Format = {
  ...installed,
  id: "smallest",
  sections: [prose("text", "一、文字", "", []), tableSection(table, "二、数字", "")],
  tables: [table],
  balances: [],
  carryOvers: [],
  stocks: [],
  guidance: {},
};
const paths = ["a", "b", "c"].map((row) => `tables.numbers.${row}.count`);

const fates: Fate[] = ["lost", "lostAnswer", "swallowed", "late", "twice", 401, 413, 422, 429, 500, 503];

type Step =
  | { kind: "type"; tab: number; path: number }
  | { kind: "pass"; duration: number }
  | { kind: "undo" | "mine" | "theirs" | "close" | "crash"; tab: number }
  | { kind: "open" | "full" | "kill"; clerk: number }
  | { kind: "fate"; fate: Fate }
  | { kind: "clock"; by: number }
  | { kind: "down" | "up" | "restart" | "signIn" };

const tab = fc.nat(5);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("type" as const), tab, path: fc.nat(2) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      duration: fc.constantFrom(20, 200, 900, 4_000, 30_000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("fate" as const), fate: fc.constantFrom(...fates) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("undo" as const, "mine" as const, "theirs" as const), tab }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("close" as const, "crash" as const), tab }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("open" as const, "open" as const, "full" as const, "kill" as const),
      clerk: fc.nat(2),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("clock" as const), by: fc.constantFrom(-86_400_000, 0, 3_600_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom("down" as const, "up" as const, "restart" as const, "signIn" as const),
    }),
  },
);

async function take(world: World, action: Step): Promise<void> {
  const tabs = world.tabs();
  const chosen = "tab" in action ? tabs[action.tab % Math.max(1, tabs.length)] : undefined;
  if (action.kind === "pass") await world.pass(action.duration);
  if (action.kind === "fate") world.fates.push(action.fate);
  if (action.kind === "open") await world.open(action.clerk);
  if (action.kind === "down") world.isDown = true;
  if (action.kind === "up") world.isDown = false;
  if (action.kind === "restart") world.restart();
  if (action.kind === "signIn") world.signIn();
  if (action.kind === "clock") await world.putClocks(action.by);
  if (action.kind === "kill") world.kill(action.clerk);
  if (action.kind === "full") world.fill(action.clerk);
  if (chosen) {
    if (action.kind === "type") world.type(chosen, world.paths[action.path] ?? "");
    if (action.kind === "undo") world.undo(chosen);
    if (action.kind === "mine" || action.kind === "theirs") world.resolve(chosen, action.kind);
    if (action.kind === "close") world.leave(chosen, "closed");
    if (action.kind === "crash") world.leave(chosen, "crashed");
  }
  await world.pass(world.moment);
}

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "protocol-"));
  delete process.env.DATABASE_URL;
  process.env.DATA_DIR = folder;
  await database();
});
afterAll(async () => {
  await closeDatabase();
  rmSync(folder, { recursive: true, force: true });
});

let time: ReturnType<typeof virtualTime>;
beforeEach(() => {
  time = virtualTime(Date.parse("2025-01-06T09:00:00Z"));
});
afterEach(() => time.end());

const inMemory = (): Store => {
  const store = memoryStore(format);
  return { read: async () => store.snapshot(), save: async (save) => store.save(save) };
};

/** What was promised and not kept in the course of these steps and after them. */
async function violations(steps: readonly Step[], world: World): Promise<readonly string[]> {
  await world.putClocks(0);
  for (const clerk of [0, 0, 1, 2]) await world.open(clerk);
  for (const action of steps) await take(world, action);
  await world.comeToRest();
  for (const open of world.tabs()) world.leave(open, "closed");
  await world.pass(60_000);
  return world.violations;
}

const steps = fc.array(step, { minLength: 3, maxLength: 25 });
/** Continuous integration asks for ten thousand. */
const RUNS = Number(process.env.PROTOCOL_RUNS ?? 1_500);

test("three clerks in four tabs, whatever happens on the way: nothing is lost, nothing overwritten unseen", {
  timeout: 600_000,
}, async () => {
  const run = fc.asyncProperty(steps, async (taken) => {
    const world = new World(format, paths, 3, inMemory(), time);
    expect(await violations(taken, world)).toEqual([]);
  });
  await fc.assert(run, { numRuns: RUNS });
});

test("two pages of one clerk do not take turns in writing back what the other gave up", async () => {
  const taken: Step[] = [
    { kind: "fate", fate: 413 },
    { kind: "type", tab: 0, path: 0 },
    { kind: "signIn" },
    { kind: "undo", tab: 0 },
    { kind: "fate", fate: "lost" },
    { kind: "type", tab: 0, path: 1 },
  ];
  expect(await violations(taken, new World(format, paths, 3, inMemory(), time))).toEqual([]);
});

test("the same on the real store", { timeout: 120_000 }, async () => {
  const rows = ["received", "carriedIn", "granted"];
  const cells = rows.map((row) => `tables.requests.${row}.natural`);
  let saves = 0;
  const run = fc.asyncProperty(steps, async (taken) => {
    const clerk = actorIn(await organisationNamed(`青川市云岭区档案馆${crypto.randomUUID()}`));
    const made = await createReport(clerk, 2024);
    if (made.kind !== "created") throw new Error(`creating a report answered ${made.kind}`);
    const read = async () => {
      const stored = await readReport(clerk, made.id);
      if (!stored) throw new Error("the report is gone");
      return stored;
    };
    const store: Store = {
      read,
      save: async (save) => {
        const result = await saveEdits(clerk, made.id, save);
        if (result.kind === "absent" || result.kind === "closed") throw new Error(`the report is ${result.kind}`);
        if (result.kind === "saved") saves++;
        return result;
      },
    };
    const world = new World(installed, cells, 3, store, time);
    expect(await violations(taken, world)).toEqual([]);
  });
  await fc.assert(run, { numRuns: Math.ceil(RUNS / 50) });
  expect(saves).toBeGreaterThan(RUNS / 50);
});
