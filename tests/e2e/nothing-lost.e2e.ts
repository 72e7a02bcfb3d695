import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { printedProse } from "../../lib/report/chips.ts";
import { enteredCells, type Format, tableOf } from "../../lib/report/format.ts";
import { plainText } from "../../lib/report/prose.ts";
import type { Report } from "../../lib/report/report.ts";
import { formatForYear } from "../../templates/index.ts";
import { isAlive } from "./alive.ts";
import { AppServer, firstUser, shiftClock } from "./server.ts";
import { writeText } from "./text-field.ts";
import { expect, test } from "./watched.ts";

const server = new AppServer();
const year = 2024;
const format = formatForYear(year) as Format;
const table = tableOf(format, format.balances[0]?.table ?? "");
const cells = enteredCells(table).map(({ row, column }) => `${table.id}.${row.id}.${column.id}`);
const [first = "", second = "", third = ""] = cells;
const office = "organisation.office";
let id = "";

const send = async (path: string, method: string, body: unknown) => {
  const answer = await server.fetch(path, { method, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as { id: string; version: number } };
};
const stored = async () => {
  const answer = await server.fetch(`/api/reports/${id}`);
  return (await answer.json()) as { report: Report; version: number };
};
const storedCell = async (address: string) => {
  const [, row = "", column = ""] = address.split(".");
  return (await stored()).report.tables[table.id]?.[row]?.[column];
};
/** What a second clerk does, on whatever stands now. */
const elsewhere = async (edits: { path: string; value: unknown }[]) => {
  const { version } = await stored();
  const saved = await send(`/api/reports/${id}`, "PATCH", {
    baseVersion: version,
    operationId: crypto.randomUUID(),
    edits,
  });
  expect(saved.status).toBe(200);
};

const field = (page: Page, address: string) => page.locator(`[id="${address}"]`);
const state = (page: Page, kind: string) => page.locator(`[data-save-state="${kind}"]`);
const saved = (page: Page) => expect(state(page, "saved")).toBeVisible({ timeout: 60_000 });
const open = async (page: Page, step: string = table.id) => {
  await page.goto(`${server.site}/reports/${id}/${step}`);
  await isAlive(page);
};

test.beforeAll(async () => {
  await server.start();
});
test.beforeEach(({ context }) => server.logIn(context));
test.afterAll(() => server.stop());

test.beforeEach(async () => {
  ({ id } = (await send("/api/reports", "POST", { year })).body);
  await elsewhere([
    ...cells.map((address) => ({ path: `tables.${address}`, value: null })),
    { path: office, value: null },
  ]);
});

test("the server is dead and the browser is killed: what was typed is there when both are back", async ({
  playwright,
}, { project }) => {
  const profile = mkdtempSync(join(tmpdir(), "profile-"));
  const launch = async () => {
    const { locale, timezoneId, launchOptions } = project.use;
    const context = await playwright.chromium.launchPersistentContext(profile, {
      ...launchOptions,
      locale,
      timezoneId,
    });
    await server.logIn(context);
    return { context, page: context.pages()[0] ?? (await context.newPage()) };
  };
  const killed = await launch();
  await open(killed.page);
  await server.kill();
  await field(killed.page, first).fill("41");
  await killed.page.getByRole("link", { name: /标题与开头/ }).click();
  await field(killed.page, office).fill("信息公开办公室");
  await killed.page.getByRole("link", { name: /^落款/ }).click();
  await expect(state(killed.page, "offline")).toContainText("已存本机", { timeout: 60_000 });
  await killed.page.getByRole("link", { name: /标题与开头/ }).click();
  await field(killed.page, office).press("End");
  await field(killed.page, office).pressSequentially("二");
  await killed.page.waitForTimeout(300);
  process.kill(pidOf(profile), "SIGKILL");
  await killed.context.close().catch(() => undefined);
  await server.start();
  rmSync(join(profile, "SingletonLock"), { force: true });

  const back = await launch();
  await open(back.page);
  await expect(field(back.page, first)).toHaveValue("41");
  await saved(back.page);
  expect(await storedCell(first)).toBe(41);
  expect((await stored()).report.organisation.office).toBe("信息公开办公室二");
  await back.context.close();
  rmSync(profile, { recursive: true, force: true });
});

/** The browser that works on this profile: of its processes the one that is not of a special type. */
function pidOf(profile: string): number {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const found = processes.find((pid) => {
    const line = commandLine(pid);
    return line.includes(`--user-data-dir=${profile}`) && !line.includes("--type=") && !/zygote|crashpad/.test(line);
  });
  if (!found) throw new Error("the browser is not running");
  return Number(found);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

test("a tab that crashes right after a key loses nothing", async ({ context }) => {
  for (let crash = 1; crash <= 5; crash++) {
    const page = await context.newPage();
    await open(page);
    await context.setOffline(true);
    await field(page, first).fill(String(100 + crash));
    await field(page, second).fill("");
    await field(page, second).pressSequentially(String(200 + crash));
    await page.waitForTimeout(60 * crash - 50);
    const session = await context.newCDPSession(page);
    await Promise.race([session.send("Page.crash"), page.waitForEvent("crash")]).catch(() => undefined);
    await page.close().catch(() => undefined);
    await context.setOffline(false);
    const next = await context.newPage();
    await open(next);
    await expect(field(next, first)).toHaveValue(String(100 + crash));
    await expect(field(next, second)).toHaveValue(String(200 + crash));
    await saved(next);
    expect(await storedCell(second)).toBe(200 + crash);
    await next.close();
  }
});

test("a text that is left in the moment it is typed is whole on the server, each time", async ({ page }) => {
  const section = format.sections.find(({ kind }) => kind === "prose")?.id ?? "";
  const storedText = async () => plainText(printedProse(format, (await stored()).report, section));
  for (let round = 1; round <= 8; round++) {
    const text = ["一", "二", "三", "四"].map((part) => `第${part}段，第${round}次写。`).join("\n");
    await open(page, section);
    await writeText(page, section, text);
    await open(page, "closing");
    await saved(page);
    await expect.poll(storedText, { timeout: 30_000 }).toBe(text);
    await page.waitForTimeout(1_000);
    expect(await storedText()).toBe(text);
  }
});

test("the network comes and goes at random while typing, and in the end all is on the server", async ({
  page,
  context,
}) => {
  await open(page);
  let typed = "";
  let offline = false;
  for (let key = 0; key < 120; key++) {
    if (Math.random() < 0.2) {
      offline = !offline;
      await context.setOffline(offline);
    }
    const address = cells[key % 40] ?? "";
    await field(page, address).fill(String(key));
    typed += `${address}=${key} `;
    if (Math.random() < 0.2) await page.waitForTimeout(Math.random() * 900);
  }
  await context.setOffline(false);
  await saved(page);
  const { report } = await stored();
  const wanted = new Map(
    typed
      .trim()
      .split(" ")
      .map((entry) => entry.split("=") as [string, string]),
  );
  expect(wanted.size).toBe(40);
  for (const [address, value] of wanted) {
    const [, row = "", column = ""] = address.split(".");
    expect(report.tables[table.id]?.[row]?.[column], address).toBe(Number(value));
  }
});

test("two tabs of one clerk show the same at once, and ask nothing", async ({ page, context }) => {
  await open(page);
  const other = await context.newPage();
  await open(other);
  await field(page, first).fill("12");
  await expect(field(other, first)).toHaveValue("12", { timeout: 3_000 });
  for (const [tab, value] of [
    [other, "123"],
    [page, "124"],
    [other, "125"],
  ] as const) {
    await field(tab, first).fill(value);
    await tab.waitForTimeout(Math.random() * 1_000);
  }
  for (const tab of [page, other]) {
    await expect(field(tab, first)).toHaveValue("125");
    await saved(tab);
    await expect(tab.getByText("不一致，请逐处选择")).toBeHidden();
    await expect(tab.getByText(/另一处修改了/)).toBeHidden();
  }
  expect(await storedCell(first)).toBe(125);
});

test("two clerks: different cells are merged with a quiet word, the same cell is asked about", async ({
  page,
  browser,
}) => {
  const context = await browser.newContext();
  await server.logIn(context);
  const other = await context.newPage();
  await open(page);
  await open(other);
  await field(other, first).fill("7");
  await saved(other);
  await field(page, second).fill("8");
  await expect(page.getByRole("status").filter({ hasText: "另一处修改了 1 处" })).toBeVisible({ timeout: 20_000 });
  await expect(field(page, first)).toHaveValue("7");
  await page.getByRole("button", { name: "知道了" }).click();
  await expect(page.getByText(/另一处修改了/)).toBeHidden();
  await saved(page);

  await field(page, third).fill("31");
  await saved(page);
  await field(other, third).fill("32");
  const conflict = other.getByRole("alert").filter({ hasText: "不一致，请逐处选择" });
  await expect(conflict).toBeVisible({ timeout: 20_000 });
  await expect(conflict).toContainText("31");
  await expect(conflict).toContainText("32");
  expect(await storedCell(third)).toBe(31);
  await other.getByRole("button", { name: "用服务器上的" }).click();
  await expect(field(other, third)).toHaveValue("31");
  await saved(other);
  await context.close();
});

test("a full storage and one that is switched off are told, and saving goes on", async ({ page, browser }) => {
  await open(page);
  await page.evaluate(() => {
    for (let size = 1 << 20; size >= 1; size = Math.floor(size / 2)) {
      try {
        for (let block = 0; ; block++) localStorage.setItem(`filling:${size}:${block}`, "满".repeat(size));
      } catch {}
    }
  });
  await server.kill();
  await field(page, first).fill("51");
  await expect(state(page, "offline")).toContainText("未存本机，请不要关闭页面", { timeout: 60_000 });
  await server.start();
  await saved(page);
  expect(await storedCell(first)).toBe(51);

  const context = await browser.newContext();
  await server.logIn(context);
  await context.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  const without = await context.newPage();
  await open(without);
  await field(without, second).fill("52");
  await expect(state(without, "saving")).toContainText("未存本机");
  await saved(without);
  expect(await storedCell(second)).toBe(52);
  await context.close();
});

test("a damaged journal is moved aside whole, the clerk is told, and the page works", async ({ page, context }) => {
  await open(page);
  await context.setOffline(true);
  await field(page, first).fill("61");
  const damaged = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.startsWith("draft:")) ?? "";
    const stored = localStorage.getItem(key)?.replace("61", "67") ?? "";
    window.addEventListener("pagehide", () => localStorage.setItem(key, stored));
    return stored;
  });
  expect(damaged).toContain("67");
  page.on("dialog", (dialog) => dialog.accept());
  await context.setOffline(false);
  await page.goto("about:blank");
  const next = await context.newPage();
  await open(next);
  await expect(next.getByRole("alert").filter({ hasText: "无法读取" })).toBeVisible();
  await expect(field(next, first)).not.toHaveValue("67");
  const aside = await next.evaluate(() =>
    Object.entries(localStorage).flatMap(([key, value]) => (key.startsWith("unreadable:") ? [value] : [])),
  );
  expect(aside).toEqual([damaged]);
  await field(next, first).fill("62");
  await saved(next);
  expect(await storedCell(first)).toBe(62);
});

