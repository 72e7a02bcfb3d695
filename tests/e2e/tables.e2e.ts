import type { Page } from "@playwright/test";
import { glossaryAddress } from "../../components/report/glossary-address.ts";
import { enteredCells, type Format, leaves, tableOf } from "../../lib/report/format.ts";
import type { Report } from "../../lib/report/report.ts";
import { formatForYear, formats } from "../../templates/index.ts";
import { type ClipboardFixture, fixtures } from "../fixtures/clipboard/fixtures.ts";
import { chromium, excel } from "../fixtures/clipboard/programs.ts";
import { accessibilityFaults } from "./accessible.ts";
import { isAlive } from "./alive.ts";
import { paste } from "./paste.ts";
import { AppServer } from "./server.ts";
import { expect, test } from "./watched.ts";

const server = new AppServer();
const year = 2024;
const format = formatForYear(year) as Format;
const requests = tableOf(format, format.balances[0]?.table ?? "");
let id = "";

const send = async (path: string, method: string, body: unknown) => {
  const answer = await server.fetch(path, { method, body: JSON.stringify(body) });
  return (await answer.json()) as { id: string };
};
const stored = async () => {
  const answer = await server.fetch(`/api/reports/${id}`);
  return (await answer.json()) as { report: Report; version: number };
};
const field = (page: Page, cell: string, table = "requests") => page.locator(`[id="${table}.${cell}"]`);
const saved = (page: Page) => expect(page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 20_000 });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? "");
const open = async (page: Page, step = "requests") => {
  await page.goto(`${server.origin}/reports/${id}/${step}`);
  await isAlive(page);
  // The browser may pass over a focus that is asked for just when the fields are enabled.
  await expect(async () => {
    await page.locator("table input").first().focus();
    expect(await focused(page)).toContain(`${step}.`);
  }).toPass();
};
/** Puts figures into the report before it is opened. */
const fill = async (cells: Record<string, number | string | null>, table = "requests") => {
  const { version } = await stored();
  const edits = Object.entries(cells).map(([cell, value]) => ({ path: `tables.${table}.${cell}`, value }));
  await send(`/api/reports/${id}`, "PATCH", { baseVersion: version, operationId: crypto.randomUUID(), edits });
};
const zeros = (): Record<string, number> =>
  Object.fromEntries(enteredCells(requests).map(({ row, column }) => [`${row.id}.${column.id}`, 0]));
/** What a copy puts on the clipboard. */
const copied = (page: Page, copy: () => Promise<void>) =>
  page
    .evaluate(() => {
      Object.assign(window, { copied: undefined });
      window.addEventListener("copy", (event) => {
        const data = event.clipboardData;
        Object.assign(window, { copied: { text: data?.getData("text/plain"), html: data?.getData("text/html") } });
      });
    })
    .then(copy)
    .then(() => page.evaluate(() => (window as unknown as { copied: { text: string; html: string } }).copied));
const preview = (page: Page) => page.getByRole("dialog", { name: "粘贴预览" });
/** Without the size of targets: a field that has scrolled halfway behind a heading is none too small. */
const faults = async (page: Page) => {
  const found = await accessibilityFaults(page, "the table", ["target-size"]);
  await page.bringToFront();
  return found;
};

test.beforeAll(async () => {
  await server.start();
  ({ id } = await send("/api/reports", "POST", { year }));
});
test.beforeEach(({ context }) => server.logIn(context));
test.afterAll(() => server.stop());
test.beforeEach(async () => {
  for (const table of format.tables) {
    const blank = enteredCells(table).map(({ row, column }) => [`${row.id}.${column.id}`, null] as const);
    await fill(Object.fromEntries(blank), table.id);
  }
});

type KeyCase = {
  from: string;
  /** Caret before the first key: at the start, at the end, or all selected as after entering by key. */
  caret?: "start" | "end" | "all";
  keys: string[];
  to: string;
  table?: string;
};

