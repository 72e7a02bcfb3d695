import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { changesBetween } from "../../lib/report/history.ts";
import { sampleReport } from "../../templates/samples.ts";
import { isAccessible } from "./accessible.ts";
import { firstOrganisation, organisationBelow, person, windowOf } from "./people.ts";
import { AppServer } from "./server.ts";
import { expect, test } from "./watched.ts";

const server = new AppServer({ organisation: "云岭区人民政府办公室" });
const { format, report: sample } = sampleReport();
const year = sample.year;
const cell = "requests.received.natural";
const people = {
  clerk: { name: "李明", username: "dag-liming", roles: ["clerk"] },
  reviewer: { name: "王芳", username: "dag-wangfang", roles: ["reviewer"] },
  signatory: { name: "赵强", username: "dag-zhaoqiang", roles: ["signatory"] },
} as const;
const cookies: Record<string, string> = {};
let bureau = "";

test.beforeAll(async () => {
  await server.start();
  const office = await firstOrganisation(server);
  bureau = await organisationBelow(server, office, "云岭区档案馆");
  for (const [role, who] of Object.entries(people)) cookies[role] = await person(server, bureau, who);
  const supervisor = { name: "陈静", username: "zwgkb-chenjing", roles: ["supervisor"] } as const;
  cookies.supervisor = await person(server, office, supervisor);
  cookies.auditor = await person(server, office, { name: "孙宁", username: "sunning", roles: ["auditor"] });
});
test.afterAll(() => server.stop());

const alive = (page: Page) => expect(page.locator("html[data-scripts='alive']")).toBeAttached();
const open = async (page: Page, path: string) => {
  await page.goto(server.site + path);
  await alive(page);
};
const progress = (page: Page) => page.getByRole("region", { name: "办理进度" });
const step = (page: Page) => progress(page).locator("li[aria-current='step']");
const remarks = (page: Page) => page.getByRole("region", { name: "审核意见" });
const saved = (page: Page) => expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 20_000 });

/** Does something from the card that shows the progress, with a reason if one is asked for. */
async function act(page: Page, name: string, reason?: string): Promise<void> {
  await progress(page).getByRole("button", { name, exact: true }).click();
  const dialog = page.getByRole("dialog");
  if (reason !== undefined) await dialog.getByLabel("理由").fill(reason);
  await dialog.getByRole("button", { name: `确认${name}` }).click();
  await expect(dialog).toBeHidden();
}

