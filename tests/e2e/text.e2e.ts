import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { isChip } from "../../lib/report/chips.ts";
import type { Format } from "../../lib/report/format.ts";
import type { Passage, Report } from "../../lib/report/report.ts";
import { formatForYear } from "../../templates/index.ts";
import { isAccessible } from "./accessible.ts";
import { AppServer } from "./server.ts";
import { textField, typeLines, writeText } from "./text-field.ts";
import { expect, test } from "./watched.ts";

const server = new AppServer();
const year = 2024;
const format = formatForYear(year) as Format;
const section = "overview";
const received = "requests.received.natural";
const fixtures = join(import.meta.dirname, "../fixtures/clipboard-text");
let id = "";

const send = (path: string, method: string, body: unknown) => server.ask<{ id: string }>(path, method, body);
const stored = () => server.ask<{ report: Report; version: number }>(`/api/reports/${id}`);
const passages = async () => (await stored()).report.prose[section] ?? [];
const saved = (page: Page) => expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 20_000 });
const field = (page: Page) => textField(page, section);
const cell = (page: Page, address: string) => page.locator(`[id="${address}"]`);
const notes = (page: Page) => page.getByRole("status", { name: "光标处的说明" });
const show = (page: Page, step: string) => page.getByRole("navigation").getByRole("link", { name: step }).click();
const open = async (page: Page, step = section) => {
  await page.goto(`${server.origin}/reports/${id}/${step}`);
  if (step === section) await expect(field(page)).toBeVisible();
};

/** What the editor shows, a line a block: its kind and its text. */
const shown = (page: Page) =>
  field(page).evaluate((text) =>
    [...text.children].map((block) => {
      const number = block.getAttribute("data-number") ?? "";
      return `${block.getAttribute("data-kind")} ${number}${block.textContent}`;
    }),
  );