const keyCases: KeyCase[] = [
  { from: "received.natural", keys: ["Enter"], to: "carriedIn.natural" },
  { from: "carriedIn.natural", keys: ["Shift+Enter"], to: "received.natural" },
  { from: "received.natural", keys: ["Shift+Enter"], to: "received.natural" },
  { from: "carriedOut.natural", keys: ["Enter"], to: "carriedOut.natural" },
  // Over the row of sums, which is computed.
  { from: "otherwise.legal", keys: ["Enter"], to: "carriedOut.legal" },
  { from: "carriedOut.legal", keys: ["ArrowUp"], to: "otherwise.legal" },
  { from: "received.natural", keys: ["Tab", "Tab"], to: "received.research" },
  { from: "received.research", keys: ["Shift+Tab"], to: "received.business" },
  // Over the column of sums.
  { from: "received.otherOrg", keys: ["Tab"], to: "carriedIn.natural" },
  { from: "carriedIn.natural", keys: ["Shift+Tab"], to: "received.otherOrg" },
  { from: "received.natural", caret: "start", keys: ["ArrowDown"], to: "carriedIn.natural" },
  { from: "received.natural", caret: "end", keys: ["ArrowRight"], to: "received.business" },
  { from: "received.business", caret: "start", keys: ["ArrowLeft"], to: "received.natural" },
  { from: "received.business", caret: "end", keys: ["ArrowLeft"], to: "received.business" },
  { from: "received.business", caret: "start", keys: ["ArrowRight", "ArrowRight"], to: "received.business" },
  {
    from: "received.business",
    caret: "start",
    keys: ["ArrowRight", "ArrowRight", "ArrowRight"],
    to: "received.research",
  },
  { from: "received.business", caret: "all", keys: ["ArrowRight", "ArrowRight"], to: "received.charity" },
  { from: "received.otherOrg", caret: "end", keys: ["ArrowRight"], to: "received.otherOrg" },
  { from: "received.charity", caret: "end", keys: ["Home"], to: "received.charity" },
  { from: "received.charity", caret: "end", keys: ["Home", "Home"], to: "received.natural" },
  { from: "received.charity", caret: "start", keys: ["End", "End"], to: "received.otherOrg" },
  { from: "received.charity", keys: ["Control+End"], to: "carriedOut.otherOrg" },
  { from: "carriedOut.charity", keys: ["Control+Home"], to: "received.natural" },
  { from: "received.charity", caret: "all", keys: ["F2", "ArrowLeft"], to: "received.charity" },
  { from: "received.charity", caret: "all", keys: ["F2", "ArrowRight"], to: "received.legal" },
  // Merged cells are as wide as several columns, and the way through them keeps its column.
  { table: "disclosed", from: "normative.inForce", keys: ["Enter"], to: "licensing.decisions" },
  {
    table: "disclosed",
    from: "normative.inForce",
    keys: ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"],
    to: "normative.inForce",
  },
  { table: "disclosed", from: "fees.charged", keys: ["Control+Home"], to: "rules.issued" },
  { table: "disputes", from: "cases.reviewPending", keys: ["ArrowRight"], to: "cases.directUpheld" },
  { table: "disputes", from: "cases.directUpheld", keys: ["Enter"], to: "cases.directUpheld" },
];

test("keys move from cell to cell as in a spreadsheet", async ({ page }) => {
  await fill({ "received.business": 23, "received.charity": 45 });
  let shown = "";
  for (const { from, caret = "all", keys, to, table = "requests" } of keyCases) {
    if (shown !== table) await open(page, table);
    shown = table;
    await field(page, from, table).evaluate((input, at) => {
      if (!(input instanceof HTMLInputElement)) throw new Error("no field");
      input.focus();
      const end = input.value.length;
      input.setSelectionRange(at === "end" ? end : 0, at === "start" ? 0 : end);
    }, caret);
    for (const key of keys) await page.keyboard.press(key);
    expect(await focused(page), `${from} ${caret} ${keys.join(" ")}`).toBe(`${table}.${to}`);
    const selected = await page.evaluate(() => {
      const input = document.activeElement;
      return (
        input instanceof HTMLInputElement && input.selectionStart === 0 && input.selectionEnd === input.value.length
      );
    });
    if (from !== to) expect(selected, `${to} is selected as a whole`).toBe(true);
  }
});

test("Esc gives back what stood in the cell, and leaves nothing to undo", async ({ page }) => {
  await fill({ "received.natural": 8 });
  await open(page);
  await field(page, "received.natural").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.type("99");
  await expect(field(page, "received.total")).toHaveText("99");
  await page.keyboard.press("Escape");
  await expect(field(page, "received.natural")).toHaveValue("8");
  await expect(field(page, "received.natural")).toBeFocused();
  await expect(field(page, "received.total")).toHaveText("8");
});

