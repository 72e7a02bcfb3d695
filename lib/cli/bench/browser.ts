import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "@playwright/test";
import { printedProse } from "../../report/chips.ts";
import { plainText } from "../../report/prose.ts";
import { browserOptions } from "./browser-options.ts";
import type { Subject } from "./engine.ts";
import { type KeyCost, type KeyTimes, SLOW, silenceKeys, startKeyMeter, timeDigits, watchKeys } from "./keystrokes.ts";
import { serveNaive } from "./naive-server.ts";
import { type Server, save, versionOf } from "./server.ts";

/** What keys cost in one turn: in our table, in the naive one, and in ours when no script hears of them. */
type CostTurn = { own: KeyCost; naive: KeyCost; bare: KeyCost };

/** What the form costs in the browser; sizes in KB of gzip. */
export type FormFigures = {
  costs: CostTurn[];
  /** On a machine slower by `SLOW`. */
  slow: KeyTimes;
  /** From a key going down to the painted totals, in ms. */
  unthrottled: number[];
  /** Scripts that are loaded until the fields are usable. */
  scriptKilobytes: number;
  /** Scripts that the page loads by itself after that, the text editor not counted. */
  laterScriptKilobytes: number;
  styleKilobytes: number;
  usableMilliseconds: number;
  /** What the text editor adds to the scripts of the form. */
  textScriptKilobytes: number;
  textKeystrokes: number[];
  /** From a key going down in a long text to the painted pages beside it, in ms. */
  previewLags: number[];
};

const VIEWPORT = { width: 1280, height: 720 };
const KEYSTROKES = 120;
/** Turns in which keys are counted, and keys in each. */
const TURNS = { count: 9, keys: 12 };
/** Characters of the section in which keys are timed: four times what most reports have; and beside the pages, twice. */
const LONG_TEXT = 20_000;
const PREVIEWED_TEXT = 10_000;
/** Until the pages have followed a key, in ms. */
const PREVIEW_PAUSE = 600;

/** Opens the largest table of a stored report in a fresh browser, types figures into it, and then into a long text. */
export async function measureForm(server: Server, subject: Subject, id: string): Promise<FormFigures> {
  const table = subject.format.balances[0]?.table ?? "";
  const address = `${server.origin}/reports/${id}/${table}`;
  const browser = await chromium.launch(browserOptions);
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.context().addCookies([server.cookie]);
    const { allScripts, ...sizes } = await openForm(page, address);
    const scriptKilobytes = await weighNeeded(browser, server, address);
    const keys = await typeFigures(page, server, subject);
    const text = await typeText(page, server, subject, id);
    const previewLags = await typeBesidePages(page, server, subject, id);
    return {
      ...sizes,
      ...keys,
      scriptKilobytes,
      laterScriptKilobytes: allScripts - scriptKilobytes,
      textScriptKilobytes: text.scriptKilobytes - allScripts,
      textKeystrokes: text.keystrokes,
      previewLags,
    };
  } finally {
    await browser.close();
  }
}

/** Weighs what a page loads from here on: file by file, in KB of gzip. */
function scales(page: Page): Map<string, { kind: string; kilobytes: number }> {
  const weights = new Map<string, { kind: string; kilobytes: number }>();
  page.on("response", async (response) => {
    const kind = response.request().resourceType();
    if (kind !== "script" && kind !== "stylesheet") return;
    const body = await response.body().catch(() => Buffer.alloc(0));
    weights.set(response.url(), { kind, kilobytes: gzipSync(body).length / 1024 });
  });
  return weights;
}

const sumOf = (weights: ReturnType<typeof scales>, kind: string): number =>
  [...weights.values()].filter((weight) => weight.kind === kind).reduce((all, weight) => all + weight.kilobytes, 0);

/** Opens the form page of the largest table and weighs what it loads by itself. */
async function openForm(page: Page, address: string) {
  const weights = scales(page);
  const before = performance.now();
  await page.goto(address, { waitUntil: "commit" });
  await page.locator("table input:enabled").first().waitFor();
  const usableMilliseconds = performance.now() - before;
  await page.waitForLoadState("networkidle");
  return { allScripts: sumOf(weights, "script"), styleKilobytes: sumOf(weights, "stylesheet"), usableMilliseconds };
}

/**
 * What the fields need: only scripts that the page itself names are let through, and the fields must become usable
 * with them. What is left is loaded later.
 */
async function weighNeeded(browser: Browser, server: Server, address: string): Promise<number> {
  const page = await browser.newPage();
  await page.context().addCookies([server.cookie]);
  const html = await (await page.request.get(address)).text();
  await page.route("**/*", (route) => {
    const request = route.request();
    const isNamed = html.includes(`src="${new URL(request.url()).pathname}`);
    return request.resourceType() !== "script" || isNamed ? route.continue() : route.abort();
  });
  const weights = scales(page);
  await page.goto(address, { waitUntil: "networkidle" });
  await page.locator("table input:enabled").first().waitFor();
  await page.close();
  return sumOf(weights, "script");
}

