import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Download, Page } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { enteredCells, type Format, type Table } from "../../lib/report/format.ts";
import type { Report } from "../../lib/report/report.ts";
import { figure } from "../../lib/report/totals.ts";
import { formatForYear } from "../../templates/index.ts";
import { AppServer, firstUser } from "./server.ts";
import { writeText } from "./text-field.ts";
import { expect, test } from "./watched.ts";

const server = new AppServer({ setUp: false });
const agency = "某某县云岭科学技术局";
const year = 2024;
const format = formatForYear(year) as Format;
const [disclosed, requests, disputes] = format.tables as [Table, Table, Table];

test.beforeAll(() => server.start());
test.afterAll(() => server.stop());

const field = (page: Page, address: string) => page.locator(`[id="${address}"]`);
const findings = (page: Page) => page.getByRole("region", { name: "检查结果" });
const saved = (page: Page) => expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 40_000 });

/** A figure for every cell, none of them zero and each in its place different from its neighbours. */
function figures(table: Table): Map<string, string> {
  const filled = enteredCells(table).map(({ row, column }, index): [string, string] => {
    const value = column.unit === "money" ? "12.34" : String(2 + ((index * 5) % 9));
    return [`${table.id}.${row.id}.${column.id}`, value];
  });
  return new Map(filled);
}

/** Figures of the table with a balance, made to balance through its closing row. */
function balancedFigures(): Map<string, string> {
  const all = figures(requests);
  const balance = format.balances[0];
  if (!balance) throw new Error("the format has no balance");
  const [received = "", carriedIn = ""] = balance.left;
  const carriedOut = balance.right[1] ?? "";
  const columns = new Set([...all.keys()].map((address) => address.split(".")[2] ?? ""));
  for (const column of columns) {
    const of = (row: string) => Number(all.get(`${requests.id}.${row}.${column}`));
    const outcomes = [...all.entries()]
      .filter(([address]) => address.endsWith(`.${column}`))
      .filter(([address]) => ![received, carriedIn, carriedOut].includes(address.split(".")[1] ?? ""))
      .reduce((sum, [, value]) => sum + Number(value), 0);
    all.set(`${requests.id}.${received}.${column}`, String(outcomes + of(carriedOut) - of(carriedIn)));
  }
  return all;
}

async function fillIn(page: Page, figuresOf: Map<string, string>) {
  expect(figuresOf.size).toBeGreaterThan(0);
  for (const [address, value] of figuresOf) await field(page, address).fill(value);
}

async function download(page: Page, name: string): Promise<Download> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
  return file;
}

