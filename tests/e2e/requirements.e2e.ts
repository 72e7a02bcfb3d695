import type { Page } from "@playwright/test";
import { isAccessible } from "./accessible.ts";
import { AppServer } from "./server.ts";
import { expect, test } from "./watched.ts";

const server = new AppServer({ organisation: "青川县水务局" });
const lastYear = new Date().getFullYear() - 1;
const pack = {
  name: "青川县年报编制要求",
  years: { from: lastYear },
  dataPoints: [{ section: "overview", name: "政策解读条数", words: ["政策解读"] }],
  headings: [{ section: "overview", heading: "重点领域公开" }],
  longest: { overview: 900 },
  deadline: { department: "01-19" },
};
let report = "";

test.beforeAll(async () => {
  await server.start();
  ({ id: report } = await server.ask<{ id: string }>("/api/reports", "POST", { year: lastYear }));
});
test.beforeEach(({ context }) => server.logIn(context));
test.afterAll(() => server.stop());

const file = (content: string) => ({
  name: "要求.json",
  mimeType: "application/json",
  buffer: Buffer.from(content),
});
const choose = (page: Page, content: string) => page.locator("input[type='file']").setInputFiles(file(content));

test("local requirements are put in, seen, asked for where the text is written, and taken away", async ({ page }) => {
  await page.goto(`${server.site}/requirements`);
  await expect(page.locator("html[data-scripts='alive']")).toBeAttached();
  await expect(page.getByText("现在没有适用的地方要求")).toBeVisible();
  await choose(page, `${JSON.stringify(pack)},`);
  await expect(page.getByText("文件内容不是完整的 JSON")).toBeVisible();
  await isAccessible(page);
  await choose(page, JSON.stringify({ ...pack, deadline: { department: "1月19日" } }));
  await expect(page.getByText("“deadline.department”应为“月-日”")).toBeVisible();
  await choose(page, JSON.stringify(pack));
  await expect(page.getByRole("heading", { name: pack.name })).toBeVisible();
  await expect(page.getByText("次年1月19日")).toBeVisible();
  await expect(page.getByText(/要写明政策解读条数（提到“政策解读”，并有数字）/)).toBeVisible();
  await isAccessible(page);

  await page.goto(`${server.site}/reports/${report}/overview`);
  const asked = page.getByRole("region", { name: "地方要求" });
  await expect(asked).toContainText("不超过 900 字");
  await expect(asked).toContainText("政策解读条数未写");
  await expect(asked).toContainText("小标题“重点领域公开”未写");
  const box = page.locator("[role='textbox']").first();
  await box.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("全年发布政策解读12条。");
  await expect(asked).toContainText("政策解读条数已写");
  await expect(page.getByRole("region", { name: "检查结果" })).toContainText(pack.name);
  await isAccessible(page);

  await page.goto(`${server.site}/checkup`);
  await expect(page.getByText(pack.name)).toBeVisible();
  await page.getByRole("link", { name: "地方要求" }).first().click();
  await page.getByRole("button", { name: `移除“${pack.name}”` }).click();
  await page.getByRole("button", { name: `确认移除“${pack.name}”` }).click();
  await expect(page.getByText("现在没有适用的地方要求")).toBeVisible();
});
