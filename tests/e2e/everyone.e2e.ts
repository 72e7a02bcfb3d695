import type { Page } from "@playwright/test";
import { stepsOf } from "../../lib/checks/progress.ts";
import { enteredCells, type Format, tableOf } from "../../lib/report/format.ts";
import { plainText } from "../../lib/report/prose.ts";
import { formatForYear } from "../../templates/index.ts";
import { sampleReport } from "../../templates/samples.ts";
import { accessibilityFaults } from "./accessible.ts";
import { LARGE, LEAST_TARGET, obscured, sticksOut, targetsTooSmall, textsTooSmall } from "./looks.ts";
import { AppServer, firstUser } from "./server.ts";
import { textField } from "./text-field.ts";
import { expect, test } from "./watched.ts";

const server = new AppServer({ organisation: "某某县云岭科学技术局" });
const year = 2024;
const format = formatForYear(year) as Format;
const table = tableOf(format, format.balances[0]?.table ?? "");
const [firstCell = ""] = enteredCells(table).map(({ row, column }) => `${table.id}.${row.id}.${column.id}`);
const prose = format.sections.filter(({ kind }) => kind === "prose").map(({ id }) => id);
const [firstText = ""] = prose;
/** A report with mistakes in it, and one with nothing but a name. */
let faulty = "";
let empty = "";

test.beforeAll(async () => {
  await server.start();
  const started = async (of: number) => (await server.ask<{ id: string }>("/api/reports", "POST", { year: of })).id;
  const id = await started(year);
  faulty = `/reports/${id}`;
  empty = `/reports/${await started(year - 1)}`;
  await server.ask(`/api/reports/${id}`, "PATCH", {
    baseVersion: (await server.ask<{ version: number }>(`/api/reports/${id}`)).version,
    operationId: "mistakes-1",
    edits: [
      { path: `tables.${firstCell}`, value: 12 },
      {
        path: `prose.${firstText}`,
        value: [
          { kind: "heading2", content: [{ text: "（一）主动公开情况" }] },
          { kind: "paragraph", content: [{ text: "2023年，本局主动公开信息10条，其中网站3条、公众号5条，。" }] },
          { kind: "heading2", content: [{ text: "（三）监督保障情况" }] },
        ],
      },
    ],
  });
});
test.beforeEach(({ context }) => server.logIn(context));
test.afterAll(() => server.stop());

const pagesOf = (report: string) =>
  ["", ...stepsOf(format), "check", "preview", "history"].map((step) => `${report}/${step}`);
const shell = ["/reports", "/reports/new", "/sample", "/glossary", "/nothing-here"];
const everyPage = () => [...shell, ...pagesOf(faulty)];

async function open(page: Page, path: string) {
  await page.goto(server.origin + path);
  await expect(page.locator("html[data-scripts='alive']")).toBeAttached();
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  if (prose.some((id) => path.endsWith(`/${id}`))) await expect(page.locator("[role='textbox']").first()).toBeVisible();
}

async function axe(page: Page, where: string) {
  expect.soft(await accessibilityFaults(page, where)).toEqual([]);
}

test("大字版 is switched on in the shell, holds on every page, and is remembered", async ({ page, context }) => {
  await open(page, "/reports");
  const before = await textsTooSmall(page, LARGE);
  expect(before.faults.length).toBeGreaterThan(0);
  await page.getByRole("button", { name: "大字版" }).click();
  await expect(page.getByRole("button", { name: "大字版" })).toHaveAttribute("aria-pressed", "true");
  const other = await context.newPage();
  for (const path of everyPage()) {
    await open(other, path);
    const texts = await textsTooSmall(other, LARGE);
    expect(texts.count, path).toBeGreaterThan(8);
    expect.soft(texts.faults, path).toEqual([]);
    const targets = await targetsTooSmall(other, LARGE.target);
    expect(targets.count, path).toBeGreaterThan(3);
    expect.soft(targets.faults, path).toEqual([]);
  }
});

test("no page reaches out of its window: usual and large, at 200 % and at 320 px", async ({ page, context }) => {
  for (const look of ["usual", "large"]) {
    await context.addCookies([{ name: "look", value: look, url: server.origin }]);
    for (const path of everyPage()) {
      await open(page, path);
      for (const [width, height] of [
        [1280, 720],
        [800, 720],
        [640, 360],
        [320, 640],
      ] as const) {
        await page.setViewportSize({ width, height });
        expect.soft(await sticksOut(page), `${path} ${look} ${width}`).toEqual([]);
      }
    }
  }
});

test("what is clicked is 24 px large on every page", async ({ page }) => {
  for (const path of everyPage()) {
    await open(page, path);
    const { count, faults } = await targetsTooSmall(page, LEAST_TARGET);
    expect(count, path).toBeGreaterThan(3);
    expect.soft(faults, path).toEqual([]);
  }
});