/** Keys in the largest table: what they cost beside the naive one, and how long they take. */
async function typeFigures(page: Page, server: Server, { report }: Subject) {
  const naive = await serveNaive(report);
  const [peerBrowser, bareBrowser] = [await chromium.launch(browserOptions), await chromium.launch(browserOptions)];
  try {
    const peer = await peerBrowser.newPage({ viewport: VIEWPORT });
    await peer.goto(naive.origin);
    await peer.locator("table input").first().waitFor();
    const bare = await bareBrowser.newPage({ viewport: VIEWPORT });
    await bare.context().addCookies([server.cookie]);
    await bare.addInitScript(silenceKeys);
    await bare.goto(page.url(), { waitUntil: "networkidle" });
    await bare.locator("table input:enabled").first().waitFor();
    const costs = await compareCosts(page, peer, bare);
    for (const browser of [peerBrowser, bareBrowser]) await browser.close();
    const slow = await timeDigits(page, SLOW, KEYSTROKES);
    const { totals: unthrottled } = await timeDigits(page, 1, KEYSTROKES);
    return { costs, slow, unthrottled };
  } finally {
    for (const browser of [peerBrowser, bareBrowser]) await browser.close();
    naive.stop();
  }
}

/** The same keys everywhere, turn by turn, so that other load falls on all. The first turn compiles the code. */
async function compareCosts(page: Page, peer: Page, silent: Page): Promise<CostTurn[]> {
  const [own, naive, bare] = [await startKeyMeter(page), await startKeyMeter(peer), await startKeyMeter(silent)];
  const turns: CostTurn[] = [];
  for (let turn = 0; turn <= TURNS.count; turn++) {
    const keys = [turn * TURNS.keys, TURNS.keys] as const;
    turns.push({ own: await own(...keys), naive: await naive(...keys), bare: await bare(...keys) });
  }
  const [figures, peerFigures] = [await figuresOf(page), await figuresOf(peer)];
  if (figures !== peerFigures) throw new Error(`the tables differ: ${figures} and ${peerFigures}`);
  return turns.slice(1);
}

/** Every entered and computed figure of the table, however it is written. */
const figuresOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const fields = document.querySelectorAll<HTMLInputElement | HTMLOutputElement>("table input, table output");
    return [...fields].map(({ value }) => Number(value.replaceAll(",", ""))).join(" ");
  });

/** Keys in the middle of a long section of text, and what its editor weighs with the page. */
async function typeText(page: Page, server: Server, subject: Subject, id: string) {
  const weights = scales(page);
  await (await openLongText(page, server, subject, id, LONG_TEXT)).click();
  const times = await watchKeys(page);
  await typeLetters(page, KEYSTROKES, 30);
  return { scriptKilobytes: sumOf(weights, "script"), keystrokes: (await times()).totals };
}

/** Keys in a long text with the pages beside it: how far these are behind. */
async function typeBesidePages(page: Page, server: Server, subject: Subject, id: string): Promise<number[]> {
  const middle = await openLongText(page, server, subject, id, PREVIEWED_TEXT);
  await page.getByRole("button", { name: "版面预览" }).click();
  await page.locator("[data-page] svg").first().waitFor();
  await page.waitForLoadState("networkidle");
  await middle.click();
  const times = await watchKeys(page, "[aria-label='版面预览']");
  await typeLetters(page, KEYSTROKES / 4, PREVIEW_PAUSE);
  return (await times()).followed;
}

/** Opens a section whose text is repeated until it is so long. A paragraph in the middle of it. */
async function openLongText(page: Page, server: Server, { format, report }: Subject, id: string, least: number) {
  const section = format.sections.find(({ kind }) => kind === "prose")?.id ?? "";
  const part = report.prose[section] ?? [];
  const length = plainText(printedProse(format, report, section)).length;
  const value = Array.from({ length: Math.ceil(least / length) }, () => part).flat();
  await save(server, id, await versionOf(server, id), [{ path: `prose.${section}`, value }]);
  await page.goto(`${server.origin}/reports/${id}/${section}`, { waitUntil: "networkidle" });
  return page.locator(`[id="${section}"] p`).nth(Math.floor(value.length / 4));
}

async function typeLetters(page: Page, keys: number, pause: number): Promise<void> {
  for (let key = 0; key < keys; key++) {
    await page.keyboard.press("abcdefgh"[key % 8] ?? "a");
    await page.waitForTimeout(pause);
  }
}
