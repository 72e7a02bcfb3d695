import type { CDPSession, Page } from "@playwright/test";

/** From a key going down to the painted frame, in ms, key by key. */
export type KeyTimes = {
  /** The frame after the key: the figure and its totals. */
  totals: number[];
  /** The last frame in which the table or the findings changed; of the keys that changed any finding. */
  findings: number[];
};

/** What a slow machine is imitated by: every task takes so many times as long. */
export const SLOW = 4;
/** Keys that follow each other in one cell. */
const KEYS_A_CELL = 3;
/** Pauses in ms: of somebody who types quickly; until all that a key has caused is painted, on a slow machine, too. */
const PAUSE = { typing: 150, settling: 600 };

/** Presses a key again and again, at most a few times in the same cell, cells from all over the table. */
async function pressDigits(page: Page, from: number, keys: number, pause: number): Promise<void> {
  const inputs = page.locator("table input");
  const cells = await inputs.count();
  for (let key = from; key < from + keys; key++) {
    if (key % KEYS_A_CELL === 0) {
      await inputs.nth(((key / KEYS_A_CELL) * 37) % cells).evaluate((input: HTMLInputElement) => {
        input.focus();
        input.setSelectionRange(input.value.length, input.value.length);
      });
    }
    await page.keyboard.press(String((key % 9) + 1));
    await page.waitForTimeout(pause);
  }
}

/** What a key costs: all CPU time of the page's main thread and that of its scripts, in ms a key. */
export type KeyCost = { task: number; script: number };

/** Prepares typing so many keys into the table at a clerk's pace, which tells what they cost with all that follows them. */
export async function startKeyMeter(page: Page): Promise<(from: number, keys: number) => Promise<KeyCost>> {
  const session = await meterOf(page);
  return async (from, keys) => {
    const before = await mainThread(session);
    await pressDigits(page, from, keys, PAUSE.typing);
    await page.waitForTimeout(PAUSE.settling);
    const after = await mainThread(session);
    return { task: (after.task - before.task) / keys, script: (after.script - before.script) / keys };
  };
}

/** Has the browser count the CPU time of a page's main thread. */
export async function meterOf(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return session;
}

/** CPU time of the main thread so far, in ms. */
export async function mainThread(session: CDPSession): Promise<KeyCost> {
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name: string) => 1000 * (metrics.find((candidate) => candidate.name === name)?.value ?? Number.NaN);
  return { task: of("TaskDuration"), script: of("ScriptDuration") };
}

/** Times keys in the table one by one, on a machine that is slower by this factor. */
export async function timeDigits(page: Page, slowdown: number, from: number, keys: number): Promise<KeyTimes> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  const times = await watchKeys(page);
  await pressDigits(page, from, keys, PAUSE.settling);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await session.detach();
  return times();
}

/** Watches every key from now on: when the frame after it is painted, and when the last one that shows what it changed. */
export async function watchKeys(page: Page): Promise<() => Promise<KeyTimes>> {
  await page.evaluate(() => {
    type Key = { down: number; totals: number; settled: number; findings: boolean };
    const keys: Key[] = [];
    let last: Key | undefined;
    const painted = (then: () => void) =>
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = then;
        channel.port2.postMessage(0);
      });
    const onKeyDown = () => {
      const key: Key = { down: performance.now(), totals: Number.NaN, settled: Number.NaN, findings: false };
      keys.push(key);
      last = key;
      painted(() => {
        key.totals = performance.now() - key.down;
      });
    };
    // What changes when another cell is entered was caused by no key.
    const onFocus = () => {
      last = undefined;
    };
    document.addEventListener("keydown", onKeyDown, true);
    document.addEventListener("focusin", onFocus, true);
    const panel = document.getElementById("findings");
    const observer = new MutationObserver((changes) => {
      const key = last;
      if (!key) return;
      if (changes.some(({ target }) => panel?.contains(target))) key.findings = true;
      painted(() => {
        key.settled = performance.now() - key.down;
      });
    });
    const watched = { subtree: true, childList: true, characterData: true, attributes: true };
    for (const element of [panel, document.querySelector("table")]) if (element) observer.observe(element, watched);
    Object.assign(window, {
      endWatching: () => {
        document.removeEventListener("keydown", onKeyDown, true);
        document.removeEventListener("focusin", onFocus, true);
        observer.disconnect();
        return {
          totals: keys.map(({ totals }) => totals),
          findings: keys.filter((key) => key.findings).map(({ settled }) => settled),
        };
      },
    });
  });
  return () => page.evaluate(() => (window as unknown as { endWatching(): KeyTimes }).endWatching());
}
