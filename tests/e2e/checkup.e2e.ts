import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { exportReport } from "../../lib/export/export.ts";
import { compose, documentText } from "../../lib/report/compose.ts";
import { changesBetween } from "../../lib/report/history.ts";
import type { Report } from "../../lib/report/report.ts";
import { renderPdf } from "../../templates/document/pdf.ts";
import { sampleReport } from "../../templates/samples.ts";
import { soundReport } from "../checks/samples.ts";
import { docxText } from "../documents/read-docx.ts";
import { isAccessible } from "./accessible.ts";
import { AppServer } from "./server.ts";
import { expect, test } from "./watched.ts";

const server = new AppServer({ organisation: "青川县政务公开办公室" });
const name = "青川县云岭科学技术局";
const carried = { "requests.received.natural": 7, "requests.carriedOut.natural": 1 };
const before = soundReport({ year: 2023, cells: carried });
const now = soundReport({ year: 2024 });
const faulty = soundReport({ organisation: { name: "青川县水务局" }, cells: { "requests.received.natural": 9 } });
type File = { name: string; mimeType: string; buffer: Buffer };
let files: File[] = [];

const file = (called: string, bytes: Uint8Array | string): File => ({
  name: called,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(bytes),
});

test.beforeAll(async () => {
  await server.start();
  const textOf = ({ format, report }: typeof now) => documentText(compose(format, report, false));
  files = [
    file("科技局2023.docx", (await exportReport(before.format, before.report, "docx")).bytes),
    file("科技局2024.html", (await exportReport(now.format, now.report, "html")).bytes),
    file("水务局.pdf", await renderPdf(compose(faulty.format, faulty.report, false))),
    file("水务局.txt", textOf(faulty)),
    file("会议通知.txt", "今天的会议改到下午三点。"),
    file("照片.pdf", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])),
  ];
});
test.beforeEach(({ context }) => server.logIn(context));
test.afterAll(() => server.stop());

const results = (page: Page) => page.getByRole("list", { name: "各份报告" }).locator(":scope > li");
const progress = (page: Page) => page.getByRole("region", { name: "检查进度" });

async function dropped(page: Page, some: readonly File[]) {
  const data = await page.evaluateHandle(
    (sent) => {
      const transfer = new DataTransfer();
      for (const { called, base64 } of sent) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], called));
      }
      return transfer;
    },
    some.map(({ name: called, buffer }) => ({ called, base64: buffer.toString("base64") })),
  );
  const zone = page.getByText("要检查的年度报告").locator("..");
  await zone.dispatchEvent("dragenter", { dataTransfer: data });
  await zone.dispatchEvent("drop", { dataTransfer: data });
}

async function open(page: Page) {
  await page.goto(`${server.site}/checkup`);
  await expect(page.locator("html[data-scripts='alive']")).toBeAttached();
}

async function downloadedList(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const [saved] = await Promise.all([
    page.waitForEvent("download", { timeout: 60_000 }),
    page.getByRole("button", { name: button }).click(),
  ]);
  return { name: saved.suggestedFilename(), bytes: readFileSync(await saved.path()) };
}

test("several files are dropped, checked with each other, and sent back as a list of corrections", async ({ page }) => {
  await open(page);
  await dropped(page, files);
  await expect(progress(page).getByRole("status")).toContainText("检查了 4 份报告", { timeout: 60_000 });
  await expect(progress(page).getByRole("status")).toContainText("另有 2 个文件不能读取");
  await expect(results(page)).toHaveCount(6);
  await expect(results(page).nth(4)).toContainText("没有检查：");
  await expect(results(page).nth(5)).toContainText("没有检查：这是图片");

  const second = results(page).nth(1);
  await second.locator("summary").click();
  await expect(second).toContainText("上年报告：科技局2023.docx");
  await expect(second.getByRole("region", { name: "错误（1）" })).toContainText(/上年结转0件.*2023年.*1件/);

  const third = results(page).nth(2);
  await third.locator("summary").click();
  await expect(third.getByText(/表三：.*自然人/).first()).toBeVisible();
  await expect(third).toContainText(/＝9，.*＝6，相差3件/);

  await isAccessible(page);

  const word = await downloadedList(page, "下载整改清单（Word）");
  expect(word.name).toBe("政府信息公开工作年度报告整改清单.docx");
  const text = docxText(word.bytes);
  expect(text).toContain("共检查4份年度报告，");
  expect(text).toContain(`${name}\t2024年\t1\t`);
  expect(text).toMatch(/\t错误\t表三：.*自然人\t“自然人”列勾稽不平.*相差3件/);
  expect(text).toContain("照片.pdf\t这是图片");
  expect(text).toContain("青川县政务公开办公室");
  const site = await downloadedList(page, "下载整改清单（网页）");
  expect(site.name).toBe("政府信息公开工作年度报告整改清单.html");
  expect(site.bytes.toString()).toContain("相差3件");

  await second.locator("summary").click();
  const own = await downloadedList(page, "只下载这一份的清单（Word）");
  expect(own.name).toBe("青川县水务局2024年度报告整改清单.docx");
});

