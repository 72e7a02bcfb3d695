import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase } from "../../lib/store/database.ts";
import { organisationNamed, userIn } from "../store/actors.ts";
import { filledReport } from "../store/filled-report.ts";

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "audit-"));
  delete process.env.DATABASE_URL;
  process.env.DATA_DIR = join(folder, "data");
  for (const name of ["青川市云岭区档案馆", "青川市云岭区气象局"]) {
    await filledReport(await userIn(await organisationNamed(name)));
  }
  await closeDatabase();
});
afterAll(() => rmSync(folder, { recursive: true }));

function audit(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["lib/cli/report.ts", "audit", ...args], {
    cwd: join(import.meta.dirname, "../.."),
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("a whole record ends with 0 and gives its end to be noted", () => {
  const { status, stdout, stderr } = audit("verify");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^操作记录完好，共 2 条。\n.+\n2:[\da-f]{64}\n$/);
});

test("an exported record can be verified without the database, and holds the export itself", () => {
  const { stdout } = audit("verify");
  const noted = /\d+:[\da-f]{64}/.exec(stdout)?.[0] ?? "";
  const file = join(folder, "记录.jsonl");
  expect(audit("export", "--out", file)).toEqual({ status: 0, stdout: "", stderr: "" });
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(["report.create", "report.create", "audit.export"]);
  expect(audit("verify", file, "--head", noted)).toMatchObject({ status: 0 });
  writeFileSync(file, [lines[0], lines[2]].join("\n"));
  expect(audit("verify", file)).toMatchObject({ status: 1, stdout: expect.stringContaining("缺少第 2 条") });
  writeFileSync(file, "甲");
  expect(audit("verify", file)).toMatchObject({ status: 2, stderr: expect.stringContaining("第 1 行不是操作记录") });
  expect(audit("verify", join(folder, "没有"))).toMatchObject({ status: 2 });
});

test("an export without a file goes to standard output", () => {
  const { status, stdout } = audit("export");
  expect(status).toBe(0);
  expect(stdout.trimEnd().split("\n")).toHaveLength(4);
});

test("a noted end that the record does not contain is told", () => {
  const { status, stdout } = audit("verify", "--head", `9:${"a".repeat(64)}`);
  expect({ status, stdout }).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/第 5 条及以后的记录不见了。.*4 条完好/),
  });
  expect(audit("verify", "--head", "9:abc")).toMatchObject({ status: 2, stderr: expect.stringContaining("64位") });
});

test("a line that somebody changed in the database is named", () => {
  const file = new DatabaseSync(join(folder, "data", "reports.sqlite"));
  file.exec("drop trigger audit_entry_no_update; update audit_entry set user_id = 'x' where sequence = 2");
  file.close();
  expect(audit("verify")).toMatchObject({ status: 1, stdout: expect.stringContaining("第 2 条的内容与写入时不同") });
});

test("what is no command is answered with the usage", () => {
  for (const args of [[], ["forget"], ["verify", "a", "b"], ["export", "a"], ["verify", "--what"]]) {
    const { status, stderr } = audit(...args);
    expect({ status, stderr }, args.join(" ")).toMatchObject({ status: 2, stderr: expect.stringContaining("用法") });
  }
});
