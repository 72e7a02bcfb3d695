import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { changesBetween } from "../../lib/report/history.ts";
import { sampleReport } from "../../templates/samples.ts";
import { isAccessible } from "./accessible.ts";
import { LARGE, LEAST_TARGET, sticksOut, targetsTooSmall, textsTooSmall } from "./looks.ts";
import { firstOrganisation, organisationBelow, person, windowOf } from "./people.ts";
import { AppServer } from "./server.ts";
import { expect, test } from "./watched.ts";

const server = new AppServer({ organisation: "云岭县人民政府办公室" });
const { format, report: sample } = sampleReport();
const { year } = sample;
const board = `/overview?year=${year}`;
const units = ["云岭县水务局", "云岭县档案馆", "云岭县民政局", "云岭县青石镇人民政府"] as const;
const clerks: string[] = [];
let supervisor = "";

test.beforeAll(async () => {
  await server.start();
  const office = await firstOrganisation(server);
  supervisor = await person(server, office, { name: "陈静", username: "chenjing", roles: ["supervisor"] });
  for (const [index, name] of units.entries()) {
    const unit = await organisationBelow(server, office, name);
    await server.ask(`/api/organisations/${unit}/steps`, "PUT", { skipped: ["reviewing", "secrecy"] });
    const who = { name: "李明", username: `liming-${index}`, roles: ["clerk", "signatory"] } as const;
    clerks.push(await person(server, unit, who));
  }
  // The first has not begun, the second makes mistakes, the third is submitted, the fourth was returned.
  const mistaken = await begin(clerks[1]);
  await fill(clerks[1], mistaken, [{ path: "tables.requests.received.natural", value: 999 }]);
  for (const clerk of clerks.slice(2)) await submit(clerk, await begin(clerk));
});
test.afterAll(() => server.stop());

const as = (cookie: string | undefined, method: string, path: string, body: unknown) =>
  server.fetch(path, { method, body: JSON.stringify(body) }, cookie);

async function begin(clerk: string | undefined): Promise<string> {
  return (await (await as(clerk, "POST", "/api/reports", { year })).json()).id;
}

/** Fills a report in like the sample, but for some edits. */
async function fill(clerk: string | undefined, id: string, more: object[] = []): Promise<void> {
  const { report } = await (await server.fetch(`/api/reports/${id}`, {}, clerk)).json();
  // What it is follows from its name.
  const { name } = report.organisation;
  const filled = { ...sample, organisation: { ...sample.organisation, name, kind: undefined } };
  const edits = changesBetween(format, report, filled).map(({ path, after }) => ({ path, value: after }));
  const order = { baseVersion: 1, operationId: crypto.randomUUID(), edits: [...edits, ...more] };
  expect((await as(clerk, "PATCH", `/api/reports/${id}`, order)).status).toBe(200);
}

/** Fills it in like the sample, signs and files it; the last one is returned by the 主管部门. */
async function submit(clerk: string, id: string): Promise<void> {
  await fill(clerk, id);
  for (const action of ["submit", "sign", "file"]) {
    expect((await as(clerk, "POST", `/api/reports/${id}/moves`, { action, version: 2 })).status).toBe(200);
  }
  if (clerk !== clerks[3]) return;
  const back = { action: "return", version: 2, reason: "请核对收费金额" };
  expect((await as(supervisor, "POST", `/api/reports/${id}/moves`, back)).status).toBe(200);
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(server.site + path);
  await expect(page.locator("html[data-scripts='alive']")).toBeAttached();
}

const rowOf = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByText(name, { exact: true }) });
const view = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "按进度查看" }).getByRole("link", { name });

/** The parts of the workbook that the page of the sum offers; the page itself keeps the rules of access and fits its window. */
async function workbookOf(page: Page): Promise<Record<string, string>> {
  await isAccessible(page);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 720 });
    expect(await sticksOut(page)).toEqual([]);
  }
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "下载 Excel" }).click();
  const workbook = await saved;
  expect(workbook.suggestedFilename()).toBe(`云岭县人民政府办公室下级单位${year}年度报告汇总.xlsx`);
  const parts = Object.entries(unzipSync(readFileSync(await workbook.path())));
  return Object.fromEntries(parts.map(([name, part]) => [name, strFromU8(part)]));
}

