import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Actor } from "../../lib/store/actor.ts";
import { closeDatabase } from "../../lib/store/database.ts";
import { readReport, saveEdits } from "../../lib/store/reports.ts";
import { organisationNamed, userIn } from "../store/actors.ts";
import { filledReport } from "../store/filled-report.ts";

const folder = mkdtempSync(join(tmpdir(), "backup-"));
const copies = join(folder, "copies");
const AT = "disclosed.licensing.decisions";
let clerk: Actor;
let id = "";

const command = (...args: string[]) => ["lib/cli/report.ts", ...args];
const options = (environment: Record<string, string>) => ({
  cwd: join(import.meta.dirname, "../.."),
  env: { ...process.env, ...environment },
  encoding: "utf8" as const,
});
const run = (environment: Record<string, string>, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, command(...args), options(environment));
  return { status, stdout, stderr };
};

/** Saves one figure after the other until it is told to stop. Resolves to the last one that was acknowledged. */
async function keepTyping(isOver: () => boolean): Promise<number> {
  let figure = 0;
  while (!isOver()) {
    figure++;
    const { version = 0 } = (await readReport(clerk, id)) ?? {};
    const edits = [{ path: `tables.${AT}`, value: figure }];
    const { kind } = await saveEdits(clerk, id, { baseVersion: version, operationId: crypto.randomUUID(), edits });
    expect(kind).toBe("saved");
    // The embedded database answers without waiting for anything: nobody else would ever have a turn.
    await setImmediate();
  }
  return figure;
}

const figureIn = async () => {
  const [table = "", row = "", column = ""] = AT.split(".");
  return Number((await readReport(clerk, id))?.report.tables[table]?.[row]?.[column]);
};

beforeAll(async () => {
  delete process.env.DATABASE_URL;
  process.env.DATA_DIR = join(folder, "data");
  clerk = await userIn(await organisationNamed("青川市云岭区档案馆"));
  ({ id } = await filledReport(clerk));
});
afterEach(() => {
  process.env.DATA_DIR = join(folder, "data");
});
afterAll(async () => {
  await closeDatabase();
  rmSync(folder, { recursive: true });
});

test("a copy that is made while somebody types is whole, holds what was saved before, and its record is proven by its end", async () => {
  let isOver = false;
  const typing = keepTyping(() => isOver);
  const before = await figureIn();
  const { stdout, stderr } = await promisify(execFile)(process.execPath, command("backup", copies), options({}));
  isOver = true;
  const last = await typing;
  await closeDatabase();
  expect(stderr).toBe("");
  const [name = "", ...others] = readdirSync(copies);
  expect(name).toMatch(/^reports-\d{8}-\d{6}\.sqlite$/);
  expect(others).toEqual([]);
  expect(stdout).toContain(join(copies, name));
  expect(statSync(join(copies, name)).mode & 0o777).toBe(0o600);

  process.env.DATA_DIR = join(folder, "restored");
  mkdirSync(process.env.DATA_DIR);
  renameSync(join(copies, name), join(process.env.DATA_DIR, "reports.sqlite"));
  const noted = /\d+:[\da-f]{64}/.exec(stdout)?.[0] ?? "";
  expect(run({}, "audit", "verify", "--head", noted)).toMatchObject({ status: 0, stderr: "" });
  const restored = await figureIn();
  await closeDatabase();
  expect(last).toBeGreaterThan(1);
  expect(restored).toBeGreaterThanOrEqual(before);
  expect(restored).toBeLessThanOrEqual(last);
});

test("what cannot be copied is refused in words, and leaves nothing behind", () => {
  const file = join(folder, "文件");
  writeFileSync(file, "");
  const empty = join(folder, "empty");
  const refused: [Record<string, string>, string[], RegExp][] = [
    [{}, [], /用法/],
    [{}, ["甲", "乙"], /用法/],
    [{}, ["甲", "--what"], /用法/],
    [{}, [file], /没有备份成功，请检查目录能否写入/],
    [{ DATA_DIR: empty }, [join(folder, "none")], /这里没有数据，请用 DATA_DIR 指明数据目录/],
    [{ DATABASE_URL: "postgres://a@127.0.0.1:1/b" }, [join(folder, "none")], /请用 pg_dump 备份/],
  ];
  for (const [environment, operands, words] of refused) {
    const { status, stdout, stderr } = run(environment, "backup", ...operands);
    expect({ status, stdout }, operands.join(" ")).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(words);
  }
  expect(readdirSync(folder)).not.toContain("none");
});
