import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { JournalBackup } from "../../components/report/draft/backup.ts";
import { Draft } from "../../components/report/draft/draft.ts";
import { writeDraftFile } from "../../components/report/draft/file.ts";
import { Journal } from "../../components/report/draft/journal.ts";
import type { PendingEdit } from "../../components/report/draft/pending.ts";
import { readDraftFile } from "../../components/report/draft/read-file.ts";
import { printedProse } from "../../lib/report/chips.ts";
import { valueAt } from "../../lib/report/edits.ts";
import { enteredCells } from "../../lib/report/format.ts";
import { parsePassages, plainText } from "../../lib/report/prose.ts";
import { formatForYear } from "../../templates/index.ts";
import { alone, draftServer, memoryStorage, pagesOfOneBrowser } from "./draft-server.ts";

const format = formatForYear(2024);
if (!format) throw new Error("no format for 2024");

const received = "tables.requests.received.natural";
const granted = "tables.requests.granted.natural";
const business = "tables.requests.received.business";

const setUp = (server = draftServer(format), storage = memoryStorage(), joined = () => pagesOfOneBrowser()()) => {
  const open = (own: Partial<ConstructorParameters<typeof Draft>[0]> = {}) =>
    new Draft({
      id: "r1",
      ...alone,
      format,
      server: server.snapshot(),
      storage,
      peers: joined(),
      fetch: server.fetch,
      random: () => 1,
      ...own,
    });
  return { server, storage, open };
};

/** The journals of all pages on the report. */
const journals = (storage: ReturnType<typeof memoryStorage>): string =>
  [...storage.entries].flatMap(([key, value]) => (key.startsWith("draft:u1:r1:") ? [value] : [])).join("\n");

/** What a page that is gone left on this machine. */
const leave = (
  storage: ReturnType<typeof memoryStorage>,
  page: string,
  edits: Omit<PendingEdit, "stamp">[],
  subject = { owner: "u1", report: "r1" },
) => {
  const stamp = { time: 1, page };
  new Journal(storage, undefined, subject, page).write(
    new Map(edits.map((edit) => [edit.path, { ...edit, stamp }])),
    [],
  );
};

/** A backup in memory; as long as it does not follow, what is written to it is on its way and never told to be there. */
const memoryBackup = () => {
  const kept = new Map<string, string>();
  let isFollowing = true;
  const backup: JournalBackup = {
    async write(key, stored) {
      if (!isFollowing) return new Promise(() => {});
      if (stored === undefined) kept.delete(key);
      else kept.set(key, stored);
    },
    read: async (prefix) => [...kept].filter(([key]) => key.startsWith(prefix)),
  };
  const follow = (does: boolean) => {
    isFollowing = does;
  };
  return { kept, backup, follow };
};

/** Opens a draft and lets its first look at the server happen. */
const opened = async (open: (own?: Partial<ConstructorParameters<typeof Draft>[0]>) => Draft, own = {}) => {
  const draft = open(own);
  await draft.start();
  return draft;
};

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2025-01-06T09:00:00Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("saving", () => {
  test("a change is in the journal at once and on the server within two seconds", async () => {
    const { server, storage, open } = setUp();
    const draft = await opened(open);
    draft.edit([{ path: received, value: 12 }]);
    expect(journals(storage)).toContain('"value":12');
    expect(draft.state.save).toEqual({ kind: "saving", journaled: true });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(valueAt(server.report, received)).toBe(12);
    expect(draft.state.save).toMatchObject({ kind: "saved" });
    expect(draft.unsynced).toBe(false);
    expect(storage.entries.size).toBe(0);
  });

  test("typing without a pause is still saved every two seconds, one value per place", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    for (let key = 1; key <= 30; key++) {
      draft.edit([{ path: received, value: key }]);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(server.requests.length).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.requests.every((request) => request.edits.length === 1)).toBe(true);
    expect(valueAt(server.report, received)).toBe(30);
  });

  test("one request is under way at a time, and what is typed meanwhile follows", async () => {
    const { server, open } = setUp();
    let answer = () => {};
    const slow: typeof fetch = async (address, init) => {
      if (init?.method === "PATCH" && server.requests.length === 0) {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
      }
      return server.fetch(address, init);
    };
    const draft = await opened(open, { fetch: slow });
    draft.edit([{ path: received, value: 1 }]);
    await vi.advanceTimersByTimeAsync(900);
    draft.edit([{ path: received, value: 12 }]);
    draft.edit([{ path: granted, value: 3 }]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.requests.length).toBe(0);
    answer();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.requests.map((request) => request.edits.length)).toEqual([1, 2]);
    expect(valueAt(server.report, received)).toBe(12);
    expect(draft.unsynced).toBe(false);
  });

  test("what does not parse is kept and saved as it was typed", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    draft.edit([{ path: received, value: "十二件" }]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(valueAt(server.report, received)).toBe("十二件");
  });

  test("a place that is typed back to what the server has is not sent", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    draft.edit([{ path: received, value: 5 }]);
    draft.edit([{ path: received, value: null }]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(server.requests).toEqual([]);
    expect(draft.state.save).toMatchObject({ kind: "saved" });
  });

  test("flush saves at once and says whether the server has everything", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    draft.edit([{ path: received, value: 12 }]);
    expect(await draft.flush()).toBe(true);
    expect(server.requests.length).toBe(1);
    server.troubles.push("lost");
    draft.edit([{ path: received, value: 13 }]);
    expect(await draft.flush()).toBe(false);
    expect(await draft.flush()).toBe(true);
    server.troubles.push("lost");
    expect(await draft.flush()).toBe(false);
  });
});

