import { readdirSync, readFileSync } from "node:fs";

/** The clock of /proc ticks a hundred times a second on every Linux; one tick in ms. */
const TICK = 10;
/** Places behind the name in /proc/…/stat (proc(5)): parent, own time, time of children that have ended. */
const PLACE = { parent: 1, user: 11, system: 12, endedUser: 13, endedSystem: 14 } as const;

/** CPU time in ms, user and system, that this process and everything it has started have used since it began. */
export const cpuMilliseconds = (): number => own() + cpuBelow(process.pid);

/** Starts measuring the same; the reading costs time itself, which is not counted. */
export function startMeter(): () => number {
  const children = cpuBelow(process.pid);
  const before = own();
  return () => {
    const used = own() - before;
    return used + cpuBelow(process.pid) - children;
  };
}

function own(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** CPU time of another process and everything below it since it began, in steps of 10 ms. */
export const cpuOf = (pid: number): number => ticks(pid, PLACE.user, PLACE.system) * TICK + cpuBelow(pid);

/** Resident memory in MB of a process and everything below it. */
export const residentMegabytes = (pid: number): number =>
  [pid, ...below(pid)].reduce((all, id) => all + Number(/VmRSS:\s+(\d+)/.exec(read(id, "status"))?.[1] ?? 0), 0) / 1024;

/** Of everything below a process, what has ended and was waited for included. */
function cpuBelow(pid: number): number {
  const running = below(pid);
  const ended = [pid, ...running].map((id) => ticks(id, PLACE.endedUser, PLACE.endedSystem));
  return TICK * [...ended, ...running.map((id) => ticks(id, PLACE.user, PLACE.system))].reduce((a, b) => a + b, 0);
}

/** The running processes below a process. */
function below(pid: number): number[] {
  const all = readdirSync("/proc").map(Number).filter(Boolean);
  const parents = new Map(all.map((id) => [id, stat(id)[PLACE.parent]]));
  const found = [pid];
  for (const parent of found) found.push(...all.filter((id) => parents.get(id) === parent));
  return found.slice(1);
}

const ticks = (pid: number, ...places: number[]): number =>
  places.reduce((all, place) => all + (stat(pid)[place] ?? 0), 0);
const stat = (pid: number): number[] =>
  read(pid, "stat")
    .replace(/^.*\) /s, "")
    .split(" ")
    .map(Number);

/** Empty for a process that is gone. */
function read(pid: number, file: "stat" | "status"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
