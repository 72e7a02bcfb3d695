import { gzipSync } from "node:zlib";
import { chromium, type Page } from "@playwright/test";
import { printedProse } from "../../report/chips.ts";
import { plainText } from "../../report/prose.ts";
import { browserOptions } from "./browser-options.ts";
import type { Subject } from "./engine.ts";
import { type Server, save, versionOf } from "./server.ts";

/** What the form costs in the browser. */
export type FormFigures = {
  /** From a key going down to the painted frame, in ms. */
  keystrokes: number[];
  scriptKilobytes: number;
  styleKilobytes: number;
  usableMilliseconds: number;
  /** What the text editor adds to the scripts of the form. */
  textScriptKilobytes: number;
  textKeystrokes: number[];
};

const KEYSTROKES = 120;
/** Characters of the section in which keys are timed: four times what most reports have. */
const LONG_TEXT = 20_000;

/** Opens the largest table of a stored report in a fresh browser, types figures into it, and then into a long text. */
export async function measureForm(server: Server, subject: Subject, id: string): Promise<FormFigures> {
  const browser = await chromium.launch(browserOptions);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    const table = subject.format.balances[0]?.table ?? "";
    const sizes = await openForm(page, `${server.origin}/reports/${id}/${table}`);
    const keystrokes = await typeDigits(page);
    const text = await typeText(page, server, subject, id);
    const textScriptKilobytes = text.scriptKilobytes - sizes.scriptKilobytes;
    return { ...sizes, keystrokes, textScriptKilobytes, textKeystrokes: text.keystrokes };
  } finally {
    await browser.close();
  }
}

/** Weighs what a page loads from here on, by kind. */
function scales(page: Page): (kind: string) => number {
  const weights: { kind: string; kilobytes: number }[] = [];
  page.on("response", async (response) => {
    const kind = response.request().resourceType();
    if (kind !== "script" && kind !== "stylesheet") return;
    const body = await response.body().catch(() => Buffer.alloc(0));
    weights.push({ kind, kilobytes: gzipSync(body).length / 1024 });
  });
  return (kind) => weights.filter((weight) => weight.kind === kind).reduce((all, weight) => all + weight.kilobytes, 0);
}

/** Opens the form page of the largest table and weighs what it loaded. */
async function openForm(page: Page, address: string) {
  const sumOf = scales(page);
  const before = performance.now();
  await page.goto(address, { waitUntil: "networkidle" });
  await page.locator("table input").first().waitFor();
  const usableMilliseconds = performance.now() - before;
  return { scriptKilobytes: sumOf("script"), styleKilobytes: sumOf("stylesheet"), usableMilliseconds };
}

/** Times every key from going down to the next painted frame, in milliseconds. */
async function timeKeys(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { keystrokeTimes: times });
    document.addEventListener(
      "keydown",
      () => {
        const down = performance.now();
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => times.push(performance.now() - down);
          channel.port2.postMessage(0);
        });
      },
      true,
    );
  });
  return () => page.evaluate(() => (window as unknown as { keystrokeTimes: number[] }).keystrokeTimes);
}

/** Keys in the largest table, totals included. */
async function typeDigits(page: Page): Promise<number[]> {
  const times = await timeKeys(page);
  const inputs = page.locator("table input");
  const cells = await inputs.count();
  for (let key = 0; key < KEYSTROKES; key++) {
    if (key % 3 === 0) await inputs.nth((key * 37) % cells).focus();
    await page.keyboard.press(String((key % 9) + 1));
    await page.waitForTimeout(30);
  }
  return times();
}

/** Keys in the middle of a long section of text, and what its editor weighs with the page. */
async function typeText(page: Page, server: Server, { format, report }: Subject, id: string) {
  const section = format.sections.find(({ kind }) => kind === "prose")?.id ?? "";
  const part = report.prose[section] ?? [];
  const length = plainText(printedProse(format, report, section)).length;
  const value = Array.from({ length: Math.ceil(LONG_TEXT / length) }, () => part).flat();
  await save(server, id, await versionOf(server, id), [{ path: `prose.${section}`, value }]);
  const sumOf = scales(page);
  await page.goto(`${server.origin}/reports/${id}/${section}`, { waitUntil: "networkidle" });
  const paragraphs = page.locator(`[id="${section}"] p`);
  await paragraphs.nth(Math.floor(value.length / 4)).click();
  const times = await timeKeys(page);
  for (let key = 0; key < KEYSTROKES; key++) {
    await page.keyboard.press("abcdefgh"[key % 8] ?? "a");
    await page.waitForTimeout(30);
  }
  return { scriptKilobytes: sumOf("script"), keystrokes: await times() };
}
