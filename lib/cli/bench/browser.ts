import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium, type Page } from "@playwright/test";
import { printedProse } from "../../report/chips.ts";
import { plainText } from "../../report/prose.ts";
import { sampleReport } from "./sample.ts";

/** What the running app costs: the form page in the browser, the server in memory, a save. */
export type BrowserFigures = {
  keystrokes: number[];
  scriptKilobytes: number;
  styleKilobytes: number;
  usableMilliseconds: number;
  /** What the text editor adds to the scripts of the form. */
  textScriptKilobytes: number;
  textKeystrokes: number[];
  saveMilliseconds: number[];
  residentMegabytes: number;
};

const PORT = 3199;
const ORIGIN = `http://127.0.0.1:${PORT}`;
const KEYSTROKES = 120;
/** Characters of the section in which keys are timed: four times what most reports have. */
const LONG_TEXT = 20_000;
const SAVES = 60;

export async function measureBrowser(): Promise<BrowserFigures> {
  const folder = mkdtempSync(join(tmpdir(), "annual-report-bench-"));
  const server = spawn(process.execPath, ["lib/cli/start.ts"], {
    env: { ...process.env, DATA_DIR: folder, PORT: String(PORT), HOST: "127.0.0.1", DATABASE_URL: "" },
    stdio: ["ignore", "ignore", "inherit"],
    detached: true,
  });
  try {
    await answering();
    const id = await createReport();
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    });
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    const sizes = await openForm(page, id);
    const keystrokes = await typeDigits(page);
    const text = await typeText(page, id);
    await browser.close();
    const textScriptKilobytes = text.scriptKilobytes - sizes.scriptKilobytes;
    return {
      ...sizes,
      keystrokes,
      textScriptKilobytes,
      textKeystrokes: text.keystrokes,
      saveMilliseconds: await saves(id),
      residentMegabytes: residentOf(server),
    };
  } finally {
    if (server.pid) process.kill(-server.pid, "SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

async function answering(): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const answer = await fetch(`${ORIGIN}/api/health`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("the server did not answer");
}

const send = (path: string, method: string, body: unknown) =>
  fetch(`${ORIGIN}${path}`, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

async function createReport(): Promise<string> {
  const { report } = sampleReport();
  await send("/api/organisation", "POST", { name: report.organisation.name });
  const created = await send("/api/reports", "POST", { year: report.year });
  return ((await created.json()) as { id: string }).id;
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
async function openForm(page: Page, id: string) {
  const sumOf = scales(page);
  const before = performance.now();
  await page.goto(`${ORIGIN}/reports/${id}/${largestTable()}`, { waitUntil: "networkidle" });
  await page.locator("table input").first().waitFor();
  const usableMilliseconds = performance.now() - before;
  return { scriptKilobytes: sumOf("script"), styleKilobytes: sumOf("stylesheet"), usableMilliseconds };
}

function largestTable(): string {
  const { format } = sampleReport();
  return format.balances[0]?.table ?? "";
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
async function typeText(page: Page, id: string) {
  const { format, report } = sampleReport();
  const section = format.sections.find(({ kind }) => kind === "prose")?.id ?? "";
  const part = report.prose[section] ?? [];
  const length = plainText(printedProse(format, report, section)).length;
  const value = Array.from({ length: Math.ceil(LONG_TEXT / length) }, () => part).flat();
  const { version } = (await (await fetch(`${ORIGIN}/api/reports/${id}`)).json()) as { version: number };
  const edits = [{ path: `prose.${section}`, value }];
  await send(`/api/reports/${id}`, "PATCH", { baseVersion: version, operationId: "bench-long-text", edits });
  const sumOf = scales(page);
  await page.goto(`${ORIGIN}/reports/${id}/${section}`, { waitUntil: "networkidle" });
  const paragraphs = page.locator(`[id="${section}"] p`);
  await paragraphs.nth(Math.floor(value.length / 4)).click();
  const times = await timeKeys(page);
  for (let key = 0; key < KEYSTROKES; key++) {
    await page.keyboard.press("abcdefgh"[key % 8] ?? "a");
    await page.waitForTimeout(30);
  }
  return { scriptKilobytes: sumOf("script"), keystrokes: await times() };
}

async function saves(id: string): Promise<number[]> {
  const times: number[] = [];
  const stored = (await (await fetch(`${ORIGIN}/api/reports/${id}`)).json()) as { version: number };
  let version = stored.version;
  for (let count = 0; count < SAVES; count++) {
    const before = performance.now();
    const answer = await send(`/api/reports/${id}`, "PATCH", {
      baseVersion: version,
      operationId: `bench-${count}-${Date.now()}`,
      edits: [{ path: "title", value: `第${count}次` }],
    });
    if (!answer.ok) continue;
    version = ((await answer.json()) as { version: number }).version;
    times.push(performance.now() - before);
  }
  return times;
}

/** Resident memory in MB of the server and every process below it. */
function residentOf(server: ChildProcess): number {
  const kilobytes = (pid: number): number => {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
    const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
    return own + children.reduce((all, child) => all + kilobytes(Number(child)), 0);
  };
  return server.pid ? kilobytes(server.pid) / 1024 : 0;
}