describe("trouble", () => {
  test("after a lost request the same operation is sent again, with growing waits of at most 30 seconds", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    server.troubles.push(...Array<"lost">(8).fill("lost"));
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(draft.state.save).toEqual({ kind: "offline", trouble: "network", waiting: 1, journaled: true });
    draft.edit([{ path: granted, value: 2 }]);
    await vi.advanceTimersByTimeAsync(200_000);
    expect(new Set(server.requests.slice(0, 9).map((request) => request.operationId)).size).toBe(1);
    expect(server.requests.length).toBe(10);
    expect(valueAt(server.report, granted)).toBe(2);
    expect(draft.state.save).toMatchObject({ kind: "saved" });
  });

  test("a save whose answer was lost counts once", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    server.troubles.push("lostAnswer");
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.version).toBe(2);
    expect(draft.state.conflicts).toEqual([]);
    expect(draft.unsynced).toBe(false);
  });

  test("when the network is back a retry goes out at once", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    server.troubles.push("lost", "lost", "lost");
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(draft.state.save.kind).toBe("offline");
    draft.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(draft.state.save.kind).toBe("saved");
  });

  test.each([413, 422])(
    "a refusal (%i) names the place with the server's message and keeps the edit",
    async (status) => {
      const { server, storage, open } = setUp();
      const draft = await opened(open);
      server.troubles.push({ status, message: "内容过大，没有保存。" });
      draft.edit([{ path: received, value: 12 }]);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(draft.state.save).toMatchObject({ kind: "failed", journaled: true });
      expect(draft.state.refusals).toEqual([{ path: received, message: "内容过大，没有保存。" }]);
      expect(server.requests.length).toBe(1);
      expect(journals(storage)).toContain(received);
      draft.edit([{ path: received, value: 13 }]);
      expect(draft.state.refusals).toEqual([]);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(valueAt(server.report, received)).toBe(13);
      expect(draft.state.save.kind).toBe("saved");
    },
  );

  test("one edit that the server will not take does not keep the others from being saved", async () => {
    const { server, open } = setUp();
    server.unacceptable.push("坏");
    const draft = await opened(open);
    const [table] = format.tables;
    const paths = table
      ? enteredCells(table).map(({ row, column }) => `tables.${table.id}.${row.id}.${column.id}`)
      : [];
    expect(paths.length).toBeGreaterThan(2);
    draft.edit(paths.map((path, index) => ({ path, value: index })));
    draft.edit([{ path: business, value: "坏" }]);
    draft.edit([{ path: "title", value: "某某县科学技术局政府信息公开工作年度报告" }]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(paths.map((path) => Number(valueAt(server.report, path)))).toEqual(paths.map((_, index) => index));
    expect(server.report.title).toBe("某某县科学技术局政府信息公开工作年度报告");
    expect(draft.state.refusals).toEqual([{ path: business, message: "不能接受。" }]);
    const asked = server.requests.length;
    draft.edit([{ path: granted, value: 44 }]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(valueAt(server.report, granted)).toBe(44);
    expect(server.requests.length).toBe(asked + 1);
    draft.undo();
    draft.edit([{ path: business, value: null }]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(draft.state.save.kind).toBe("saved");
    expect(draft.unsynced).toBe(false);
  });

  test("a refusal that is about no edit is told as it is", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    server.troubles.push({ status: 409, message: "请先登记单位名称。" });
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(draft.state.save).toEqual({ kind: "failed", message: "请先登记单位名称。", journaled: true });
    draft.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(valueAt(server.report, received)).toBe(12);
  });

  test("a server error is waited out like a lost network", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    server.troubles.push({ status: 503, message: "忙" });
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(draft.state.save.kind).toBe("offline");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(draft.state.save.kind).toBe("saved");
  });
});

