import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { enteredCells, type Format } from "../../lib/report/format.ts";
import { formatForYear } from "../../templates/index.ts";
import { isAccessible } from "./accessible.ts";
import { differences, drawnCharacters } from "./printed-characters.ts";
import { AppServer } from "./server.ts";
import { expect, test } from "./watched.ts";

const server = new AppServer();
const year = 2024;
const format = formatForYear(year) as Format;
const addresses = format.tables.flatMap((table) =>
  enteredCells(table).map(({ row, column }) => `${table.id}.${row.id}.${column.id}`),
);
const [firstTable] = format.tables;
const lastTable = format.tables.at(-1);
/** As far as a line of the picture may stand from the same line of the PDF, in pt. */
const TOLERANCE = 0.5;

type Edit = { path: string; value: unknown };
const send = async (path: string, method: string, body: unknown) => {
  const answer = await server.fetch(path, { method, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as { id: string } };
};

/** The one report of the year, blank but for these edits. */
async function reportOf(edits: readonly Edit[]): Promise<string> {
  const { id } = (await send("/api/reports", "POST", { year })).body;
  const stored = (await (await server.fetch(`/api/reports/${id}`)).json()) as { version: number };
  const save = { baseVersion: stored.version, operationId: crypto.randomUUID(), edits: [...blank, ...edits] };
  expect((await send(`/api/reports/${id}`, "PATCH", save)).status).toBe(200);
  return id;
}

const figures = (value: (index: number) => string | number): Edit[] =>
  addresses.map((address, index) => ({ path: `tables.${address}`, value: value(index) }));
const prose = (section: string, lines: readonly string[]): Edit => ({
  path: `prose.${section}`,
  value: lines.map((text) => ({ kind: "paragraph", content: [{ text }] })),
});
const blank: Edit[] = [
  ...addresses.map((address) => ({ path: `tables.${address}`, value: null })),
  ...format.sections.flatMap(({ id, kind }) => (kind === "prose" ? [prose(id, [])] : [])),
  ...["organisation.address", "organisation.phone", "organisation.website", "closing.date", "closing.note"].map(
    (path) => ({ path, value: null }),
  ),
];
const allZero = figures(() => 0);
const full: Edit[] = [
  ...figures((index) => 1001 + index),
  { path: "organisation.address", value: "青川市云岭区文昌路18号" },
  { path: "organisation.phone", value: "0816-2345678" },
  { path: "organisation.website", value: "https://www.yunling.example.cn/zwgk/index.html" },
  prose("overview", [
    "全年通过区政府网站公开信息126条，其中“云岭档案”图文214篇，阅读量1.2万次，同比增长15.6%……",
    "张喆堃、李昇、𬭸溪村𫘧某、𪚥先生等同志负责保密审查（《云岭区档案查阅办法》〔2023〕7号）；网址https://www.yunling.example.cn/dag/gongkai/2024/mulu.html?lanmu=zhengce&ye=1已启用。",
    "组织培训2次、68人次——社会评议满意率97.5%。".repeat(12),
  ]),
  prose("problems", ["馆藏开放审核进度偏慢，计划2026年6月底前全部完成。".repeat(9)]),
  { path: "closing.date", value: "2025-01-21" },
  { path: "closing.note", value: "此件公开发布" },
];
const sentence = "本馆把政府信息公开与档案开放利用一并部署、一并检查，全年答复群众来信来电58件，办结率100%。";
const long: Edit[] = [
  ...full,
  prose(
    "overview",
    Array.from({ length: 26 }, (_, index) => sentence.repeat(8 + (index % 4))),
  ),
];

const sheet = (page: Page, number: number) => page.locator(`[data-page="${number}"]`);
const panel = (page: Page) => page.getByRole("region", { name: "版面预览" });
const field = (page: Page, address: string) => page.locator(`[id="${address}"]`);
const marks = (page: Page) => page.locator('[data-page] svg[aria-hidden="true"] rect');

/** Opens a step with the pages beside it. */
async function open(page: Page, id: string, step: string) {
  await page.goto(`${server.origin}/reports/${id}/${step}`);
  const button = page.getByRole("button", { name: "版面预览" });
  if ((await button.getAttribute("aria-pressed")) !== "true") await button.click();
  await expect(panel(page).locator("svg").first()).toBeVisible();
}

const pdfOf = async (id: string) => {
  const answer = await server.fetch(`/reports/${id}/export/pdf`);
  return new Uint8Array(await answer.arrayBuffer());
};

test.beforeAll(async () => {
  await server.start();
});
test.beforeEach(({ context }) => server.logIn(context));
test.afterAll(() => server.stop());

for (const { name, edits, pages } of [
  { name: "nothing but zeros", edits: allZero, pages: 3 },
  { name: "every figure and rare characters", edits: full, pages: 4 },
  { name: "more than 10000 characters", edits: long, pages: 15 },
]) {
  test(`the pages of a report of ${name} are those of its PDF`, async ({ page }) => {
    const id = await reportOf(edits);
    const typed = edits.flatMap(({ value }) => (typeof value === "number" ? [] : [JSON.stringify(value)])).join("");
    if (pages === 15) expect(typed.length).toBeGreaterThan(10_000);
    await open(page, id, "overview");
    const drawn = await drawnCharacters(page);
    expect(drawn.at(-1)?.page).toBeGreaterThanOrEqual(pages);
    expect(differences(await pdfOf(id), drawn, TOLERANCE)).toEqual([]);
    const fonts = await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].map(({ family, status }) => `${family} ${status}`);
    });
    expect(fonts.length).toBeGreaterThan(3);
    expect(fonts.filter((font) => !font.endsWith(" loaded"))).toEqual([]);
  });
}