test("leaving asks exactly when something is not on the server", async ({ page, context }) => {
  let asked = 0;
  page.on("dialog", (dialog) => {
    expect(dialog.type()).toBe("beforeunload");
    asked++;
    void dialog.accept();
  });
  await open(page);
  for (let round = 0; round < 8; round++) {
    const waits = round % 2 === 0;
    await context.setOffline(!waits);
    await field(page, first).pressSequentially(String(round));
    if (waits) await saved(page);
    else await expect(state(page, "saved")).toBeHidden();
    const before = asked;
    await page.goto("about:blank");
    await context.setOffline(false);
    expect(asked - before, `round ${round}`).toBe(waits ? 0 : 1);
    await open(page);
    await saved(page);
  }
  expect(asked).toBe(4);
});

test("a draft leaves a dead server as a file and comes back on another machine", async ({ page, browser }) => {
  await open(page);
  await server.kill();
  await field(page, first).fill("71");
  await field(page, second).fill("约 9 件");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "导出草稿到本机" }).click({ timeout: 60_000 }),
  ]);
  expect(file.suggestedFilename()).toMatch(/^青川市云岭区档案馆2024年度报告草稿\d{8}-\d{4}\.json$/);
  const path = await file.path();
  expect(readFileSync(path, "utf8")).toContain("约 9 件");
  await page.close();
  await server.start();
  await elsewhere([{ path: `tables.${first}`, value: 3 }]);

  const context = await browser.newContext();
  await server.logIn(context);
  const other = await context.newPage();
  await other.goto(`${server.site}/reports/${id}`);
  await other.getByLabel("从本机草稿恢复").setInputFiles(path);
  await other.getByRole("button", { name: "并入没有存上的 2 处修改" }).click();
  const conflict = other.getByRole("alert").filter({ hasText: "不一致，请逐处选择" });
  await expect(conflict).toContainText("71");
  await other.getByRole("button", { name: "保留我的" }).click();
  await saved(other);
  expect([await storedCell(first), await storedCell(second)]).toEqual([71, "约 9 件"]);
  await context.close();
});

