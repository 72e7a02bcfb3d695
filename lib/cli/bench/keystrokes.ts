import type { CDPSession, Page } from "@playwright/test";

/** From a key going down to the painted frame, in ms, key by key. */
export type KeyTimes = {
  /** The frame after the key: the figure and its totals. */
  totals: number[];
  /** The last frame in which the table or what follows the typing changed; of the keys that changed the latter. */
  followed: number[];
};

/** What a slow machine is imitated by: every task takes so many times as long. */
export const SLOW = 4;
/** Digits that are typed into one cell before Tab leads to the next. */
const DIGITS = 3;
/** Pauses in ms: of somebody who types quickly; until all that a key has caused is painted, on a slow machine, too. */
const PAUSE = { typing: 150, settling: 600 };

/**
 * Types figures as a clerk does, cell after cell by Tab, from the cell in focus on. Nothing but keys: whatever looks for
 * cells or puts the focus on them by script would be paid for by the page.
 */
async function typeFigures(page: Page, from: number, keys: number, pause: number): Promise<void> {
  for (let key = from; key < from + keys; key++) {
    await page.keyboard.press(key % (DIGITS + 1) === DIGITS ? "Tab" : String((key % 9) + 1));
    await page.waitForTimeout(pause);
  }
}

/** Puts the focus on the first cell, all selected as after Tab. */
const enterTable = (page: Page): Promise<void> =>
  page
    .locator("table input")
    .first()
    .evaluate((input: HTMLInputElement) => {
      input.focus();
      input.select();
    });

/** Lets no script of a page hear of what is typed: what is left is the browser's own work. For `addInitScript`. */
export function silenceKeys(): void {
  const silence = (event: Event) => event.stopImmediatePropagation();
  const typing = ["keydown", "keypress", "keyup", "beforeinput", "textInput", "input", "change", "select"];
  for (const name of [...typing, "selectionchange", "focusin", "focusout", "focus", "blur"]) {
    window.addEventListener(name, silence, true);
  }
}

/** What a key costs: all CPU time of the page's main thread and that of its scripts, in ms a key. */
export type KeyCost = { task: number; script: number };

/** Prepares typing so many keys into the table at a clerk's pace, which tells what they cost with all that follows them. */
export async function startKeyMeter(page: Page): Promise<(from: number, keys: number) => Promise<KeyCost>> {
  const session = await meterOf(page);
  await enterTable(page);
  return async (from, keys) => {
    const before = await mainThread(session);
    await typeFigures(page, from, keys, PAUSE.typing);
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

/** Times digits in the table one by one, on a machine that is slower by this factor. */
export async function timeDigits(page: Page, slowdown: number, keys: number): Promise<KeyTimes> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await enterTable(page);
  const times = await watchKeys(page);
  await typeFigures(page, 0, keys, PAUSE.settling);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await session.detach();
  return times();
}

/** The findings beside the form follow the typing, and so do the pages. */
const FINDINGS = "#findings";

/**
 * Watches every character that is typed from now on: when the frame after it is painted, and when the last one that shows
 * what it changed in the table and in the follower, a selector.
 */
export async function watchKeys(page: Page, follower = FINDINGS): Promise<() => Promise<KeyTimes>> {
  await page.evaluate((selector) => {
    type Key = { down: number; totals: number; settled: number; followed: boolean };
    const keys: Key[] = [];
    let last: Key | undefined;
    const painted = (then: () => void) =>
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = then;
        channel.port2.postMessage(0);
      });
    const onKeyDown = ({ key: typed }: KeyboardEvent) => {
      // What Tab and entering another cell change was caused by no character.
      last = undefined;
      if (typed.length > 1) return;
      const key: Key = { down: performance.now(), totals: Number.NaN, settled: Number.NaN, followed: false };
      keys.push(key);
      last = key;
      painted(() => {
        key.totals = performance.now() - key.down;
      });
    };
    document.addEventListener("keydown", onKeyDown, true);
    const panel = document.querySelector(selector);
    // They wait for a pause in typing, and are neither totals nor findings.
    const isOfCandidates = ({ target, addedNodes, removedNodes }: MutationRecord) =>
      (target instanceof Element ? target : target.parentElement)?.closest("[data-candidates]") ||
      [...addedNodes, ...removedNodes].some((node) => node instanceof Element && node.matches("[data-candidates]"));
    const observer = new MutationObserver((all) => {
      const key = last;
      const changes = all.filter((change) => !isOfCandidates(change));
      if (!key || changes.length === 0) return;
      if (changes.some(({ target }) => panel?.contains(target))) key.followed = true;
      painted(() => {
        key.settled = performance.now() - key.down;
      });
    });
    const watched = { subtree: true, childList: true, characterData: true, attributes: true };
    for (const element of [panel, document.querySelector("table")]) if (element) observer.observe(element, watched);
    Object.assign(window, {
      endWatching: () => {
        document.removeEventListener("keydown", onKeyDown, true);
        observer.disconnect();
        return {
          totals: keys.map(({ totals }) => totals),
          followed: keys.filter((key) => key.followed).map(({ settled }) => settled),
        };
      },
    });
  }, follower);
  return () => page.evaluate(() => (window as unknown as { endWatching(): KeyTimes }).endWatching());
}
