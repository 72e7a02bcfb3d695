import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { ReadResult } from "./read.ts";
import { refused } from "./refusals.ts";
import { unwired } from "./wire.ts";

/** Memory for the data of one reading process, in MiB, and its time in ms, its start included. */
const MEMORY = 256;
const PATIENCE = 10_000;
/** Processes that read at the same time. */
export const AT_ONCE = 2;
/** Files that may wait; each is held in memory. */
const MOST_WAITING = 12;

/**
 * Reads a report from a file of strangers, in a process of its own that has little memory, little time and no access but
 * to the program itself. Whatever the file does to that process, here it is a refusal in Chinese.
 */
export async function readUntrusted(bytes: Uint8Array): Promise<ReadResult> {
  const queue = turns();
  if (queue.waiting.length >= MOST_WAITING) return refused("busy");
  if (queue.reading >= AT_ONCE) await new Promise<void>((next) => queue.waiting.push(next));
  else queue.reading += 1;
  try {
    return await readInProcess(bytes);
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

async function readInProcess(bytes: Uint8Array): Promise<ReadResult> {
  const reader = startReader();
  const over = new AbortController();
  const { signal } = over;
  const crashed = () => refused("crashed");
  const outcomes = [
    once(reader, "message", { signal }).then(([sent]) => unwired(sent), crashed),
    once(reader, "exit", { signal }).then(crashed, crashed),
    setTimeout(PATIENCE, refused("slow"), { signal }),
  ];
  try {
    reader.send(bytes, () => undefined);
    return await Promise.race(outcomes);
  } finally {
    over.abort();
    reader.kill("SIGKILL");
  }
}

/**
 * The source file itself is run, in development, in the built application and under plain Node alike: the sources are
 * always there. The process gets none of our environment and may read nothing but the program.
 */
function startReader(): ChildProcess {
  const root = programRoot();
  const reader = fork(join(root, "lib/import/read-process.ts"), {
    env: { NODE_ENV: "production" },
    execArgv: [
      `--max-old-space-size=${MEMORY}`,
      "--permission",
      `--allow-fs-read=${root}`,
      "--disable-warning=ExperimentalWarning",
    ],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  reader.on("error", () => undefined);
  return reader;
}

/** Under plain Node this file tells where the program is; a bundle of it is elsewhere, but runs from the program's folder. */
function programRoot(): string {
  const beside = join(import.meta.dirname, "../..");
  return existsSync(join(beside, "lib/import/read-process.ts")) ? beside : process.cwd();
}