test("every version can be seen again, compared and brought back, and that can be undone", async ({ page }) => {
  const prose = format.sections.find(({ kind }) => kind === "prose")?.id ?? "";
  const paragraph = (text: string) => [{ kind: "paragraph", content: [{ text }] }];
  await elsewhere([
    { path: `tables.${first}`, value: 5 },
    { path: `prose.${prose}`, value: paragraph("公开信息三条。解读九条。") },
  ]);
  const { version } = await stored();
  await elsewhere([
    { path: `tables.${first}`, value: 6 },
    { path: `prose.${prose}`, value: paragraph("公开信息三十条。解读九条。") },
  ]);
  await page.goto(`${server.site}/reports/${id}`);
  await page.getByRole("link", { name: "历史版本" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "历史版本" })).toBeVisible();
  await expect(page.getByText("报告建立")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: /格/ }).first()).toBeVisible();
  await page
    .getByRole("link", { name: /与现在对照/ })
    .last()
    .click();
  await expect(page.getByRole("button", { name: /恢复到这个版本/ })).toBeVisible();

  await page.goto(`${server.site}/reports/${id}/history?version=${version}`);
  const row = page.getByRole("row").filter({ has: page.getByRole("cell", { name: "5", exact: true }) });
  await expect(row.getByRole("cell", { name: "6", exact: true })).toBeVisible();
  await expect(page.locator("del")).toHaveText("删公开信息三条。");
  await expect(page.locator("ins")).toHaveText("增公开信息三十条。");
  await page.getByRole("button", { name: /恢复到这个版本/ }).click();
  await saved(page);
  await expect(page.getByText("这个版本与现在的内容相同")).toBeVisible();
  expect(await storedCell(first)).toBe(5);
  // What is undone is told here, and held against the version again.
  await page.getByRole("button", { name: /撤销：恢复/ }).click();
  await expect(page.getByText(/^已撤销：恢复.*的版本。$/)).toBeVisible();
  await expect(page.getByText(/^已恢复/)).toHaveCount(0);
  await expect(row.getByRole("cell", { name: "6", exact: true })).toBeVisible();
  await expect(page).toHaveURL(/history/);
  await saved(page);
  await expect.poll(() => storedCell(first)).toBe(6);
});

