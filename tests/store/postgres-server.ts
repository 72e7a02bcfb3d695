import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "../free-port.ts";

/** A server the tests may make databases on. `stop` ends it, if it was started here. */
export type PostgresServer = { createDatabase: () => Promise<string>; stop: () => Promise<void> };

/**
 * The server that PG_TEST_URL names, or else a private one from the installed PostgreSQL, in a folder of its own, reached
 * through 127.0.0.1. Throws when there is neither: these tests are never skipped.
 */
export async function postgresServer(): Promise<PostgresServer> {
  const given = process.env.PG_TEST_URL;
  if (given) return { createDatabase: () => createDatabase(given), stop: async () => {} };

  const programs = installedPrograms();
  const owner = ownerOfServer();
  const folder = mkdtempSync("/tmp/store-postgres-");
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, "data");
  execFileSync(join(programs, "initdb"), ["-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C"], {
    ...owner,
    cwd: folder,
    stdio: "ignore",
  });
  const port = await freePort();
  const server = spawn(
    join(programs, "postgres"),
    ["-D", data, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    { ...owner, cwd: folder, stdio: "ignore" },
  );
  const url = `postgres://tester@127.0.0.1:${port}/postgres`;
  await untilAnswering(url, server);
  return {
    createDatabase: () => createDatabase(url),
    stop: async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function installedPrograms(): string {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const programs = versions.map((version) => join(root, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
  if (!programs) throw new Error(`no PostgreSQL in ${root} and no PG_TEST_URL: install the package postgresql`);
  return programs;
}

/** PostgreSQL refuses to run as root; its package brings a user for it. */
function ownerOfServer(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (kind: string) => Number(execFileSync("id", [kind, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function untilAnswering(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error("the private PostgreSQL ended while it was starting");
    try {
      return await run(url, "select 1");
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** A new, empty database, of a user who has no rights but those of its owner; returns its URL. */
async function createDatabase(url: string): Promise<string> {
  const name = `store_${crypto.randomUUID().replaceAll("-", "")}`;
  await run(url, `create role ${name} login password 'tester'`);
  await run(url, `create database ${name} owner ${name}`);
  const made = new URL(url);
  made.username = name;
  made.password = "tester";
  made.pathname = `/${name}`;
  return made.href;
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
