import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Download, Page } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { isAccessible } from "./accessible.ts";
import { AppServer } from "./server.ts";
import { expect, test } from "./watched.ts";

const agency = "某某县云岭科学技术局";
const server = new AppServer({ organisation: agency });
const years = [2019, 2020, 2021, 2022, 2023, 2024];
const inForce = "disclosed.normative.inForce";
const reason = "三件已于年底前失效，目录已经更新。";
const folder = mkdtempSync(join(tmpdir(), "publish-e2e-"));
let report = "";

const send = async (path: string, method: string, body: unknown) => {
  const answer = await server.fetch(path, { method, body: JSON.stringify(body) });
  return (await answer.json()) as { id: string };
};
const field = (page: Page, address: string) => page.locator(`[id="${address}"]`);
const findings = (page: Page) => page.getByRole("region", { name: "检查结果" });
const saved = (page: Page) => expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 20_000 });
const contentOf = async (file: Download) => readFileSync(await file.path());
async function downloaded(page: Page, act: () => Promise<void>): Promise<Download> {
  const [file] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), act()]);
  return file;
}

/** Text of a file, printed or not. */
function textOf(name: string, bytes: Uint8Array): string {
  if (name.endsWith(".pdf")) {
    const file = join(folder, "file.pdf");
    writeFileSync(file, bytes);
    const attached = execFileSync("pdfdetach", ["-list", file], { encoding: "utf8" });
    let text = execFileSync("pdftotext", [file, "-"], { encoding: "utf8" }).replace(/\s/g, "");
    if (!attached.startsWith("0 ")) {
      execFileSync("pdfdetach", ["-save", "1", "-o", join(folder, "attached"), file]);
      text += readFileSync(join(folder, "attached"), "utf8");
    }
    return text;
  }
  if (name.endsWith(".docx"))
    return Object.values(unzipSync(bytes))
      .map((part) => strFromU8(part))
      .join("\n");
  return strFromU8(bytes);
}

test.beforeAll(async () => {
  await server.start();
  for (const year of years) ({ id: report } = await send("/api/reports", "POST", { year }));
  const edits = Object.entries({ issued: 5, repealed: 0, inForce: 2 }).map(([column, value]) => ({
    path: `tables.disclosed.normative.${column}`,
    value,
  }));
  await send(`/api/reports/${report}`, "PATCH", { baseVersion: 1, operationId: "fill-in-figures", edits });
});
test.beforeEach(({ context }) => server.logIn(context));
test.afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("a reason is written beside its warning, lapses with the figure, and is printed on the sheet alone", async ({
  page,
}) => {
  await page.goto(`${server.site}/reports/${report}/disclosed`);
  const panel = findings(page);
  const note = panel.locator("[data-reason]");
  await expect(panel.getByText("1 项需核实，已说明 0 项")).toBeVisible();

  await panel.getByRole("button", { name: "核实无误，写说明" }).click();
  const box = panel.getByRole("textbox", { name: /^说明：/ });
  await expect(box).toBeFocused();
  await box.pressSequentially("属实");
  await panel.getByRole("button", { name: "写好了" }).click();
  await expect(note).toContainText("说明太短，至少 5 个字");
  await isAccessible(page);
  await expect(panel.getByText("已说明 0 项")).toBeVisible();
  await panel.getByRole("button", { name: "修改" }).click();
  await box.fill(reason);
  await panel.getByRole("button", { name: "写好了" }).click();
  await expect(note).toHaveText(`已说明：${reason}修改删除`);
  await expect(panel.getByText("1 项需核实，已说明 1 项")).toBeVisible();
  await isAccessible(page);

  await page.reload();
  await expect(note).toContainText(`已说明：${reason}`);
  await field(page, inForce).fill("3");
  await expect(note).toContainText("情况已变化，请重新说明");
  await expect(note).toContainText(reason);
  await expect(panel.getByText("1 项需核实，已说明 0 项")).toBeVisible();
  await field(page, inForce).fill("2");
  await expect(note).toContainText("已说明：");
  await field(page, inForce).fill("4");
  await panel.getByRole("button", { name: "重新说明" }).click();
  await expect(box).toHaveValue(reason);
  await panel.getByRole("button", { name: "写好了" }).click();
  await expect(note).toContainText("情况已变化");
  await panel.getByRole("button", { name: "原说明仍然适用" }).click();
  await expect(note).toContainText("已说明：");
  await panel.getByRole("button", { name: "删除" }).click();
  await expect(note).toHaveCount(0);
  await page.getByRole("button", { name: "撤销：删除说明" }).click();
  await expect(note).toContainText(`已说明：${reason}`);
  await saved(page);

  await page.goto(`${server.site}/reports/${report}`);
  await expect(findings(page).getByText("1 项需核实，已说明 1 项")).toBeVisible();
  const pack = await downloaded(page, () => page.getByRole("link", { name: "下载发布包" }).click());
  expect(pack.suggestedFilename()).toBe(`${agency}2024年政府信息公开工作年度报告（草稿）.zip`);
  const files = Object.entries(unzipSync(await contentOf(pack)));
  expect(files).toHaveLength(5);
  expect(files.filter(([name, bytes]) => textOf(name, bytes).includes(reason)).map(([name]) => name)).toEqual([
    "审签单.pdf",
  ]);
  for (const name of ["下载 Word 文档", "下载 PDF 文档", "下载存档 PDF", "下载网页", "下载纯文本", "下载数据"]) {
    const file = await downloaded(page, () => page.getByRole("link", { name }).click());
    const text = textOf(file.suggestedFilename(), await contentOf(file));
    expect(text, name).toContain("云岭科学技术局");
    expect(text, name).not.toContain("目录已经更新");
  }
});

