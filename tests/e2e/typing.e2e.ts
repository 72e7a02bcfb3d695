import type { Page } from "@playwright/test";
import { enteredCells, type Format, tableOf } from "../../lib/report/format.ts";
import type { Report } from "../../lib/report/report.ts";
import { formatForYear } from "../../templates/index.ts";
import { isAlive } from "./alive.ts";
import { AppServer } from "./server.ts";
import { expect, test } from "./watched.ts";

const server = new AppServer();
const year = 2024;
const format = formatForYear(year) as Format;
const table = tableOf(format, format.balances[0]?.table ?? "");
const cells = enteredCells(table).map(({ row, column }) => `${table.id}.${row.id}.${column.id}`);
const [first = "", second = ""] = cells;
let id = "";

const send = (path: string, method: string, body: unknown) => server.ask<{ id: string }>(path, method, body);
const stored = () => server.ask<{ report: Report; version: number }>(`/api/reports/${id}`);
const field = (page: Page, address: string) => page.locator(`[id="${address}"]`);
const saved = (page: Page) => expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 20_000 });
const open = async (page: Page, step: string) => {
  await page.goto(`${server.origin}/reports/${id}/${step}`);
  await isAlive(page);
};

test.beforeAll(async () => {
  await server.start();
});
test.beforeEach(({ context }) => server.logIn(context));
test.afterAll(() => server.stop());

test.beforeEach(async () => {
  ({ id } = await send("/api/reports", "POST", { year }));
  const { version } = await stored();
  const edits = cells.map((address) => ({ path: `tables.${address}`, value: null }));
  await send(`/api/reports/${id}`, "PATCH", { baseVersion: version, operationId: crypto.randomUUID(), edits });
});

test("a copied block is not run together into one figure", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.origin });
  await open(page, table.id);
  const paste = async (text: string) => {
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await field(page, first).focus();
    await page.keyboard.press("Control+V");
  };
  await paste("1\t2\r\n3\t4\r\n");
  const preview = page.getByRole("dialog", { name: "粘贴预览" });
  await expect(preview).toBeVisible();
  await preview.getByRole("button", { name: "取消" }).click();
  await expect(field(page, first)).toHaveValue("");
  await paste("１，２３４\r\n");
  await field(page, first).blur();
  await expect(field(page, first)).toHaveValue("1234");
  await expect(preview).toBeHidden();
});

test("an entry the server will not take stays in its cell and is named, and the others are saved", async ({ page }) => {
  await open(page, table.id);
  const long = "一百二十三".repeat(20);
  await field(page, first).fill(long);
  await field(page, second).fill("7");
  const notice = page.getByText(/1 处修改服务器没有接受/);
  await expect(notice).toBeVisible({ timeout: 10_000 });
  await expect(field(page, first)).toHaveValue(long);
  const [, row = "", column = ""] = second.split(".");
  await expect.poll(async () => (await stored()).report.tables[table.id]?.[row]?.[column]).toBe(7);
  await field(page, first).fill("123");
  await expect(notice).toBeHidden();
  await saved(page);
});

test("the letters of an input method are not taken over before they are composed", async ({ page, context }) => {
  await open(page, "opening");
  const input = await context.newCDPSession(page);
  // The browser learns of the focus a moment after the page, and drops a composition that comes before.
  await expect(async () => {
    await field(page, "organisation.office").focus();
    await input.send("Input.imeSetComposition", { text: "ban'gong", selectionStart: 8, selectionEnd: 8 });
    await expect(field(page, "organisation.office")).toHaveValue("ban'gong", { timeout: 1_000 });
  }).toPass();
  await expect(page.getByRole("button", { name: "撤销" })).toBeDisabled();
  await input.send("Input.insertText", { text: "办公室" });
  await expect(page.getByRole("button", { name: "撤销" })).toBeEnabled();
  await saved(page);
  expect((await stored()).report.organisation.office).toBe("办公室");
});

test("undo shows the step in which it changes something", async ({ page }) => {
  await open(page, table.id);
  await field(page, first).fill("5");
  await page.getByRole("link", { name: /^落款/ }).click();
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(page).toHaveURL(new RegExp(`/${table.id}$`));
  await expect(field(page, first)).toBeFocused();
  await expect(field(page, first)).toHaveValue("");
});

test("figures of eight digits are wholly in sight", async ({ page }) => {
  const { version } = await stored();
  const edits = cells.map((address) => ({ path: `tables.${address}`, value: "12345678" }));
  await send(`/api/reports/${id}`, "PATCH", { baseVersion: version, operationId: crypto.randomUUID(), edits });
  await open(page, table.id);
  await expect(field(page, first)).toHaveValue("12345678");
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll("table input, table output, table [data-balance]")].map(
      (element) => element.scrollWidth - element.clientWidth,
    ),
  );
  expect(cut.length).toBeGreaterThan(cells.length);
  expect(cut.filter((overflow) => overflow > 1)).toEqual([]);
});
