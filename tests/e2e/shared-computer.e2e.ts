import type { BrowserContext, Page } from "@playwright/test";
import type { Report } from "../../lib/report/report.ts";
import { account, firstOrganisation, organisationBelow, person } from "./people.ts";
import { AppServer } from "./server.ts";
import { expect, test } from "./watched.ts";

/** Two clerks of one office at one computer, one after the other, in the same browser. */
const server = new AppServer({ organisation: "青川市云岭区水务局" });
type User = { username: string; password: string };
let first: User;
let second: User;
let report = "";
const secret = "先来的人没有写完的一句话";

test.beforeAll(async () => {
  await server.start();
  const organisation = await firstOrganisation(server);
  const roles = ["clerk", "reviewer"] as const;
  first = await account(server, organisation, { name: "秦先", username: "qinxian", roles });
  second = await account(server, organisation, { name: "吴后", username: "wuhou", roles });
  report = `/reports/${(await server.ask<{ id: string }>("/api/reports", "POST", { year: 2024 })).id}`;
});
test.afterAll(() => server.stop());

async function open(page: Page, path: string): Promise<void> {
  await page.goto(server.site + path);
  await expect(page.locator("html[data-scripts='alive']")).toBeAttached();
}
async function logIn(page: Page, { username, password }: User): Promise<void> {
  await open(page, "/login");
  await page.getByLabel("用户名").fill(username);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.waitForURL(/\/reports$/);
}
const logOut = async (page: Page) => {
  await page.getByRole("button", { name: "退出", exact: true }).click();
  await page.waitForURL(/\/login$/);
};
const opening = (page: Page) => page.locator('[id="opening"]');
const stored = async () => (await server.ask<{ report: Report; version: number }>(`/api${report}`)).report;

/** Everything that this browser keeps of anybody, wherever pages may keep something; but that somebody logged out. */
const keptBy = async (page: Page, context: BrowserContext) => {
  const kept = await page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? "");
    const journals: string[] = [];
    for (const name of names) {
      const asked = indexedDB.open(name);
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => {
          all.onsuccess = resolve;
        });
        journals.push(...all.result.map(String));
      }
      database.close();
    }
    const caches = "caches" in window ? await window.caches.keys() : [];
    const entries = Object.entries({ ...localStorage, ...sessionStorage }).filter(([key]) => !key.startsWith("left:"));
    return [...entries.map(String), ...journals, ...caches];
  });
  const cookies = (await context.cookies(server.site)).filter(({ httpOnly }) => httpOnly).map(({ value }) => value);
  return [...kept, ...cookies];
};

test("what the first one types is not saved in the name of the second, who logged in in another window", async ({
  page,
  context,
}) => {
  await logIn(page, first);
  await open(page, `${report}/opening`);
  const before = (await stored()).opening;
  const other = await context.newPage();
  await context.clearCookies();
  await logIn(other, second);
  await opening(page).fill(secret);
  const dialog = page.getByRole("dialog", { name: "请重新登录" });
  await expect(dialog).toBeVisible({ timeout: 20_000 });
  expect((await stored()).opening).toBe(before);
  await expect(dialog.getByLabel("用户名")).toHaveValue(first.username);

  // The second one's own window is not disturbed, and shows nothing of it.
  await open(other, `${report}/opening`);
  await expect(opening(other)).not.toHaveValue(new RegExp(secret));

  await dialog.getByLabel("密码", { exact: true }).fill(first.password);
  await dialog.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 20_000 });
  expect((await stored()).opening).toBe(secret);
  await opening(other).fill("第二个人的话");
  await expect(other.getByRole("dialog", { name: "请重新登录" })).toBeVisible({ timeout: 20_000 });
  expect((await stored()).opening).toBe(secret);
});

test("a window that slept while its owner logged out leaves nothing of hers when it wakes for the next one", async ({
  page,
  context,
}) => {
  await logIn(page, first);
  const asleep = await context.newPage();
  await asleep.route(`**/api${report}`, (route) =>
    route.request().method() === "PATCH" ? route.abort() : route.continue(),
  );
  await open(asleep, `${report}/opening`);
  await opening(asleep).fill(`${secret}，还在继续写`);
  await expect(asleep.locator('[data-save-state="offline"]')).toBeVisible({ timeout: 20_000 });
  const debug = await context.newCDPSession(asleep);
  const isAsleep = new Promise((resolve) => debug.once("Debugger.paused", resolve));
  await debug.send("Debugger.enable");
  await debug.send("Debugger.pause");
  void asleep.evaluate(() => undefined).catch(() => undefined);
  await isAsleep;

  await page.bringToFront();
  await page.getByRole("button", { name: "退出" }).click();
  await page.getByRole("button", { name: "清除修改并退出" }).click();
  await page.waitForURL(/\/login$/);
  await expect.poll(() => keptBy(page, context)).toEqual([]);
  await logIn(page, second);

  expect(asleep.url()).toContain(report);
  await debug.send("Debugger.resume");
  await expect(asleep).toHaveURL(/\/reports$/, { timeout: 20_000 });
  await expect(asleep.locator("html[data-scripts='alive']")).toBeAttached();
  await expect.poll(async () => (await keptBy(page, context)).filter((text) => text.includes(secret))).toEqual([]);
  expect(await asleep.evaluate(() => Object.keys({ ...sessionStorage }))).toEqual([]);
  expect((await stored()).opening ?? "").not.toContain("还在继续写");
});

