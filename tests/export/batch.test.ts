import { strFromU8, unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { BatchOrder, BatchReport } from "../../lib/export/batch.ts";
import { Batches, type BatchesOptions } from "../../lib/export/batches.ts";
import { download, type SavedReport } from "../../lib/export/download.ts";
import { exportReport } from "../../lib/export/export.ts";
import type { DownloadKind } from "../../lib/export/kinds.ts";
import type { Rendered } from "../../lib/export/render-thread.ts";
import { soundReport } from "../checks/samples.ts";

const saved = { version: 3, savedAt: Date.UTC(2025, 0, 15) };
const unit = "青川市云岭区档案局";
const reportOf = (year: number, name = unit): SavedReport => ({
  ...soundReport({ year, organisation: { name } }),
  saved,
});
const item = (year: number, more: Partial<BatchReport> = {}): BatchReport => ({
  name: `${year}年`,
  read: async () => reportOf(year),
  ...more,
});
const order = (reports: BatchReport[], kinds: DownloadKind[] = ["txt"]): BatchOrder => ({
  title: `${unit}年度报告`,
  reports,
  kinds,
});

const settings: BatchesOptions = { largest: 1 << 24, capacity: 1 << 25, kept: 60_000, pause: 5 };
/** Text files are made in this process and need no thread. */
const plain = (options: Partial<BatchesOptions> = {}) => new Batches({ ...settings, ...options });

function started(batches: Batches, organisation: string, what: BatchOrder): string {
  const result = batches.start(organisation, what);
  if (!result.ok) throw new Error(result.message);
  return result.id;
}
const ended = async (batches: Batches, organisation: string, id: string) => {
  await vi.waitFor(() => expect(batches.state(organisation, id)?.state).not.toBe("running"), { timeout: 60_000 });
  return batches.state(organisation, id);
};
const zipOf = (batches: Batches, organisation: string, id: string): Buffer =>
  Buffer.concat(batches.file(organisation, id)?.pieces ?? []);
const listOf = (files: Record<string, Uint8Array>): string => strFromU8(files["清单.txt"] ?? new Uint8Array());

/** General purpose flag of a ZIP entry: its name is UTF-8. */
const UTF8_FLAG = 0x0800;

/** The entries as the central directory names them. */
function directoryOf(zip: Buffer): { name: string; flags: number }[] {
  const end = zip.length - 22;
  expect(zip.readUInt32LE(end)).toBe(0x06054b50);
  const entries: { name: string; flags: number }[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    expect(zip.readUInt32LE(at)).toBe(0x02014b50);
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    entries.push({ name: zip.toString("utf8", at + 46, at + 46 + name), flags: zip.readUInt16LE(at + 8) });
    at += 46 + name + extra + comment;
  }
  expect(at).toBe(end);
  return entries;
}

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("a batch", () => {
  test("holds every file of every year as it is downloaded alone, and a list of them", async () => {
    const batches = plain();
    const kinds: DownloadKind[] = ["docx", "pdf", "html"];
    const id = started(batches, "a", order([item(2023), item(2024)], kinds));
    const state = await ended(batches, "a", id);
    expect(state).toMatchObject({ state: "finished", done: 6, total: 6, failures: [], name: `${unit}年度报告.zip` });
    const bytes = zipOf(batches, "a", id);
    expect(state).toMatchObject({ size: bytes.length });
    const files = unzipSync(bytes);
    expect(Object.keys(files)).toHaveLength(7);
    for (const year of [2023, 2024]) {
      const { format, report } = reportOf(year);
      for (const kind of ["docx", "pdf", "html"] as const) {
        const alone = await exportReport(format, report, kind);
        expect(Buffer.compare(files[alone.name] ?? new Uint8Array(), alone.bytes), alone.name).toBe(0);
        expect(listOf(files)).toContain(`${alone.name}\r\n`);
      }
    }
    expect([...(files["清单.txt"] ?? []).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(listOf(files)).toContain("共6个文件，已生成6个，未生成0个。");
  });

  test("marks its Chinese names as UTF-8 in its directory, which Windows reads", async () => {
    const batches = plain();
    const id = started(batches, "a", order([item(2024)], ["txt", "json"]));
    await ended(batches, "a", id);
    const entries = directoryOf(zipOf(batches, "a", id));
    const title = `${unit}2024年政府信息公开工作年度报告`;
    expect(entries.map(({ name }) => name)).toEqual([`${title}.txt`, `${title}.json`, "清单.txt"]);
    for (const { flags } of entries) expect(flags & UTF8_FLAG).toBe(UTF8_FLAG);
  });

  test("has a folder for each unit where a supervising office asks for several", async () => {
    const batches = plain();
    const units = ["云岭区气象局", "云岭区/水务局", "云岭区气象局"];
    const reports = units.map((name) =>
      item(2024, { name: `${name}2024年`, folder: name, read: async () => reportOf(2024, name.replace("/", "")) }),
    );
    const id = started(batches, "a", order(reports));
    await ended(batches, "a", id);
    const names = Object.keys(unzipSync(zipOf(batches, "a", id)));
    const title = "2024年政府信息公开工作年度报告";
    expect(names).toEqual([
      `云岭区气象局/云岭区气象局${title}.txt`,
      `云岭区水务局/云岭区水务局${title}.txt`,
      `云岭区气象局/云岭区气象局${title}（2）.txt`,
      "清单.txt",
    ]);
  });

  test("does not lose the others when one file fails: it is named in the list and in the progress", async () => {
    const make = async (organisation: string, report: SavedReport, kind: DownloadKind): Promise<Rendered> => {
      if (report.report.year === 2022) throw new RangeError(`secret of ${report.report.organisation.name}`);
      if (report.report.year === 2023) return { kind: "slow", message: "生成文件用时过长，已停止。" };
      return download(organisation, report, kind);
    };
    const batches = plain({ make });
    const gone = item(2021, { read: async () => undefined });
    const unreadable = item(2020, { read: () => Promise.reject(new TypeError("damaged")) });
    const id = started(batches, "a", order([item(2024), item(2023), item(2022), gone, unreadable]));
    const state = await ended(batches, "a", id);
    expect(state).toMatchObject({ state: "finished", done: 5, total: 5 });
    expect(state?.failures.map(({ name }) => name)).toEqual([2023, 2022, 2021, 2020].map((year) => `${year}年 纯文本`));
    expect(state?.failures.map(({ reason }) => reason.slice(0, 7))).toEqual([
      "生成文件用时过",
      "生成文件时出错",
      "报告已不存在。",
      "生成文件时出错",
    ]);
    for (const { reason } of state?.failures ?? []) expect(reason).toMatch(/\p{Script=Han}.*。$/u);
    const files = unzipSync(zipOf(batches, "a", id));
    expect(Object.keys(files)).toHaveLength(2);
    expect(listOf(files)).toContain("共5个文件，已生成1个，未生成4个。");
    expect(listOf(files)).toContain("2023年 纯文本：生成文件用时过长，已停止。\r\n");
    const logged = JSON.stringify(vi.mocked(console.error).mock.calls);
    expect(logged).toContain("RangeError");
    expect(logged).not.toContain("secret");
  });

  test("waits while the queue has no room, and goes on when it has", async () => {
    const busy: Rendered = { kind: "busy", message: "暂时排不上队。" };
    let asked = 0;
    const make: typeof download = async (...request) => (++asked < 4 ? busy : download(...request));
    const batches = plain({ make });
    const id = started(batches, "a", order([item(2024)]));
    expect(await ended(batches, "a", id)).toMatchObject({ state: "finished", failures: [] });
    expect(asked).toBe(4);
  });

  test("tells which file is being made, one at a time", async () => {
    const seen: string[] = [];
    let making = 0;
    const make: typeof download = async (...request) => {
      making++;
      expect(making).toBe(1);
      const { current, done, total } = batches.latest("a") ?? {};
      seen.push(`${(done ?? 0) + 1}/${total} ${current}`);
      const made = await download(...request);
      making--;
      return made;
    };
    const batches = plain({ make });
    const id = started(batches, "a", order([item(2024), item(2023)], ["txt", "json"]));
    await ended(batches, "a", id);
    expect(seen).toEqual(["1/4 2024年 纯文本", "2/4 2024年 数据", "3/4 2023年 纯文本", "4/4 2023年 数据"]);
  });
});

describe("batches", () => {
  /** A batch that stays at its first file until the gate opens. */
  function gated() {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const make: typeof download = async (...request) => {
      await gate;
      return download(...request);
    };
    return { open, make };
  }

  test("are cancelled and leave nothing", async () => {
    const { open, make } = gated();
    const batches = plain({ make });
    const id = started(batches, "a", order([item(2024), item(2023)]));
    expect(batches.cancel("a", id)).toBe(true);
    expect(batches.state("a", id)).toMatchObject({ state: "cancelled" });
    open();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(batches.state("a", id)).toMatchObject({ state: "cancelled", done: 0 });
    expect(batches.file("a", id)).toBeUndefined();
    expect(batches.start("a", order([item(2024)]))).toMatchObject({ ok: true });
  });

  test("belong to one organisation, which has one at a time", async () => {
    const { open, make } = gated();
    const batches = plain({ make });
    const id = started(batches, "a", order([item(2024)]));
    expect(batches.start("a", order([item(2023)]))).toMatchObject({
      ok: false,
      message: expect.stringContaining("正在生成"),
    });
    const other = started(batches, "b", order([item(2023)]));
    for (const [organisation, foreign] of [
      ["b", id],
      ["a", other],
      ["c", id],
    ] as const) {
      expect(batches.state(organisation, foreign)).toBeUndefined();
      expect(batches.file(organisation, foreign)).toBeUndefined();
      expect(batches.cancel(organisation, foreign)).toBe(false);
    }
    expect(batches.file("a", id)).toBeUndefined();
    open();
    await ended(batches, "a", id);
    expect(batches.file("a", id)).toBeDefined();
    expect(batches.file("b", id)).toBeUndefined();
  });

  test("expire some time after they have ended", async () => {
    const batches = plain({ kept: 300 });
    const id = started(batches, "a", order([item(2024)]));
    await ended(batches, "a", id);
    expect(batches.file("a", id)).toBeDefined();
    await vi.waitFor(() => expect(batches.state("a", id)).toBeUndefined(), { timeout: 10_000 });
    expect(batches.file("a", id)).toBeUndefined();
  });

  test("take no more memory than there is: one that is too large fails, finished ones of others give way", async () => {
    const pdf = order([item(2024)], ["pdf"]);
    const measured = plain();
    const whole = started(measured, "a", pdf);
    await ended(measured, "a", whole);
    const size = measured.file("a", whole)?.size ?? 0;
    expect(size).toBeGreaterThan(10_000);

    const small = plain({ largest: size / 2 });
    const tooLarge = started(small, "a", pdf);
    expect(await ended(small, "a", tooLarge)).toMatchObject({
      state: "failed",
      message: expect.stringContaining("分几次"),
    });
    expect(small.file("a", tooLarge)).toBeUndefined();

    const tight = plain({ capacity: size * 1.5 });
    const first = started(tight, "a", pdf);
    await ended(tight, "a", first);
    const second = started(tight, "b", pdf);
    expect(await ended(tight, "b", second)).toMatchObject({ state: "finished" });
    expect(tight.state("a", first)).toBeUndefined();
  });

  test("of nothing, and of more than anybody can want, are refused", () => {
    const batches = plain();
    expect(batches.start("a", order([]))).toMatchObject({ ok: false });
    const many = Array.from({ length: 2001 }, () => item(2024));
    expect(batches.start("a", order(many))).toMatchObject({ ok: false, message: expect.stringContaining("过大") });
    expect(batches.latest("a")).toBeUndefined();
  });
});