async function submit(page: Page): Promise<void> {
  await page.getByRole("link", { name: "校验并送审" }).click();
  await page.getByRole("button", { name: "送审", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "确认送审" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

/** The record, by the command line on the data of the server that runs. */
const audit = (...args: string[]) =>
  spawnSync(process.execPath, ["lib/cli/report.ts", "audit", ...args], {
    encoding: "utf8",
    env: { ...process.env, DATA_DIR: server.folder, DATABASE_URL: "" },
  });

async function startReport(clerk: string | undefined): Promise<string> {
  const asClerk = (path: string, method: string, body: unknown) =>
    server.fetch(path, { method, body: JSON.stringify(body) }, clerk);
  const { id } = await (await asClerk("/api/reports", "POST", { year })).json();
  const { report } = await (await server.fetch(`/api/reports/${id}`, {}, clerk)).json();
  const filled = { ...sample, organisation: { ...sample.organisation, name: report.organisation.name } };
  const edits = changesBetween(format, report, filled).map(({ path, after }) => ({ path, value: after }));
  const save = { baseVersion: 1, operationId: "fill-it-in", edits };
  expect((await asClerk(`/api/reports/${id}`, "PATCH", save)).status).toBe(200);
  return id;
}

test("one report goes all the way through all hands, is returned, remarked on, corrected, and is on record", async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const id = await startReport(cookies.clerk);
  const clerk = await windowOf(browser, server, cookies.clerk ?? "");
  const reviewer = await windowOf(browser, server, cookies.reviewer ?? "");
  const signatory = await windowOf(browser, server, cookies.signatory ?? "");
  const supervisor = await windowOf(browser, server, cookies.supervisor ?? "");
  /** From the reviewer to the supervisor, and back to the clerk for publication. */
  const passOn = async () => {
    const steps: [Page, ...string[]][] = [
      [reviewer, "审核通过", "保密审查通过"],
      [signatory, "签发"],
      [clerk, "报送"],
      [supervisor, "通过"],
    ];
    for (const [page, ...actions] of steps) {
      await open(page, `/reports/${id}`);
      for (const action of actions) await act(page, action);
    }
    await open(clerk, `/reports/${id}`);
  };

  // The clerk hands the report over, and can only read it from then on.
  await open(clerk, `/reports/${id}`);
  await expect(step(clerk)).toHaveText("起草");
  await submit(clerk);
  await expect(step(clerk)).toHaveText("科室审核");
  await expect(clerk.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(clerk.getByText("（只读）")).toBeVisible();
  await isAccessible(clerk);
  await progress(clerk).getByRole("link", { name: "查看回执" }).click();
  await expect(clerk.getByRole("heading", { name: "送审回执" })).toBeVisible();
  await expect(clerk.getByText("李明（经办人）")).toBeVisible();
  const noted = /第 (\d+) 条，校验值 ([\da-f]{64})/.exec(
    (await clerk.getByText(/^第 \d+ 条，校验值/).textContent()) ?? "",
  );
  expect(noted).not.toBeNull();
  await isAccessible(clerk);
  await open(clerk, `/reports/${id}/requests`);
  const figure = clerk.locator(`[id="${cell}"]`);
  await expect(figure).not.toBeEditable();
  await expect(clerk.getByRole("button", { name: "其余空格填 0" })).toHaveCount(0);
  for (const [end, name] of [
    ["opening", "单位全称"],
    ["closing", "成文日期"],
  ]) {
    await open(clerk, `/reports/${id}/${end}`);
    await expect(clerk.getByLabel(name ?? "", { exact: true })).not.toBeEditable();
    await expect(clerk.getByRole("region", { name: "怎样填" })).toHaveCount(0);
    await expect(clerk.getByText(/与印章一致的全称|先核对单位信息|按规定应在每年|核对署名，填写/)).toHaveCount(0);
  }

  // The reviewer remarks on a figure and on a sentence, and returns the report.
  await open(reviewer, "/reports");
  await expect(reviewer.getByText("科室审核")).toBeVisible();
  await expect(reviewer.getByRole("link", { name: /新建/ })).toHaveCount(0);
  await reviewer.getByRole("link", { name: `办理${year}年报告` }).click();
  await progress(reviewer).waitFor();
  await open(reviewer, `/reports/${id}/requests`);
  await reviewer.locator(`[id="${cell}"]`).focus();
  await expect(remarks(reviewer).getByText("意见针对：").first()).toContainText("自然人");
  await remarks(reviewer).getByLabel("意见", { exact: true }).fill("与登记簿不符，请核对");
  await remarks(reviewer).getByRole("button", { name: "提出意见" }).click();
  await expect(remarks(reviewer).getByRole("listitem")).toHaveCount(1);
  await isAccessible(reviewer);
  await open(reviewer, `/reports/${id}/overview`);
  const sentence = await selectSentence(reviewer);
  await expect(remarks(reviewer).locator("q")).toHaveText(sentence);
  await remarks(reviewer).getByLabel("意见", { exact: true }).fill("这一句再核实");
  await remarks(reviewer).getByRole("button", { name: "提出意见" }).click();
  await expect(remarks(reviewer).getByRole("listitem")).toHaveCount(1);
  await expect(reviewer.locator("[data-remarked]").first()).toContainText(sentence.slice(0, 6));
  await isAccessible(reviewer);
  await open(reviewer, `/reports/${id}`);
  await progress(reviewer).getByRole("button", { name: "退回修改" }).click();
  await reviewer.getByRole("dialog").getByRole("button", { name: "确认退回修改" }).click();
  await expect(reviewer.getByRole("dialog").getByText("请写明理由。")).toBeVisible();
  await reviewer.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  await act(reviewer, "退回修改", "两处与台账不符");
  await expect(step(reviewer)).toHaveText("起草（退回修改）");

  // The clerk finds the remarks at their places, mends what is to be mended, and ticks them off.
  await open(clerk, `/reports/${id}`);
  await expect(progress(clerk).getByText("两处与台账不符").first()).toBeVisible();
  await open(clerk, `/reports/${id}/check`);
  await expect(clerk.getByText("还有 2 条意见没有处理。")).toBeVisible();
  await expect(clerk.getByRole("button", { name: "送审", exact: true })).toBeDisabled();
  await open(clerk, `/reports/${id}`);
  await remarks(clerk).getByRole("link").first().click();
  await expect(figure).toBeFocused();
  await expect(figure).toHaveAccessibleDescription(/审核人意见：与登记簿不符/);
  await remarks(clerk).getByRole("button", { name: "已处理" }).click();
  await remarks(clerk).getByLabel("怎样处理的（可以不写）").fill("已核对登记簿，数字无误");
  await remarks(clerk).getByRole("button", { name: "确认已处理" }).click();
  await expect(remarks(clerk).getByText("本步没有待处理的意见。")).toBeVisible();
  await open(clerk, `/reports/${id}/overview`);
  const text = clerk.getByRole("textbox", { name: "一、总体情况" });
  await expect(text.locator("[data-remarked]").first()).toBeVisible();
  await remarks(clerk).getByRole("link").first().click();
  await expect.poll(() => clerk.evaluate(() => String(document.getSelection()))).toBe(sentence);
  await remarks(clerk).getByRole("button", { name: "已处理" }).click();
  await remarks(clerk).getByRole("button", { name: "确认已处理" }).click();
  await expect(remarks(clerk).getByText("本步没有待处理的意见。")).toBeVisible();
  await saved(clerk);
  await open(clerk, `/reports/${id}`);
  await submit(clerk);
  await expect(step(clerk)).toHaveText("科室审核");

  // Then it goes its way, and is published.
  await passOn();
  await expect(supervisor.getByText("（只读）")).toBeVisible();
  await progress(clerk).getByRole("button", { name: "登记公开" }).click();
  await clerk.getByLabel("公开日期").fill("2026-01-20");
  await clerk.getByLabel("网址（可以不填）").fill("https://www.yunling.example/2025.html");
  await clerk.getByRole("dialog").getByRole("button", { name: "确认登记公开" }).click();
  await expect(progress(clerk).getByText("报告已经公开。")).toBeVisible();
  const pack = await server.fetch(`/reports/${id}/export/pack`, {}, cookies.clerk);
  const sheet = pdfText(unzipSync(new Uint8Array(await pack.arrayBuffer()))["审签单.pdf"]);
  for (const signed of ["李明", "王芳", "赵强"]) expect(sheet).toContain(signed);

  // A correction takes the whole way again; the edition before it stays.
  await act(clerk, "更正", "收费金额的单位写错");
  await expect(step(clerk)).toHaveText("起草");
  await expect(clerk.getByText("更正版：起草")).toBeVisible();
  await open(clerk, `/reports/${id}/closing`);
  await clerk.getByLabel("附注", { exact: true }).fill("更正版");
  await saved(clerk);
  await open(clerk, `/reports/${id}`);
  await submit(clerk);
  await passOn();
  await progress(clerk).getByRole("button", { name: "登记公开" }).click();
  await clerk.getByRole("dialog").getByRole("button", { name: "确认登记公开" }).click();
  await expect(progress(clerk).getByText("更正版（第 1 次更正）")).toBeVisible();
  const edition = async (number: number) =>
    (await (await server.fetch(`/reports/${id}/export/json?edition=${number}`, {}, cookies.clerk)).json()).closing.note;
  expect(await edition(1)).not.toBe("更正版");
  expect(await edition(2)).toBe("更正版");
  await isAccessible(clerk);

  // The auditor finds all of it, whole; the receipt of long ago still proves that.
  const auditor = await windowOf(browser, server, cookies.auditor ?? "");
  await open(auditor, "/audit");
  const records = auditor.getByRole("region", { name: "记录列表" });
  await expect(records.getByRole("link", { name: "王芳（dag-wangfang）" })).toHaveCount(1);
  await records
    .getByRole("link", { name: `云岭区档案馆${year}年度报告` })
    .first()
    .click();
  await expect(auditor.getByLabel("对象编号")).toHaveValue(`report:${id}`);
  await auditor.getByLabel("事项").selectOption("签发");
  await auditor.getByRole("button", { name: "查询" }).click();
  await alive(auditor);
  await expect(records.getByRole("row")).toHaveCount(3);
  await expect(auditor.getByText("dag-zhaoqiang（签发人）")).toHaveCount(2);
  await auditor.getByRole("button", { name: "核对记录是否完好" }).click();
  await expect(auditor.getByText(/操作记录完好，共 \d+ 条/)).toBeVisible();
  await isAccessible(auditor);
  const downloading = auditor.waitForEvent("download");
  await auditor.getByRole("link", { name: "导出查询结果" }).click();
  const csv = readFileSync(await (await downloading).path(), "utf8");
  expect(csv.split("\r\n")).toHaveLength(4);
  expect(csv).toContain("dag-zhaoqiang");
  expect(csv).toContain(`"云岭区档案馆${year}年度报告","report:${id}"`);
  const head = `${noted?.[1]}:${noted?.[2]}`;
  expect(audit("verify", "--head", head)).toMatchObject({ status: 0 });

  // Whoever alters the database is found.
  const file = new DatabaseSync(join(server.folder, "reports.sqlite"));
  const changed = Number(noted?.[1]) + 3;
  file.exec(`drop trigger audit_entry_no_update; update audit_entry set user_id = 'x' where sequence = ${changed}`);
  file.close();
  expect(audit("verify")).toMatchObject({ status: 1, stdout: expect.stringContaining(`第 ${changed} 条`) });
  await auditor.getByRole("button", { name: "核对记录是否完好" }).click();
  await expect(auditor.getByRole("alert").getByText(`第 ${changed} 条的内容与写入时不同`)).toBeVisible();
});

test("a report that left her hands while she typed elsewhere is not saved over, and nothing is lost", async ({
  browser,
}) => {
  const station = await organisationBelow(server, await firstOrganisation(server), "云岭区气象局");
  const alone = await person(server, station, { name: "周敏", username: "zhoumin", roles: ["clerk"] });
  const id = await startReport(alone);
  const first = await windowOf(browser, server, alone);
  const second = await windowOf(browser, server, alone);
  await open(first, `/reports/${id}/closing`);
  await open(second, `/reports/${id}`);
  await submit(second);
  const note = first.getByLabel("附注", { exact: true });
  await note.fill("此件依申请公开");
  await expect(first.locator('[data-save-state="failed"]')).toContainText("科室审核");
  await expect(note).not.toBeEditable({ timeout: 20_000 });
  await expect(note).toHaveValue("此件依申请公开");
  await open(second, `/reports/${id}`);
  await act(second, "撤回");
  await expect(step(second)).toHaveText("起草");
  await first.getByRole("button", { name: "重试" }).click();
  await saved(first);
  await expect(note).toBeEditable({ timeout: 20_000 });
  await open(second, `/reports/${id}/closing`);
  await expect(second.getByLabel("附注", { exact: true })).toHaveValue("此件依申请公开");
});

/** Selects the first paragraph of a section that is only read; returns its words. */
const selectSentence = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const paragraph = document.querySelector("section[id] p");
    const range = document.createRange();
    if (paragraph) range.selectNodeContents(paragraph);
    document.getSelection()?.removeAllRanges();
    document.getSelection()?.addRange(range);
    return paragraph?.textContent ?? "";
  });

const pdfText = (bytes: Uint8Array | undefined): string =>
  execFileSync("pdftotext", ["-", "-"], { input: bytes, encoding: "utf8" });
