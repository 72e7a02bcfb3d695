import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import type { Corrections } from "../checks/corrections.ts";
import type { RegionSum } from "../checks/finding.ts";
import type { Requirements } from "../checks/requirement-pack.ts";
import type { Report } from "../report/report.ts";
import type { CorrectionListKind, Sender } from "./correction-list.ts";
import type { ExportedFile } from "./export.ts";
import type { ExportKind } from "./kinds.ts";
import type { SavedVersion } from "./pack.ts";

/** A file of a report, held against last year's where there is one; `format` is the id. */
export type ReportOrder = { format: string; report: Report; lastYear?: Report } & (
  | { kind: ExportKind }
  | { kind: "pack"; saved: SavedVersion; requirements?: readonly Requirements[]; rollup?: RegionSum }
);

/** What a rendering thread is asked for: a file of a report, or a list of corrections. */
export type RenderOrder =
  | ReportOrder
  | { kind: "corrections"; content: Corrections; sender: Sender; as: CorrectionListKind };

/** What it answers: the whole file, or the error that the renderer threw. */
export type RenderAnswer = { file: ExportedFile } | { error: Pick<Error, "name" | "message" | "stack"> };

/** What becomes of an order; `message` is a finished Chinese sentence. */
export type Rendered = { kind: "file"; file: ExportedFile } | { kind: "busy" | "slow" | "broken"; message: string };

export type ThreadOptions = {
  startWorker: () => Worker;
  /** Longest time for one order in ms, the start of a thread included. */
  patience: number;
  /** Whether every order gets a thread of its own, so that it sees the code as it is now. */
  fresh: boolean;
};

/** How often an order is tried: a second time when its thread was lost. */
const ATTEMPTS = 2;

const slow: Rendered = { kind: "slow", message: "生成文件用时过长，已停止。报告没有改动，请稍后重试。" };
const broken: Rendered = {
  kind: "broken",
  message: "生成文件的程序意外中断，已重试仍未成功。报告没有改动，请稍后重试。",
};

/** One thread that renders, one order at a time. A lost or stopped thread is replaced when the next order comes. */
export class RenderThread {
  readonly #options: ThreadOptions;
  #worker: Worker | undefined;

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  /**
   * Renders the order, which has a time limit and is tried once more when the thread is lost. Rejects with what the
   * renderer itself throws: that would be the same the second time.
   */
  async render(order: RenderOrder): Promise<Rendered> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const outcome = await this.#attempt(order);
      if (outcome === "slow") return slow;
      if (outcome === "lost") continue;
      if ("error" in outcome) throw Object.assign(new Error(), outcome.error);
      return { kind: "file", file: outcome.file };
    }
    return broken;
  }

  /** While it works the thread keeps the process alive, idle it does not. */
  async #attempt(order: RenderOrder): Promise<RenderAnswer | "slow" | "lost"> {
    const worker = this.#running();
    worker.ref();
    const outcome = await this.#outcome(worker, order);
    worker.unref();
    if (typeof outcome === "string" || this.#options.fresh) await this.#stop();
    return outcome;
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = this.#options.startWorker();
    // An error without a listener would end the whole process; errors have a name and a code, no text of a report.
    worker.on("error", (error: NodeJS.ErrnoException | null) =>
      console.error(`a rendering thread failed: ${error?.name} ${error?.code ?? ""}`),
    );
    worker.once("exit", () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    this.#worker = worker;
    return worker;
  }

  async #stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #outcome(worker: Worker, order: RenderOrder): Promise<RenderAnswer | "slow" | "lost"> {
    const over = new AbortController();
    const { signal } = over;
    const lost = () => "lost" as const;
    const outcomes = [
      once(worker, "message", { signal }).then(([answer]) => answer as RenderAnswer, lost),
      once(worker, "exit", { signal }).then(lost, lost),
      setTimeout(this.#options.patience, "slow" as const, { signal }),
    ];
    try {
      worker.postMessage(order);
      return await Promise.race(outcomes);
    } finally {
      over.abort();
    }
  }
}
