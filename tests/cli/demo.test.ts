import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { logIn } from "../../lib/auth/log-in.ts";
import type { Actor } from "../../lib/store/actor.ts";
import { verifyRecord } from "../../lib/store/audit.ts";
import { closeDatabase } from "../../lib/store/database.ts";
import { everyUser } from "../../lib/store/installation.ts";
import { readProgress, type UnitProgress } from "../../lib/store/overview.ts";
import { readingAll } from "../../lib/store/tenancy.ts";
import { stageOf, stages } from "../../lib/workflow/stages.ts";

const folder = mkdtempSync(join(tmpdir(), "demo-"));
const PASSWORD = "Yunling-Hill-9";
const year = 2025;

beforeAll(() => {
  delete process.env.DATABASE_URL;
  process.env.DATA_DIR = join(folder, "data");
});
afterEach(closeDatabase);
afterAll(() => rmSync(folder, { recursive: true }));

function demo(directory: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["lib/cli/report.ts", "demo", "--year", `${year}`, ...args],
    {
      cwd: join(import.meta.dirname, "../.."),
      encoding: "utf8",
      env: { ...process.env, DATA_DIR: join(folder, directory) },
    },
  );
  return { status, stdout, stderr };
}

/** The 主管部门 of what stands in a folder, with so many of the units below. */
async function supervisorIn(directory: string, most = Number.POSITIVE_INFINITY): Promise<Actor> {
  await closeDatabase();
  process.env.DATA_DIR = join(folder, directory);
  const organisations = await readingAll((connection) =>
    connection.selectFrom("organisation").select(["id", "name", "parent_id"]).orderBy("created_at").execute(),
  );
  const top = organisations.find((one) => one.parent_id === null);
  if (!top) throw new Error("no organisation");
  const below = organisations.filter((one) => one.parent_id !== null).map(({ id }) => id);
  const user = { id: "", username: "", name: "" };
  return { user, organisation: top, roles: ["supervisor"], below: below.slice(0, most) };
}

test("a weak password, a strange option and nonsense are refused before anything is done", async () => {
  expect(demo("data", "--password", "123")).toMatchObject({ status: 2, stderr: expect.stringContaining("密码至少") });
  expect(demo("data", "--units", "0")).toMatchObject({ status: 2, stderr: expect.stringContaining("--units") });
  expect(demo("data", "--colour")).toMatchObject({ status: 2, stderr: expect.stringContaining("用法") });
  expect(await everyUser()).toEqual([]);
});

test("a region is made in which every stage occurs, whose people can log in, and whose record is whole", async () => {
  const made = demo("data", "--units", "20", "--password", PASSWORD);
  expect(made).toMatchObject({ status: 0, stderr: "", stdout: expect.stringContaining(`密码：${PASSWORD}`) });
  const users = await everyUser();
  expect(users).toHaveLength(20 * 3 + 2);
  const outcome = await logIn({ username: "d001-jingban", password: PASSWORD, code: undefined });
  expect(outcome).toMatchObject({ kind: "in" });
  const units = await readProgress(await supervisorIn("data"), year);
  expect(new Set(units.map(({ report }) => stageOf(report?.standing)))).toEqual(new Set(stages));
  expect(units.filter(({ report }) => (report?.standing.edition ?? 1) > 1)).toHaveLength(1);
  expect(await verifyRecord()).toMatchObject({ fault: undefined });
});

test("a database that has users is left as it is", async () => {
  const before = await everyUser();
  expect(demo("data")).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("没有改动") });
  expect(await everyUser()).toEqual(before);
});

test("without a password one is made up, other than the last time", () => {
  const passwordIn = ({ stdout }: { stdout: string }) => /密码：(\S+)/.exec(stdout)?.[1];
  const first = passwordIn(demo("first", "--units", "1"));
  const second = passwordIn(demo("second", "--units", "1"));
  expect(first).toMatch(/^\S{19}$/);
  expect(second).toMatch(/^\S{19}$/);
  expect(second).not.toBe(first);
});

test("the overview asks the database as often for twenty units as for two", async () => {
  const asked = async (most: number): Promise<{ units: UnitProgress[]; queries: number }> => {
    const supervisor = await supervisorIn("data", most);
    await readProgress(supervisor, year);
    const prepare = vi.spyOn(DatabaseSync.prototype, "prepare");
    const units = await readProgress(supervisor, year);
    const queries = prepare.mock.calls.length;
    prepare.mockRestore();
    return { units, queries };
  };
  const few = await asked(2);
  const many = await asked(20);
  expect([few.units.length, many.units.length]).toEqual([2, 20]);
  expect(few.queries).toBeGreaterThan(3);
  expect(few.queries).toBeLessThan(10);
  expect(many.queries).toBe(few.queries);
});