test("a file that is taken away no longer counts for the others, and one more is added to those that are there", async ({
  page,
}) => {
  await open(page);
  const [first, second] = files;
  if (!first || !second) throw new Error("there are files");
  const box = page.locator("input[type='file']");
  await box.setInputFiles([first, second]);
  await expect(results(page).nth(1)).toContainText("错误 1", { timeout: 60_000 });
  await results(page).nth(0).getByRole("button", { name: "移除" }).click();
  await expect(results(page).nth(0)).toContainText("错误 0", { timeout: 20_000 });
  await expect(results(page)).toHaveCount(1);
  await box.setInputFiles(first);
  await expect(results(page)).toHaveCount(2);
  await expect(results(page).nth(0)).toContainText("错误 1", { timeout: 60_000 });
  await page.getByRole("button", { name: "全部移除" }).click();
  await expect(results(page)).toHaveCount(0);
});

test("a report that was published here is held against what was published", async ({ page }) => {
  const { format, report: bureau } = sampleReport();
  // An office does not call itself a bureau.
  const sample: Report = JSON.parse(JSON.stringify(bureau).replaceAll("本局", "本机关"));
  const { id } = await server.ask<{ id: string }>("/api/reports", "POST", { year: sample.year });
  const { report } = await server.ask<{ report: Report }>(`/api/reports/${id}`);
  const organisation = { ...sample.organisation, name: report.organisation.name };
  const edits = changesBetween(format, report, { ...sample, organisation }).map(({ path, after }) => ({
    ...{ path, value: after },
  }));
  await server.ask(`/api/reports/${id}`, "PATCH", { baseVersion: 1, operationId: crypto.randomUUID(), edits });
  for (const action of ["submit", "approve", "clear", "sign", "publish"]) {
    const publication = { date: "2025-02-05" };
    const order = { action, version: 2, ...(action === "publish" && { publication }) };
    const moved = await server.fetch(`/api/reports/${id}/moves`, { method: "POST", body: JSON.stringify(order) });
    expect(moved.status, action).toBe(200);
  }
  const published = { ...sample, organisation };
  const { requests } = published.tables;
  const changed = {
    ...published,
    tables: { ...published.tables, requests: { ...requests, carriedOut: { ...requests?.carriedOut, natural: 4 } } },
  };
  await open(page);
  await dropped(page, [
    file("公开的.html", (await exportReport(format, published, "html")).bytes),
    file("改过的.html", (await exportReport(format, changed, "html")).bytes),
  ]);
  await expect(progress(page).getByRole("status")).toContainText("检查了 2 份报告", { timeout: 60_000 });
  for (const index of [0, 1]) {
    await expect(results(page).nth(index)).toContainText("已与本系统登记的公开版本（2025年2月5日公开）核对");
    await expect(results(page).nth(index)).toContainText(
      "公布日期2025年2月5日晚于《条例》第四十九条规定的2025年1月31日",
    );
  }
  await expect(results(page).nth(0)).not.toContainText("发布后内容有改动");
  await expect(results(page).nth(1)).toContainText("发布后内容有改动（“收到和处理政府信息公开申请情况”）");
  await isAccessible(page);
});

test("a hundred files are checked", async ({ page }) => {
  await open(page);
  const { format } = now;
  const many = Array.from({ length: 100 }, (_, index) => {
    const { report } = soundReport({ organisation: { name: `青川县第${index + 1}中心` } });
    return file(`${index + 1}.txt`, documentText(compose(format, report, false)));
  });
  await page.locator("input[type='file']").setInputFiles(many);
  await expect(progress(page).getByRole("status")).toContainText("检查了 100 份报告", { timeout: 150_000 });
  const { bytes } = await downloadedList(page, "下载整改清单（Word）");
  expect(docxText(bytes)).toContain("100\t青川县第100中心\t2024年");
});
