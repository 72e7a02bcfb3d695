import { createHash, createHmac } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { BrowserContext, Page } from "@playwright/test";
import { valueAt } from "../../lib/report/edits.ts";
import { enteredCells, type Format, tableOf } from "../../lib/report/format.ts";
import type { Report } from "../../lib/report/report.ts";
import type { Role } from "../../lib/workflow/roles.ts";
import { formatForYear } from "../../templates/index.ts";
import { isAccessible } from "./accessible.ts";
import { LARGE, LEAST_TARGET, sticksOut, targetsTooSmall, textsTooSmall } from "./looks.ts";
import { account, firstOrganisation } from "./people.ts";
import { AppServer, firstUser } from "./server.ts";
import { expect, test } from "./watched.ts";

const server = new AppServer({ organisation: "云岭区人民政府办公室" });
const year = 2024;
const format = formatForYear(year) as Format;
const table = tableOf(format, format.balances[0]?.table ?? "");
const [cell = ""] = enteredCells(table).map(({ row, column }) => `${table.id}.${row.id}.${column.id}`);
let report = "";

test.beforeAll(async () => {
  await server.start();
  report = `/reports/${(await server.ask<{ id: string }>("/api/reports", "POST", { year })).id}`;
});
test.afterAll(() => server.stop());

const alive = (page: Page) => expect(page.locator("html[data-scripts='alive']")).toBeAttached();
const open = async (page: Page, path: string) => {
  await page.goto(server.site + path);
  await alive(page);
};
const logIn = async (page: Page, { username, password }: { username: string; password: string }) => {
  await page.getByLabel("用户名").fill(username);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
};
const saved = (page: Page) => expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 20_000 });

/** A new user of the organisation, with a password of her own. */
const newUser = async (name: string, username: string, roles: readonly Role[]) =>
  account(server, await firstOrganisation(server), { name, username, roles });