test("another font that stands in moves nothing", async ({ page }) => {
  const id = await reportOf(full);
  await page.route("**/api/fonts/*/*/*", (route) => route.abort());
  await open(page, id, "overview");
  expect(differences(await pdfOf(id), await drawnCharacters(page), TOLERANCE)).toEqual([]);
  expect(await page.evaluate(() => document.fonts.size)).toBe(0);
});

test("what is typed appears on its page, which is then that of the PDF", async ({ page }) => {
  const id = await reportOf(full);
  await open(page, id, "overview");
  await field(page, "overview").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("云岭茶园公开日");
  await expect(panel(page).getByRole("img").filter({ hasText: "云岭茶园公开日" })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.type("又一段。");
  await expect(panel(page).getByRole("img").filter({ hasText: "又一段。" })).toBeVisible();
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 20_000 });
  expect(differences(await pdfOf(id), await drawnCharacters(page), TOLERANCE)).toEqual([]);
});

test("a place on the pages leads to its field, and the field in focus is marked on the pages", async ({ page }) => {
  const id = await reportOf(full);
  await open(page, id, "overview");

  await test.step("a figure of another step", async () => {
    const index = 7;
    const address = addresses[index] ?? "";
    const figure = panel(page).getByText(String(1001 + index), { exact: true });
    await sheet(page, 3).scrollIntoViewIfNeeded();
    await figure.click();
    await expect(page).toHaveURL(new RegExp(`/${firstTable?.id}#?`));
    await expect(field(page, address)).toBeFocused();
    await expect(marks(page)).toHaveCount(1);
    const [mark, text] = [await marks(page).boundingBox(), await figure.boundingBox()];
    expect(mark && text && mark.x < text.x && mark.y < text.y && mark.x + mark.width > text.x + text.width).toBe(true);
  });

  await test.step("the next field by keyboard, and a step by the list of steps", async () => {
    const before = await marks(page).boundingBox();
    await page.keyboard.press("Tab");
    await expect.poll(() => marks(page).boundingBox()).not.toEqual(before);
    await page.getByRole("button", { name: "列出各步" }).click();
    await page.getByRole("link", { name: format.sections.find(({ id }) => id === lastTable?.id)?.heading }).click();
    await expect(marks(page)).toHaveCount(0);
    await expect(panel(page).getByText(String(1001 + addresses.length - 1), { exact: true })).toBeInViewport();
  });

  await test.step("the title, the signature, the note and the date", async () => {
    for (const [number, text, at] of [
      [1, /^青川市云岭区档案馆/, "title"],
      [0, /^青川市云岭区档案馆$/, "closing.signature"],
      [0, /此件公开发布/, "closing.note"],
      [0, /^2025年1月21日$|^2025$/, "closing"],
    ] as const) {
      const target = number > 0 ? sheet(page, number) : page.locator("[data-page]").last();
      await target.scrollIntoViewIfNeeded();
      await target.getByText(text).last().click();
      await expect(field(page, at)).toBeFocused();
      await expect(marks(page)).not.toHaveCount(0);
    }
  });
});

