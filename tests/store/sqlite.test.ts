import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, expect, test } from "vitest";
import { closeDatabase, database } from "../../lib/store/database.ts";
import { readReport } from "../../lib/store/reports.ts";
import { accessSuite } from "./access.ts";
import { overviewSuite } from "./overview.ts";
import { acknowledged, ended, startWriter } from "./processes.ts";
import { recordSuite } from "./record.ts";
import { requirementSuite } from "./requirements.ts";
import { named, reportOf, revisions, storeSuite } from "./suite.ts";
import { workflowSuite } from "./workflow.ts";

const folders: string[] = [];

async function prepare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "store-sqlite-"));
  folders.push(folder);
  delete process.env.DATABASE_URL;
  process.env.DATA_DIR = join(folder, "data");
}

afterEach(async () => {
  await closeDatabase();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

storeSuite("SQLite", prepare);
accessSuite("SQLite", prepare);
workflowSuite("SQLite", prepare);
recordSuite("SQLite", prepare);
requirementSuite("SQLite", prepare);
overviewSuite("SQLite", prepare);

test("the file is write-ahead logged, in a folder of its owner alone", async () => {
  await prepare();
  await database();
  const folder = process.env.DATA_DIR ?? "";
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const file = new DatabaseSync(join(folder, "reports.sqlite"));
  expect(file.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  file.close();
});

test("a process that opens a new database while others do the same waits for them", async () => {
  for (let round = 0; round < 3; round++) {
    await prepare();
    const ledger = join(process.env.DATA_DIR ?? "", "..", "ledger");
    const nobody = Array.from({ length: 4 }, () => startWriter("nobody", crypto.randomUUID(), 0, ledger, "-"));
    expect(await Promise.all(nobody.map(ended))).toEqual([0, 0, 0, 0]);
  }
});

test("kill -9 at any moment loses no acknowledged save", { timeout: 240_000 }, async () => {
  await prepare();
  const clerk = await named();
  const id = await reportOf(clerk, 2024);
  await closeDatabase();
  const ledgers: string[] = [];

  for (let kill = 0; kill < 12; kill++) {
    const ledger = join(process.env.DATA_DIR ?? "", "..", `ledger-${kill}`);
    ledgers.push(ledger);
    const enough = 1 + Math.floor(Math.random() * 40);
    const writer = startWriter(clerk.organisation.id, id, 1_000_000, ledger, `${kill}`);
    while (acknowledged(ledger).length < enough && writer.exitCode === null) await pause(5 * Math.random());
    writer.kill("SIGKILL");
    expect(await ended(writer)).toBe("SIGKILL");

    const saves = ledgers.flatMap(acknowledged);
    expect(saves.length).toBeGreaterThan(kill);
    const history = await revisions(id);
    const answered = await (await database()).selectFrom("report_operation").selectAll().execute();
    const versionOf = new Map(answered.map((operation) => [operation.operation_id, operation.version]));
    expect(saves.filter((save) => versionOf.get(save.operationId) !== save.version)).toEqual([]);
    expect(history.map(({ version }) => version)).toEqual(history.map((_, number) => number + 1));
    const stored = await readReport(clerk, id);
    expect(stored?.version).toBe(history.length);
    expect(JSON.parse(history.at(-1)?.edits ?? "")).toEqual([{ path: "opening", value: stored?.report.opening }]);
    await closeDatabase();
  }
  const file = new DatabaseSync(join(process.env.DATA_DIR ?? "", "reports.sqlite"));
  expect(file.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  file.close();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
