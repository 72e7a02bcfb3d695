import { createRequire } from "node:module";
import { join } from "node:path";
import { type EngineEntry, type EngineName, engines } from "./engines.ts";
import { cpuMilliseconds, startMeter } from "./processes.ts";
import { readSubject } from "./subject.ts";

/** What the process is started with. */
export type Setting = { name: EngineName; report: string; peers: string };
/** What it answers: once when it is ready, and after each turn. CPU times in ms. */
export type Ready = { cold: number; file: Uint8Array | undefined };
export type Turn = { cpu: number; resident: number };
export type Failure = { failed: string };

/**
 * One engine in a process of its own, so that none pays for the garbage of another. It does its work once, says what that cost
 * with everything it had to load, and then takes turns: so many runs, and the CPU time of one on average.
 */
async function serve({ name, report, peers }: Setting): Promise<void> {
  const { prepare, size }: EngineEntry = engines[name];
  const run = await prepare(await readSubject(report, size), createRequire(join(peers, "package.json")));
  const file = await run();
  answer({ cold: cpuMilliseconds(), file });
  process.on("message", async (runs: number) => {
    const used = startMeter();
    for (let count = 0; count < runs; count++) await run();
    answer({ cpu: used() / runs, resident: process.memoryUsage.rss() / 1024 / 1024 });
  });
}

const answer = (message: Ready | Turn | Failure) => process.send?.(message);

process.once("disconnect", () => process.exit());
try {
  await serve(JSON.parse(process.argv[2] ?? ""));
} catch (error) {
  answer({ failed: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) });
}