test("pages that are far from sight are not drawn", async ({ page }) => {
  await open(page, await reportOf(long), "overview");
  const pages = await page.locator("[data-page]").count();
  expect(pages).toBeGreaterThan(14);
  await expect(panel(page).getByRole("img", { name: /^第 1 页，共 \d+ 页$/ })).toBeVisible();
  expect(await panel(page).getByRole("img").count()).toBeLessThan(5);
});

test("the panel is remembered, hidden by its button, and leaves the largest table usable", async ({ page }) => {
  const id = await reportOf(allZero);
  await open(page, id, "requests");
  await page.reload();
  await expect(panel(page)).toBeVisible();
  const input = await field(page, addresses.find((address) => address.startsWith("requests.")) ?? "").boundingBox();
  expect(input?.width).toBeGreaterThan(44);
  await isAccessible(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: "收起" }).click();
  await expect(panel(page)).toBeHidden();
  await page.reload();
  await expect(page.getByRole("button", { name: "版面预览" })).toHaveAttribute("aria-pressed", "false");
});

test("a character that no font has is named while it is typed", async ({ page }) => {
  const id = await reportOf(full);
  await page.goto(`${server.origin}/reports/${id}/overview`);
  const named = page.getByRole("region", { name: "检查结果" }).getByText(/“𪚥”没有可用的字形/);
  await expect(named).toBeVisible();
  await isAccessible(page);
  await named.click();
  await expect(field(page, "overview")).toBeFocused();
  expect(await page.evaluate(() => window.getSelection()?.toString())).toBe("𪚥");
});

test("the preview page shows and prints the sheets of the PDF", async ({ page }) => {
  const id = await reportOf(full);
  await page.goto(`${server.origin}/reports/${id}/preview`);
  await expect(sheet(page, 1).getByRole("img")).toBeVisible();
  await isAccessible(page);
  const pdf = await pdfOf(id);
  expect(differences(pdf, await drawnCharacters(page), TOLERANCE)).toEqual([]);
  await page.evaluate(() => window.scrollTo(0, 0));
  const printed = await page.pdf({ preferCSSPageSize: true });
  expect(pagesOf(printed)).toEqual(pagesOf(pdf));
});

/** The characters of every page as they are drawn, sorted: the two files write them in another order. */
function pagesOf(pdf: Uint8Array): string[] {
  const folder = mkdtempSync(join(tmpdir(), "pdf-pages-"));
  try {
    const file = join(folder, "document.pdf");
    writeFileSync(file, pdf);
    const text = execFileSync("pdftotext", ["-raw", "-enc", "UTF-8", file, "-"], { encoding: "utf8" });
    return text
      .split("\f")
      .slice(0, -1)
      .map((page) => [...page.replace(/\s/g, "").replaceAll("𪚥", "〓")].sort().join(""));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