test("no state of a page has an accessibility fault that can be told by rule", async ({ page, context }) => {
  for (const path of [...everyPage(), ...pagesOf(empty)]) {
    await open(page, path);
    await axe(page, path);
  }
  await context.addCookies([{ name: "look", value: "large.high", url: server.origin }]);
  for (const path of [
    "/reports",
    "/sample",
    faulty,
    `${faulty}/check`,
    `${faulty}/${table.id}`,
    `${faulty}/${firstText}`,
  ]) {
    await open(page, path);
    await axe(page, `${path}, high contrast`);
  }
  await page.goto(`${server.origin}/unsupported.html`);
  await axe(page, "unsupported");
});

test("open dialogs, panels and notices have none either", async ({ page, context }) => {
  await open(page, `${faulty}/${table.id}`);
  await page.getByRole("button", { name: "本年未收到申请" }).click();
  await axe(page, "dialog");
  await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  await page.locator(`[id="${firstCell}"]`).focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "1\t2\n3\tx");
    document.activeElement?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  });
  await expect(page.getByRole("dialog")).toBeVisible();
  await axe(page, "paste preview");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "版面预览" }).click();
  await expect(page.getByRole("img", { name: /第 1 页/ })).toBeVisible();
  await axe(page, "pages beside the form");
  await page.getByRole("button", { name: "收起" }).click();

  await open(page, `${faulty}/${firstText}`);
  await textField(page, firstText).click();
  await page.keyboard.press("F8");
  await axe(page, "a text with findings");
  await context.setOffline(true);
  await page.keyboard.insertText("补充一句。");
  await expect(page.locator('[data-save-state="offline"]')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("网络断开了")).toBeVisible();
  await axe(page, "offline");
  await context.setOffline(false);
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 30_000 });
});

test("a conflict has none either", async ({ page }) => {
  await open(page, `${faulty}/closing`);
  const address = faulty.replace("/reports/", "/api/reports/");
  const { version } = await server.ask<{ version: number }>(address);
  const edits = [{ path: "closing.note", value: "此件不公开" }];
  await server.ask(address, "PATCH", { baseVersion: version, operationId: "somebody-else-1", edits });
  await page.locator('[id="closing.note"]').fill("内部留存");
  await expect(page.locator('[data-save-state="conflict"]')).toBeVisible({ timeout: 30_000 });
  await axe(page, "conflict");
  await page.getByRole("button", { name: "用服务器上的" }).click();
});

test("whatever the Tab key reaches in the form is in sight, not under a bar", async ({ page, context }) => {
  await open(page, faulty);
  await page.evaluate(() => {
    const cover = new CSSStyleSheet();
    cover.replaceSync("body::after { content: ''; position: fixed; inset: 0; z-index: 99; background: #fff }");
    document.adoptedStyleSheets = [cover];
  });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  expect(await obscured(page), "the probe sees what is covered").toMatch(/^covered/);
  for (const look of ["usual", "large"]) {
    await context.addCookies([{ name: "look", value: look, url: server.origin }]);
    for (const step of ["opening", firstText, table.id, "check"]) {
      await open(page, `${faulty}/${step}`);
      await page.evaluate(() => document.getElementById("content")?.focus());
      const hidden: string[] = [];
      let reached = 0;
      for (; reached < 400; reached++) {
        await page.keyboard.press("Tab");
        const problem = await obscured(page);
        if (problem) hidden.push(problem);
        if (
          await page.evaluate(
            () => document.activeElement === document.body || !document.activeElement?.closest("#content"),
          )
        )
          break;
      }
      expect(reached, step).toBeGreaterThan(10);
      expect.soft(hidden, `${step} ${look}`).toEqual([]);
    }
  }
});

test("the head of a page is one row, and where the steps lie above the form they are folded", async ({ page }) => {
  await open(page, `${faulty}/closing`);
  const steps = page.getByRole("navigation", { name: "填写步骤" }).getByRole("listitem");
  await expect(steps).toHaveCount(stepsOf(format).length);
  expect((await page.locator("header").first().boundingBox())?.height).toBeLessThan(60);
  await page.setViewportSize({ width: 400, height: 720 });
  await expect(steps).toHaveCount(0);
  const fold = page.getByRole("button", { name: "列出各步" });
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  await fold.click();
  await axe(page, "steps unfolded");
  await steps.first().getByRole("link").click();
  await expect(page).toHaveURL(/\/opening$/);
  await expect(steps).toHaveCount(0);
});