test("F1 tells the 口径 of the cell, of sums too, and Esc leads back", async ({ page }) => {
  await open(page);
  const panel = page.getByRole("region", { name: "填报口径" });
  for (const cell of ["secret.charity", "handled.natural"]) {
    await field(page, cell).focus();
    await page.keyboard.press("F1");
    await expect(panel).toBeFocused();
    await expect(panel.locator("dd").first()).not.toBeEmpty();
    const shown = page.context().waitForEvent("page");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const glossary = await shown;
    const [row = ""] = cell.split(".");
    await expect(glossary.locator(`[id="requests.${row}"]`)).toBeInViewport();
    await expect(glossary.locator(":target")).toContainText(await panel.locator("dd").first().innerText());
    await glossary.close();
    await panel.focus();
    await page.keyboard.press("Escape");
    await expect(field(page, cell)).toBeFocused();
  }
});

test("every line has its place among 名词与口径, and no link there is dead", async () => {
  let lines = 0;
  for (const each of formats) {
    const html = await (await server.fetch(`/glossary?year=${each.years.from}`)).text();
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, found]) => found));
    for (const [table, guided] of Object.entries(each.guidance)) {
      for (const line of Object.keys(guided)) {
        lines++;
        expect(ids, line).toContain(glossaryAddress(each.years.from, table, line).split("#")[1]);
      }
    }
    const links = [...html.matchAll(/ href="([^"]+)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
    expect(links.filter((href) => href.startsWith("/glossary?"))).toHaveLength(formats.length - 1);
    for (const href of new Set(links)) {
      if (href.startsWith("#")) expect(ids).toContain(href.slice(1));
      else expect((await server.fetch(href, { redirect: "follow" })).status, href).toBe(200);
    }
  }
  expect(lines).toBeGreaterThan(80);
});

test("an input method keeps its keys: no move, no undo, nothing taken over", async ({ page, context }) => {
  await fill({ "received.natural": 3 });
  await open(page);
  const input = await context.newCDPSession(page);
  await expect(async () => {
    await field(page, "received.natural").focus();
    await page.keyboard.press("F2");
    await input.send("Input.imeSetComposition", { text: "er'shi", selectionStart: 6, selectionEnd: 6 });
    await expect(field(page, "received.natural")).toHaveValue("3er'shi", { timeout: 1_000 });
  }).toPass();
  for (const key of ["Enter", "ArrowDown", "Tab", "Escape", "z"]) {
    await page.evaluate((pressed) => {
      const init = { key: pressed, bubbles: true, cancelable: true, ctrlKey: pressed === "z" };
      document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { ...init, isComposing: true }));
      document.activeElement?.dispatchEvent(
        new KeyboardEvent("keydown", { ...init, keyCode: 229 } as KeyboardEventInit),
      );
    }, key);
  }
  await expect(field(page, "received.natural")).toBeFocused();
  await expect(page.getByRole("button", { name: "撤销" })).toBeDisabled();
  await input.send("Input.insertText", { text: "２" });
  await expect(field(page, "received.natural")).toHaveValue("32");
  await expect(field(page, "received.total")).toHaveText("32");
});

