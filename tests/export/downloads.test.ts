import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { download } from "../../lib/export/download.ts";
import { exportReport } from "../../lib/export/export.ts";
import { downloadKinds, type ExportKind } from "../../lib/export/kinds.ts";
import { RenderPool, renderPool } from "../../lib/export/render-pool.ts";
import type { Rendered } from "../../lib/export/render-thread.ts";
import { isWarm, warmUp } from "../../lib/export/warm-up.ts";
import type { Format } from "../../lib/report/format.ts";
import { closeDatabase } from "../../lib/store/database.ts";
import { createReport, saveEdits } from "../../lib/store/reports.ts";
import { formats } from "../../templates/index.ts";
import { docxText } from "../documents/read-docx.ts";
import { pdfText } from "../documents/read-pdf.ts";
import { sampleReport } from "../documents/reports.ts";
import { actorIn, organisationNamed } from "../store/actors.ts";

const saved = { version: 1, savedAt: 0 };
const MEBIBYTE = 1024 * 1024;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "downloads-"));
  delete process.env.DATABASE_URL;
  process.env.DATA_DIR = folder;
});
afterAll(async () => {
  await closeDatabase();
  rmSync(folder, { recursive: true, force: true });
});

const opening = (number: number) => `第${number}份报告的开头。`;
const files = Array.from({ length: 200 }, (_, number) => {
  const format = formats[number % formats.length];
  if (!format) throw new Error("there are formats");
  const kind: ExportKind = number % 4 < 2 ? "docx" : "pdf";
  return { number, format, kind, report: sampleReport(format, { opening: opening(number) }) };
});

test("two hundred downloads asked for at once are all delivered whole, and saving goes on", async () => {
  const before = process.memoryUsage().rss;
  const { result: delivered, saves } = await whileSaving(() =>
    Promise.all(
      files.map(({ number, format, report, kind }) => download(`${number % 5}`, { format, report, saved }, kind)),
    ),
  );

  expect(saves).toBeGreaterThan(20);
  expect(process.memoryUsage().rss - before).toBeLessThan(1024 * MEBIBYTE);
  const bytes = delivered.map((rendered) => (rendered.kind === "file" ? rendered.file.bytes : new Uint8Array()));
  const starts = bytes.map((file) => new TextDecoder().decode(file.subarray(0, 4)));
  expect(starts).toEqual(files.map(({ kind }) => (kind === "pdf" ? "%PDF" : "PK\u0003\u0004")));
  const sample = files.filter(({ number }) => number % 23 === 0);
  expect(new Set(sample.map(({ kind }) => kind)).size).toBe(2);
  for (const { number, kind } of sample) {
    const file = bytes[number] ?? new Uint8Array();
    expect(kind === "pdf" ? pdfText(file) : docxText(file)).toContain(opening(number));
  }
});

/** Saves one report after another until the work is done. */
async function whileSaving<Result>(work: () => Promise<Result>): Promise<{ result: Result; saves: number }> {
  const clerk = actorIn(await organisationNamed("云岭区档案馆"));
  const created = await createReport(clerk, formats[0]?.years.from ?? 0);
  if (created.kind !== "created") throw new Error(`there is no report: ${created.kind}`);
  let done = false;
  const working = work().finally(() => {
    done = true;
  });
  let version = 1;
  while (!done) {
    const edits = [{ path: "opening", value: `第${version}次保存。` }];
    const save = { baseVersion: version, operationId: crypto.randomUUID(), edits };
    const saved = await saveEdits(clerk, created.id, save);
    if (saved.kind !== "saved") throw new Error(`a save was answered ${saved.kind}`);
    version = saved.version;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { result: await working, saves: version - 1 };
}

test.each(formats)("a download in the format $id is the file that is exported directly", async (format) => {
  const report = sampleReport(format, { opening: "与直接导出的文件相同。" });
  for (const kind of ["docx", "pdf", "html", "txt", "json"] as const) {
    const direct = await exportReport(format, report, kind);
    const rendered = await download("a", { format, report, saved }, kind);
    expect(rendered).toMatchObject({ kind: "file", file: { name: direct.name, type: direct.type } });
    expect(rendered).toMatchObject({ file: { bytes: new Uint8Array(direct.bytes) } });
  }
});

describe("a thread that is killed", () => {
  /** The pool as it is in production, but with threads that the test can kill. */
  function killablePool() {
    const workers: Worker[] = [];
    const startWorker = () => {
      const worker = new Worker(new URL("../../lib/export/render-worker.ts", import.meta.url));
      workers.push(worker);
      return worker;
    };
    const sizes = { threads: 1, capacity: 10, share: 10, patience: 60_000, kept: 0, fresh: false };
    return { pool: new RenderPool({ startWorker, ...sizes }), workers };
  }
  const [format] = formats;
  if (!format) throw new Error("there are formats");
  const report = sampleReport(format, { opening: opening(1).repeat(4000) });

  async function expectWhole(rendered: Rendered, kind: ExportKind): Promise<void> {
    const direct = await exportReport(format as Format, report, kind);
    expect(rendered).toMatchObject({ kind: "file", file: { bytes: new Uint8Array(direct.bytes) } });
  }

  test.each(["docx", "pdf"] as const)("while it starts is replaced, and the whole %s is made", async (kind) => {
    const { pool, workers } = killablePool();
    const asked = pool.render("a", { format: format.id, report, kind });
    await once(workers[0] as Worker, "online");
    await workers[0]?.terminate();
    await expectWhole(await asked, kind);
    expect(workers).toHaveLength(2);
  });

  test("in the middle of a long PDF is replaced, and the whole PDF is made", async () => {
    const { pool, workers } = killablePool();
    await pool.render("a", { format: format.id, report: sampleReport(format), kind: "pdf" });
    const before = workers[0]?.performance.eventLoopUtilization();
    const asked = pool.render("a", { format: format.id, report, kind: "pdf" });
    const isWorking = () => (workers[0]?.performance.eventLoopUtilization(before).active ?? 0) > 1;
    await expect.poll(isWorking, { interval: 1, timeout: 10_000 }).toBe(true);
    await workers[0]?.terminate();
    await expectWhole(await asked, "pdf");
    expect(workers).toHaveLength(2);
  });
});

test("samples for the first download can be rendered in every format", async () => {
  const orders: string[] = [];
  const render: RenderPool["render"] = async (organisation, order) => {
    expect(isWarm()).toBe(false);
    const rendered = await renderPool().render(organisation, order);
    orders.push(`${"format" in order && order.format} ${order.kind} ${rendered.kind}`);
    return rendered;
  };
  expect(isWarm()).toBe(true);
  await warmUp({ render });
  expect(isWarm()).toBe(true);
  const kinds = downloadKinds.filter((kind) => !["html", "txt", "json"].includes(kind));
  const expected = formats.flatMap(({ id }) => kinds.map((kind) => `${id} ${kind} file`));
  expect([...new Set(orders)].sort()).toEqual(expected.sort());
});