/** Puts markup and plain text on a clipboard of its own and pastes them, as Ctrl+V does. */
const paste = (page: Page, html: string, text = "") =>
  field(page).evaluate(
    (target, copied) => {
      const clipboardData = new DataTransfer();
      if (copied.html) clipboardData.setData("text/html", copied.html);
      clipboardData.setData("text/plain", copied.text);
      target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    { html, text },
  );

test.beforeAll(async () => {
  await server.start();
});
test.beforeEach(({ context }) => server.logIn(context));
test.afterAll(() => server.stop());

test.beforeEach(async ({ page }) => {
  ({ id } = await send("/api/reports", "POST", { year }));
  const { version, report } = await stored();
  const edits = [
    ...Object.keys(report.prose).map((name) => ({ path: `prose.${name}`, value: [] })),
    ...["natural", "business", "research", "charity", "legal", "otherOrg"].map((column) => ({
      path: `tables.requests.received.${column}`,
      value: null,
    })),
  ];
  await send(`/api/reports/${id}`, "PATCH", { baseVersion: version, operationId: crypto.randomUUID(), edits });
  page.on("pageerror", (error) => {
    throw error;
  });
});

test("lines become sub-headings by their numbers, and text is bold and numbered by key", async ({ page }) => {
  await open(page);
  await field(page).click();
  await typeLines(page, "（一）主动公开情况\n1.网站\n全年公开信息四十六条。\n做法如下：\n更新栏目；");
  await page.keyboard.press("Control+Alt+7");
  await typeLines(page, "\n发布解读。\n");
  await page.keyboard.press("Enter");
  await typeLines(page, "另有");
  await page.keyboard.press("Control+B");
  await typeLines(page, "重点");
  await page.keyboard.press("Control+B");
  await typeLines(page, "工作。");
  expect(await shown(page)).toEqual([
    "heading2 （一）主动公开情况",
    "heading3 1.网站",
    "paragraph 全年公开信息四十六条。",
    "paragraph 做法如下：",
    "item 1.更新栏目；",
    "item 2.发布解读。",
    "paragraph 另有重点工作。",
  ]);
  await expect(page.getByRole("button", { name: "正文" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Control+Home");
  await expect(page.getByRole("button", { name: "二级标题" })).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("End");
  await typeLines(page, "。另起一句。");
  await expect(field(page).locator("[data-kind]").first()).toHaveAttribute("data-kind", "paragraph");
  await saved(page);
  expect((await passages()).at(-1)).toEqual({
    kind: "paragraph",
    content: [{ text: "另有" }, { text: "重点", bold: true }, { text: "工作。" }],
  });
  const outline = page.getByRole("region", { name: "本部分结构" });
  await expect(outline.getByRole("link", { name: "1.网站" })).toBeVisible();
  await outline.getByRole("link", { name: "1.网站" }).click();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe("1.网站");
});

test("a chip says what its table says, there and in every file", async ({ page }) => {
  await open(page, "requests");
  await cell(page, received).fill("12");
  await show(page, "一、总体情况");
  await field(page).click();
  await typeLines(page, "（一）依申请公开情况\n全年收到申请");
  await page.keyboard.type("/");
  const dialog = page.getByRole("dialog", { name: "插入表中数字" });
  await expect(dialog.getByRole("combobox")).toBeFocused();
  await page.keyboard.insertText("新收 总计");
  await expect(dialog.getByRole("option").first()).toContainText("12");
  await page.keyboard.press("Enter");
  await typeLines(page, "件，网址为www.a.example");
  await page.keyboard.type("/b");
  await expect(dialog).toBeHidden();
  await typeLines(page, "。");
  const chip = field(page).locator("[data-figure]");
  await expect(chip).toHaveText("12");
  await expect(chip).toHaveAttribute("title", /表中数字：.*总计/);
  expect(await shown(page)).toEqual([
    "heading2 （一）依申请公开情况",
    "paragraph 全年收到申请12件，网址为www.a.example/b。",
  ]);

  await chip.click();
  await expect(notes(page)).toContainText("现为 12，随统计表自动更新");
  await page.getByRole("button", { name: "到表中查看" }).click();
  await expect(page).toHaveURL(/\/requests$/);
  await cell(page, received).fill("3100");
  await show(page, "一、总体情况");
  await expect(chip).toHaveText("3100");
  await saved(page);
  const [, line] = await passages();
  expect(line?.content).toContainEqual({ figure: "requests.received.total" });

  const download = async (kind: string) =>
    new Uint8Array(await (await server.fetch(`/reports/${id}/export/${kind}`)).arrayBuffer());
  const word = strFromU8(unzipSync(await download("docx"))["word/document.xml"] ?? new Uint8Array());
  expect(word.replace(/<[^>]+>/g, "")).toContain("全年收到申请3100件");
  const folder = mkdtempSync(join(tmpdir(), "annual-report-text-"));
  const pdf = join(folder, "report.pdf");
  writeFileSync(pdf, await download("pdf"));
  expect(execFileSync("pdftotext", [pdf, "-"], { encoding: "utf8" }).replace(/\s/g, "")).toContain(
    "全年收到申请3100件",
  );
  for (const kind of ["html", "txt"]) {
    expect(strFromU8(await download(kind)).replace(/<[^>]+>/g, "")).toContain("全年收到申请3100件");
  }

  await chip.click();
  await page.getByRole("button", { name: "改为普通文字" }).click();
  await expect(chip).toHaveCount(0);
  expect(await shown(page)).toContain("paragraph 全年收到申请3100件，网址为www.a.example/b。");
  await page.keyboard.press("Control+Z");
  await expect(chip).toHaveText("3100");
  await page.keyboard.press("Control+Y");
  await expect(chip).toHaveCount(0);
  await page.keyboard.press("ArrowLeft");
  await expect(notes(page)).toContainText("3100 与表中数字相同");
  await notes(page).getByRole("button", { name: "总计" }).first().click();
  await expect(chip).toHaveText("3100");
  await chip.click();
  await page.keyboard.press("Backspace");
  await expect(chip).toHaveCount(0);
});

test("a chip whose cell is blank says so, in the text and among the findings", async ({ page }) => {
  await open(page);
  await field(page).click();
  await typeLines(page, "全年收到申请");
  await page.keyboard.press("Control+/");
  await page.keyboard.insertText("新收 自然人");
  await page.keyboard.press("Enter");
  await typeLines(page, "件。");
  await expect(field(page).locator("[data-figure]")).toHaveText("（未填）");
  await field(page).locator("[data-figure]").click();
  await expect(notes(page)).toContainText("表中还没有填写");
  await expect(page.getByRole("region", { name: "检查结果" })).toContainText("此处印作“（未填）”");
  await saved(page);
  const text = await (await server.fetch(`/reports/${id}/export/txt`)).text();
  expect(text).toContain("全年收到申请（未填）件。");
});

test("the choice of a figure is left by Escape, and the slash stays", async ({ page }) => {
  await open(page);
  await field(page).click();
  await typeLines(page, "和");
  await page.keyboard.type("/");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(field(page)).toBeFocused();
  await typeLines(page, "或");
  expect(await shown(page)).toEqual(["paragraph 和/或"]);
});

test("while an input method composes, nothing is saved or changed, and then what was chosen is", async ({
  page,
  context,
}) => {
  await open(page);
  const input = await context.newCDPSession(page);
  await expect(async () => {
    await field(page).click();
    await input.send("Input.imeSetComposition", { text: "1.wang", selectionStart: 6, selectionEnd: 6 });
    await expect(field(page)).toHaveText("1.wang", { timeout: 1_000 });
  }).toPass();
  await page.waitForTimeout(1_200);
  await expect(page.getByRole("button", { name: "撤销" })).toBeDisabled();
  expect(await passages()).toEqual([]);
  expect(await shown(page)).toEqual(["paragraph 1.wang"]);
  await input.send("Input.imeSetComposition", { text: "1.wang'zhan", selectionStart: 11, selectionEnd: 11 });
  expect(await shown(page)).toEqual(["paragraph 1.wang'zhan"]);
  await input.send("Input.insertText", { text: "1.网站" });
  await expect.poll(() => shown(page)).toEqual(["heading3 1.网站"]);
  await saved(page);
  expect(await passages()).toEqual([{ kind: "heading3", content: [{ text: "1.网站" }] }]);
  await page.keyboard.press("Control+Z");
  await expect.poll(() => shown(page)).toEqual(["paragraph "]);
});

test.describe("a clipboard", () => {
  const names = readdirSync(fixtures).flatMap((name) => (name.endsWith(".html") ? [name.slice(0, -5)] : []));

  test("of Word, WPS or a web page is pasted clean, in the browser as in the tests of its parts", async ({
    page,
    violations,
  }) => {
    expect(names.length).toBeGreaterThan(25);
    await open(page);
    const styles = () => page.evaluate(() => document.querySelectorAll("style, link[rel=stylesheet]").length);
    const before = await styles();
    page.on("dialog", (dialog) => {
      throw new Error(`a page was pasted that ran: ${dialog.message()}`);
    });
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    for (const name of names) {
      await field(page).click();
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Delete");
      await paste(page, readFileSync(join(fixtures, `${name}.html`), "utf8"));
      const expected = JSON.parse(readFileSync(join(fixtures, `${name}.json`), "utf8"));
      const lines = (expected.passages as Passage[]).map(({ kind, content }) => {
        const text = content.map((inline) => (isChip(inline) ? "（未填）" : inline.text)).join("");
        return { kind, text, bold: content.flatMap((inline) => (inline.bold && !isChip(inline) ? [inline.text] : [])) };
      });
      const found = await field(page).evaluate((text) =>
        [...text.children].map((block) => ({
          kind: block.getAttribute("data-kind"),
          text: block.textContent,
          bold: [...block.querySelectorAll("strong")].map((strong) => strong.textContent),
        })),
      );
      expect(found, name).toEqual(lines);
      const notice = page.getByText(/^已粘贴 \d+ 段文字。/);
      for (const dropped of expected.dropped as string[]) await expect(notice, name).toContainText(dropped);
    }
    expect(await styles()).toBe(before);
    // What a page of strangers would run on a click is read here, and a browser may say that it did not let it.
    const blocked = violations.splice(0);
    expect(blocked.filter((violation) => !violation.startsWith("Executing inline event handler"))).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(server.origin))).toEqual([]);
  });

  test("with a table says where figures belong, and can be pasted without it", async ({ page }) => {
    await open(page);
    await field(page).click();
    await paste(page, readFileSync(join(fixtures, "word-table-between-paragraphs.html"), "utf8"));
    await expect(page.getByText(/这是一张表.*第二、三、四部分/)).toBeVisible();
    expect((await shown(page)).length).toBe(5);
    await page.getByRole("button", { name: "不要表中文字" }).click();
    expect(await shown(page)).toEqual(["paragraph 申请办理情况如下：", "paragraph 以上数字与统计表一致。"]);
  });

  test("of plain text is a passage a line, and a word goes into its line", async ({ page }) => {
    await open(page);
    await field(page).click();
    await paste(page, "", "　　（一）公开情况\r\n\r\n　　公开信息九条。\r\n");
    expect(await shown(page)).toEqual(["heading2 （一）公开情况", "paragraph 公开信息九条。"]);
    await page.keyboard.press("ArrowLeft");
    await paste(page, "", "政府网站");
    expect(await shown(page)).toEqual(["heading2 （一）公开情况", "paragraph 公开信息九条政府网站。"]);
  });

  test("of this editor goes out as plain text and simple markup, and comes back as it was", async ({ page }) => {
    await open(page);
    await writeText(page, section, "（一）公开情况\n收到申请");
    await page.keyboard.press("Control+/");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+A");
    const copied = await field(page).evaluate((text) => {
      const clipboardData = new DataTransfer();
      text.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
      return { html: clipboardData.getData("text/html"), text: clipboardData.getData("text/plain") };
    });
    expect(copied.text).toBe("（一）公开情况\n收到申请（未填）");
    expect(copied.html).toContain('<h2 data-kind="heading2">（一）公开情况</h2>');
    expect(copied.html).not.toMatch(/style|class|contenteditable/);
    await saved(page);
    const before = await passages();
    await page.keyboard.press("Delete");
    await paste(page, copied.html, copied.text);
    await saved(page);
    expect(await passages()).toEqual(before);
  });

  test("of two hundred thousand characters does not freeze the page", async ({ page }) => {
    await open(page);
    await field(page).click();
    const line = "全年通过网站、公报和新媒体公开信息，答复申请，开展培训，接受监督，";
    const paragraph = `<p class=MsoNormal><span style='font-size:16pt'>${line.repeat(6)}。</span></p>`;
    const count = Math.ceil(200_000 / (line.length * 6));
    await paste(page, paragraph.repeat(count));
    await expect(page.getByText(`已粘贴 ${count} 段文字。`)).toBeVisible({ timeout: 10_000 });
    await expect.poll(async () => (await passages()).length, { timeout: 20_000 }).toBe(count);
    await page.keyboard.insertText("结束");
    await expect(field(page).locator("p").last()).toContainText("结束");
  });
});

test("what the checks found is underlined where it stands, told at the caret, and led to from the list", async ({
  page,
}) => {
  await open(page);
  await writeText(page, section, "（一）公开情况\n公开信息九条。\n（三）其他情况\n2019年，本局收到申请两件。");
  const error = field(page).locator('[data-severity="error"]');
  const warning = field(page).locator('[data-severity="warning"]');
  await expect(error).toHaveText("2019年");
  await expect(warning).toHaveText("（三）");
  const look = (mark: typeof error) => mark.evaluate((element) => getComputedStyle(element).textDecorationStyle);
  expect(await look(error)).not.toBe(await look(warning));

  await error.click();
  await expect(notes(page)).toContainText("错误：");
  await page.keyboard.press("Control+End");
  await expect(notes(page)).not.toContainText("错误：");
  await page.keyboard.press("F8");
  await expect(notes(page)).toContainText("警告：序号“（三）”不连续");
  await page.keyboard.press("Shift+F8");
  await expect(notes(page)).toContainText("错误：");

  await show(page, "落款");
  await page
    .getByRole("region", { name: "检查结果" })
    .getByText(/序号“（三）”不连续/)
    .click();
  await expect(field(page)).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe("（三）");
  await typeLines(page, "（二）");
  await expect(warning).toHaveCount(0);
});

test("what is certain is mended by one button, which touches nothing else and can be undone", async ({ page }) => {
  await open(page);
  await writeText(page, section, "按照县政发[2024]3号文件和《甲办法》、《乙办法》，公开信息");
  await page.keyboard.press("Control+/");
  await page.keyboard.press("Enter");
  await typeLines(page, "条。");
  const [before] = await shown(page);
  const list = page.getByRole("region", { name: "检查结果" });
  const marked = (text: string) => field(page).locator("[data-severity]").filter({ hasText: text });

  await marked("[2024]").click();
  await notes(page).getByRole("button", { name: "改为“〔2024〕”" }).click();
  await expect(field(page)).toContainText("县政发〔2024〕3号");
  await expect(marked("〔2024〕")).toHaveCount(0);
  await expect(list.getByText("六角括号")).toHaveCount(0);
  await expect(field(page)).toBeFocused();

  await marked("、").click();
  await notes(page).getByRole("button", { name: "按建议删去" }).click();
  await expect(field(page)).toContainText("《甲办法》《乙办法》，公开信息");
  await expect(field(page).locator("[data-figure]")).toHaveCount(1);
  await saved(page);
  expect((await passages())[0]?.content.some(isChip)).toBe(true);

  await page.keyboard.press("Control+Z");
  await expect(field(page)).toContainText("《甲办法》、《乙办法》");
  await page.keyboard.press("Control+Z");
  await expect.poll(() => shown(page)).toEqual([before]);
  await expect(marked("[2024]")).toBeVisible();
  await page.keyboard.press("Control+Y");
  await expect(field(page)).toContainText("县政发〔2024〕3号");
});

test("undo goes back through tables and texts in order, more than a hundred steps, through saving", async ({
  page,
}) => {
  await open(page);
  await writeText(page, section, "总体情况第一句。");
  await show(page, "三、收到和处理政府信息公开申请情况");
  await cell(page, received).fill("12");
  await show(page, "六、其他需要报告的事项");
  await textField(page, "other").click();
  await typeLines(page, "没有收取信息处理费。");
  await saved(page);
  await page.keyboard.press("Control+Z");
  await expect(textField(page, "other")).toHaveText("");
  await page.keyboard.press("Control+Z");
  await expect(cell(page, received)).toBeFocused();
  await expect(cell(page, received)).toHaveValue("");
  await page.keyboard.press("Control+Z");
  await expect(field(page)).toHaveText("");
  await page.keyboard.press("Control+Y");
  await expect(field(page)).toHaveText("总体情况第一句。");
  await page.keyboard.press("Control+Y");
  await expect(cell(page, received)).toHaveValue("12");

  await show(page, "一、总体情况");
  await field(page).click();
  await page.keyboard.press("Control+End");
  const lines = Array.from({ length: 120 }, (_, index) => `第${index + 2}句。`);
  await typeLines(page, `\n${lines.join("\n")}`);
  await saved(page);
  expect(await shown(page)).toHaveLength(121);
  for (let step = 0; step < 120; step++) await page.keyboard.press("Control+Z");
  await expect.poll(() => shown(page)).toEqual(["paragraph 总体情况第一句。"]);
  for (let step = 0; step < 120; step++) await page.keyboard.press("Control+Shift+Z");
  await expect.poll(async () => (await shown(page)).length).toBe(121);
  await saved(page);
  expect(await passages()).toHaveLength(121);
});

test("a reload keeps what was typed last, chips and all", async ({ page }) => {
  await open(page);
  await writeText(page, section, "（一）公开情况\n收到申请");
  await page.keyboard.press("Control+/");
  await page.keyboard.press("Enter");
  await typeLines(page, "件，还没有");
  const before = await shown(page);
  page.on("dialog", (dialog) => dialog.accept());
  await page.reload();
  await expect.poll(() => shown(page)).toEqual(before);
  await saved(page);
  expect((await passages()).length).toBe(2);
});

test("two machines that wrote into one section are asked, and the choice stands on both", async ({ page, browser }) => {
  await open(page);
  const elsewhere = await browser.newContext();
  await server.logIn(elsewhere);
  const other = await elsewhere.newPage();
  await open(other);
  await writeText(page, section, "第一个窗口写的。");
  await saved(page);
  await writeText(other, section, "第二个窗口写的。");
  await expect(other.locator('[data-save-state="conflict"]')).toBeVisible({ timeout: 20_000 });
  await expect(other.getByRole("definition").filter({ hasText: "第一个窗口写的。" })).toBeVisible();
  await expect(field(other)).toHaveText("第二个窗口写的。");
  await other.getByRole("button", { name: "用服务器上的" }).click();
  await expect(field(other)).toHaveText("第一个窗口写的。");
  await field(other).click();
  await other.keyboard.press("Control+End");
  await typeLines(other, "接着写。");
  await saved(other);
  expect(await passages()).toEqual([{ kind: "paragraph", content: [{ text: "第一个窗口写的。接着写。" }] }]);
  await elsewhere.close();
});

test("a text whose editor cannot be loaded can be read, and says so until it is", async ({ page }) => {
  await open(page);
  await writeText(page, section, "总体情况第一句。");
  await saved(page);
  await page.goto(`${server.origin}/reports/${id}/requests`);
  await expect(cell(page, received)).toBeEditable();
  await page.route("**/*.js", (route) => route.abort());
  await show(page, "一、总体情况");
  await expect(page.getByText("文字编辑器没有加载成功")).toBeVisible();
  await expect(page.getByText("总体情况第一句。").first()).toBeVisible();
  await page.unroute("**/*.js");
  await page.getByRole("button", { name: "重新加载" }).click();
  await expect(field(page)).toHaveText("总体情况第一句。");
});

test("no state of the editor has an accessibility fault that can be told by rule", async ({ page }) => {
  await open(page);
  await writeText(page, section, "（一）公开情况\n公开信息九条。\n（三）其他情况");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+/");
  await expect(page.getByRole("dialog")).toBeVisible();
  await isAccessible(page, "choosing a figure");
  await page.keyboard.press("Enter");
  await field(page).locator("[data-figure]").click();
  await isAccessible(page, "a chip selected");
  await page.keyboard.press("F8");
  await isAccessible(page, "a finding at the caret");
  await paste(page, readFileSync(join(fixtures, "word-table-between-paragraphs.html"), "utf8"));
  await isAccessible(page, "something pasted");
  expect(format.sections.some((each) => each.id === section)).toBe(true);
});
