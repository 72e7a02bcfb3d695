import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { readSheet } from "read-excel-file/universal";
import writeExcelFile, { type SheetData } from "write-excel-file/node";
import { isAccessible } from "./accessible.ts";
import { LARGE, sticksOut, targetsTooSmall } from "./looks.ts";
import { AppServer } from "./server.ts";
import { expect, test } from "./watched.ts";

const server = new AppServer({ organisation: "云岭县人民政府办公室" });
const heads = ["单位名称", "上级单位", "单位类别", "姓名", "用户名", "角色"];
/** A name that a workbook might take for a formula. */
const formula = '=HYPERLINK("http://pages.example","点")';

test.beforeAll(() => server.start());
test.beforeEach(({ context }) => server.logIn(context));
test.afterAll(() => server.stop());

async function choose(page: Page, rows: readonly (readonly string[])[]): Promise<void> {
  const data: SheetData = [heads, ...rows].map((row) => row.map((value) => ({ value, type: String })));
  const buffer = await writeExcelFile(data).toBuffer();
  const mimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  await page.locator("input[type='file']").setInputFiles({ name: "单位.xlsx", mimeType, buffer });
}

test("units and users come from a table, after their mistakes were told, with passwords that are given out once", async ({
  page,
}) => {
  await page.goto(`${server.site}/administration`);
  await page.getByRole("link", { name: "从表格导入" }).click();
  await expect(page.locator("html[data-scripts='alive']")).toBeAttached();
  const template = page.waitForEvent("download");
  await page.getByRole("link", { name: "下载模板" }).click();
  const rows = await readSheet(new Blob([readFileSync(await (await template).path())]));
  expect(rows).toEqual([heads]);

  await choose(page, [["云岭县水务局", "", "部门", "李明", "li ming", "经办人"]]);
  await expect(page.getByText("第 2 行：用户名为2至32个")).toBeVisible();
  await expect(page.getByRole("button", { name: "导入", exact: true })).toHaveCount(0);
  await isAccessible(page);

  const good = [
    ["云岭县水务局", "", "部门", formula, "swj-liming", "经办人"],
    ["云岭县水务局", "", "", "王芳", "swj-wangfang", "审核人、签发人"],
  ];
  await choose(page, good);
  await expect(page.getByText("将增加单位 1 个、用户 2 名。")).toBeVisible();
  await page.getByRole("button", { name: "导入", exact: true }).click();
  await expect(page.getByText("导入完成：增加单位 1 个、用户 2 名。")).toBeVisible();
  await isAccessible(page);
  const passwords = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载初始密码" }).click();
  const file = readFileSync(await (await passwords).path());
  const [first, liming] = (await readSheet(new Blob([file]))).map((row) => row.map(String));
  expect(first).toEqual(["单位", "姓名", "用户名", "初始密码"]);
  expect(liming?.slice(0, 3)).toEqual(["云岭县水务局", formula, "swj-liming"]);
  const sheet = Object.entries(unzipSync(file)).find(([name]) => /worksheets\/\w+\.xml$/.test(name))?.[1];
  expect(strFromU8(sheet ?? new Uint8Array())).not.toMatch(/<f[ >]/);
  expect(await server.session({ username: "swj-liming", password: liming?.[3] ?? "" })).toMatch(/^session=/);

  await choose(page, good);
  await expect(page.getByText("系统里都有了，不用导入。")).toBeVisible();
  await expect(page.getByRole("button", { name: "下载初始密码" })).toHaveCount(0);

  await page.context().addCookies([{ name: "look", value: "large", url: server.site }]);
  await page.reload();
  expect((await targetsTooSmall(page, LARGE.target)).faults).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sticksOut(page)).toEqual([]);
});
