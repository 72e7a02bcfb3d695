import type { Page } from "@playwright/test";
import { compose, documentText } from "../../lib/report/compose.ts";
import type { Report } from "../../lib/report/report.ts";
import { soundReport } from "../checks/samples.ts";
import { isAccessible } from "./accessible.ts";
import { paste } from "./paste.ts";
import { AppServer } from "./server.ts";
import { expect, test } from "./watched.ts";

const agency = "青川市云岭区农业农村局";
const server = new AppServer({ organisation: agency });

test.beforeAll(() => server.start());
test.afterAll(() => server.stop());
test.beforeEach(({ context }) => server.logIn(context));

const doubtful = "requests.received.natural";
const cells = {
  "requests.received.natural": 12,
  "requests.granted.natural": 9,
  "requests.carriedOut.natural": 3,
  "disclosed.normative.inForce": 8,
};

/** A report as it was published, as text: one figure with a remark beside it, one row without its figures. */
function published(year: number): string {
  const organisation = { name: agency };
  const { format, report } = soundReport({ year, organisation, cells, prose: { overview: overview(year) } });
  const text = documentText(compose(format, report, false));
  const lines = text.split("\n").map((line) => {
    if (line.includes("一、本年新收")) return line.replace("\t12\t", "\t12（含1件转办）\t");
    return line;
  });
  return lines.join("\n");
}

const overview = (year: number) =>
  [
    "（一）主动公开情况",
    `${year}年，本局通过区政府门户网站公开信息46条，其中通知公告30条，政策文件16条。`,
    "（二）依申请公开情况",
    "申请的收到、办结和结转情况见统计表。",
    "（三）政府信息管理情况",
    "公开前逐件审核、登记，定期清理规范性文件。",
    "（四）政府信息公开平台建设情况",
    "维护网站信息公开栏目，定期检查链接。",
    "（五）监督保障情况",
    "明确一名负责人和一名专职人员，没有发生责任追究情形。",
  ].join("\n");

/** Drops a file on the field for files, as the mouse does. */
async function drop(page: Page, name: string, content: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text ?? ""], fileName ?? ""));
      return transfer;
    },
    [name, content],
  );
  const zone = page.getByText("也可以把文件拖到这个框里").locator("..");
  await zone.dispatchEvent("dragenter", { dataTransfer: data });
  await expect(zone).toHaveAttribute("data-over", "true");
  await zone.dispatchEvent("drop", { dataTransfer: data });
}

const storedReport = async (page: Page): Promise<Report> => {
  const id = /reports\/([\da-f-]{36})/.exec(page.url())?.[1];
  return (await server.ask<{ report: Report }>(`/api/reports/${id}`)).report;
};
const field = (page: Page, at: string) => page.locator(`[id="${at}"]`);
const read = (page: Page, at: string) => page.locator(`[id="read-${at}"]`);

test("last year's file is dropped, looked at and corrected, and only then a report begins with it", async ({
  page,
}) => {
  await page.goto(`${server.site}/reports/new`);
  await page.getByLabel(/^2024年/).check();
  await page.getByLabel(/从文件开始/).check();
  await drop(page, "会议通知.txt", "今天的会议改到下午三点。");
  await expect(page.getByText(/“会议通知.txt”没有读入：没有找到报告年份/)).toBeVisible();
  await expect(page.getByText("请换一份文件；没有能读入的文件，就在上面改选“空白报告”。")).toBeVisible();
  const begin = page.getByRole("button", { name: /新建2024年度报告/ });
  await expect(begin).toBeDisabled();
  await page.getByLabel(/^空白报告/).check();
  await expect(begin).toBeEnabled();
  await page.getByLabel(/从文件开始/).check();
  await expect(begin).toBeDisabled();
  await drop(page, "2022年.txt", published(2022));
  await expect(page.getByText(/这份文件是2022年度报告/)).toBeVisible();
  await expect(begin).toBeDisabled();

  await drop(page, "2023年.txt", published(2023));
  await expect(page.getByRole("heading", { name: "读到的内容：2023年度报告" })).toBeVisible();
  await expect(page.getByText("还有 1 格拿不准，请对照原件核对。")).toBeVisible();
  await expect(page.getByText(/原件印的是“12（含1件转办）”/).first()).toBeVisible();
  await expect(read(page, doubtful)).toHaveAttribute("data-doubt", "doubt");
  await expect(page.getByText("公开信息46条", { exact: false })).toBeVisible();
  await isAccessible(page, "preview");
  await read(page, "requests.carriedOut.natural").fill("4");
  await read(page, "requests.granted.natural").fill("8");
  await page.getByRole("button", { name: "核对过，12 没错" }).click();
  await expect(page.getByText("表格的每一格都读到了，没有拿不准的。")).toBeVisible();
  await expect(read(page, doubtful)).not.toHaveAttribute("data-doubt", /./);

  await page.getByRole("button", { name: "核对过了，新建2024年度报告" }).click();
  await expect(page.getByText("已完成 0/8")).toBeVisible();
  expect((await storedReport(page)).tables.requests?.carriedIn?.natural).toBe(4);
  await expect(page.getByText(/已带上2023年度报告/)).toBeVisible();
});