test("the board shows how far every unit is, can be filtered by the address, and opens reports to be read", async ({
  browser,
}) => {
  const page = await windowOf(browser, server, supervisor);
  await open(page, "/");
  await expect(page).toHaveURL(/\/overview$/);
  await open(page, board);
  await expect(rowOf(page, units[0])).toContainText("未开始");
  await expect(rowOf(page, units[0])).toContainText("经办人登录");
  await expect(rowOf(page, units[1])).toContainText("起草");
  await expect(rowOf(page, units[1])).toContainText(/错误 \d/);
  await expect(rowOf(page, units[2])).toContainText("已报送");
  await expect(rowOf(page, units[3])).toContainText("退回修改");
  await expect(rowOf(page, units[2])).toContainText("没有问题");
  await expect(rowOf(page, units[0])).toContainText(/1月31日逾期 \d+ 天/);
  await expect(rowOf(page, units[3])).toContainText(/1月31日逾期 \d+ 天/);

  await expect(view(page, "全部")).toHaveText("全部 4");
  await expect(view(page, "逾期未公开")).toHaveText("逾期未公开 4");
  await expect(view(page, "退回修改")).toHaveText("退回修改 1");
  await view(page, "有错误").click();
  await expect(page).toHaveURL(/view=faulty/);
  await expect(view(page, "有错误")).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByLabel("单位名称").fill("民政");
  await page.getByRole("button", { name: "查询" }).click();
  await expect(page.getByText("没有符合条件的单位")).toBeVisible();
  await isAccessible(page);
  await view(page, "已报送").click();
  await expect(page).toHaveURL(/view=filed.*name=/);
  await page.reload();
  await page.getByRole("link", { name: units[2] }).click();
  await expect(page.getByText("（只读）")).toBeVisible();

  const clerk = await windowOf(browser, server, clerks[0] ?? "");
  expect((await clerk.goto(server.site + board))?.status()).toBe(404);
});

test("a unit is asked for its report, sees by whom and when, and no more once it has sent it", async ({ browser }) => {
  const page = await windowOf(browser, server, supervisor);
  await open(page, board);
  await page.getByRole("button", { name: `催报${units[3]}`, exact: true }).click();
  await expect(rowOf(page, units[3])).toContainText(/\d+月\d+日已催报/);
  await page.getByRole("button", { name: "催报列表中没有办完的 3 个单位" }).click();
  await isAccessible(page);
  await page.getByRole("button", { name: "确认催报 3 个单位" }).click();
  await expect(rowOf(page, units[3])).toContainText(/已催报（2 次）/);
  await expect(rowOf(page, units[0])).toContainText(/已催报/);
  await expect(rowOf(page, units[2])).not.toContainText("催报");

  const clerk = await windowOf(browser, server, clerks[3] ?? "");
  await open(clerk, "/reports");
  const notice = clerk.getByText(/云岭县人民政府办公室（陈静）于.*催报/);
  await expect(notice).toContainText(`${year}年度报告，已是第 2 次`);
  await isAccessible(clerk);
  const id = /\/reports\/([\w-]{36})/.exec(
    (await clerk.getByRole("link", { name: "继续填写" }).getAttribute("href")) ?? "",
  )?.[1];
  for (const action of ["submit", "sign", "file"]) {
    expect((await as(clerks[3], "POST", `/api/reports/${id}/moves`, { action, version: 2 })).status).toBe(200);
  }
  await clerk.reload();
  await expect(clerk.getByRole("heading", { name: "年度报告", exact: true })).toBeVisible();
  await expect(notice).toHaveCount(0);
});

test("the reports that are listed come as one ZIP, a folder a unit", async ({ browser }) => {
  const page = await windowOf(browser, server, supervisor);
  await open(page, board);
  const form = page.getByRole("form", { name: "下载列表中的报告（3 份）" });
  await form.getByLabel("PDF").first().uncheck();
  const saved = page.waitForEvent("download");
  await form.getByRole("button", { name: "装进一个 ZIP 下载" }).click();
  const zip = await saved;
  expect(zip.suggestedFilename()).toBe(`云岭县人民政府办公室下级单位${year}年度报告.zip`);
  const names = Object.keys(unzipSync(readFileSync(await zip.path())));
  for (const unit of units.slice(1)) expect(names.filter((name) => name.startsWith(`${unit}/`))).toHaveLength(1);
  await expect(page.getByText("已生成 3 个文件")).toBeVisible();
  await isAccessible(page);
});

test("what was handed in is added up, each figure leads to those who contribute, and the workbook has formulas", async ({
  browser,
}) => {
  const page = await windowOf(browser, server, supervisor);
  await open(page, board);
  await page.getByRole("link", { name: "汇总", exact: true }).click();
  await expect(page.getByRole("heading", { name: `${year}年度报告汇总` })).toBeVisible();
  await expect(page.getByText("已报送的 2 份报告之和，还有 2 个单位没有计入")).toBeVisible();
  const { natural = 0 } = sample.tables.requests?.received ?? {};
  await page
    .getByRole("link", { name: new RegExp(`自然人：${2 * Number(natural)}$`) })
    .first()
    .click();
  const card = page.locator("#cell");
  await expect(card.getByRole("listitem")).toHaveText([`${units[2]}${natural}`, `${units[3]}${natural}`]);
  const workbook = await workbookOf(page);
  expect(workbook["xl/worksheets/sheet1.xml"]).toContain("<f>SUM(");
});