test("the address of the first set-up works once, within its time, and each start gives a new one", async ({
  page,
}) => {
  const fresh = new AppServer({ setUp: false });
  await fresh.start();
  try {
    await page.goto(`${fresh.origin}/reports`);
    await expect(page.getByText("系统还没有完成首次设置")).toBeVisible();
    await page.goto(`${fresh.origin}/setup`);
    await expect(page.getByText("地址不完整")).toBeVisible();
    const first = fresh.setupAddress;
    expect(first).toMatch(/\/setup#[\w-]{43}$/);
    await fresh.kill();
    fresh.output = "";
    await fresh.start();
    expect(fresh.setupAddress).not.toBe(first);

    const fillIn = async (address: string, password: string) => {
      await page.goto("about:blank");
      await page.goto(address);
      await alive(page);
      await expect(page).toHaveURL(/\/setup$/);
      await page.getByLabel("单位全称").fill("青川市云岭区档案馆");
      await page.getByLabel("管理员姓名").fill(firstUser.name);
      await page.getByLabel("用户名").fill(firstUser.username);
      await page.getByLabel("新密码", { exact: true }).fill(password);
      await page.getByLabel("再输一次新密码").fill(password);
      await page.getByRole("button", { name: "完成设置" }).click();
    };
    await fillIn(first, firstUser.password);
    await expect(page.getByText("设置地址不对或者已经失效")).toBeVisible();
    await fillIn(fresh.setupAddress, "12345678");
    await expect(page.getByText("密码至少10个字符，现在是8个。")).toBeVisible();
    await isAccessible(page);
    await page.getByLabel("新密码", { exact: true }).fill(firstUser.password);
    await page.getByLabel("再输一次新密码").fill(firstUser.password);
    await page.getByRole("button", { name: "完成设置" }).click();
    await page.waitForURL(/reports\/new$/);
    const gone = await page.goto(fresh.setupAddress.replace("#", "?x#"));
    expect(gone?.status()).toBe(404);
    expect(fresh.output).not.toContain(firstUser.password);
  } finally {
    await fresh.stop();
  }
});

test("whoever is not logged in gets to the log-in, and from there to where she wanted to go", async ({ page }) => {
  for (const path of ["/", "/reports", `${report}/check`, "/administration", "/account", "/sample"]) {
    await open(page, path);
    await expect(page).toHaveURL(/\/login/);
  }
  await isAccessible(page);
  await page.getByRole("button", { name: "大字版" }).click();
  expect((await textsTooSmall(page, LARGE)).faults).toEqual([]);
  expect((await targetsTooSmall(page, LARGE.target)).faults).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sticksOut(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.getByRole("button", { name: "大字版" }).click();

  await logIn(page, { username: firstUser.username, password: "not-hers" });
  await expect(page.getByText("用户名或密码不正确。")).toBeVisible();
  await logIn(page, { username: "nobody-at-all", password: "not-hers" });
  await expect(page.getByText("用户名或密码不正确。")).toBeVisible();
  await isAccessible(page);
  await page.getByLabel("用户名").fill(firstUser.username.toUpperCase());
  // Pasted, as a manager of passwords does.
  await page.getByLabel("密码", { exact: true }).fill("");
  await page.getByLabel("密码", { exact: true }).focus();
  await page.keyboard.insertText(firstUser.password);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/sample$/);
  await expect(page.getByRole("banner")).toContainText("云岭区人民政府办公室");
  await expect(page.getByRole("banner")).toContainText(firstUser.name);
});

test("too many wrong passwords lock a name for a while, and an administrator lifts it", async ({ page, browser }) => {
  const user = await newUser("孙丽", "sunli", ["clerk"]);
  await open(page, "/login");
  for (let failure = 0; failure < 5; failure++) {
    const answered = page.waitForResponse("**/api/session");
    await logIn(page, { ...user, password: `wrong-${failure}` });
    expect((await answered).status()).toBe(401);
  }
  await logIn(page, user);
  await expect(page.getByText("连续输错次数过多，请 1 分钟后再试。")).toBeVisible();

  const context = await browser.newContext();
  await server.logIn(context);
  const administrator = await context.newPage();
  await open(administrator, "/administration");
  await administrator.getByRole("link", { name: "孙丽" }).click();
  await administrator.getByRole("button", { name: "解除锁定" }).click();
  await expect(administrator.getByText("已解除锁定")).toBeVisible();
  await logIn(page, user);
  await page.waitForURL(/\/reports$/);
  await context.close();
});

test("an administrator adds a unit and its clerk, who has to choose a password and sees nothing but her own", async ({
  page,
  context,
  browser,
}) => {
  await server.logIn(context);
  await open(page, "/administration");
  await isAccessible(page);
  await page.getByRole("link", { name: "增加单位或用户" }).click();
  const unitCard = page.locator("form").filter({ has: page.getByRole("button", { name: "增加下级单位" }) });
  await unitCard.getByLabel("单位全称").fill("云岭区科学技术局");
  await unitCard.getByRole("button").click();
  await expect(page.getByText("已增加“云岭区科学技术局”。")).toBeVisible();
  await unitCard.getByLabel("单位全称").fill("云岭区科学技术局");
  await unitCard.getByRole("button").click();
  await expect(page.getByText("已经有这个名称的单位。")).toBeVisible();
  await isAccessible(page);
  await page.getByRole("link", { name: "返回单位与用户" }).click();
  await page.getByRole("link", { name: "云岭区科学技术局" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("云岭区科学技术局");
  await page.getByLabel("姓名").fill("王芳");
  await page.getByLabel("用户名").fill("WangFang");
  await page.getByLabel(/审核人/).check();
  await page.getByRole("button", { name: "增加用户" }).click();
  await expect(page.getByText("只显示这一次")).toBeVisible();
  const password = await page.getByText(/^\w{4}(-\w{4}){3}$/).innerText();
  await isAccessible(page);
  await page.reload();
  await expect(page.getByText(password)).toBeHidden();

  const other = await browser.newContext();
  const clerk = await other.newPage();
  await open(clerk, "/login");
  await logIn(clerk, { username: "wangfang", password });
  await clerk.waitForURL(/account\/password$/);
  await open(clerk, "/reports");
  await expect(clerk).toHaveURL(/account\/password$/);
  const change = async (current: string, next: string, repeated = next) => {
    await clerk.getByLabel("现在的密码").fill(current);
    await clerk.getByLabel("新密码", { exact: true }).fill(next);
    await clerk.getByLabel("再输一次新密码").fill(repeated);
    await clerk.getByRole("button", { name: "更换密码" }).click();
  };
  for (const [current, next, repeated, said] of [
    [password, "Hill-and-River-7", "Hill-and-River-8", "两次输入的新密码不一致。"],
    ["wrong", "Hill-and-River-7", "Hill-and-River-7", "现在的密码不正确。"],
    [password, password, password, "新密码不能与现在的密码相同。"],
    [password, "WangFang-2024", "WangFang-2024", "密码中不能包含用户名"],
  ] as const) {
    await change(current, next, repeated);
    await expect(clerk.getByText(said)).toBeVisible();
  }
  await isAccessible(clerk);
  await change(password, "Hill-and-River-7");
  await clerk.waitForURL(/\/reports$/);
  await expect(clerk.getByRole("banner")).toContainText("云岭区科学技术局");
  await expect(clerk.getByRole("link", { name: "单位与用户" })).toBeHidden();
  for (const path of [report, `${report}/check`, "/administration", "/reports/none"]) {
    expect((await clerk.goto(server.site + path))?.status(), path).toBe(404);
    await expect(clerk.getByRole("heading", { name: "没有找到这个页面" })).toBeVisible();
  }
  await other.close();
});

test("a session that ends in the middle of a form is renewed in the page, and what was typed is saved", async ({
  page,
  context,
}) => {
  const user = await newUser("赵磊", "zhaolei", ["clerk"]);
  await open(page, "/login");
  await logIn(page, user);
  await page.waitForURL(/\/reports$/);
  await open(page, `${report}/${table.id}`);
  const field = page.locator(`[id="${cell}"]`);
  await field.fill("41");
  await saved(page);
  await endSessions(context);
  await field.fill("42");
  const dialog = page.getByRole("dialog", { name: "请重新登录" });
  await expect(dialog).toBeVisible({ timeout: 20_000 });
  await isAccessible(page);
  await expect(dialog.getByLabel("用户名")).toHaveValue("zhaolei");
  await dialog.getByRole("button", { name: "以后再登录" }).click();
  await expect(page.locator('[data-save-state="signedOut"]')).toContainText("已存本机");
  await field.fill("43");
  await page.getByRole("button", { name: "重新登录" }).click();
  await dialog.getByLabel("密码", { exact: true }).fill("wrong");
  await dialog.getByRole("button", { name: "登录", exact: true }).click();
  await expect(dialog.getByText("用户名或密码不正确。")).toBeVisible();
  await dialog.getByLabel("密码", { exact: true }).fill(user.password);
  await dialog.getByRole("button", { name: "登录", exact: true }).click();
  await expect(dialog).toBeHidden();
  await saved(page);
  await expect(field).toHaveValue("43");
  await page.reload();
  await expect(field).toHaveValue("43");
});

/** As if the time of the session were over: the cookie stays, the server does not know it any more. */
async function endSessions(context: BrowserContext) {
  const cookies = (await context.cookies(server.site)).filter(({ httpOnly }) => httpOnly);
  const [cookie] = cookies;
  if (!cookie) throw new Error("nobody is logged in");
  const ended = await server.fetch("/api/session", { method: "DELETE" }, `${cookie.name}=${cookie.value}`);
  expect(ended.status).toBe(200);
}

/** As if a session had begun, and had been used last, so many minutes ago. */
function age(cookie: string, { begun, unused }: { begun: number; unused: number }): void {
  const id = createHash("sha256")
    .update(cookie.split("=")[1] ?? "")
    .digest("hex");
  const database = new DatabaseSync(join(server.folder, "reports.sqlite"));
  const ago = (minutes: number) => Date.now() - minutes * 60_000;
  const changed = database
    .prepare("UPDATE session SET created_at = ?, seen_at = ? WHERE id = ?")
    .run(ago(begun), ago(unused), id);
  database.close();
  expect(changed.changes).toBe(1);
}

test("before a session ends she is told in time, puts it off by one key as often as she likes, and comes back", async ({
  page,
  context,
}) => {
  const cookie = await server.session(await newUser("沈宁", "shenning", ["clerk"]));
  await server.logIn(context, cookie);
  await page.clock.install();
  await open(page, "/sample");
  const warning = page.getByText(/到期/);
  await page.clock.fastForward(26 * 60_000);
  await expect(warning).toBeHidden();
  for (let time = 0; time < 12; time++) {
    age(cookie, { begun: 60, unused: 27 });
    await page.clock.fastForward(27 * 60_000);
    await expect(page.getByText("有一段时间没有操作了，登录将在 3 分钟内到期。")).toBeVisible();
    await expect(page.getByRole("button", { name: "继续使用" })).toBeFocused();
    if (time === 0) await isAccessible(page);
    await page.keyboard.press("Enter");
    await expect(warning).toBeHidden();
  }
  // What is done in another window counts, too.
  age(cookie, { begun: 60, unused: 27 });
  await page.clock.fastForward(27 * 60_000);
  await expect(warning).toBeVisible();
  age(cookie, { begun: 60, unused: 0 });
  await page.clock.fastForward(30_000);
  await expect(warning).toBeHidden();

  age(cookie, { begun: 12 * 60 - 2.5, unused: 0 });
  await page.clock.fastForward(27 * 60_000);
  await expect(page.getByText("本次登录将在 3 分钟内到期，到期后请重新登录。")).toBeVisible();
  await expect(page.getByRole("button", { name: "继续使用" })).toBeHidden();
  age(cookie, { begun: 12 * 60, unused: 0 });
  await page.clock.fastForward(30_000);
  await expect(page.getByText("登录已经到期。填写的内容都在，重新登录后继续。")).toBeVisible();
  await isAccessible(page);
  await page.getByRole("link", { name: "重新登录" }).click();
  await alive(page);
  await logIn(page, { username: "shenning", password: "Yunling-Hill-9" });
  await page.waitForURL(/\/sample$/);
  await expect(warning).toBeHidden();
});

test("a second factor is set up by its code, asked for at the log-in, and lifted again", async ({ page, browser }) => {
  const user = await newUser("钱进", "qianjin", ["clerk"]);
  await open(page, "/login");
  await logIn(page, user);
  await page.waitForURL(/\/reports$/);
  await page.getByRole("link", { name: "钱进" }).click();
  await page.waitForURL(/\/account$/);
  await page.getByLabel("现在的密码").fill(user.password);
  await page.getByRole("button", { name: "开通动态口令" }).click();
  await expect(page.getByRole("img", { name: "开通动态口令的二维码" })).toBeVisible();
  await isAccessible(page);
  const secret = (await page.getByText(/^([A-Z2-7]{4} ?){8}$/).innerText()).replaceAll(" ", "");
  const step = () => Math.floor(Date.now() / 30_000);
  await page.getByRole("textbox", { name: "动态口令" }).fill("000000");
  await page.getByRole("button", { name: "确认开通" }).click();
  await expect(page.getByText("动态口令不正确")).toBeVisible();
  const used = step() - 1;
  await page.getByRole("textbox", { name: "动态口令" }).fill(totpCode(secret, used));
  await page.getByRole("button", { name: "确认开通" }).click();
  await expect(page.getByText("已经开通")).toBeVisible();

  const context = await browser.newContext();
  const second = await context.newPage();
  await open(second, "/login");
  await logIn(second, user);
  await expect(second.getByLabel("动态口令")).toBeFocused();
  await second.getByLabel("动态口令").fill(totpCode(secret, used));
  await second.getByRole("button", { name: "登录", exact: true }).click();
  await expect(second.getByText("动态口令不正确")).toBeVisible();
  await isAccessible(second);
  await second.getByLabel("动态口令").fill(totpCode(secret, used + 1));
  await second.getByRole("button", { name: "登录", exact: true }).click();
  await second.waitForURL(/\/reports$/);

  await page.reload();
  await expect(page.getByRole("listitem").filter({ hasText: "本机" })).toHaveCount(1);
  await page
    .getByRole("button", { name: /^退出.+上的登录$/ })
    .first()
    .click();
  await expect(page.getByRole("button", { name: /^退出.+上的登录$/ })).toHaveCount(1);
  await open(second, "/reports?of=2024");
  await expect(second).toHaveURL(/\/login\?next=%2Freports%3Fof%3D2024$/);
  await page.getByLabel("现在的密码").fill(user.password);
  await page.getByRole("button", { name: "关闭动态口令" }).click();
  await expect(page.getByText("没有开通。")).toBeVisible();
  await context.close();
});

test("after logging out nothing is shown any more, also not by the back button", async ({ page }) => {
  const user = await newUser("周游", "zhouyou", ["clerk"]);
  await open(page, "/login");
  await logIn(page, user);
  await page.waitForURL(/\/reports$/);
  await open(page, `${report}/${table.id}`);
  await expect(page.locator(`[id="${cell}"]`)).toBeEditable();
  await page.getByRole("button", { name: "退出" }).click();
  await page.waitForURL(/\/login/);
  await page.goBack();
  await expect(page.getByLabel("用户名")).toBeVisible();
  await expect(page.locator(`[id="${cell}"]`)).toHaveCount(0);
});

/** What this browser keeps of the app, wherever a page may keep something; but that somebody logged out. */
const keptBy = (page: Page) =>
  page.evaluate(async () => {
    const asked = indexedDB.open("drafts", 1);
    const backups = await new Promise<IDBValidKey[]>((resolve, reject) => {
      asked.onupgradeneeded = () => asked.result.createObjectStore("journals");
      asked.onerror = () => reject(asked.error);
      asked.onsuccess = () => {
        const keys = asked.result.transaction("journals").objectStore("journals").getAllKeys();
        keys.onsuccess = () => {
          asked.result.close();
          resolve(keys.result);
        };
      };
    });
    const kept = Object.keys({ ...localStorage, ...sessionStorage }).filter((key) => !key.startsWith("left:"));
    return [...kept, ...backups.map(String)];
  });

test("logging out waits for what was just typed, and leaves nothing in the browser", async ({ page, context }) => {
  const user = await newUser("冯晓", "fengxiao", ["clerk"]);
  await open(page, "/login");
  await logIn(page, user);
  await page.waitForURL(/\/reports$/);
  const other = await context.newPage();
  await open(other, `${report}/opening`);
  await open(page, `${report}/${table.id}`);
  const field = page.locator(`[id="${cell}"]`);
  await expect(field).toBeEditable();
  await field.fill("57");
  expect((await keptBy(page)).filter((key) => key.startsWith("draft:"))).not.toEqual([]);
  await page.getByRole("button", { name: "退出" }).click();
  await page.waitForURL(/\/login$/);
  await expect.poll(() => keptBy(page)).toEqual([]);
  await expect(other).toHaveURL(/\/login$/);
  const { report: stored } = await server.ask<{ report: Report }>(`/api${report}`);
  expect(valueAt(stored, `tables.${cell}`)).toBe(57);
});

test("what cannot be sent is given up at the log-out only by whoever typed it", async ({ page, context }) => {
  const user = await newUser("何静", "hejing", ["clerk"]);
  await open(page, "/login");
  await logIn(page, user);
  await page.waitForURL(/\/reports$/);
  await open(page, `${report}/${table.id}`);
  const field = page.locator(`[id="${cell}"]`);
  await expect(field).toBeEditable();
  await page.route(`**/api${report}`, (route) =>
    route.request().method() === "PATCH" ? route.abort() : route.continue(),
  );
  await field.fill("58");
  await page.getByRole("button", { name: "退出" }).click();
  const dialog = page.getByRole("dialog", { name: "还有修改没有存到服务器" });
  await expect(dialog).toContainText("1 份报告");
  await isAccessible(page);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(field).toHaveValue("58");
  // Another report's page is open now, and what waits is in the journal of one that is gone.
  page.once("dialog", (question) => question.accept());
  await open(page, "/reports");
  await page.getByRole("button", { name: "退出" }).click();
  await expect(dialog).toContainText("1 份报告");
  await dialog.getByRole("button", { name: "先不退出" }).click();
  await expect(dialog).toBeHidden();
  expect((await keptBy(page)).filter((key) => key.startsWith("draft:"))).not.toEqual([]);
  // Somebody else's is none of her business, and stays.
  await page.evaluate(() => localStorage.setItem("draft:somebody-else:report:page", "kept"));
  await open(page, `${report}/${table.id}`);
  await expect(field).toHaveValue("58");
  await page.getByRole("button", { name: "退出" }).click();
  await dialog.getByRole("button", { name: "清除修改并退出" }).click();
  await page.waitForURL(/\/login$/);
  await expect.poll(() => keptBy(page)).toEqual(["draft:somebody-else:report:page"]);
  await context.clearCookies();
});

test("the pages of accounts and of administration are fit for everyone", async ({ page, context }) => {
  await server.logIn(context);
  const organisationId = await firstOrganisation(server);
  const user = await newUser("吴敏", "wumin", ["clerk"]);
  expect(user.username).toBe("wumin");
  await open(page, "/administration");
  const address = await page.getByRole("link", { name: "吴敏" }).getAttribute("href");
  for (const look of ["usual", "large"]) {
    await context.addCookies([{ name: "look", value: look, url: server.site }]);
    for (const path of [
      "/account",
      "/account/password",
      "/administration",
      `/administration/units/${organisationId}`,
      address ?? "",
    ]) {
      await open(page, path);
      for (const [width, height] of [
        [1280, 720],
        [640, 360],
        [320, 640],
      ] as const) {
        await page.setViewportSize({ width, height });
        expect.soft(await sticksOut(page), `${path} ${look} ${width}`).toEqual([]);
      }
      await page.setViewportSize({ width: 1280, height: 720 });
      if (look === "large") {
        expect.soft((await textsTooSmall(page, LARGE)).faults, path).toEqual([]);
      }
      const least = look === "large" ? LARGE.target : LEAST_TARGET;
      expect.soft((await targetsTooSmall(page, least)).faults, path).toEqual([]);
      await isAccessible(page);
    }
  }
});

/** What an authenticator application shows in an interval of thirty seconds. */
function totpCode(secret: string, step: number): string {
  const bits = [...secret].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  const key = Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeUInt32BE(step, 4);
  const hash = createHmac("sha1", key).update(counter).digest();
  return String((hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