test("whoever comes back herself finds what she wrote since, though a window of hers still had to clear", async ({
  page,
  context,
}) => {
  await logIn(page, first);
  const owner = (await page.locator("html").getAttribute("data-user")) ?? "";
  await open(page, `${report}/opening`);
  await page.evaluate((left) => sessionStorage.setItem("logged-out", left), owner);
  await page.evaluate((left) => localStorage.setItem(`draft:${left}:another-report:page`, "hers"), owner);
  await open(page, "/reports");
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem("logged-out"))).toBeNull();
  expect(await page.evaluate((left) => localStorage.getItem(`draft:${left}:another-report:page`), owner)).toBe("hers");
  await context.clearCookies();
});

test("after the log-out no way back shows anything: not the keys of the browser, not another window", async ({
  context,
}) => {
  const seen = [secret, "秦先", "青川市云岭区水务局"];
  let cases = 0;
  for (const path of [`${report}/opening`, `${report}/check`, `${report}/preview`, "/reports", "/account"]) {
    await server.logIn(context, await server.session(first));
    const page = await context.newPage();
    const other = await context.newPage();
    await open(other, path);
    await open(page, "/requirements");
    await open(page, path);
    await expect(page.getByText("秦先").first()).toBeVisible();
    await logOut(page);
    await expect(other, path).toHaveURL(/\/login$/);
    const ways = {
      back: () => page.goBack(),
      forward: () => page.goForward(),
      reloaded: () => page.reload(),
      address: () => page.goto(server.site + path),
    };
    for (const [way, go] of Object.entries(ways)) {
      await go();
      await expect(page.getByLabel("用户名"), `${path} ${way}`).toBeVisible();
      const shown = await page.content();
      expect(
        seen.filter((text) => shown.includes(text)),
        `${path} ${way}`,
      ).toEqual([]);
      cases++;
    }
    await expect.poll(() => keptBy(page, context), path).toEqual([]);
    await page.close();
    await other.close();
  }
  expect(cases).toBeGreaterThanOrEqual(20);
});

test("two who ask in turns each get their own, and nothing of it is kept on the way", async () => {
  const unit = await organisationBelow(server, await firstOrganisation(server), "青川市云岭区气象站");
  const foreign = await person(server, unit, { name: "郑风", username: "zhengfeng", roles: ["clerk"] });
  const made = await server.fetch("/api/reports", { method: "POST", body: JSON.stringify({ year: 2024 }) }, foreign);
  const askers = [
    { cookie: await server.session(first), own: report, known: ["秦先", "青川市云岭区水务局"] },
    { cookie: foreign, own: `/reports/${(await made.json()).id}`, known: ["郑风", "青川市云岭区气象站"] },
  ];
  const paths = [
    ...["/reports", "/account", "/checkup", "/requirements", "/api/session", "/api[own]", "[own]", "[own]/opening"],
    ...["[own]/closing", "[own]/check", "[own]/preview", "[own]/history", "[own]/import"],
    ...["[own]/export/txt", "[own]/export/html", "[own]/export/json"],
  ];
  let asked = 0;
  for (let round = 0; round < 3; round++) {
    for (const path of paths) {
      for (const rsc of ["", "1"]) {
        const answers = askers.map(async ({ cookie, own, known }) => {
          const answer = await server.fetch(
            path.replace("[own]", own),
            { redirect: "follow", headers: rsc ? { rsc } : {} },
            cookie,
          );
          return { known, status: answer.status, kept: answer.headers.get("cache-control"), text: await answer.text() };
        });
        const got = await Promise.all(answers);
        for (const [index, { status, kept, text }] of got.entries()) {
          expect.soft(status, path).toBe(200);
          expect.soft(kept, path).toContain("no-store");
          const others = got[1 - index]?.known ?? [];
          expect
            .soft(
              others.filter((name) => text.includes(name)),
              path,
            )
            .toEqual([]);
          asked++;
        }
      }
    }
  }
  expect(asked).toBeGreaterThanOrEqual(180);
});
