import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Edit } from "../../report/edits.ts";
import type { Report } from "../../report/report.ts";
import { cpuOf, residentMegabytes } from "./processes.ts";

/** The application as `npm start` serves it, with a data folder and a free port of its own. */
export type Server = {
  origin: string;
  /** The session of its first user, in the shape that a browser of Playwright takes. */
  cookie: { name: string; value: string; url: string };
  /** CPU time in ms used so far. */
  cpu(): number;
  /** Resident memory in MB. */
  resident(): number;
  /** 99th percentile of the event loop's delay in ms, since this was last asked. */
  loopDelay(): Promise<number>;
  stop(): Promise<void>;
};

/** How long a start may take, a build before it included, and how often it is asked for, in ms. */
const START = { patience: 300_000, interval: 100 };
/**
 * Starts a server for the organisation and waits until it answers and has rendered what it renders ahead of the first
 * download.
 */
export async function startServer(organisation: string): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "annual-report-bench-"));
  const port = await freePort();
  const child = spawn(
    process.execPath,
    ["--import", new URL("./event-loop-probe.ts", import.meta.url).href, "lib/cli/start.ts"],
    {
      env: { ...process.env, DATA_DIR: folder, PORT: String(port), HOST: "127.0.0.1", DATABASE_URL: "" },
      stdio: ["ignore", "pipe", "inherit", "ipc"],
      detached: true,
    },
  );
  const pid = child.pid ?? 0;
  const removeData = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", removeData);
  const stop = async () => {
    await kill(child);
    process.off("exit", removeData);
    removeData();
  };
  const origin = `http://127.0.0.1:${port}`;
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const server: Server = {
    origin,
    cookie: { name: "", value: "", url: origin },
    cpu: () => cpuOf(pid),
    resident: () => residentMegabytes(pid),
    loopDelay: async () => {
      child.send("delay");
      const [delay] = await once(child, "message");
      return delay;
    },
    stop,
  };
  try {
    await ready(server.origin);
    const token = /\/setup#(\S+)/.exec(output)?.[1] ?? "";
    const password = `Aa1-${crypto.randomUUID()}`;
    const first = { token, organisation, username: "bench", name: "李明", password };
    const answer = await request(server, "/api/setup", "POST", first);
    const [name = "", value = ""] = answer.headers.get("set-cookie")?.split(";")[0]?.split("=") ?? [];
    server.cookie = { ...server.cookie, name, value };
    return server;
  } catch (error) {
    await stop();
    throw error;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" && address ? address.port : 0;
}

/** Ends the server and everything below it. */
async function kill(child: ChildProcess): Promise<void> {
  if (!child.pid || child.exitCode !== null) return;
  const ended = once(child, "exit");
  process.kill(-child.pid, "SIGKILL");
  await ended;
}

/** The health route says when downloads are as quick as they will be. */
async function ready(origin: string): Promise<void> {
  for (const until = Date.now() + START.patience; Date.now() < until; await setTimeout(START.interval)) {
    const answer = await fetch(`${origin}/api/health`).catch(() => undefined);
    if (answer?.ok && ((await answer.json()) as { ready: boolean }).ready) return;
  }
  throw new Error("the server was not ready in time");
}

/** Asks as the first user; JSON, if anything is sent. @throws Error when it is refused. */
export async function request(server: Server, path: string, method = "GET", body?: unknown): Promise<Response> {
  const { name, value } = server.cookie;
  const headers = { "content-type": "application/json", origin: server.origin, cookie: `${name}=${value}` };
  const answer = await fetch(`${server.origin}${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

/** Saves edits on a version; the new version. */
export async function save(server: Server, id: string, baseVersion: number, edits: readonly Edit[]): Promise<number> {
  const operationId = `bench-${id.slice(0, 8)}-${baseVersion}`;
  const saved = await (
    await request(server, `/api/reports/${id}`, "PATCH", { baseVersion, operationId, edits })
  ).json();
  return (saved as { version: number }).version;
}

/** The version a report is at. */
export async function versionOf(server: Server, id: string): Promise<number> {
  const stored = await (await request(server, `/api/reports/${id}`)).json();
  return (stored as { version: number }).version;
}

/** Stores the report under another year. Returns its id; it is at version 2. */
export async function storeReport(server: Server, report: Report, year: number): Promise<string> {
  const { id } = (await (await request(server, "/api/reports", "POST", { year })).json()) as { id: string };
  const prose = Object.entries(report.prose).map(([section, value]) => ({ path: `prose.${section}`, value }));
  const cells = Object.entries(report.tables).flatMap(([table, rows]) =>
    Object.entries(rows).flatMap(([row, columns]) =>
      Object.entries(columns).map(([column, value]) => ({ path: `tables.${table}.${row}.${column}`, value })),
    ),
  );
  await save(server, id, 1, [...prose, ...cells]);
  return id;
}
