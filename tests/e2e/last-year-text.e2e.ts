import type { Page } from "@playwright/test";
import { parsePassages } from "../../lib/report/prose.ts";
import type { Report } from "../../lib/report/report.ts";
import { isAccessible } from "./accessible.ts";
import { AppServer } from "./server.ts";
import { textField } from "./text-field.ts";
import { expect, test } from "./watched.ts";

const server = new AppServer();
const section = "overview";
const before = [
  "（一）主动公开情况",
  "2023年，本馆通过区政府网站发布信息128条，比2022年多12条。区政务公开办公室为本馆培训两次。",
  "阅览大厅设有政府信息查阅点，由专人值守，群众可以自助检索和打印。",
];
let id = "";
let version = 1;

const ask = <Answer>(path: string, method = "GET", body?: unknown) => server.ask<Answer>(path, method, body);
const put = async (report: string, baseVersion: number, edits: readonly unknown[]) =>
  ask<{ version: number }>(`/api/reports/${report}`, "PATCH", {
    baseVersion,
    operationId: crypto.randomUUID(),
    edits,
  });
const stored = async () => (await ask<{ report: Report }>(`/api/reports/${id}`)).report;
const saved = (page: Page) => expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 20_000 });
const field = (page: Page) => textField(page, section);
const panel = (page: Page) => page.getByRole("region", { name: "与上年文字对照" });
const marked = (page: Page, kind: string) => field(page).locator(`[data-look="${kind}"]`);
/** What is underlaid as last year's words, put together: the marks within part it. */
const keptWords = (page: Page) =>
  field(page).evaluate((text) => [...text.querySelectorAll("[data-kept]")].map((part) => part.textContent).join(""));
const notes = (page: Page) => page.getByRole("status", { name: "光标处的说明" });
const open = async (page: Page, step: string) => {
  await page.goto(`${server.origin}/reports/${id}/${step}`);
  await expect(page.locator("fieldset[disabled]")).toHaveCount(0);
};

/** A report of 2023 with text and figures, and one of 2024 that goes on from it. */
test.beforeAll(async () => {
  await server.start();
  const first = await ask<{ id: string }>("/api/reports", "POST", { year: 2023 });
  await put(first.id, 1, [
    { path: `prose.${section}`, value: parsePassages(before.join("\n")) },
    { path: "prose.other", value: parsePassages("2023年，本馆未收取信息处理费。") },
    { path: "tables.requests.received.natural", value: 12 },
    { path: "tables.requests.received.business", value: 0 },
    { path: "tables.requests.granted.natural", value: 12 },
    { path: "tables.disclosed.fees.charged", value: "12.5" },
  ]);
  id = (await ask<{ id: string }>("/api/reports", "POST", { year: 2024, lastYear: "stored" })).id;
});
test.beforeEach(async ({ context }) => {
  await server.logIn(context);
  version = (await ask<{ version: number }>(`/api/reports/${id}`)).version;
});
test.afterAll(() => server.stop());

test("last year's text is taken over with everything marked that may not be true any more", async ({ page }) => {
  await open(page, section);
  await expect(panel(page)).toContainText("重复率 0%");
  await page.getByRole("button", { name: "沿用2023年的文字" }).click();
  await expect(field(page)).toContainText("2023年，本馆通过区政府网站发布信息128条");
  await expect(page.getByRole("button", { name: "沿用2023年的文字" })).toHaveCount(0);
  await expect(panel(page)).toContainText("重复率 100%");
  await expect(panel(page)).toContainText("一字不差的有 3 句");
  await expect(panel(page)).toContainText("年份 2 处，数字 3 处，名称 1 处");
  await expect(marked(page, "year")).toHaveText(["2023年", "2022年"]);
  await expect(marked(page, "number")).toHaveText(["128条", "12条", "两次"]);
  await expect(marked(page, "name")).toHaveText(["区政务公开办公室"]);
  await isAccessible(page);
  await saved(page);
});

