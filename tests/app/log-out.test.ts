import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Journal } from "../../components/report/draft/journal.ts";
import { closeAll, countUnsent, forget, keepOpen, noteLeft, settleAll } from "../../components/report/draft/leaving.ts";
import type { Pending } from "../../components/report/draft/pending.ts";

/** The storage of a browser: its entries are properties, too. */
function browserStorage(): Storage {
  const storage: Record<string, unknown> = {};
  const hidden = (value: unknown) => ({ value, enumerable: false });
  Object.defineProperties(storage, {
    getItem: hidden((key: string) => storage[key] ?? null),
    setItem: hidden((key: string, value: string) => {
      storage[key] = value;
    }),
    removeItem: hidden((key: string) => {
      delete storage[key];
    }),
    key: hidden((index: number) => Object.keys(storage)[index] ?? null),
    length: { get: () => Object.keys(storage).length, enumerable: false },
  });
  return storage as unknown as Storage;
}

const pending: Pending = new Map([
  ["opening", { path: "opening", value: "甲", base: "", stamp: { time: 1, page: "page" } }],
]);
const journal = (owner: string, report: string, page: string) =>
  new Journal(localStorage, undefined, { owner, report }, page);

beforeEach(() => {
  vi.stubGlobal("localStorage", browserStorage());
});
afterEach(() => {
  closeAll();
  vi.unstubAllGlobals();
});

test("reports are counted that have something of hers left, whichever page left it", async () => {
  expect(await countUnsent("she")).toBe(0);
  journal("she", "first", "a").write(pending, []);
  journal("she", "first", "b").write(pending, []);
  expect(await countUnsent("she")).toBe(1);
  journal("she", "second", "c").write(new Map(), [{ operationId: "12345678", baseVersion: 1, edits: [] }]);
  journal("he", "third", "d").write(pending, []);
  expect(await countUnsent("she")).toBe(2);
  journal("she", "second", "c").write(new Map(), []);
  expect(await countUnsent("she")).toBe(1);
});

test("what cannot be read may be anything, and is asked about", async () => {
  localStorage.setItem("draft:she:first:a", "no checksum and no content");
  localStorage.setItem("unreadable:draft:she:second:b", "set aside");
  expect(await countUnsent("she")).toBe(2);
});

test("an empty journal that waits for its backup is nothing", async () => {
  localStorage.setItem("draft:she:first:a", '0 {"owner":"she","report":"first","turn":4,"edits":[],"batches":[]}');
  expect(await countUnsent("she")).toBe(0);
});

test("all of hers and of nobody is cleared; what others left unsent stays", async () => {
  journal("she", "first", "a").write(pending, []);
  journal("he", "first", "b").write(pending, []);
  localStorage.setItem("unreadable:draft:she:first:c", "set aside");
  localStorage.setItem("unreadable:draft:he:first:d", "set aside");
  localStorage.setItem("visited:first", "[]");
  localStorage.setItem("pages-shown", "yes");
  await forget("she");
  expect(Object.keys(localStorage).sort()).toEqual(["draft:he:first:b", "unreadable:draft:he:first:d"]);
});

test("a page that was open when she left writes nothing any more; hers from afterwards do, and those of others", async () => {
  const asleep = journal("she", "first", "a");
  const another = journal("he", "first", "b");
  expect(asleep.write(pending, [])).toBe(true);
  noteLeft("she");
  await forget("she");
  expect(asleep.write(pending, [])).toBe(false);
  expect(another.write(pending, [])).toBe(true);
  expect(await countUnsent("she")).toBe(0);
  const back = journal("she", "first", "c");
  expect(back.write(pending, [])).toBe(true);
  noteLeft("she");
  await forget("she");
  expect(asleep.write(pending, [])).toBe(false);
  expect(back.write(pending, [])).toBe(false);
  expect(await countUnsent("she")).toBe(0);
});

test("open reports are all settled, and closed once", async () => {
  expect(await settleAll()).toBe(true);
  const closed: string[] = [];
  const report = (name: string, isSettled: boolean) =>
    keepOpen({ settle: async () => isSettled, close: () => void closed.push(name) });
  report("first", true);
  const leave = report("second", false);
  expect(await settleAll()).toBe(false);
  leave();
  expect(await settleAll()).toBe(true);
  closeAll();
  closeAll();
  expect(closed).toEqual(["first"]);
});
