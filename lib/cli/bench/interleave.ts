import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Failure, Ready, Setting, Turn } from "./engine-process.ts";
import type { EngineName } from "./engines.ts";

/** What an engine needs; CPU times in ms. */
export type Measured = {
  kind: "measured";
  /** The first run with everything that had to be loaded. */
  cold: number;
  /** Of one run, turn by turn. */
  warm: number[];
  file: Uint8Array | undefined;
  /** Resident memory of its own process in MB. */
  resident: number;
};
/** Or why it could not be measured. */
export type Figures = Measured | { kind: "missing"; reason: string };

/** Turns of every engine that are counted. */
const TURNS = 9;
/** CPU time in ms for which an engine runs before it is measured, so that its code is compiled, and in one turn at least. */
const TIME = { warmUp: 1500, turn: 150 };

type Running = { name: EngineName; process: ChildProcess; ready: Ready; runs: number; turns: Turn[] };

/**
 * Starts a process for each engine, and lets them take turns: one after the other, again and again, so that what else
 * the machine does falls on all of them alike. Engines that wait use no time.
 */
export async function interleave(settings: readonly Setting[]): Promise<Map<EngineName, Figures>> {
  const figures = new Map<EngineName, Figures>();
  const running: Running[] = [];
  try {
    for (const setting of settings) {
      const engine = await start(setting);
      if ("failed" in engine) figures.set(setting.name, { kind: "missing", reason: engine.failed });
      else running.push(engine);
    }
    for (let turn = 0; turn < TURNS; turn++) {
      for (const engine of running) engine.turns.push(await takeTurn(engine.process, engine.runs));
    }
    for (const { name, ready, turns } of running) {
      const resident = Math.max(...turns.map((turn) => turn.resident));
      figures.set(name, { kind: "measured", ...ready, warm: turns.map(({ cpu }) => cpu), resident });
    }
  } finally {
    for (const engine of running) await stop(engine.process);
  }
  return figures;
}

/** CPU time of the first run in a fresh process, ms; undefined when it fails. */
export async function coldStart(setting: Setting): Promise<number | undefined> {
  const child = launch(setting);
  const ready = await reply<Ready>(child);
  await stop(child);
  return "failed" in ready ? undefined : ready.cold;
}

async function start(setting: Setting): Promise<Running | Failure> {
  const child = launch(setting);
  const ready = await reply<Ready>(child);
  if ("failed" in ready) {
    await stop(child);
    return ready;
  }
  let last = Number.NaN;
  for (let time = 0; time < TIME.warmUp; time += last) ({ cpu: last } = await takeTurn(child, 1));
  return { name: setting.name, process: child, ready, runs: Math.max(1, Math.round(TIME.turn / last)), turns: [] };
}

/** As in the server, libraries are to leave out what helps developers only. */
const launch = (setting: Setting): ChildProcess =>
  fork(join(import.meta.dirname, "engine-process.ts"), [JSON.stringify(setting)], {
    serialization: "advanced",
    env: { ...process.env, NODE_ENV: "production" },
  });

async function takeTurn(child: ChildProcess, runs: number): Promise<Turn> {
  child.send(runs);
  const turn = await reply<Turn>(child);
  if ("failed" in turn) throw new Error(turn.failed);
  return turn;
}

async function reply<Message>(child: ChildProcess): Promise<Message | Failure> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const lost = once(child, "exit", { signal }).then(([code]) => [{ failed: `its process ended with ${code}` }]);
  lost.catch(() => undefined);
  const [message] = (await Promise.race([once(child, "message", { signal }), lost])) as [Message | Failure];
  waiting.abort();
  return message;
}

/** The process ends itself, and what it has started, when nobody listens any more. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.disconnect();
  await ended;
}