test("with colours of the system and in strong contrast, states are told by more than colour", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  await open(page, `${faulty}/${table.id}`);
  await page.locator(`[id="${firstCell}"]`).fill("十二");
  const mark = (kind: string) => page.locator(`[data-mark="${kind}"]`).first();
  await expect(mark("error")).toHaveCSS("border-top-style", "solid");
  await expect(mark("error")).toHaveCSS("border-top-width", "2px");
  const current = page.locator("[aria-current='step']");
  await expect(current).toHaveCSS("border-left-width", "6px");
  await expect(page.getByText("有错误").first()).toBeVisible();
});

test("the page before the downloads gathers what is to be mended and leads to it", async ({ page }) => {
  await open(page, faulty);
  await page
    .getByRole("link", { name: /^校验与下载/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "校验与下载" })).toBeFocused();
  await expect(page).toHaveTitle(/校验与下载/);
  const summary = page.getByRole("region", { name: /处错误要改正/ });
  await page.getByRole("button", { name: "校验", exact: true }).click();
  await expect(summary).toBeFocused();
  const errors = Number(/有 (\d+) 处错误/.exec(await summary.innerText())?.[1]);
  expect(errors).toBeGreaterThan(1);
  await expect(page.getByText(`还有 ${errors} 处错误或空格，下载的文件会标明“草稿”`)).toBeVisible();
  await expect(page.getByText("本单位已核对，内容真实、准确、完整")).toBeVisible();

  // Every kind of error leads to the very field.
  const links = summary.locator('[data-severity="error"] a');
  const targets = await links.evaluateAll((found) =>
    found.map((link) => decodeURIComponent((link as HTMLAnchorElement).hash.slice(1))),
  );
  const kinds = new Map(
    targets.map((at) => [at.includes(":") ? at.split(":")[0] : at.split(".").slice(0, 1).join(), at]),
  );
  expect(kinds.size).toBeGreaterThan(2);
  for (const [part, at] of kinds) {
    await open(page, `${faulty}/check`);
    await page.locator(`[id="findings"] a[href$="#${at}"]`).first().click();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.id ?? ""), { message: at })
      .toBe(at.includes(":") ? part : at);
  }

  // A warning takes its reason here.
  await open(page, `${faulty}/check`);
  const write = page.getByRole("button", { name: "核实无误，写说明" });
  const before = await write.count();
  expect(before).toBeGreaterThan(0);
  await write.first().click();
  await page.keyboard.insertText("已与业务股室核对过。");
  await page.getByRole("button", { name: "写好了" }).click();
  await expect(page.getByText("已说明：")).toBeVisible();
  await expect(write).toHaveCount(before - 1);
});

test("a browser that lacks what the pages need is told which one to take", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "structuredClone", { value: undefined });
  });
  await page.goto(`${server.origin}/reports`);
  await expect(page).toHaveURL(/unsupported\.html$/);
  await expect(page.getByRole("heading", { name: "请换一个浏览器打开本系统" })).toBeVisible();
  await expect(page.getByText("极速模式").first()).toBeVisible();
});

test("without scripts a page says so, and nothing in it looks as if it could be used", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  await server.logIn(context);
  const page = await context.newPage();
  let looked = 0;
  for (const path of ["/reports", "/reports/new", `${faulty}/opening`, `${faulty}/${table.id}`, `${faulty}/check`]) {
    await page.goto(server.origin + path);
    await expect(page.getByText("浏览器停用了脚本")).toBeVisible();
    for (const control of await page.locator("button:visible, input:visible, select:visible, textarea:visible").all()) {
      looked++;
      await expect(control, path).toBeDisabled();
    }
  }
  expect(looked).toBeGreaterThan(150);
  await page.goto(`${server.origin}/unsupported.html`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await context.close();
});

test("a page whose script does not come says so", async ({ page }) => {
  await page.route("**/_next/static/**/*.js", (route) => route.abort());
  await page.goto(`${server.origin}/reports`);
  await expect(page.getByText("页面没有完全载入")).toBeVisible({ timeout: 30_000 });
});

