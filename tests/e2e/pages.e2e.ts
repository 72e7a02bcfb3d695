import type { Page } from "@playwright/test";
import { stepsOf } from "../../lib/checks/progress.ts";
import { enteredCells, type Format, tableOf } from "../../lib/report/format.ts";
import type { Report } from "../../lib/report/report.ts";
import { formatForYear } from "../../templates/index.ts";
import { isAccessible } from "./accessible.ts";
import { AppServer } from "./server.ts";
import { expect, test } from "./watched.ts";

const server = new AppServer({ organisation: "某某县云岭科学技术局" });
const year = 2024;
const format = formatForYear(year) as Format;
const table = tableOf(format, format.balances[0]?.table ?? "");
let reportAddress = "";

const send = (path: string, method: string, body: unknown) =>
  server.fetch(path, { method, body: JSON.stringify(body) });

test.beforeAll(async () => {
  await server.start();
  const created = await send("/api/reports", "POST", { year });
  reportAddress = `${server.origin}/reports/${((await created.json()) as { id: string }).id}`;
});
test.beforeEach(({ context }) => server.logIn(context));
test.afterAll(() => server.stop());

const stored = async () =>
  (
    (await (await server.fetch(reportAddress.replace("/reports/", "/api/reports/"))).json()) as {
      report: Report;
    }
  ).report;
const saved = (page: Page) => expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 20_000 });
const field = (page: Page, address: string) => page.locator(`[id="${address}"]`);

test("a unit without requests fills its table by one action, and can take it back", async ({ page }) => {
  await page.goto(`${reportAddress}/${table.id}`);
  const cells = enteredCells(table).map(({ row, column }) => `${table.id}.${row.id}.${column.id}`);
  expect(cells.length).toBeGreaterThan(100);
  const [first = "", second = ""] = cells;
  await field(page, first).fill("3");

  await page.getByRole("button", { name: "本年未收到申请" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  await expect(field(page, second)).toHaveValue("");

  await page.getByRole("button", { name: "其余空格填 0" }).click();
  await expect(page.getByText(`已把 ${cells.length - 1} 个空格填为 0`)).toBeVisible();
  await expect(field(page, second)).toHaveValue("0");
  await expect(field(page, first)).toHaveValue("3");

  await page.getByRole("status").getByRole("button", { name: "撤销" }).click();
  await expect(field(page, second)).toHaveValue("");
  await expect(field(page, first)).toHaveValue("3");

  await field(page, first).fill("");
  await page.getByRole("button", { name: "本年未收到申请" }).click();
  await expect(field(page, first)).toHaveValue("0");
  await saved(page);
  const rows = (await stored()).tables[table.id] ?? {};
  const entries = Object.values(rows).flatMap((row) => Object.values(row));
  expect(entries).toHaveLength(cells.length);
  expect(new Set(entries)).toEqual(new Set([0]));
});

test("an edit of somebody else is not written over unasked", async ({ page }) => {
  const address = "disclosed.normative.issued";
  await page.goto(`${reportAddress}/disclosed`);
  await expect(field(page, address)).toBeEditable();
  const read = await server.fetch(reportAddress.replace("/reports/", "/api/reports/"));
  const { version } = (await read.json()) as { version: number };
  const other = await send(reportAddress.replace(server.origin, "").replace("/reports/", "/api/reports/"), "PATCH", {
    baseVersion: version,
    operationId: "somebody-else-1",
    edits: [
      { path: `tables.${address}`, value: 5 },
      { path: "tables.disclosed.normative.repealed", value: 2 },
    ],
  });
  expect(other.status).toBe(200);
  await field(page, address).fill("7");
  await expect(page.locator('[data-save-state="conflict"]')).toBeVisible({ timeout: 20_000 });
  expect((await stored()).tables.disclosed?.normative?.issued).toBe(5);
  await page.getByRole("button", { name: /保留我的/ }).click();
  await saved(page);
  const row = (await stored()).tables.disclosed?.normative;
  expect(row).toMatchObject({ issued: 7, repealed: 2 });
});

test("the whole document is copied for a website's editor, as markup and as plain text", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read"], { origin: server.origin });
  await page.goto(`${reportAddress}/preview`);
  await page.getByRole("button", { name: "复制全文到网站后台" }).click();
  await expect(page.getByText("已复制")).toBeVisible();
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (type: string) => (await item?.getType(type))?.text() ?? "";
    return { html: await read("text/html"), text: await read("text/plain") };
  });
  const heading = format.sections[0]?.heading ?? "";
  expect(copied.html).toContain("<table");
  expect(copied.html).toContain(heading);
  expect(copied.html).not.toContain("<script");
  expect(copied.text).toContain(heading);
});

test("no page has an accessibility fault that can be told by rule", async ({ page }) => {
  const addresses = [
    "/reports",
    "/reports/new",
    "/nothing-here",
    ...["", ...stepsOf(format).map((step) => `/${step}`), "/preview", "/history", "/history?version=1"].map(
      (path) => reportAddress.replace(server.origin, "") + path,
    ),
  ];
  for (const address of addresses) {
    await page.goto(server.origin + address);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await isAccessible(page, address);
  }
});
