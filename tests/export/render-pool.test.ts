import { Worker } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type PoolOptions, RenderPool } from "../../lib/export/render-pool.ts";
import type { ReportOrder } from "../../lib/export/render-thread.ts";
import { emptyReport } from "../../lib/report/schema.ts";
import { formats } from "../../templates/index.ts";

/**
 * A real thread that makes no documents: it answers with the opening of the report, or does what the opening says. Every
 * order it is given is counted in memory that all threads of a test share.
 */
const obedient = `
  const { parentPort, workerData } = require("node:worker_threads");
  const counters = new Int32Array(workerData);
  parentPort.on("message", ({ report: { opening } }) => {
    const before = Atomics.add(counters, 0, 1);
    if (opening === "hang") for (;;) {}
    if (opening === "exit") process.exit(1);
    if (opening === "exit once" && before === 0) process.exit(1);
    if (opening === "throw once" && before === 0) throw new TypeError("outside of the renderer");
    if (opening === "memory") { const much = []; for (;;) much.push(new Array(1e5).fill({ much })); }
    if (opening === "refuse") return parentPort.postMessage({ error: { name: "RangeError", message: "no", stack: "" } });
    if (opening === "gate") Atomics.wait(counters, 1, 0);
    const bytes = new TextEncoder().encode(opening);
    parentPort.postMessage({ file: { name: "a.pdf", type: "application/pdf", bytes } });
  });`;

const [format] = formats;
if (!format) throw new Error("there are formats");
const report = emptyReport(format, format.years.from, { name: "云岭区档案馆" });
const order = (opening: string): ReportOrder => ({ format: format.id, report: { ...report, opening }, kind: "pdf" });

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

function obedientPool(changes: Partial<PoolOptions> = {}) {
  const counters = new Int32Array(new SharedArrayBuffer(8));
  const workers: Worker[] = [];
  const startWorker = () => {
    const resourceLimits = { maxOldGenerationSizeMb: 32 };
    const worker = new Worker(obedient, { eval: true, workerData: counters.buffer, resourceLimits });
    workers.push(worker);
    return worker;
  };
  const sizes = { threads: 1, capacity: 10, share: 10, patience: 60_000, kept: 1000, fresh: false };
  const pool = new RenderPool({ startWorker, ...sizes, ...changes });
  /** What comes of an order: the text of its file, or why there is none. */
  const ask = async (opening: string, organisation = "a"): Promise<string> => {
    const rendered = await pool.render(organisation, order(opening));
    return rendered.kind === "file" ? new TextDecoder().decode(rendered.file.bytes) : rendered.kind;
  };
  const openGate = () => {
    Atomics.store(counters, 1, 1);
    Atomics.notify(counters, 1);
  };
  return { pool, workers, ask, openGate, orders: () => Atomics.load(counters, 0) };
}