test("the first visit is guided to where the work is done, and only the first", async ({ page, context }) => {
  await context.addCookies([{ name: "look", value: "large", url: server.origin }]);
  await open(page, "/reports");
  const guide = page.locator("section").filter({ has: page.getByRole("heading", { name: "三分钟上手" }) });
  await expect(guide.getByRole("listitem")).toHaveCount(5);
  const places = await guide.getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(places).toEqual(["/sample", "/reports/new", faulty, "/glossary", `${faulty}/check`]);
  for (const place of places) {
    await open(page, "/reports");
    await guide.locator(`a[href="${place}"]`).click();
    await expect(page).toHaveURL(server.origin + place);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  await open(page, "/reports");
  await reachButton(page, "知道了，不再显示");
  await page.keyboard.press("Enter");
  await expect(guide).toBeHidden();
  await open(page, "/reports");
  await expect(guide).toBeHidden();

  await page.getByRole("link", { name: "看一份填好的样例" }).click();
  await expect(page.getByRole("img", { name: /第 1 页，共 \d 页/ })).toBeVisible();
  await page.getByText("文字版全文").click();
  const { report } = sampleReport();
  await expect(page.getByText(plainText((report.prose[firstText] ?? []) as never).split("\n")[0] ?? "-")).toBeVisible();
  await expect(page.locator("main").locator("input, textarea")).toHaveCount(0);
});

test("a step that was never opened is not begun, and one that was left unfinished is under way", async ({ page }) => {
  await open(page, empty);
  const tasks = page.getByRole("main").getByRole("listitem");
  const [visited = "", unvisited = ""] = prose;
  const stateOf = (step: string) => tasks.filter({ has: page.locator(`a[href$="/${step}"]`) });
  await expect(stateOf(visited)).toContainText("未开始");
  await stateOf(visited).getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/${visited}$`));
  await page.goBack();
  await expect(stateOf(visited)).toContainText("进行中");
  await expect(stateOf(unvisited)).toContainText("未开始");
  await page.reload();
  await expect(stateOf(visited)).toContainText("进行中");
});

test("the days that are left go by the server's clock", async ({ page }) => {
  await open(page, "/reports");
  const deadline = page.getByText(/按《条例》第四十九条|公布期限/);
  const said = await deadline.innerText();
  expect(said).toMatch(/年1月31日.*\d+ 天|今天是最后一天/);
  await page.clock.setFixedTime(new Date("2031-05-05T05:05:05Z"));
  await page.reload();
  await expect(deadline).toHaveText(said);
});

test("the whole job is done by keyboard alone, from an empty installation to a download", async ({ page }) => {
  const fresh = new AppServer({ setUp: false });
  await fresh.start();
  try {
    await page.goto(fresh.setupAddress);
    await expect(page.locator("html[data-scripts='alive']")).toBeAttached();
    const { username, name, password } = firstUser;
    const entries = { organisation: "青川市云岭区科学技术局", name, username, password, repeated: password };
    for (const [field, value] of Object.entries(entries)) {
      await reach(page, `input[name="${field}"]`);
      await page.keyboard.insertText(value);
    }
    await page.keyboard.press("Enter");
    await page.waitForURL(/reports\/new/);
    await expect(page.locator("html[data-scripts='alive']")).toBeAttached();
    await reach(page, 'input[type="radio"]');
    while (!(await page.locator(`input[value="${year}"]`).isChecked())) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/reports\/[\w-]{8,}$/);
    await expect(page.locator('[data-save-state="saved"]')).toBeVisible();
    const { report } = sampleReport();
    await reach(page, `main a[href$="/opening"]`);
    await page.keyboard.press("Enter");
    for (const step of stepsOf(format)) {
      await expect(page).toHaveURL(new RegExp(`/${step}$`));
      if (format.tables.some(({ id }) => id === step)) {
        await reachButton(page, "其余空格填 0");
        await page.keyboard.press("Enter");
      } else if (prose.includes(step)) {
        await expect(textField(page, step)).toBeVisible();
        await reach(page, `[id="${step}"]`);
        const lines = plainText((report.prose[step] ?? []) as never).split("\n");
        for (const [index, line] of lines.entries()) {
          if (index > 0) await page.keyboard.press("Enter");
          await page.keyboard.insertText(line);
        }
      } else if (step === "closing") {
        await reach(page, '[id="closing"]');
        await page.keyboard.type(`${year + 1}0115`);
      }
      const next = stepsOf(format)[stepsOf(format).indexOf(step) + 1] ?? "check";
      await reach(page, `nav a[href$="/${next}"]`, "Shift+Tab");
      await page.keyboard.press("Enter");
    }
    await expect(page.getByRole("heading", { level: 1, name: "校验与下载" })).toBeFocused();
    await reachButton(page, "校验", "Shift+Tab");
    for (const kind of ["docx", "pdf"]) {
      await reach(page, `main a[href$="/export/${kind}"]`);
      const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
      expect(file.suggestedFilename()).toContain(`.${kind}`);
    }
  } finally {
    await fresh.stop();
  }
});

/** Presses Tab until what the selector names is in focus. */
async function reach(page: Page, selector: string, key = "Tab") {
  for (let presses = 0; presses < 600; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}

async function reachButton(page: Page, name: string, key = "Tab") {
  for (let presses = 0; presses < 600; presses++) {
    const text = await page.evaluate(
      () => document.activeElement?.matches("button") && document.activeElement.textContent,
    );
    if (text === name) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard does not reach ${name}`);
}