test("a finished file of this year fills in what is chosen of it, and that is undone at once", async ({ page }) => {
  const { id } = await server.ask<{ id: string }>("/api/reports", "POST", { year: 2025 });
  await page.goto(`${server.site}/reports/${id}`);
  await page.getByRole("link", { name: "导入和上年报告" }).click();
  await expect(page.getByRole("heading", { name: "导入和上年报告" })).toBeVisible();
  await drop(page, "2025年定稿.txt", published(2025));
  await expect(page.getByRole("heading", { name: "读到的内容：2025年度报告" })).toBeVisible();
  await expect(page.getByLabel(/^三、收到和处理/).last()).toBeChecked();
  await isAccessible(page, "import");
  expect((await storedReport(page)).tables.requests?.received?.natural).toBe(null);
  await page.getByLabel(/^一、总体情况：改 1 处/).uncheck();
  await page.getByRole("button", { name: "核对过了，填入本报告" }).click();
  await expect(page.getByText(/已填入 \d+ 处，可以一次撤销/)).toBeVisible();
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 40_000 });
  const filled = await storedReport(page);
  expect(filled.tables.requests?.received?.natural).toBe(12);
  expect(filled.prose.overview).toEqual([]);
  await page.getByRole("button", { name: /^撤销/ }).click();
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 40_000 });
  await expect.poll(async () => (await storedReport(page)).tables.requests?.received?.natural).toBe(null);
});

test("a draft that is there takes last year's file, or the stored report, and opens with its figures", async ({
  page,
}) => {
  const { id } = await server.ask<{ id: string }>("/api/reports", "POST", { year: 2022 });
  await page.goto(`${server.site}/reports/${id}/import`);
  await drop(page, "2021年.txt", published(2021));
  await page.getByRole("button", { name: "核对过了，作为上年报告保存" }).click();
  await expect(page.getByText(/上年结转 6 格已按它填好并锁定/)).toBeVisible();
  await expect(page.getByText(/本报告带有2021年度报告/)).toBeVisible();
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 40_000 });
  expect((await storedReport(page)).tables.requests?.carriedIn?.natural).toBe(3);

  await page.goto(`${server.site}/reports/${id}/disclosed`);
  const normative = "disclosed.normative.inForce";
  await expect(page.getByText("上年有效 8，填了制发、废止后推算")).toBeVisible();
  await field(page, "disclosed.normative.issued").fill("3");
  await field(page, "disclosed.normative.repealed").fill("1");
  await expect(page.getByText("按上年推算 10")).toBeVisible();
  await expect(field(page, normative)).toHaveAccessibleDescription(/按上年推算 10/);
  await isAccessible(page, "in force");
  await page.getByRole("button", { name: /^填入推算的“行政规范性文件.*现行有效件数”：10$/ }).click();
  await expect(field(page, normative)).toHaveValue("10");
  await expect(page.getByRole("button", { name: /^填入推算的“行政规范性文件/ })).toHaveCount(0);
  await field(page, normative).fill("9");
  await expect(
    page.getByRole("region", { name: "检查结果" }).getByText(/上年有效8件＋.*与填报的现行有效9件相差1件/),
  ).toBeVisible();

  await page.goto(`${server.site}/reports/new`);
  await page.getByLabel(/^2023年/).check();
  await expect(page.getByLabel(/带上系统中的2022年度报告/)).toBeChecked();
  await page.getByRole("button", { name: "新建2023年度报告" }).click();
  await expect(page.getByText(/已带上2022年度报告/)).toBeVisible();
});