test("headings stay in sight, mark where the focus is, and never hide it", async ({ page }) => {
  await fill(zeros());
  for (const [width, height] of [
    [1280, 720],
    [800, 600],
  ] as const) {
    await page.setViewportSize({ width, height });
    await open(page);
    const columns = leaves(requests.bands[0]?.columns ?? []).filter((column) => !column.sum);
    await field(page, "received.business").focus();
    let seen = 0;
    for (let row = 0; row < 24; row++) {
      for (const way of ["center", ...(row < 23 ? ["Enter"] : [])]) {
        if (way === "Enter") await page.keyboard.press("Enter");
        const state = await page.evaluate(() => {
          const cell = document.activeElement as HTMLElement;
          const box = cell.getBoundingClientRect();
          const table = cell.closest("table");
          const top = document.elementFromPoint(box.left + box.width / 2, box.top + 3);
          const bottom = document.elementFromPoint(box.left + box.width / 2, box.bottom - 3);
          const head = table?.querySelector("th[data-current]")?.getBoundingClientRect();
          const label = cell.closest("tr")?.querySelector("th[scope=row]")?.getBoundingClientRect();
          return {
            isClear: cell.contains(top) && cell.contains(bottom),
            isHeaded: head !== undefined && head.top >= 0 && head.bottom <= box.top + 1 && head.left <= box.left + 1,
            isLabelled: label !== undefined && label.left >= 0 && label.right <= box.left + 1,
          };
        });
        expect(state, `${width} row ${row}`).toEqual({ isClear: true, isHeaded: true, isLabelled: true });
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(40);
    expect(await focused(page)).toBe("requests.carriedOut.business");
    for (let back = 0; back < 60; back++) {
      await page.keyboard.press("Shift+Tab");
      const isClear = await page.evaluate(() => {
        const cell = document.activeElement as HTMLElement;
        const box = cell.getBoundingClientRect();
        return cell.contains(document.elementFromPoint(box.left + box.width / 2, box.top + 3));
      });
      expect(isClear, `${width} ${await focused(page)}`).toBe(true);
    }
    expect(columns.length).toBe(6);
  }
});

test("a rectangle is selected by keys and by the mouse, announced, copied, cleared and pasted back", async ({
  page,
}) => {
  await fill({ ...zeros(), "received.natural": 1204, "received.business": 5, "carriedIn.natural": 7 });
  await open(page);
  await field(page, "received.natural").focus();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(page.getByRole("status").getByText("已选 2 行 2 列，共 4 格")).toBeVisible();
  expect(await faults(page)).toEqual([]);
  const block = await copied(page, () => page.keyboard.press("Control+c"));
  expect(block.text).toBe("1204\t5\r\n7\t0\r\n");
  expect(block.html).toContain("<td>1204</td><td>5</td>");

  await page.keyboard.press("Delete");
  await expect(field(page, "received.natural")).toHaveValue("");
  await expect(field(page, "received.research")).toHaveValue("0");
  await page.keyboard.press("Control+z");
  await expect(field(page, "received.natural")).toHaveValue("1204");

  await page.keyboard.press("Escape");
  await field(page, "carriedIn.research").hover();
  await page.mouse.down();
  await field(page, "granted.total").hover();
  await page.mouse.up();
  await expect(page.getByText("已选 2 行 5 列，共 10 格")).toBeVisible();
  await field(page, "received.natural").click();
  await expect(page.getByText("已选")).toBeHidden();
  await field(page, "carriedIn.research").click({ modifiers: ["Shift"] });
  await expect(page.getByText("已选 2 行 3 列，共 6 格")).toBeVisible();
  await expect(field(page, "received.natural")).toBeFocused();
});

test("the whole table goes to the clipboard without navigator.clipboard, and comes back", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await fill({ ...zeros(), "received.natural": 1204, "secret.legal": 3 });
  await open(page);
  await page.evaluate(() => {
    const setData = DataTransfer.prototype.setData;
    Object.assign(window, { put: {} });
    DataTransfer.prototype.setData = function (type, content) {
      Object.assign((window as unknown as { put: object }).put, { [type]: content });
      setData.call(this, type, content);
    };
  });
  await page.getByRole("button", { name: "复制整张表" }).click();
  await expect(page.getByText("已复制整张表")).toBeVisible();
  const put = await page.evaluate(() => (window as unknown as { put: Record<string, string> }).put);
  await fill(Object.fromEntries(Object.keys(zeros()).map((cell) => [cell, null])));
  await open(page);
  await field(page, "excessive.charity").focus();
  await paste(page, { text: put["text/plain"] ?? "", html: put["text/html"] ?? "" });
  await expect(preview(page)).toContainText("按表中的行名、栏名对应");
  await preview(page).getByRole("button", { name: "粘贴，改 144 格" }).click();
  await expect(field(page, "received.natural")).toHaveValue("1204");
  await expect(field(page, "secret.legal")).toHaveValue("3");
  await expect(field(page, "excessive.charity")).toBeFocused();
});

test("a paste shows what lands where before it changes anything, and is one step to undo", async ({ page }) => {
  await fill({ "carriedIn.natural": 2, "partial.otherOrg": 1 });
  await open(page);
  const clipboard = excel([
    ["1", "约5", "", "-", "9", "7", "12"],
    ["2", "1,234", "3.5", "0.00", "1", "2", "1239"],
    ["5", "6", "7", "8", "9", "1", "36", "99"],
  ]);
  await field(page, "carriedIn.natural").focus();
  await paste(page, clipboard);
  await expect(preview(page)).toContainText("从“上年结转政府信息公开申请数量·自然人”起按位置对应");
  await expect(preview(page)).toContainText("2 → 1");
  await expect(preview(page)).toContainText("1 相同");
  await expect(preview(page)).toContainText("“约5”不是数字");
  await expect(preview(page)).toContainText("“3.5”应为整数");
  await expect(preview(page)).toContainText("合计 12算得 17，不符");
  await expect(preview(page)).toContainText("“99”：超出表格");
  await expect(field(page, "granted.natural")).toHaveValue("");
  expect(await faults(page)).toEqual([]);

  await preview(page)
    .getByRole("group", { name: /等符号/ })
    .getByLabel("填 0")
    .check();
  await preview(page).getByRole("button", { name: "取消" }).click();
  await expect(field(page, "carriedIn.natural")).toHaveValue("2");
  await expect(field(page, "carriedIn.natural")).toBeFocused();
  await page.keyboard.type("7");
  await expect(field(page, "carriedIn.natural")).toHaveValue("7");
  await page.keyboard.press("Escape");
  await expect(field(page, "carriedIn.natural")).toHaveValue("2");

  await paste(page, clipboard);
  await preview(page)
    .getByRole("group", { name: /等符号/ })
    .getByLabel("填 0")
    .check();
  await preview(page).getByRole("button", { name: "粘贴，改 14 格" }).click();
  await expect(page.getByText("已粘贴 14 格，另有 3 处没有粘贴")).toBeVisible();
  await expect(field(page, "granted.business")).toHaveValue("1234");
  await expect(field(page, "carriedIn.charity")).toHaveValue("0");
  await saved(page);
  expect((await stored()).report.tables.requests?.granted).toMatchObject({
    business: 1234,
    research: null,
    charity: 0,
  });

  await page.keyboard.press("Control+z");
  await expect(field(page, "granted.business")).toHaveValue("");
  await expect(field(page, "carriedIn.natural")).toHaveValue("2");
  await page.keyboard.press("Control+y");
  await expect(field(page, "granted.business")).toHaveValue("1234");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+Shift+Z");
  await expect(field(page, "granted.business")).toHaveValue("1234");
});

/** A dozen of the fixtures that the unit tests run, one of each program and every special one in markup. */
const inBrowser = (): ClipboardFixture[] => {
  const names = [
    ...["excel", "wpsSheet", "calc", "word", "wpsWriter", "writer", "chromium", "webPage", "textOnly"].map(
      (program) => `the whole table of requests, ${program}`,
    ),
    "the whole table of disputes, wpsWriter",
    "the whole table of disclosed information, word",
    "figures as people write them, wpsSheet",
    "a page of an older system, with the figures in fields and the table within a table of layout",
    "all tables of a report at once",
  ];
  return fixtures.filter(({ name }) => names.includes(name));
};

test("what other programs copy lands in the browser as it does in the unit tests", async ({ page }) => {
  const chosen = inBrowser();
  expect(chosen.length).toBe(14);
  for (const fixture of chosen) {
    await open(page, fixture.table);
    await field(page, fixture.at, fixture.table).focus();
    await paste(page, fixture);
    await preview(page)
      .getByRole("button", { name: /^粘贴，改 \d+ 格$/ })
      .click();
    for (const [cell, value] of Object.entries(fixture.cells)) {
      await expect(field(page, cell, fixture.table), `${fixture.name}: ${cell}`).toHaveValue(String(value));
    }
    const outOfSight = await page.evaluate(
      () =>
        [...document.querySelectorAll("table input, table output")].filter((cell) => !cell.getClientRects().length)
          .length,
    );
    expect(outOfSight, fixture.name).toBe(0);
    await page.keyboard.press("Control+z");
    await saved(page);
  }
});

test("a table of another step is told where it belongs", async ({ page }) => {
  await open(page);
  await field(page, "received.natural").focus();
  const disclosed = fixtures.find(({ name }) => name === "the whole table of disclosed information, chromium");
  if (!disclosed) throw new Error("no such fixture");
  await paste(page, disclosed);
  await expect(preview(page)).toContainText("请到那一步再粘贴");
  await expect(preview(page).getByRole("button", { name: "没有要改的格" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(field(page, "received.natural")).toBeFocused();
});

test("pasting works without a network once a cell was entered", async ({ page, context }) => {
  await open(page);
  await field(page, "received.natural").focus();
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await paste(page, chromium([["1", "2"]]));
  await preview(page).getByRole("button", { name: "粘贴，改 2 格" }).click();
  await expect(field(page, "received.business")).toHaveValue("2");
  await context.setOffline(false);
  await saved(page);
});

test("an amount may be given in 元, in its cell or beside it, and the conversion is told", async ({ page }) => {
  await open(page, "disclosed");
  const amount = field(page, "fees.charged", "disclosed");
  await amount.fill("125000元");
  await amount.blur();
  await expect(amount).toHaveValue("12.5");
  await expect(page.getByText("125000 元 = 12.5 万元")).toBeVisible();
  await page.getByRole("button", { name: /^按元填写/ }).click();
  await page.getByLabel("金额（元）").fill("1,032,500.05");
  await expect(page.getByText("1,032,500.05 元 = 103.250005 万元")).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(amount).toHaveValue("103.250005");
  await expect(amount).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(amount).toHaveValue("12.5");
});

test("thousands are parted by commas to read, and never in what is typed, stored or copied", async ({ page }) => {
  await fill({ ...zeros(), "carriedIn.natural": 1234567 });
  await open(page);
  const cell = field(page, "carriedIn.natural");
  const commas = page.getByText("1,234,567", { exact: true }).first();
  await expect(commas).toBeVisible();
  await expect(cell).toHaveValue("1234567");
  await expect(field(page, "carriedIn.total")).toHaveText("1,234,567");
  await cell.focus();
  await expect(commas).toBeHidden();
  await field(page, "carriedIn.total").focus();
  expect((await copied(page, () => page.keyboard.press("Control+c"))).text).toBe("1234567");
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll("table input, table output, table input ~ span")].map(
      (element) => element.scrollWidth - element.clientWidth,
    ),
  );
  expect(cut.length).toBeGreaterThan(150);
  expect(cut.filter((overflow) => overflow > 1)).toEqual([]);
});

test("an unbalanced column offers the changes that settle it, each one step to undo", async ({ page }) => {
  await fill({ ...zeros(), "received.natural": 21, "granted.natural": 12 });
  await open(page);
  const offer = page.getByText("“自然人”列不平");
  await expect(offer).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "收起" }).click();
  await expect(offer).toBeHidden();
  await page.getByRole("button", { name: /“自然人”列差 9 件/ }).click();
  await page.getByRole("button", { name: "“新收”的 21 可能写颠倒了，改为 12" }).click();
  await expect(field(page, "received.natural")).toHaveValue("12");
  await expect(field(page, "received.natural")).toBeFocused();
  await expect(page.locator('[data-balance="natural"]')).toContainText("平");
  await expect(offer).toBeHidden();
  await page.keyboard.press("Control+z");
  await expect(field(page, "received.natural")).toHaveValue("21");
  await page.getByRole("button", { name: /还有 \d 种改法/ }).click();
  await page.getByRole("button", { name: "结转下年改为 9" }).click();
  await expect(field(page, "carriedOut.natural")).toHaveValue("9");
});

