import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { logIn } from "../../lib/auth/log-in.ts";
import { closeDatabase } from "../../lib/store/database.ts";
import { beginSession, findSession } from "../../lib/store/sessions.ts";
import { organisationNamed, userIn } from "../store/actors.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "user-"));
  delete process.env.DATABASE_URL;
  process.env.DATA_DIR = join(folder, "data");
});
afterEach(closeDatabase);
afterAll(() => rmSync(folder, { recursive: true }));

function user(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["lib/cli/report.ts", "user", ...args], {
    cwd: join(import.meta.dirname, "../.."),
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const passwordIn = (text: string) => /一次性密码：(\S+)/.exec(text)?.[1] ?? "";

test("before the first set-up there is nobody, and no administrator can be added", () => {
  expect(user("list")).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(user("create", "liming", "--name", "李明")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("首次设置"),
  });
});

test("an administrator is added who can log in and has to choose a password", async () => {
  await organisationNamed("青川市云岭区档案馆");
  await organisationNamed("青川市云岭区气象局");
  const made = user("create", "LiMing", "--name", "李明");
  expect(made).toMatchObject({ status: 0, stderr: "" });
  const result = await logIn({ username: "liming", password: passwordIn(made.stdout) });
  if (result.kind !== "in") throw new Error(`logging in was answered ${result.kind}`);
  await beginSession({ id: "one", userId: result.userId, address: "", browser: "" });
  expect(await findSession("one", { createdAt: 0, seenAt: 0 })).toMatchObject({
    mustChange: true,
    actor: { roles: ["administrator"], organisation: { name: "青川市云岭区档案馆" } },
  });
  expect(user("create", "liming", "--name", "别人")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("已经有人使用"),
  });
  expect(user("create", "wangfang", "--name", "王芳", "--organisation", "没有的单位")).toMatchObject({ status: 2 });
  expect(user("create", "wangfang", "--name", "王芳", "--organisation", "青川市云岭区气象局")).toMatchObject({
    status: 0,
  });
  expect(user("list").stdout).toBe(
    "liming\t李明\t青川市云岭区档案馆\t系统管理员\nwangfang\t王芳\t青川市云岭区气象局\t系统管理员\n",
  );
});

test("a locked name is unlocked, and a lost password replaced, while the application runs", async () => {
  const { user: clerk } = await userIn(await organisationNamed("青川市云岭区科技局"));
  const reset = user("reset", clerk.username);
  const password = passwordIn(reset.stdout);
  for (let failure = 0; failure < 5; failure++) {
    expect(await logIn({ username: clerk.username, password: "wrong" })).toEqual({ kind: "refused" });
  }
  expect(await logIn({ username: clerk.username, password })).toMatchObject({ kind: "locked" });
  expect(user("unlock", clerk.username)).toMatchObject({ status: 0 });
  expect(await logIn({ username: clerk.username, password })).toMatchObject({ kind: "in" });
  expect(user("unlock", "nobody")).toMatchObject({ status: 2, stderr: "没有用户“nobody”。\n" });
  expect(user("reset", "nobody")).toMatchObject({ status: 2, stderr: "没有用户“nobody”。\n" });
});

test("what is no command is answered with the usage", () => {
  for (const args of [[], ["forget"], ["list", "a"], ["reset"], ["create", "a", "b"], ["reset", "--what"]]) {
    expect(user(...args), args.join(" ")).toMatchObject({ status: 2, stderr: expect.stringContaining("用法") });
  }
});