describe("rendering on other threads", () => {
  test("one thread serves order after order", async () => {
    const { ask, workers } = obedientPool();
    expect(await Promise.all(["一", "二", "三"].map((text) => ask(text)))).toEqual(["一", "二", "三"]);
    expect(workers.length).toBe(1);
  });

  test("the same content is rendered once, while it waits and afterwards", async () => {
    const { ask, orders, openGate } = obedientPool();
    const asked = [ask("gate"), ask("一"), ask("一", "b"), ask("gate", "b")];
    openGate();
    expect(await Promise.all(asked)).toEqual(["gate", "一", "一", "gate"]);
    expect(await ask("一")).toBe("一");
    expect(orders()).toBe(2);
  });

  test("another kind of the same report is another file", async () => {
    const { pool, orders } = obedientPool();
    await Promise.all([pool.render("a", order("一")), pool.render("a", { ...order("一"), kind: "docx" })]);
    expect(orders()).toBe(2);
  });

  test("files are kept within bounds only", async () => {
    const { ask, orders } = obedientPool({ kept: 10 });
    await ask("12345678");
    await ask("abcdefgh");
    await ask("12345678");
    expect(orders()).toBe(3);
  });

  test("organisations take turns", async () => {
    const { ask, openGate } = obedientPool();
    const done: string[] = [];
    const asked = ["gate", "a1", "a2", "a3", "b1", "b2"].map(async (text) => {
      done.push(await ask(text, text.charAt(0)));
    });
    openGate();
    await Promise.all(asked);
    expect(done).toEqual(["gate", "a1", "b1", "a2", "b2", "a3"]);
  });

  test("whoever finds the queue full is told so in Chinese, and what waits is still served", async () => {
    const { pool, ask, openGate } = obedientPool({ capacity: 2 });
    const asked = ["gate", "一", "二"].map((text) => ask(text));
    const refused = await pool.render("b", order("三"));
    expect(refused).toMatchObject({ kind: "busy", message: expect.stringMatching(/^[\p{Script=Han}，。]+$/u) });
    openGate();
    expect(await Promise.all(asked)).toEqual(["gate", "一", "二"]);
    expect(await ask("三", "b")).toBe("三");
  });

  test.each(["exit once", "throw once"])(
    "an order whose thread is lost is tried again on a new one: %s",
    async (text) => {
      const { ask, orders, workers } = obedientPool();
      expect(await ask(text)).toBe(text);
      expect([orders(), workers.length]).toEqual([2, 2]);
    },
  );

  test("a lost thread is logged without the words of its error, which may quote a report", async () => {
    const { ask } = obedientPool();
    await ask("throw once");
    expect(vi.mocked(console.error).mock.calls).toEqual([["a rendering thread failed: TypeError "]]);
  });

  test("an order that loses its thread twice is given up in Chinese, and the next one is served", async () => {
    const { pool, ask, orders } = obedientPool();
    const [lost, next] = await Promise.all([pool.render("a", order("exit")), ask("二")]);
    expect(lost).toMatchObject({ kind: "broken", message: expect.stringContaining("已重试") });
    expect(next).toBe("二");
    expect(orders()).toBe(3);
  });

  test("an order that needs too much memory ends its thread and not the process", async () => {
    const { ask } = obedientPool();
    expect(await ask("memory")).toBe("broken");
    expect(await ask("二")).toBe("二");
  });

  test("an order that takes too long is stopped, not tried again, and the next one is served", async () => {
    const { pool, ask, orders, workers } = obedientPool({ patience: 500 });
    const [late, next] = await Promise.all([pool.render("a", order("hang")), ask("二")]);
    expect(late).toMatchObject({ kind: "slow", message: expect.stringContaining("用时过长") });
    expect(next).toBe("二");
    expect([orders(), workers.length]).toEqual([2, 2]);
  });

  test("a thread that is terminated in the middle of an order is replaced, and the order is answered whole", async () => {
    const { workers, ask, openGate, orders } = obedientPool();
    const asked = ask("gate");
    await expect.poll(orders, { timeout: 10_000 }).toBe(1);
    await workers[0]?.terminate();
    openGate();
    expect(await asked).toBe("gate");
    expect([orders(), workers.length]).toEqual([2, 2]);
  });

  test("what the renderer throws comes back as it is and is not tried again", async () => {
    const { ask, orders, workers } = obedientPool();
    await expect(ask("refuse")).rejects.toMatchObject({ name: "RangeError", message: "no" });
    expect(await ask("二")).toBe("二");
    expect([orders(), workers.length]).toEqual([2, 1]);
  });

  test("threads work side by side where there are several", async () => {
    const { ask, openGate, workers } = obedientPool({ threads: 2 });
    const gated = ask("gate");
    expect(await ask("二")).toBe("二");
    openGate();
    expect(await gated).toBe("gate");
    expect(workers.length).toBe(2);
  });

  test("in development every order sees the code as it is now", async () => {
    const { ask, workers } = obedientPool({ fresh: true });
    await ask("一");
    await ask("二");
    expect(workers.length).toBe(2);
  });
});