test("what would settle a column is offered when a figure is typed to its end, and moves nothing before", async ({
  page,
}) => {
  await fill({ ...zeros(), "granted.natural": 12 });
  await page.clock.install();
  await open(page);
  const row = page.locator("[data-candidates]");
  await expect(row).toContainText("新收改为 12");
  const foot = () => page.locator('[data-balance="natural"]').boundingBox();
  await page.clock.pauseAt(Date.now() + 60_000);
  const before = await foot();
  await field(page, "received.natural").selectText();
  await page.keyboard.type("21");
  await expect(page.locator('[data-balance="natural"]')).toContainText("差 9");
  await expect(row).toContainText("新收改为 12");
  expect(await foot()).toEqual(before);
  await page.clock.runFor(500);
  await expect(row).toContainText("“新收”的 21 可能写颠倒了，改为 12");
});

test("undo and redo in a cell are those of the report, not those of the field", async ({ page }) => {
  await open(page);
  await field(page, "received.natural").pressSequentially("12");
  await page.keyboard.press("Enter");
  await page.keyboard.type("3");
  await page.keyboard.press("Control+z");
  await expect(field(page, "carriedIn.natural")).toHaveValue("");
  await page.keyboard.press("Control+z");
  await expect(field(page, "received.natural")).toHaveValue("");
  await expect(field(page, "received.natural")).toBeFocused();
  await page.keyboard.press("Control+y");
  await expect(field(page, "received.natural")).toHaveValue("12");
  await page.keyboard.press("Control+Shift+z");
  await expect(field(page, "carriedIn.natural")).toHaveValue("3");
  await expect(field(page, "carriedIn.natural")).toBeFocused();
});