test("a clerk goes from an empty installation to both finished documents", async ({ page }) => {
  const consoleErrors: string[] = [];
  page.on("pageerror", (error) => consoleErrors.push(String(error)));
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(server.site)) elsewhere.push(request.url());
  });

  await page.goto(server.site);
  await expect(page.getByText("系统还没有完成首次设置")).toBeVisible();
  await page.goto(server.setupAddress.replace(server.origin, server.site));
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  await page.getByLabel("单位全称").fill(agency);
  await page.getByLabel("管理员姓名").fill(firstUser.name);
  await page.getByLabel("用户名").fill(firstUser.username);
  await page.getByLabel("新密码", { exact: true }).fill(firstUser.password);
  await page.getByLabel("再输一次新密码").fill(firstUser.password);
  await page.getByRole("button", { name: "完成设置" }).click();
  await test.step("the list speaks of the year that is begun from it", async () => {
    await page.getByRole("link", { name: "返回" }).click();
    const begin = page.getByRole("link", { name: /^新建\d{4}年度报告$/ });
    const due = Number(/\d{4}/.exec(await begin.innerText())?.[0]);
    await expect(page.getByText(new RegExp(`${due}年度报告应在|公布期限${due + 1}年`))).toBeVisible();
    await begin.click();
    await expect(page.getByLabel(new RegExp(`^${due}年`))).toBeChecked();
  });
  await page.getByLabel(new RegExp(`^${year}年`)).check();
  await page.getByRole("button", { name: `新建${year}年度报告` }).click();
  await expect(page.getByText("已完成 0/8")).toBeVisible();
  await server.adopt(page.context());
  const reportAddress = page.url();
  const reportId = reportAddress.split("/").at(-1) ?? "";
  const stored = async () => {
    const answer = await server.fetch(`/api/reports/${reportId}`);
    return ((await answer.json()) as { report: Report }).report;
  };

  await test.step("tables that have no balance", async () => {
    for (const table of [disclosed, disputes]) {
      await page.goto(`${reportAddress}/${table.id}`);
      await expect(page).toHaveTitle(/第 \d 步，共 8 步/);
      await fillIn(page, figures(table));
    }
    await saved(page);
    const report = await stored();
    expect(figure(disputes, report.tables[disputes.id] ?? {}, "cases", "reviewTotal")).toBeGreaterThan(0);
  });

  const balanced = balancedFigures();
  await test.step("the table with the balance, with a reload in the middle", async () => {
    await page.goto(`${reportAddress}/${requests.id}`);
    const entries = [...balanced];
    await fillIn(page, new Map(entries.slice(0, 70)));
    await page.reload();
    await expect(field(page, entries[69]?.[0] ?? "")).toHaveValue(entries[69]?.[1] ?? "");
    await fillIn(page, new Map(entries.slice(70)));
    for (const column of ["natural", "otherOrg", "total"]) {
      await expect(page.locator(`[data-balance="${column}"]`)).toContainText("平");
    }
  });

  await test.step("a broken balance is named while typing, leads to its cell, and is mended", async () => {
    const address = `${requests.id}.carriedOut.natural`;
    const right = balanced.get(address) ?? "";
    await field(page, address).fill(String(Number(right) + 3));
    await expect(page.locator('[data-balance="natural"]')).toContainText("差 3");
    await expect(page.locator('[data-balance="total"]')).toContainText("差 3");
    const finding = findings(page).getByText(/“自然人”列勾稽不平.*相差3件/);
    await expect(finding).toBeVisible();
    await finding.click();
    await expect(field(page, `${requests.id}.received.natural`)).toBeFocused();
    await field(page, address).fill(right);
    await expect(page.locator('[data-balance="natural"]')).toContainText("平");
    await expect(finding).toBeHidden();
  });

  await test.step("typing goes on while the server is dead, and nothing is lost", async () => {
    await saved(page);
    await server.kill();
    const changed = `${disclosed.id}.normative.issued`;
    await page
      .getByRole("link", { name: /任务清单|年度报告/ })
      .first()
      .isVisible();
    await field(page, `${requests.id}.received.natural`).fill("9１，000");
    await field(page, `${requests.id}.received.natural`).blur();
    await expect(field(page, `${requests.id}.received.natural`)).toHaveValue("91000");
    await expect(page.locator('[data-save-state="offline"]')).toBeVisible({ timeout: 40_000 });
    await server.start();
    await page.reload();
    await expect(field(page, `${requests.id}.received.natural`)).toHaveValue("91000");
    await saved(page);
    expect((await stored()).tables[requests.id]?.received?.natural).toBe(91_000);
    await field(page, `${requests.id}.received.natural`).fill(balanced.get(`${requests.id}.received.natural`) ?? "");
    await saved(page);
    expect((await stored()).tables[disclosed.id]?.normative?.issued).toBe(Number(figures(disclosed).get(changed)));
  });

  await test.step("what is no figure stays as typed, marked and saved", async () => {
    const address = `${requests.id}.granted.natural`;
    await field(page, address).fill("十二");
    await field(page, address).blur();
    await expect(field(page, address)).toHaveValue("十二");
    await expect(field(page, address)).toHaveAttribute("aria-invalid", "true");
    await saved(page);
    expect((await stored()).tables[requests.id]?.granted?.natural).toBe("十二");
    await field(page, address).fill(balanced.get(address) ?? "");
  });

  await test.step("text and closing", async () => {
    await page.goto(`${reportAddress}/opening`);
    await page.getByLabel("联系电话").fill("0955-1234567");
    await expect(page.locator("textarea")).toHaveValue(/电话：0955-1234567/);
    await page.goto(`${reportAddress}/disclosed`);
    await field(page, "disclosed.rules.issued").fill("0");
    await field(page, "disclosed.rules.repealed").fill("0");
    await field(page, "disclosed.rules.inForce").fill("0");
    for (const [section, text] of Object.entries(prose)) {
      await page.goto(`${reportAddress}/${section}`);
      await writeText(page, section, text);
    }
    await page.goto(`${reportAddress}/closing`);
    await page.getByLabel("成文日期").fill(`${year + 1}-01-15`);
    await saved(page);
    expect((await stored()).closing.date).toBe(`${year + 1}-01-15`);
  });

  await test.step("both documents hold every figure and sentence", async () => {
    await page.goto(reportAddress);
    await expect(page.getByText("已完成 8/8")).toBeVisible();
    const report = await stored();
    const word = await download(page, "下载 Word 文档");
    expect(word.suggestedFilename()).toBe(`${agency}${year}年政府信息公开工作年度报告.docx`);
    const xml = strFromU8(unzipSync(readFileSync(await word.path()))["word/document.xml"] ?? new Uint8Array());
    const printed = await download(page, "下载 PDF 文档");
    expect(printed.suggestedFilename()).toBe(`${agency}${year}年政府信息公开工作年度报告.pdf`);
    const pdf = execFileSync("pdftotext", ["-layout", await printed.path(), "-"], { encoding: "utf8" });
    const wordText = xml.replace(/<[^>]+>/g, "");
    for (const sentence of ["没有收取信息处理费", "2025年1月15日", agency]) {
      expect(wordText).toContain(sentence);
      expect(pdf.replace(/\s/g, "")).toContain(sentence);
    }
    const total = String(figure(requests, report.tables[requests.id] ?? {}, "received", "total"));
    expect(Number(total)).toBeGreaterThan(100);
    expect(wordText).toContain(total);
    expect(pdf).toContain(total);
  });

  expect(consoleErrors).toEqual([]);
  expect(elsewhere).toEqual([]);
});

/** Own words for every text section, with nothing left to find. */
const prose: Record<string, string> = {
  overview: [
    "（一）主动公开情况",
    `${year}年，本局通过县政府门户网站主动公开政府信息46条，其中通知公告30条，政策文件及解读16条。`,
    "（二）依申请公开情况",
    "申请的收到、办结和结转情况见统计表。",
    "（三）政府信息管理情况",
    "严格执行公开属性认定和保密审查制度，公开前逐件登记。",
    "（四）政府信息公开平台建设情况",
    "维护网站信息公开栏目，定期检查链接和内容。",
    "（五）监督保障情况",
    "明确一名分管负责人和一名专职人员，组织培训两次，未发生责任追究情形。",
  ].join("\n"),
  problems: [
    "（一）存在的主要问题",
    "一是政策解读形式单一，图解和视频偏少。二是申请办理文书不够规范，本年有案件结果被纠正。",
    "（二）改进情况",
    "一是与县融媒体中心合作制作解读产品。二是统一申请答复文书样式，逐件复核，规范答复。",
  ].join("\n"),
  other: [
    "（一）信息处理费收取情况",
    `${year}年，本机关向申请人发出收费通知若干件，没有收取信息处理费。`,
    "（二）年度政务公开工作要点落实情况",
    "承担的各项任务均已完成。",
  ].join("\n"),
};
