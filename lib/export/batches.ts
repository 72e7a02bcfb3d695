import { randomUUID } from "node:crypto";
import { type BatchOrder, type BatchProgress, makeBatch } from "./batch.ts";
import { download } from "./download.ts";
import { fileName } from "./file-name.ts";

/** How a batch stands: `failed` carries a finished Chinese sentence, `finished` the size of its ZIP in bytes. */
export type BatchState = BatchProgress & { id: string } & (
    | { state: "running" | "cancelled" }
    | { state: "finished"; name: string; size: number }
    | { state: "failed"; message: string }
  );

/** A finished ZIP; `pieces` are its bytes in order. */
export type BatchFile = { name: string; type: string; size: number; pieces: readonly Uint8Array[] };

export type BatchesOptions = {
  make?: typeof download;
  /** Most bytes of one ZIP and of all that are kept. */
  largest: number;
  capacity: number;
  /** How long a batch is kept once it has ended, in ms. */
  kept: number;
  pause: number;
};

type Job = {
  organisation: string;
  id: string;
  name: string;
  progress: BatchProgress;
  outcome: "running" | "cancelled" | "finished" | "failed";
  message: string;
  pieces: Uint8Array[];
  size: number;
  abort: AbortController;
};

/** Most files of one batch. */
const MOST_FILES = 2_000;
const TOO_LARGE = "这次选择的文件总量过大，没有生成。请减少年度或者文件种类，分几次下载。";
const NOT_MADE = "生成文件时出错，没有完成。请重新下载；仍然不行，请告诉系统管理员。";

/**
 * The batches of this process, in memory. Every one belongs to an organisation, which has one at a time: a new one takes the
 * place of one that has ended. What belongs to another organisation is as absent as what never was.
 */
export class Batches {
  readonly #options: BatchesOptions;
  /** By organisation, the one that began first at the front. */
  readonly #jobs = new Map<string, Job>();

  constructor(options: BatchesOptions) {
    this.#options = options;
  }

  /** Begins a batch in the background. Refused, in Chinese, while another one of the organisation is being made. */
  start(organisation: string, order: BatchOrder): { ok: true; id: string } | { ok: false; message: string } {
    const total = order.reports.length * order.kinds.length;
    if (this.#jobs.get(organisation)?.outcome === "running") {
      return { ok: false, message: "本单位还有一批文件正在生成，请等它完成，或者先取消。" };
    }
    if (total === 0) return { ok: false, message: "没有可以下载的报告，请先选择年度和文件种类。" };
    if (total > MOST_FILES) return { ok: false, message: TOO_LARGE };
    const job: Job = {
      organisation,
      id: randomUUID(),
      name: fileName(order.title, "zip"),
      progress: { done: 0, total, current: "", failures: [] },
      outcome: "running",
      message: "",
      pieces: [],
      size: 0,
      abort: new AbortController(),
    };
    this.#jobs.delete(organisation);
    this.#jobs.set(organisation, job);
    void this.#work(job, order);
    return { ok: true, id: job.id };
  }

  /** The organisation's batch, if there is one. */
  latest(organisation: string): BatchState | undefined {
    const job = this.#jobs.get(organisation);
    return job && stateOf(job);
  }

  state(organisation: string, id: string): BatchState | undefined {
    const job = this.#find(organisation, id);
    return job && stateOf(job);
  }

  /** Stops a batch, and forgets what it has made. Returns whether there is such a batch. */
  cancel(organisation: string, id: string): boolean {
    const job = this.#find(organisation, id);
    if (!job) return false;
    job.abort.abort();
    if (job.outcome === "running") this.#end(job, "cancelled", "");
    return true;
  }

  /** The finished ZIP; undefined as long as it is not, and when it is no more. */
  file(organisation: string, id: string): BatchFile | undefined {
    const job = this.#find(organisation, id);
    if (job?.outcome !== "finished") return undefined;
    return { name: job.name, type: "application/zip", size: job.size, pieces: job.pieces };
  }

  #find(organisation: string, id: string): Job | undefined {
    const job = this.#jobs.get(organisation);
    return job?.id === id ? job : undefined;
  }

  async #work(job: Job, order: BatchOrder): Promise<void> {
    const { make = download, pause } = this.#options;
    try {
      const result = await makeBatch(order, {
        make: (report, kind) => make(job.organisation, report, kind),
        onProgress: (progress) => {
          job.progress = progress;
        },
        onPiece: (piece) => this.#keep(job, piece),
        signal: job.abort.signal,
        pause,
      });
      if (job.outcome !== "running") return;
      if (result === "whole") this.#end(job, "finished", "");
      else this.#end(job, "failed", TOO_LARGE);
    } catch (error) {
      console.error(`a batch failed: ${error instanceof Error ? error.name : "unknown"}`);
      if (job.outcome === "running") this.#end(job, "failed", NOT_MADE);
    }
  }

  /** Keeps a piece, for which finished batches of others give way, the oldest first. False when there is no room. */
  #keep(job: Job, piece: Uint8Array): boolean {
    const { largest, capacity } = this.#options;
    if (job.outcome !== "running" || job.size + piece.byteLength > largest) return false;
    for (const other of [...this.#jobs.values()]) {
      if (this.#size() + piece.byteLength <= capacity) break;
      if (other.outcome === "finished") this.#forget(other);
    }
    if (this.#size() + piece.byteLength > capacity) return false;
    job.pieces.push(piece);
    job.size += piece.byteLength;
    return true;
  }

  #size = (): number => [...this.#jobs.values()].reduce((all, { size }) => all + size, 0);

  #end(job: Job, outcome: Exclude<Job["outcome"], "running">, message: string): void {
    Object.assign(job, { outcome, message });
    if (outcome !== "finished") Object.assign(job, { pieces: [], size: 0 });
    setTimeout(() => this.#forget(job), this.#options.kept).unref();
  }

  #forget(job: Job): void {
    if (this.#jobs.get(job.organisation) === job) this.#jobs.delete(job.organisation);
  }
}

function stateOf({ id, outcome, progress, message, name, size }: Job): BatchState {
  switch (outcome) {
    case "running":
    case "cancelled":
      return { ...progress, id, state: outcome };
    case "finished":
      return { ...progress, id, state: outcome, name, size };
    case "failed":
      return { ...progress, id, state: outcome, message };
  }
}

const MEBIBYTE = 1024 * 1024;
const MINUTE = 60_000;
const settings: BatchesOptions = {
  largest: 128 * MEBIBYTE,
  capacity: 256 * MEBIBYTE,
  kept: 30 * MINUTE,
  pause: 2_000,
};

const shared = globalThis as { batches?: Batches };

/** The batches of this process: one list, although its routes and pages are bundled apart. */
export function batches(): Batches {
  shared.batches ??= new Batches(settings);
  return shared.batches;
}