describe("each answer of a server", () => {
  test("401 stops asking, keeps everything, and after signing in the same operation goes out", async () => {
    const { server, storage, open } = setUp();
    const draft = await opened(open);
    server.troubles.push({ status: 401, message: "请重新登录。" });
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(1_000);
    draft.edit([{ path: granted, value: 3 }]);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(draft.state.save).toEqual({ kind: "signedOut", waiting: 2, journaled: true });
    expect(server.requests.length).toBe(1);
    expect(journals(storage)).toContain('"value":3');
    // What a dialog for signing in does when it is done.
    draft.retry();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.requests[1]?.operationId).toBe(server.requests[0]?.operationId);
    expect([valueAt(server.report, received), valueAt(server.report, granted)]).toEqual([12, 3]);
    expect(draft.state.save.kind).toBe("saved");
  });

  test.each([429, 503])(
    "%i is waited out for as long as the server asks, and then a while that differs",
    async (status) => {
      const sentAgainAfter = async (random: number) => {
        const { server, open } = setUp();
        const draft = await opened(open, { random: () => random });
        server.troubles.push({ status, message: "忙", retryAfter: "7" });
        draft.edit([{ path: received, value: 12 }]);
        await vi.advanceTimersByTimeAsync(900);
        expect(draft.state.save).toMatchObject({ kind: "offline", trouble: "busy" });
        let waited = 900;
        for (; server.requests.length < 2; waited += 100) await vi.advanceTimersByTimeAsync(100);
        expect(server.requests[1]?.operationId).toBe(server.requests[0]?.operationId);
        return waited - 800;
      };
      expect(await sentAgainAfter(0)).toBe(8_000);
      expect(await sentAgainAfter(1)).toBe(9_000);
    },
  );

  test("500 is told as what it is and tried again at growing, differing distances of 1 to 30 seconds", async () => {
    const waits = async (random: number) => {
      const { server, open } = setUp();
      server.troubles.push(...Array.from({ length: 8 }, () => ({ status: 500, message: "出错" })));
      const times: number[] = [];
      const timed: typeof fetch = (address, init) => {
        if (init?.method === "PATCH") times.push(Date.now());
        return server.fetch(address, init);
      };
      const draft = await opened(open, { random: () => random, fetch: timed });
      draft.edit([{ path: received, value: 12 }]);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(draft.state.save).toMatchObject({ kind: "offline", trouble: "server" });
      await vi.advanceTimersByTimeAsync(300_000);
      expect(valueAt(server.report, received)).toBe(12);
      return times.slice(1).map((time, index) => time - (times[index] ?? 0));
    };
    expect(await waits(1)).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000]);
    expect(await waits(0.5)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000]);
    expect(await waits(0)).toEqual(Array(8).fill(1_000));
  });

  test("a request that is swallowed is given up after a while and sent again as the same operation", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    server.troubles.push("swallowed");
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(draft.state.save.kind).toBe("saving");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(draft.state.save).toMatchObject({ kind: "offline", trouble: "network" });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.requests[1]?.operationId).toBe(server.requests[0]?.operationId);
    expect(draft.state.save.kind).toBe("saved");
  });

  test("what is larger than 256 KB goes in several saves, one right after the other", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    const sections = format.sections.flatMap((section) => (section.kind === "prose" ? [section.id] : []));
    const long = "公开政府信息条目说明".repeat(5_000);
    draft.edit(sections.map((section) => ({ path: `prose.${section}`, value: parsePassages(long) })));
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(server.requests.length).toBeGreaterThan(1);
    for (const request of server.requests) {
      const size = new TextEncoder().encode(JSON.stringify(request)).length;
      expect(size).toBeLessThanOrEqual(256 * 1024);
    }
    for (const section of sections) expect(plainText(printedProse(format, server.report, section))).toBe(long);
    expect(draft.unsynced).toBe(false);
  });

  test("a server that was restored from an older backup gets back what it had confirmed", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    const backup = server.snapshot();
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(2_000);
    draft.edit([{ path: business, value: 5 }]);
    await vi.advanceTimersByTimeAsync(2_000);
    Object.assign(server, backup);
    draft.edit([{ path: granted, value: 3 }]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(draft.state.notice).toContain("退回");
    expect([received, business, granted].map((path) => valueAt(server.report, path))).toEqual([12, 5, 3]);
    expect(draft.state.save.kind).toBe("saved");
  });
});

describe("somebody else saved in between", () => {
  test("changes in other places are merged without a word", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    server.change([{ path: business, value: 7 }]);
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(draft.state.conflicts).toEqual([]);
    expect(valueAt(draft.state.report, business)).toBe(7);
    expect(valueAt(server.report, received)).toBe(12);
    expect(valueAt(server.report, business)).toBe(7);
    expect(draft.state.arrived).toEqual([business]);
    draft.dismissArrived();
    expect(draft.state.arrived).toEqual([]);
  });

  test("is seen when the page is looked at again, and told", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    server.change([{ path: business, value: 7 }]);
    draft.look();
    await vi.advanceTimersByTimeAsync(100);
    expect(valueAt(draft.state.report, business)).toBe(7);
    expect(draft.state.arrived).toEqual([business]);
    expect(draft.state.save.kind).toBe("saved");
  });

  test("over a save whose answer was lost: there is nothing to ask, for whoever it was had seen it", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    server.troubles.push("lostAnswer");
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(900);
    expect(valueAt(server.report, received)).toBe(12);
    server.change([{ path: received, value: 7 }]);
    await draft.refresh();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(draft.state.conflicts).toEqual([]);
    expect(valueAt(draft.state.report, received)).toBe(7);
    expect(draft.state.save.kind).toBe("saved");
  });

  test("the same place is a conflict that the clerk settles; the rest is saved meanwhile", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    server.change([{ path: received, value: 7 }]);
    draft.edit([{ path: received, value: 12 }]);
    draft.edit([{ path: granted, value: 3 }]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(draft.state.save.kind).toBe("conflict");
    expect(draft.state.conflicts).toEqual([{ path: received, mine: 12, theirs: 7 }]);
    expect(valueAt(draft.state.report, received)).toBe(12);
    expect(valueAt(server.report, received)).toBe(7);
    expect(valueAt(server.report, granted)).toBe(3);
    draft.resolve(received, "mine");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(valueAt(server.report, received)).toBe(12);
    expect(draft.state.save.kind).toBe("saved");
  });

  test("a place in conflict that is typed back to where it began is still asked about", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    server.change([{ path: received, value: 7 }]);
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(3_000);
    draft.edit([{ path: received, value: null }]);
    expect(draft.state.conflicts).toEqual([{ path: received, mine: null, theirs: 7 }]);
    draft.edit([{ path: received, value: 7 }]);
    expect(draft.state.conflicts).toEqual([]);
    expect(draft.state.save.kind).toBe("saved");
    draft.edit([{ path: received, value: null }]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(valueAt(server.report, received)).toBeNull();
  });

  test("the server's value can be taken instead", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    server.change([{ path: received, value: 7 }]);
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(3_000);
    draft.resolve(received, "theirs");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(valueAt(draft.state.report, received)).toBe(7);
    expect(draft.unsynced).toBe(false);
    expect(server.version).toBe(2);
  });
});