test("a year is proposed, never put in unasked, and a mark goes when its words are changed", async ({ page }) => {
  await open(page, section);
  await panel(page).getByText("逐处查看").click();
  await panel(page).getByRole("link", { name: "年份：2023年 → 2024年" }).click();
  await expect(notes(page)).toContainText("年份“2023年”与上年报告相同");
  await notes(page).getByRole("button", { name: "改为“2024年”" }).click();
  await expect(field(page)).toContainText("2024年，本馆通过区政府网站发布信息128条，比2022年多12条");
  await expect(marked(page, "year")).toHaveText(["2022年"]);
  await expect(marked(page, "number")).toHaveText(["128条", "12条", "两次"]);
  await panel(page).getByRole("button", { name: "按建议改 1 处：2022年→2023年" }).click();
  await expect(field(page)).toContainText("比2023年多12条");
  await expect(marked(page, "year")).toHaveCount(0);

  await panel(page).getByRole("link", { name: "整句：阅览大厅设有政府信息查阅点" }).click();
  await expect(notes(page)).toContainText("这句话与上年报告一字不差");
  await isAccessible(page);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.insertText("，今年加了轮椅通道");
  await expect(panel(page)).toContainText("一字不差的有 1 句");
  await expect.poll(() => keptWords(page)).toBe("区政务公开办公室为本馆培训两次。");
  await saved(page);
});

test("marks are there again when the report is opened again, and go with undo and redo", async ({ page }) => {
  await open(page, section);
  await expect.poll(() => keptWords(page)).toBe("区政务公开办公室为本馆培训两次。");
  await expect(marked(page, "number")).toHaveText(["128条", "12条", "两次"]);
  await panel(page).getByText("逐处查看").click();
  await panel(page).getByRole("link", { name: "数字：128条" }).click();
  await page.keyboard.insertText("131条");
  await expect(marked(page, "number")).toHaveText(["12条", "两次"]);
  await page.keyboard.press("Control+z");
  await expect(marked(page, "number")).toHaveText(["128条", "12条", "两次"]);
});

test("single paragraphs are put behind what is written", async ({ page }) => {
  await open(page, "other");
  await panel(page).getByText("2023年的原文").click();
  await panel(page).getByRole("button", { name: "加到末尾" }).click();
  await expect(textField(page, "other")).toHaveText("2023年，本馆未收取信息处理费。");
  await expect(panel(page)).toContainText("本年正文中已有这一段");
  await isAccessible(page);
  await saved(page);
  expect((await stored()).prose.other?.[0]?.content).toEqual([{ text: "2023年，本馆未收取信息处理费。" }]);
});

test("figures stand beside last year's, with the difference", async ({ page }) => {
  await put(id, version, [{ path: "tables.requests.received.business", value: 3 }]);
  await open(page, "requests");
  const beside = (address: string) => page.locator(`[id="requests.${address}-before"]`);
  await expect(beside("received.natural")).toHaveCount(0);
  await page.getByRole("checkbox", { name: "对照2023年的数字" }).check();
  await expect(beside("received.natural")).toHaveText("上年12");
  const input = page.locator('[id="requests.received.natural"]');
  await input.fill("15");
  await expect(beside("received.natural")).toHaveText("上年12+3+25%");
  await expect(input).toHaveAccessibleDescription(/上年12\s?\+3\s?\+25%/);
  await expect(beside("received.business")).toHaveText("上年0+3");
  await expect(beside("received.total")).toHaveText("上年12+6+50%");
  await expect(beside("partial.natural")).toHaveText("上年空");
  await isAccessible(page);
  await saved(page);
  await open(page, "disclosed");
  await page.locator('[id="disclosed.fees.charged"]').fill("9.25");
  await expect(page.locator('[id="disclosed.fees.charged-before"]')).toHaveText("上年12.5−3.25−26%");
});
