import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { ExportedFile } from "./export.ts";
import { FairQueue } from "./fair-queue.ts";
import { RecentFiles } from "./recent-files.ts";
import { type Rendered, type RenderOrder, RenderThread, type ThreadOptions } from "./render-thread.ts";

export type PoolOptions = ThreadOptions & {
  threads: number;
  /** Most orders that wait, of all organisations and of one. */
  capacity: number;
  share: number;
  /** Bytes of finished files that are kept to be given again. */
  kept: number;
};

type Job = { order: RenderOrder; settle: (rendered: Rendered | Promise<Rendered>) => void };

const busy: Rendered = { kind: "busy", message: "正在生成的文件较多，暂时排不上队。报告没有改动，请稍后重试。" };

/** A few threads that render files in the order of a fair queue. */
export class RenderPool {
  readonly #queue: FairQueue<Job>;
  readonly #kept: RecentFiles<ExportedFile>;
  readonly #idle: RenderThread[];
  /** Orders that wait or are being rendered, by their content. */
  readonly #pending = new Map<string, Promise<Rendered>>();

  constructor(options: PoolOptions) {
    this.#queue = new FairQueue(options);
    this.#kept = new RecentFiles(options.kept);
    this.#idle = Array.from({ length: options.threads }, () => new RenderThread(options));
  }

  /**
   * The file, rendered once however many ask for the same content. Its bytes are shared: nobody may change them. Rejects
   * with what the renderer throws.
   */
  async render(organisation: string, order: RenderOrder): Promise<Rendered> {
    const key = contentKey(order);
    const file = this.#kept.get(key);
    if (file) return { kind: "file", file };
    return this.#pending.get(key) ?? this.#enqueue(organisation, order, key);
  }

  async #enqueue(organisation: string, order: RenderOrder, key: string): Promise<Rendered> {
    const rendered = new Promise<Rendered>((settle) => {
      if (!this.#queue.add(organisation, { order, settle })) settle(busy);
    });
    this.#pending.set(key, rendered);
    this.#wake();
    try {
      const outcome = await rendered;
      if (outcome.kind === "file") this.#kept.put(key, outcome.file);
      return outcome;
    } finally {
      this.#pending.delete(key);
    }
  }

  #wake(): void {
    const thread = this.#idle.pop();
    if (thread) void this.#work(thread);
  }

  async #work(thread: RenderThread): Promise<void> {
    for (let job = this.#queue.take(); job; job = this.#queue.take()) {
      const rendered = thread.render(job.order);
      job.settle(rendered);
      await rendered.catch(() => undefined);
    }
    this.#idle.push(thread);
  }
}

const contentKey = (order: RenderOrder): string => createHash("sha256").update(JSON.stringify(order)).digest("base64");

const MEBIBYTE = 1024 * 1024;

/** Most memory for the data of one thread, in MiB; a thread that needs more is lost, the process is not. */
const THREAD_MEMORY = 512;

/** The URL is written out here, where the bundler finds it; under plain Node it is the source file itself. */
const startWorker = (): Worker =>
  new Worker(new URL("./render-worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: THREAD_MEMORY },
  });

/** In development nothing outlives an order: it would be of the code as it was. */
const inDevelopment = process.env.NODE_ENV === "development";

const settings: PoolOptions = {
  startWorker,
  threads: availableParallelism() > 2 ? 2 : 1,
  capacity: 400,
  share: 300,
  patience: 60_000,
  kept: inDevelopment ? 0 : 64 * MEBIBYTE,
  fresh: inDevelopment,
};

const shared = globalThis as { renderPool?: RenderPool };

/** The pool of this process: one, although routes and the start of the server are bundled apart. */
export function renderPool(): RenderPool {
  shared.renderPool ??= new RenderPool(settings);
  return shared.renderPool;
}