test("wrong clocks change nothing: what was saved later stands, whatever anybody's clock says", async ({ browser }) => {
  const day = 24 * 3_600_000;
  const clerk = async (off: number) => {
    const context = await browser.newContext();
    await server.logIn(context);
    await context.addInitScript(shiftClock, off);
    const page = await context.newPage();
    await open(page);
    return page;
  };
  const ahead = await clerk(day);
  const behind = await clerk(-day);
  const minutes = await Promise.all([ahead, behind].map((page) => page.evaluate(() => Date.now() / 60_000)));
  expect(Math.round(((minutes[0] ?? 0) - (minutes[1] ?? 0)) / 60)).toBe(48);

  await field(ahead, first).fill("1");
  await saved(ahead);
  await open(behind);
  await field(behind, first).fill("2");
  await field(behind, second).fill("20");
  await saved(behind);
  expect([await storedCell(first), await storedCell(second)]).toEqual([2, 20]);
  await open(ahead);
  await expect(field(ahead, first)).toHaveValue("2");

  for (const [value, hoursOff] of [
    [3, 1],
    [4, -1],
    [5, 0],
  ] as const) {
    await server.kill();
    await server.start({ hoursOff });
    // An hour that was skipped ends sessions as an hour without work does.
    const cookie = await server.session(firstUser);
    for (const page of [ahead, behind]) await server.logIn(page.context(), cookie);
    await server.adopt(ahead.context());
    const page = value % 2 ? ahead : behind;
    await open(page);
    await field(page, first).fill(String(value));
    await saved(page);
    expect(await storedCell(first)).toBe(value);
  }

  // The same clerk in two windows, of which the first was opened while the clock of her machine was a day ahead.
  const before = await ahead.context().newPage();
  await open(before);
  await field(before, third).fill("31");
  await saved(before);
  const right = await ahead.context().newPage();
  await right.addInitScript(shiftClock, -day);
  await open(right);
  await field(right, third).fill("32");
  await saved(right);
  await expect(field(before, third)).toHaveValue("32");
  await before.waitForTimeout(6_000);
  await saved(before);
  await expect(field(right, third)).toHaveValue("32");
  expect(await storedCell(third)).toBe(32);

  await behind.goto(`${server.site}/reports/${id}/history`);
  await expect(behind.getByText("报告建立")).toBeVisible();
  const versions = await behind
    .getByRole("link", { name: /^与现在对照/ })
    .evaluateAll((links) =>
      links.map((link) => Number(new URL((link as HTMLAnchorElement).href).searchParams.get("version"))),
    );
  expect(versions).toEqual([...versions].sort((one, other) => other - one));
  expect(versions[0]).toBe((await stored()).version);
});

test("a server that is killed again and again in the middle of saves loses none that it confirmed", async () => {
  test.setTimeout(600_000);
  const { project } = test.info();
  const kills = project.name === "chromium" ? 20 : 3;
  let { version } = await stored();
  let value = 0;
  let confirmed = 0;
  let confirmations = 0;
  for (let kill = 0; kill < kills; kill++) {
    const killing = new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 400)).then(() => server.kill());
    for (;;) {
      const edits = [{ path: office, value: `科室${++value}` }];
      const attempt = { baseVersion: version, operationId: crypto.randomUUID(), edits };
      const answer = await send(`/api/reports/${id}`, "PATCH", attempt).catch(() => undefined);
      if (answer?.status !== 200) break;
      version = answer.body.version;
      confirmed = value;
      confirmations++;
    }
    await killing;
    await server.start();
    const now = await stored();
    const found = Number(now.report.organisation.office?.slice(2) ?? 0);
    // The save that was cut off may have been made or not; every one before it was.
    expect([confirmed, value]).toContain(found);
    expect(now.version).toBe(found === confirmed ? version : version + 1);
    version = now.version;
    confirmed = found;
  }
  expect(confirmations).toBeGreaterThan(kills);
});