test("what last year closed with is locked for typing, filling, pasting and undo until there is a reason", async ({
  page,
}) => {
  const lastYear = soundReport({
    year: 2020,
    organisation: { name: agency },
    cells: { "requests.carriedOut.natural": 3 },
  });
  const { id } = await server.ask<{ id: string }>("/api/reports", "POST", { year: 2021, lastYear: lastYear.report });
  await page.goto(`${server.site}/reports/${id}`);
  await expect(page.getByText(/已带上2020年度报告，上年结转已填好并锁定/)).toBeVisible();
  await page.goto(`${server.site}/reports/${id}/requests`);
  const opening = field(page, "requests.carriedIn.natural");
  const note = page.getByRole("region", { name: "上年结转" });
  await expect(opening).toHaveValue("3");
  await expect(opening).toHaveAttribute("aria-readonly", "true");
  await expect(opening).toHaveAccessibleDescription(/按上年报告填好并锁定。确有出入的，在表格上方写明理由/);
  await expect(note).toContainText("上年结转已按2020年度报告“结转下年度继续办理”填好并锁定。");
  await isAccessible(page, "locked");

  await opening.click();
  await page.keyboard.type("7");
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Escape");
  await expect(opening).toHaveValue("3");
  await field(page, "requests.received.natural").click();
  await paste(page, { text: "5\n4\n2", html: "" });
  await expect(page.getByRole("dialog")).toContainText("按上年报告锁定");
  await page.getByRole("button", { name: /^粘贴，改 2 格/ }).click();
  await expect(page.getByText(/已粘贴 2 格，另有 1 处没有粘贴/)).toBeVisible();
  await page.getByRole("button", { name: "其余空格填 0" }).click();
  await expect(opening).toHaveValue("3");
  const undo = page.getByRole("button", { name: /^撤销/ }).first();
  for (let step = 0; step < 4 && (await undo.isEnabled()); step++) await undo.click();
  await expect(field(page, "requests.received.natural")).toHaveValue("");
  await expect(opening).toHaveValue("3");

  await note.getByRole("button", { name: "确有出入，写明理由后修改" }).click();
  const reason = note.getByRole("textbox");
  await reason.fill("已更正");
  await expect(opening).toHaveAttribute("aria-readonly", "true");
  await reason.fill("上年报告漏报一件，已经更正");
  await expect(opening).not.toHaveAttribute("aria-readonly", /./);
  await note.getByRole("button", { name: "写好了" }).click();
  await opening.fill("4");
  await expect(note).toContainText("有 1 格与2020年度报告“结转下年度继续办理”不一致，理由见下");
  const findings = page.getByRole("region", { name: "检查结果" });
  await expect(findings.getByText(/“自然人”列上年结转4件，与2020年报告.*3件不一致/)).toBeVisible();
  await expect(findings.locator('details[data-severity="warning"]')).toContainText("上年报告漏报一件，已经更正");
  await isAccessible(page, "explained");
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 40_000 });
  expect((await storedReport(page)).tables.requests?.carriedIn?.natural).toBe(4);
  expect(Object.keys((await storedReport(page)).reasons ?? {})).toEqual(["X01.requests.carriedIn"]);

  await note.getByRole("button", { name: "按上年报告填好" }).click();
  await expect(opening).toHaveValue("3");
  await expect(opening).toHaveAttribute("aria-readonly", "true");
  await expect(findings.getByText(/上年结转4件/)).toHaveCount(0);
});

test("a report that left the clerk's hands says why nothing can be imported", async ({ page }) => {
  const content = soundReport({ year: 2020, organisation: { name: agency } }).report;
  const { id } = await server.ask<{ id: string }>("/api/reports", "POST", { year: 2020, content });
  await page.goto(`${server.site}/reports/${id}/import`);
  await expect(page.getByText("也可以把文件拖到这个框里")).toBeVisible();
  const moved = await server.fetch(`/api/reports/${id}/moves`, {
    method: "POST",
    body: JSON.stringify({ action: "submit", version: 1 }),
  });
  expect(moved.status, await moved.text()).toBe(200);
  await page.goto(`${server.site}/reports/${id}/import`);
  await expect(page.getByText(/现在不能导入：报告处于“科室审核”，不能修改。需要修改的，请先撤回/)).toBeVisible();
  await expect(page.getByText("也可以把文件拖到这个框里")).toHaveCount(0);
  await isAccessible(page, "closed");
});
