import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { ReadResult } from "./read.ts";
import { type Refused, refused } from "./refusals.ts";
import { type RowsRead, unreadSheet } from "./rows.ts";
import { type ReadingOrder, unwired, unwiredRows } from "./wire.ts";

/** Memory for the data of one reading process, in MiB; its time for a file, and to start on a busy machine, in ms. */
const MEMORY = 256;
const PATIENCE = 10_000;
const START = 30_000;
/** What a reading process runs, below the folder of the program. */
const READER = "lib/import/read-process.ts";
/** Processes that read at the same time. */
export const AT_ONCE = 2;
/** Files that may wait; each is held in memory. */
const MOST_WAITING = 12;

/**
 * Reads a report from a file of strangers, in a process of its own that has little memory, little time and no access but
 * to the program itself. Whatever the file does to that process, here it is a refusal in Chinese.
 */
export const readUntrusted = (bytes: Uint8Array): Promise<ReadResult> => inTurn({ read: "report", bytes }, unwired);

/** Reads the rows of the first sheet of a file of strangers, likewise. */
export const readRowsUntrusted = async (bytes: Uint8Array): Promise<RowsRead> => {
  const result = await inTurn({ read: "rows", bytes }, unwiredRows);
  return result.ok ? result : unreadSheet(result);
};

type Unwire<Result> = (sent: unknown) => Result;

async function inTurn<Result>(order: ReadingOrder, unwire: Unwire<Result>): Promise<Result | Refused> {
  const queue = turns();
  if (queue.waiting.length >= MOST_WAITING) return refused("busy");
  if (queue.reading >= AT_ONCE) await new Promise<void>((next) => queue.waiting.push(next));
  else queue.reading += 1;
  try {
    return await readInProcess(order, unwire);
  } finally {
    const next = queue.waiting.shift();
    if (next) next();
    else queue.reading -= 1;
  }
}

type Turns = { reading: number; waiting: (() => void)[] };
const shared = globalThis as { importTurns?: Turns };

/** One queue for the whole process, although routes are bundled apart. */
function turns(): Turns {
  shared.importTurns ??= { reading: 0, waiting: [] };
  return shared.importTurns;
}

/**
 * A process that ends without a word may have been ended by the machine and not by the file: it is asked once more, for as
 * long as the file has time left.
 */
async function readInProcess<Result>(order: ReadingOrder, unwire: Unwire<Result>): Promise<Result | Refused> {
  const since = performance.now();
  const first = await askReader(order, unwire, PATIENCE);
  if (first === "late") return refused("slow");
  if (first !== "lost") return first;
  const second = await askReader(order, unwire, Math.max(0, PATIENCE - (performance.now() - since)));
  return second === "late" || second === "lost" ? refused("crashed") : second;
}

async function askReader<Result>(
  order: ReadingOrder,
  unwire: Unwire<Result>,
  patience: number,
): Promise<Result | Refused | "late" | "lost"> {
  const reader = startReader();
  const over = new AbortController();
  const { signal } = over;
  const lost = () => "lost" as const;
  const answer = async (): Promise<Result | Refused | "late"> => {
    await Promise.race([once(reader, "message", { signal }), setTimeout(START, undefined, { signal })]);
    reader.send(order, () => undefined);
    const sent = once(reader, "message", { signal }).then(([result]) => unwire(result));
    return Promise.race([sent, setTimeout(patience, "late" as const, { signal })]);
  };
  try {
    // Not its exit, which may be told before the answer that it gave just then: the channel closes after the last message.
    return await Promise.race([answer().catch(lost), once(reader, "disconnect", { signal }).then(lost, lost)]);
  } finally {
    over.abort();
    reader.kill("SIGKILL");
  }
}

/**
 * The source file itself is run, in development, in the built application and under plain Node alike: the sources are
 * always there. The process gets none of our environment and may read nothing but the program. (Not `fork`: the bundler
 * would look for a module of that name.)
 */
function startReader(): ChildProcess {
  const root = programRoot();
  const limits = [`--max-old-space-size=${MEMORY}`, "--permission", `--allow-fs-read=${root}`];
  const reader = spawn(process.execPath, [...limits, join(root, READER)], {
    env: { NODE_ENV: "production" },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  reader.on("error", () => undefined);
  reader.once("exit", (code, signal) => {
    if (code !== 0 && signal !== "SIGKILL") console.error(`a reading process ended with ${code ?? signal}`);
  });
  return reader;
}

/** This file tells where the program is; where a bundle of it does not, the program was started from its folder. */
function programRoot(): string {
  const beside = join(dirname(fileURLToPath(import.meta.url)), "../..");
  return existsSync(join(beside, READER)) ? beside : process.cwd();
}