test("several years are made into one ZIP, with progress, and may be cancelled", async ({ page }) => {
  await page.goto(`${server.site}/reports`);
  const form = page.getByRole("form", { name: "批量下载" });
  for (const year of [2019, 2020, 2021, 2023]) await form.getByLabel(`${year}年`).uncheck();
  await form.getByLabel("存档 PDF").check();
  const said: string[] = [];
  page.on("response", async (answer) => {
    if (/\/api\/batches\/[\w-]+$/.test(answer.url())) said.push(await answer.text().catch(() => ""));
  });
  const zip = await downloaded(page, () => form.getByRole("button", { name: "装进一个 ZIP 下载" }).click());
  expect(zip.suggestedFilename()).toBe(`${agency}年度报告.zip`);
  await expect(page.getByText("已生成 6 个文件")).toBeVisible();
  const files = unzipSync(await contentOf(zip));
  const title = (year: number) => `${agency}${year}年政府信息公开工作年度报告`;
  const expected = [2024, 2022].flatMap((year) =>
    ["（草稿）.docx", "（草稿）.pdf", "（存档）（草稿）.pdf"].map((end) => `${title(year)}${end}`),
  );
  expect(Object.keys(files).sort()).toEqual([...expected, "清单.txt"].sort());
  expect(strFromU8(files["清单.txt"] ?? new Uint8Array())).toContain("已生成6个");
  expect(said.length).toBeGreaterThan(0);
  const again = await downloaded(page, () => page.getByRole("button", { name: /保存 ZIP/ }).click());
  expect((await contentOf(again)).length).toBe((await contentOf(zip)).length);
  await isAccessible(page);

  for (const kind of await form.getByRole("checkbox").all()) await kind.check();
  await form.getByRole("button", { name: "装进一个 ZIP 下载" }).click();
  await expect(page.getByText(/正在生成 \d+\/48：20\d\d年 /)).toBeVisible();
  await form.getByRole("button", { name: "取消" }).click();
  await expect(page.getByText("已取消，没有留下文件。")).toBeVisible();

  await form.getByRole("button", { name: "装进一个 ZIP 下载" }).click();
  await expect(page.getByText(/正在生成 \d+\/48/)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: /保存 ZIP/ })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("已生成 48 个文件")).toBeVisible();
});

test("a download waits for a busy server, and says in words why there is none", async ({ page }) => {
  let asked = 0;
  await page.route("**/export/txt", (route) =>
    ++asked <= 2
      ? route.fulfill({ status: 503, headers: { "retry-after": "1" }, json: { message: "正在生成的文件较多。" } })
      : route.continue(),
  );
  await page.goto(`${server.site}/reports/${report}`);
  const link = page.locator(`a[href$="/export/txt"]`);
  const file = await downloaded(page, async () => {
    await link.click();
    await expect(link).toHaveText("排队生成中…");
  });
  expect(file.suggestedFilename()).toBe(`${agency}2024年政府信息公开工作年度报告（草稿）.txt`);
  expect(asked).toBe(3);
  await expect(link).toContainText("下载纯文本");

  await page.route("**/export/json", (route) =>
    route.fulfill({ status: 504, json: { message: "生成文件用时过长，已停止。报告没有改动，请稍后重试。" } }),
  );
  await page.getByRole("link", { name: "下载数据" }).click();
  await expect(page.getByText("生成文件用时过长，已停止。报告没有改动，请稍后重试。")).toBeVisible();
  await page.route("**/export/html", (route) => route.abort());
  await page.getByRole("link", { name: "下载网页" }).click();
  await expect(page.getByText("连接不上服务器，没有下载。请检查网络后再试一次。")).toBeVisible();
  await isAccessible(page);
});

test("a warning that a rendering thread prints costs no file", async () => {
  // With both of them Node warns in every thread that anything asks for colours.
  const warned = new AppServer({ environment: { NO_COLOR: "1", FORCE_COLOR: "1" } });
  await warned.start();
  try {
    const { id } = await warned.ask<{ id: string }>("/api/reports", "POST", { year: 2024 });
    for (const kind of ["docx", "pdf", "ofd"]) {
      const answer = await warned.fetch(`/reports/${id}/export/${kind}`);
      expect(answer.status, kind).toBe(200);
      expect((await answer.arrayBuffer()).byteLength, kind).toBeGreaterThan(1_000);
    }
  } finally {
    await warned.stop();
  }
});