test("a figure of the sum is adjusted for a reason, told on the page, on paper and in the workbook, and taken back", async ({
  browser,
}) => {
  const page = await windowOf(browser, server, supervisor);
  const natural = Number(sample.tables.requests?.received?.natural ?? 0);
  await open(page, `/overview/totals?year=${year}&cell=requests.received.natural`);
  const form = page.getByRole("form", { name: "登记调整" });
  await form.getByLabel("调整的单位").selectOption(units[3]);
  await form.getByLabel("调整数（件）").fill("-1");
  await form.getByRole("button", { name: "登记调整" }).click();
  await expect(form.getByText("没有写明原因")).toBeVisible();
  await expect(form.getByLabel("调整数（件）")).toHaveValue("-1");
  await form.getByLabel("原因").fill(`与${units[2]}重复登记`);
  await form.getByRole("button", { name: "登记调整" }).click();
  const card = page.locator("#cell");
  await expect(card.getByRole("heading")).toHaveText(new RegExp(`自然人：${2 * natural - 1}$`));
  await expect(card.getByRole("listitem").last()).toHaveText(`${units[3]}（调整：与${units[2]}重复登记）-1`);
  await expect(page.getByText("已报送的 2 份报告之和，加上 1 项调整")).toBeVisible();
  const list = page.getByRole("region", { name: "调整", exact: true });
  await expect(list).toContainText(/陈静，\d+年\d+月\d+日/);
  const parts = Object.values(await workbookOf(page));
  expect(parts.some((part) => part.includes(`${units[3]}（调整）`))).toBe(true);
  await page.emulateMedia({ media: "print" });
  await expect(list).toContainText(`与${units[2]}重复登记`);
  await expect(form).toBeHidden();
  await page.emulateMedia({ media: "screen" });
  await list.getByRole("button", { name: `撤销${units[3]}` }).click();
  await list.getByRole("button", { name: `确认撤销${units[3]}` }).click();
  await expect(list).toHaveCount(0);
  await expect(card.getByRole("heading")).toHaveText(new RegExp(`自然人：${2 * natural}$`));
});

test("the report of the region takes the sum over, and is held against it from then on", async ({ browser }) => {
  const office = await firstOrganisation(server);
  const clerk = await person(server, office, { name: "周静", username: "zhoujing", roles: ["clerk"] });
  const id = await begin(clerk);
  await fill(clerk, id, [{ path: "organisation.kind", value: "government" }]);
  const page = await windowOf(browser, server, clerk);
  await open(page, `/reports/${id}`);
  await expect(page.getByText("这是本级报告，统计表应为下级单位的汇总")).toBeVisible();
  await page.getByRole("link", { name: "填入汇总" }).click();
  const card = page.getByRole("region", { name: "下级单位的汇总" });
  await expect(card).toContainText("已报送的 2 份报告之和，还有 2 个单位没有计入");
  await expect(card.getByText(/填入汇总会改动的格（\d+）/)).toBeVisible();
  const natural = Number(sample.tables.requests?.received?.natural ?? 0);
  const row = card.getByRole("row", { name: /本年新收政府信息公开申请数量·自然人/ });
  await expect(row.getByRole("cell")).toHaveText(`${natural} 改为 ${2 * natural}`);
  await isAccessible(page);
  await page.setViewportSize({ width: 320, height: 720 });
  expect(await sticksOut(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 720 });
  await card.getByRole("button", { name: "核对过了，填入本报告" }).click();
  await expect(page.getByText(/已填入 \d+ 处，可以一次撤销/)).toBeVisible();
  await expect(card.getByText("汇总的内容与本报告现在的内容一样")).toBeVisible();

  await open(page, `/reports/${id}/check`);
  await expect(page.getByText(`还有2个单位未提交：${units[0]}、${units[1]}`).first()).toBeVisible();
  await expect(page.getByText(/汇总应为/)).toHaveCount(0);
  await open(page, `/reports/${id}/requests`);
  await page.locator('[id="requests.received.natural"]').fill("1");
  await open(page, `/reports/${id}/check`);
  await expect(page.getByText(`汇总应为${2 * natural}（2个单位合计），现为1`).first()).toBeVisible();
});

test("it can be used by everyone: rules of access, large type, narrow windows, paper", async ({ browser }) => {
  const page = await windowOf(browser, server, supervisor);
  for (const look of ["usual", "large", "large.high"]) {
    await page.context().addCookies([{ name: "look", value: look, url: server.site }]);
    await open(page, board);
    await isAccessible(page, look);
    if (look !== "usual") expect((await textsTooSmall(page, LARGE)).faults).toEqual([]);
    const target = look === "usual" ? LEAST_TARGET : LARGE.target;
    expect((await targetsTooSmall(page, target)).faults).toEqual([]);
    for (const [width, height] of [
      [1280, 720],
      [640, 360],
      [320, 640],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect(await sticksOut(page), `${look} ${width}`).toEqual([]);
    }
    await page.setViewportSize({ width: 1280, height: 720 });
  }
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "查询" })).toBeHidden();
  await expect(page.getByRole("columnheader", { name: "催报" })).toBeHidden();
  await expect(page.getByText("云岭县水务局")).toBeVisible();
});