describe("the journal", () => {
  test("is replayed over the server's report after a reload, and sent", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    draft.edit([{ path: received, value: 12 }]);
    draft.edit([{ path: "prose.overview", value: parsePassages("（一）主动公开情况\n全年公开信息三十条。") }]);
    // The page is gone without a word; a new one opens.
    const next = open();
    const starting = next.start();
    expect(valueAt(next.state.report, received)).toBe(12);
    await starting;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(valueAt(server.report, received)).toBe(12);
    expect(plainText(printedProse(format, server.report, "overview"))).toBe("（一）主动公开情况\n全年公开信息三十条。");
  });

  test("is no conflict with a save that arrived while the page was closing", async () => {
    const { server, storage, open } = setUp();
    const draft = await opened(open);
    server.troubles.push("lostAnswer");
    draft.edit([{ path: received, value: 1 }]);
    await vi.advanceTimersByTimeAsync(900);
    draft.edit([{ path: received, value: 12 }]);
    const kept = journals(storage);
    expect(kept).toContain('"sent":[{"value":1,"version":1,');
    const next = await opened(open);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(next.state.conflicts).toEqual([]);
    expect(valueAt(server.report, received)).toBe(12);
  });

  test("shows a conflict when somebody changed the place while the clerk was away", async () => {
    const { server, storage, open } = setUp();
    leave(storage, "before", [{ path: received, value: 12, base: 3 }]);
    server.change([{ path: received, value: 7 }]);
    const draft = await opened(open);
    expect(draft.state.conflicts).toEqual([{ path: received, mine: 12, theirs: 7 }]);
  });

  const whole = () => {
    const storage = memoryStorage();
    leave(storage, "before", [{ path: received, value: 12, base: null }]);
    return storage.entries.get("draft:u1:r1:before") ?? "";
  };
  const written = (edits: Omit<PendingEdit, "stamp">[], subject?: { owner: string; report: string }) => {
    const storage = memoryStorage();
    leave(storage, "before", edits, subject);
    return [...storage.entries.values()].join();
  };
  const place = { path: "tables.none.a.b", value: 1, base: null };
  test.each([
    ["cut off", () => whole().slice(0, -5)],
    ["empty", () => ""],
    ["changed by one digit", () => whole().replace('"value":12', '"value":13')],
    ["of another shape", () => written([{ path: 5 as never, value: 1, base: 1 }])],
    ["about a place that does not exist", () => written([place])],
    ["of another report", () => written([{ ...place, path: received }], { owner: "u1", report: "r2" })],
    ["of somebody else under her name", () => written([{ ...place, path: received }], { owner: "u2", report: "r1" })],
  ])("that is %s is moved aside, kept whole, and the clerk is told", async (_, damage) => {
    const damaged = damage();
    const { storage, open } = setUp();
    storage.setItem("draft:u1:r1:before", damaged);
    const draft = await opened(open);
    expect(draft.state.notice).toContain("无法读取");
    expect([...storage.entries.values()]).toEqual([damaged]);
    expect(storage.entries.has("draft:u1:r1:before")).toBe(false);
    expect(valueAt(draft.state.report, received)).toBeNull();
    draft.dismissNotice();
    expect(draft.state.notice).toBe("");
  });

  test("that has any one character changed or missing is never taken for whole", async () => {
    const stored = whole();
    for (let at = 0; at < stored.length; at++) {
      const flipped = String.fromCharCode(stored.charCodeAt(at) ^ (1 << (at % 7)));
      for (const damaged of [stored.slice(0, at) + flipped + stored.slice(at + 1), stored.slice(0, at)]) {
        const storage = memoryStorage();
        storage.setItem("draft:u1:r1:before", damaged);
        expect(
          new Journal(storage, undefined, { owner: "u1", report: "r1" }, "now").left()[0]?.content,
          damaged,
        ).toBeUndefined();
      }
    }
  });

  test("of somebody else who works on this machine is neither shown nor touched", async () => {
    const { server, storage, open } = setUp();
    leave(storage, "before", [{ path: received, value: 12, base: null }], { owner: "u2", report: "r1" });
    const kept = [...storage.entries];
    const draft = await opened(open);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(draft.state.notice).toBe("");
    expect(server.requests).toEqual([]);
    expect([...storage.entries]).toEqual(kept);
  });

  test("comes back from its backup when the browser lost it, and goes from both when it is saved", async () => {
    const { server, storage, open } = setUp();
    const { kept, backup } = memoryBackup();
    const draft = await opened(open, { backup });
    server.troubles.push("lost", "lost", "lost");
    draft.edit([{ path: received, value: 12 }]);
    // The browser is killed before it has written its storage to the disk.
    storage.entries.clear();
    const next = await opened(open, { backup });
    expect(valueAt(next.state.report, received)).toBe(12);
    expect([kept.size, storage.entries.size]).toEqual([1, 1]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(valueAt(server.report, received)).toBe(12);
    kept.set("draft:u1:r1:broken", "not a journal");
    const third = await opened(open, { backup });
    expect(third.state.notice).toContain("无法读取");
    expect(storage.entries.get("unreadable:draft:u1:r1:broken")).toBe("not a journal");
  });

  test("counts, not its backup, when the page went before that had followed", async () => {
    const { server, storage, open } = setUp();
    const { kept, backup, follow } = memoryBackup();
    const draft = await opened(open, { backup });
    draft.edit([{ path: received, value: 1 }]);
    follow(false);
    draft.edit([{ path: received, value: 12 }]);
    draft.stop();
    follow(true);
    const next = await opened(open, { backup });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(next.state.conflicts).toEqual([]);
    expect(valueAt(next.state.report, received)).toBe(12);
    expect(valueAt(server.report, received)).toBe(12);
    expect([kept.size, storage.entries.size]).toEqual([0, 0]);
  });

  test("gives way to its backup when the browser was killed and has only an older one of its own", async () => {
    const { server, storage, open } = setUp();
    const { kept, backup } = memoryBackup();
    server.troubles.push("lost", "lost", "lost");
    const draft = await opened(open, { backup });
    draft.edit([{ path: received, value: 1 }]);
    const onDisk = [...storage.entries];
    draft.edit([{ path: received, value: 12 }]);
    storage.entries.clear();
    for (const [key, stored] of onDisk) storage.entries.set(key, stored);
    server.troubles.length = 0;
    const next = await opened(open, { backup });
    expect(valueAt(next.state.report, received)).toBe(12);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(valueAt(server.report, received)).toBe(12);
    expect([kept.size, storage.entries.size]).toEqual([0, 0]);
  });

  test("that is settled does not come back from a backup that had not heard of it", async () => {
    const { server, storage, open } = setUp();
    const { kept, backup, follow } = memoryBackup();
    const draft = await opened(open, { backup });
    draft.edit([{ path: received, value: 12 }]);
    follow(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(draft.state.save.kind).toBe("saved");
    expect([kept.size, storage.entries.size]).toEqual([1, 1]);
    server.change([{ path: received, value: 13 }]);
    follow(true);
    const next = await opened(open, { backup });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(next.state.conflicts).toEqual([]);
    expect(valueAt(next.state.report, received)).toBe(13);
    expect([kept.size, storage.entries.size]).toEqual([0, 0]);
  });

  test("is done without where there is no storage at all", async () => {
    const { server, open } = setUp();
    const draft = await opened(open, { storage: undefined });
    expect(draft.state.save).toMatchObject({ kind: "saved", journaled: true });
    draft.edit([{ path: received, value: 12 }]);
    expect(draft.state.save).toEqual({ kind: "saving", journaled: false });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(valueAt(server.report, received)).toBe(12);
    expect(draft.state.save).toMatchObject({ kind: "saved", journaled: true });
  });

  test("keeps an edit taken back from being overtaken by what is still on its way", async () => {
    const { server, storage, open } = setUp();
    const draft = await opened(open);
    server.troubles.push("lost");
    draft.edit([{ path: received, value: 5 }]);
    await vi.advanceTimersByTimeAsync(900);
    draft.undo();
    expect(journals(storage)).toContain('"value":null');
    const late = server.requests[0];
    // The page is gone; the next one opens before the first request arrives.
    const next = await opened(open);
    await vi.advanceTimersByTimeAsync(2_000);
    await server.fetch("", { method: "PATCH", body: JSON.stringify(late) });
    expect(valueAt(server.report, received)).toBeNull();
    expect(next.unsynced).toBe(false);
  });

  test("that cannot be written is said so, and saving goes on", async () => {
    const { server, storage, open } = setUp();
    const draft = await opened(open);
    storage.full = true;
    draft.edit([{ path: received, value: 12 }]);
    expect(draft.state.save).toEqual({ kind: "saving", journaled: false });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(valueAt(server.report, received)).toBe(12);
  });

  test("of a closed draft does not write over the journal of the next one", async () => {
    const { server, storage, open } = setUp();
    const first = await opened(open);
    server.troubles.push("lost");
    first.edit([{ path: received, value: 12 }]);
    first.stop();
    const second = await opened(open);
    second.edit([{ path: granted, value: 2 }]);
    expect(journals(storage)).toContain(received);
    expect(journals(storage)).toContain(granted);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(valueAt(server.report, received)).toBe(12);
  });
});

describe("two tabs on one report", () => {
  test("each keep their own changes on this machine, and a third takes over what both left", async () => {
    const { server, storage, open } = setUp();
    const [first, second] = [await opened(open), await opened(open)];
    first.edit([{ path: received, value: 12 }]);
    second.edit([{ path: granted, value: 3 }]);
    expect(journals(storage)).toContain(received);
    expect(journals(storage)).toContain(granted);
    // Both are gone without a word.
    const third = await opened(open);
    expect(valueAt(third.state.report, received)).toBe(12);
    expect(valueAt(third.state.report, granted)).toBe(3);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(valueAt(server.report, received)).toBe(12);
    expect(valueAt(server.report, granted)).toBe(3);
    expect(third.state.conflicts).toEqual([]);
    expect(storage.entries.size).toBe(0);
  });

  test("merge different places and ask about the same one", async () => {
    const { server, open } = setUp();
    const [first, second] = [await opened(open), await opened(open)];
    first.edit([{ path: received, value: 12 }]);
    second.edit([{ path: granted, value: 3 }]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(valueAt(server.report, received)).toBe(12);
    expect(valueAt(server.report, granted)).toBe(3);
    first.edit([{ path: business, value: 1 }]);
    await vi.advanceTimersByTimeAsync(10_000);
    second.edit([{ path: business, value: 2 }]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(second.state.conflicts).toEqual([{ path: business, mine: 2, theirs: 1 }]);
    expect(valueAt(server.report, business)).toBe(1);
  });

  test("that left different values of a place lose neither", async () => {
    const { server, storage, open } = setUp();
    leave(storage, "a", [{ path: received, value: 12, base: null }]);
    leave(storage, "b", [{ path: received, value: 15, base: null }]);
    (await opened(open)).stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(valueAt(server.report, received)).toBe(12);
    const next = await opened(open);
    expect(next.state.conflicts).toEqual([{ path: received, mine: 15, theirs: 12 }]);
  });
});

describe("two tabs of one browser", () => {
  const setUpTabs = async () => {
    const set = setUp(undefined, undefined, pagesOfOneBrowser());
    return { ...set, first: await opened(set.open), second: await opened(set.open) };
  };

  test("see each other's edits at once, and what one saves the other need not", async () => {
    const { server, storage, first, second } = await setUpTabs();
    first.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(200);
    expect(valueAt(second.state.report, received)).toBe(12);
    expect(second.state.save.kind).toBe("saving");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.requests.length).toBe(1);
    expect(second.state.save).toEqual(first.state.save);
    expect(second.state.save.kind).toBe("saved");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(server.requests.length).toBe(1);
    expect(second.state.arrived).toEqual([]);
    expect(storage.entries.size).toBe(0);
  });

  test("typing in the same cell by turns are one person: the later value stands, and nothing is asked", async () => {
    const { server, first, second } = await setUpTabs();
    for (let value = 1; value <= 20; value++) {
      (value % 2 === 0 ? first : second).edit([{ path: received, value }]);
      await vi.advanceTimersByTimeAsync(130 * (value % 9));
      expect([first.state.conflicts, second.state.conflicts]).toEqual([[], []]);
    }
    await vi.advanceTimersByTimeAsync(20_000);
    expect(valueAt(server.report, received)).toBe(20);
    for (const tab of [first, second]) {
      expect(valueAt(tab.state.report, received)).toBe(20);
      expect(tab.state.save.kind).toBe("saved");
    }
  });

  test.each([0, 60_000])("type on after the clock was put back, the later value stands (%i ms)", async (rest) => {
    const { server, open, first } = await setUpTabs();
    first.edit([{ path: received, value: 31 }]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(first.state.save.kind).toBe("saved");
    vi.setSystemTime(new Date("2025-01-05T09:00:00Z"));
    await vi.advanceTimersByTimeAsync(rest);
    const third = await opened(open);
    await vi.advanceTimersByTimeAsync(50);
    third.edit([{ path: received, value: 32 }]);
    await vi.advanceTimersByTimeAsync(20_000);
    for (const tab of [first, third]) expect(valueAt(tab.state.report, received)).toBe(32);
    expect(valueAt(server.report, received)).toBe(32);
    first.edit([{ path: received, value: 33 }]);
    await vi.advanceTimersByTimeAsync(20_000);
    for (const tab of [first, third]) expect(valueAt(tab.state.report, received)).toBe(33);
    expect(valueAt(server.report, received)).toBe(33);
  });

  test("take an edit back for both", async () => {
    const { server, first, second } = await setUpTabs();
    first.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(300);
    first.undo();
    await vi.advanceTimersByTimeAsync(300);
    expect(valueAt(second.state.report, received)).toBeNull();
    expect(second.state.save.kind).toBe("saved");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(server.requests).toEqual([]);
  });

  test("send for one that is gone", async () => {
    const { server, first } = await setUpTabs();
    server.troubles.push("lost");
    first.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(300);
    first.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(valueAt(server.report, received)).toBe(12);
  });

  test("ask once about what somebody else changed", async () => {
    const { server, first, second } = await setUpTabs();
    server.change([{ path: received, value: 7 }]);
    first.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(first.state.conflicts).toEqual([{ path: received, mine: 12, theirs: 7 }]);
    expect(second.state.conflicts).toEqual([{ path: received, mine: 12, theirs: 7 }]);
    second.resolve(received, "theirs");
    await vi.advanceTimersByTimeAsync(10_000);
    for (const tab of [first, second]) {
      expect(tab.state.conflicts).toEqual([]);
      expect(valueAt(tab.state.report, received)).toBe(7);
      expect(tab.state.save.kind).toBe("saved");
    }
  });
});

/** What `protocol-model.test.ts` found, by the seed of the run that showed it. */
describe("found by the model", () => {
  test("an edit taken back in one tab is not brought back by another that was sending it (25223526)", async () => {
    const { server, open } = setUp(undefined, undefined, pagesOfOneBrowser());
    const [first, second] = [await opened(open), await opened(open)];
    first.edit([{ path: received, value: 1 }]);
    await vi.advanceTimersByTimeAsync(2);
    second.edit([{ path: received, value: 2 }]);
    await vi.advanceTimersByTimeAsync(2);
    first.undo();
    second.retry();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(valueAt(server.report, received)).toBeNull();
    for (const tab of [first, second]) expect(valueAt(tab.state.report, received)).toBeNull();
  });

  test("a save that a closed page did not hear of is not made again after it was taken back (1208083252)", async () => {
    const { server, storage, open } = setUp();
    const gone = await opened(open);
    server.troubles.push("lostAnswer");
    gone.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(900);
    server.change([{ path: received, value: null }]);
    const next = await opened(open);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(valueAt(server.report, received)).toBeNull();
    expect(valueAt(next.state.report, received)).toBeNull();
    expect(next.state.conflicts).toEqual([]);
    expect(storage.entries.size).toBe(0);
  });

  test("nothing is asked about a place as long as the server may have saved it before (-114340184)", async () => {
    const { server, open } = setUp();
    const gone = await opened(open);
    server.troubles.push("lostAnswer");
    gone.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(900);
    server.change([{ path: received, value: 15 }]);
    const next = open();
    const asked: unknown[] = [];
    next.subscribe(() => asked.push(...next.state.conflicts));
    await next.start();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toEqual([]);
    expect(valueAt(next.state.report, received)).toBe(15);
    expect(next.state.save.kind).toBe("saved");
  });

  test("an edit refused on its second way may still arrive on its first, and is no conflict then (-725962613)", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    server.troubles.push("lost", { status: 413, message: "内容过大。" });
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(draft.state.refusals.length).toBe(1);
    await server.fetch("", { method: "PATCH", body: JSON.stringify(server.requests[0]) });
    expect(valueAt(server.report, received)).toBe(12);
    draft.edit([{ path: received, value: 13 }]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(draft.state.conflicts).toEqual([]);
    expect(valueAt(server.report, received)).toBe(13);
  });
});

describe("a draft taken along as a file", () => {
  const text = "（一）主动公开情况\n公开信息三十条，“全部”已核对。";
  const exported = async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    server.troubles.push(...Array<"lost">(50).fill("lost"));
    draft.edit([{ path: received, value: "约 12 件" }]);
    draft.edit([{ path: "prose.overview", value: parsePassages(text) }]);
    draft.edit([
      { path: "reasons.B05.requests.carriedIn.natural", value: { finding: "上年结转5件。", text: "已核实" } },
    ]);
    await vi.advanceTimersByTimeAsync(3_000);
    return { id: draft.id, report: draft.state.report, unsent: draft.unsent(), exportedAt: Date.now() };
  };

  test("comes back exactly", async () => {
    const draft = await exported();
    expect(draft.unsent.length).toBe(3);
    expect(readDraftFile(format, 2024, writeDraftFile(draft))).toEqual({ ok: true, draft });
  });

  test("is merged on another machine: what the server lacks is saved, what it has anew is asked about", async () => {
    const file = await exported();
    const { server, open } = setUp();
    server.change([{ path: received, value: 7 }]);
    server.change([{ path: business, value: 8 }]);
    const draft = await opened(open);
    draft.adopt(file.unsent);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(draft.state.conflicts).toEqual([{ path: received, mine: "约 12 件", theirs: 7 }]);
    expect(plainText(printedProse(format, server.report, "overview"))).toBe(text);
    expect(valueAt(server.report, business)).toBe(8);
    draft.resolve(received, "mine");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.report).toEqual({ ...file.report, tables: server.report.tables });
    expect(valueAt(server.report, received)).toBe("约 12 件");
  });

  test.each([
    ["cut off", (file: string) => file.slice(0, -20), /不是本系统导出/],
    ["changed", (file: string) => file.replace("约 12 件", "约 13 件"), /不完整，或者被改动过/],
    ["of something else", () => '{"name":"x"}', /不是本系统导出/],
  ])("that is %s is refused with a reason", async (_, damage, message) => {
    const read = readDraftFile(format, 2024, damage(writeDraftFile(await exported())));
    expect(read).toMatchObject({ ok: false, message: expect.stringMatching(message) });
  });

  test("of another year is refused, naming the year to open", async () => {
    const read = readDraftFile(format, 2023, writeDraftFile(await exported()));
    expect(read).toMatchObject({ ok: false, message: expect.stringContaining("请打开2024年的报告") });
  });
});

describe("a written reason", () => {
  const path = "reasons.B05.requests.carriedIn.natural";
  const reason = (text: string, finding = "上年结转5件。") => ({ finding, text });

  test("is kept on this machine, saved, and taken back like any other change", async () => {
    const { server, storage, open } = setUp();
    const draft = await opened(open);
    for (const text of ["已", "已核", "已核实台账"]) draft.edit([{ path, value: reason(text) }]);
    expect(journals(storage)).toContain("已核实台账");
    const next = await opened(open);
    expect(valueAt(next.state.report, path)).toEqual(reason("已核实台账"));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(valueAt(server.report, path)).toEqual(reason("已核实台账"));
    draft.undo();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.report).not.toHaveProperty("reasons");
  });

  test("that two wrote is a conflict; the same words about the same finding are none", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    server.change([{ path, value: reason("对方的说明") }]);
    draft.edit([{ path, value: reason("对方的说明") }]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(draft.state.conflicts).toEqual([]);
    server.change([{ path, value: reason("对方的说明", "上年结转6件。") }]);
    draft.edit([{ path, value: reason("我的说明") }]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(draft.state.conflicts).toEqual([
      { path, mine: reason("我的说明"), theirs: reason("对方的说明", "上年结转6件。") },
    ]);
    draft.resolve(path, "mine");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(valueAt(server.report, path)).toEqual(reason("我的说明"));
  });
});

describe("undo", () => {
  test("takes a deliberate action back as one, and redo makes it again", async () => {
    const { open } = setUp();
    const draft = await opened(open);
    draft.edit([{ path: received, value: 5 }]);
    draft.edit(
      [
        { path: granted, value: 0 },
        { path: business, value: 0 },
      ],
      "其余空格填 0",
    );
    expect(draft.state.undoable?.label).toBe("其余空格填 0");
    draft.undo();
    expect(valueAt(draft.state.report, granted)).toBeNull();
    expect(valueAt(draft.state.report, received)).toBe(5);
    draft.redo();
    expect(valueAt(draft.state.report, business)).toBe(0);
  });

  test("takes typing in one cell back in one go, and goes across tables and text", async () => {
    const { open } = setUp();
    const draft = await opened(open);
    for (const value of [1, 12, 123]) draft.edit([{ path: received, value }]);
    draft.edit([{ path: "prose.other", value: parsePassages("无其他事项。") }]);
    draft.edit([{ path: "title", value: "某某县科学技术局政府信息公开工作年度报告" }]);
    draft.undo();
    draft.undo();
    expect(draft.state.report.title).toBeUndefined();
    expect(draft.state.report.prose.other).toEqual([]);
    draft.undo();
    expect(valueAt(draft.state.report, received)).toBeNull();
    expect(draft.state.undoable).toBeUndefined();
  });

  test("takes long typing back a piece at a time, and what was typed apart by itself", async () => {
    const { open } = setUp();
    const draft = await opened(open);
    const words = "全年公开信息四十六条其中解读九条";
    const type = (length: number, apart = false) =>
      draft.edit([{ path: "prose.other", value: parsePassages(words.slice(0, length)) }], "", apart);
    const shown = () => plainText(printedProse(format, draft.state.report, "other")).length;
    for (let length = 1; length <= 12; length++) {
      type(length);
      await vi.advanceTimersByTimeAsync(900);
    }
    type(14, true);
    type(15);
    draft.undo();
    expect(shown()).toBe(12);
    draft.undo();
    expect(shown()).toBe(6);
    draft.undo();
    expect(shown()).toBe(0);
    expect(draft.state.undoable).toBeUndefined();
    draft.redo();
    draft.redo();
    draft.redo();
    expect(shown()).toBe(15);
  });

  test("reaches more than a hundred steps back", async () => {
    const { open } = setUp();
    const draft = await opened(open);
    for (let value = 1; value <= 300; value++) draft.edit([{ path: received, value }], "", true);
    for (let step = 0; step < 300; step++) draft.undo();
    expect(valueAt(draft.state.report, received)).toBeNull();
  });

  test("survives autosave", async () => {
    const { server, open } = setUp();
    const draft = await opened(open);
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(2_000);
    draft.undo();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(valueAt(server.report, received)).toBeNull();
  });
});

test("whatever is lost on the way, in the end the server has what the clerk last typed", async () => {
  const cells = [received, granted, business] as const;
  const step = fc.oneof(
    fc.record({ kind: fc.constant("edit" as const), cell: fc.nat(2), value: fc.nat(50) }),
    fc.record({ kind: fc.constant("wait" as const), time: fc.nat(3_000) }),
    fc.record({ kind: fc.constantFrom("lost" as const, "lostAnswer" as const, "reload" as const, "undo" as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { server, open } = setUp();
      let draft = await opened(open);
      for (const action of steps) {
        if (action.kind === "edit") draft.edit([{ path: cells[action.cell] ?? received, value: action.value }]);
        if (action.kind === "wait") await vi.advanceTimersByTimeAsync(action.time);
        if (action.kind === "lost" || action.kind === "lostAnswer") server.troubles.push(action.kind);
        if (action.kind === "undo") draft.undo();
        if (action.kind === "reload") {
          draft.stop();
          draft = await opened(open);
        }
      }
      const typed = draft.state.report;
      server.troubles.length = 0;
      await vi.advanceTimersByTimeAsync(120_000);
      expect(draft.state.conflicts).toEqual([]);
      for (const cell of cells) expect(valueAt(server.report, cell)).toBe(valueAt(typed, cell));
      expect(draft.unsynced).toBe(false);
    }),
    { numRuns: 300 },
  );
});

describe("a report that is only looked at", () => {
  test("nothing changes it, and what is undone or adopted neither", async () => {
    const { server, open } = setUp();
    const draft = await opened(open, { open: false });
    draft.edit([{ path: received, value: 12 }]);
    draft.adopt([{ path: granted, value: 1, base: null, stamp: { time: 1, page: "x" } }]);
    expect(draft.undo()).toBeUndefined();
    expect(draft.redo()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(draft.unsynced).toBe(false);
    expect(valueAt(server.report, received)).toBeNull();
  });

  test("what was typed before waits on this machine, and is saved as soon as it may be changed again", async () => {
    const { server, storage, open } = setUp();
    let isClosed = true;
    const told: unknown[] = [];
    const fetch: typeof globalThis.fetch = async (address, init) => {
      if (init?.method === "PATCH" && isClosed) return Response.json({ message: "报告处于审核。" }, { status: 409 });
      const response = await server.fetch(address, init);
      const standing = { state: isClosed ? "reviewing" : "drafting", edition: 1 };
      return init?.method === "PATCH" ? response : Response.json({ ...(await response.json()), standing });
    };
    const draft = await opened(open, { fetch, onStanding: (standing: unknown) => told.push(standing) });
    draft.edit([{ path: received, value: 12 }]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(draft.state.save).toMatchObject({ kind: "failed", message: "报告处于审核。" });
    expect(told.at(-1)).toEqual({ state: "reviewing", edition: 1 });
    draft.setOpen(false);
    expect(valueAt(draft.state.report, received)).toBe(12);
    expect(journals(storage)).toContain('"value":12');
    isClosed = false;
    draft.setOpen(true);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(valueAt(server.report, received)).toBe(12);
    expect(draft.unsynced).toBe(false);
  });
});
