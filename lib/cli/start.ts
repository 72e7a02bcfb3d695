import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { officeFonts } from "../../templates/document/fonts.ts";
import { CLIENT_ADDRESS, type Environment, environment, localAddress } from "../env.ts";
import { clientAddress } from "./client-address.ts";
import { protect } from "./protection.ts";

/** What the built application is made from. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "templates",
  "instrumentation.ts",
  "next.config.js",
  "package.json",
  "package-lock.json",
];
/** The last file that a build writes of those it takes to serve it. */
const BUILT = ".next/prerender-manifest.json";
const OLDEST_NODE = 24;
/** How long running requests may take once the application is told to stop, in ms. */
const PATIENCE = 10_000;

const root = join(import.meta.dirname, "../..");

/** `npm start`: serves the built application, and builds it first where that has not been done since the last change. */
async function start(): Promise<void> {
  if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
    throw new Error(
      `需要 Node ${OLDEST_NODE}，请用 npm start 启动 / Node ${OLDEST_NODE} is needed, run through npm: npm start`,
    );
  }
  const settings = environment();
  officeFonts();
  Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
  if (!isBuilt()) build();
  await serve(settings);
}

function isBuilt(): boolean {
  const built = statSync(join(root, BUILT), { throwIfNoEntry: false });
  return built !== undefined && SOURCES.every((source) => newestChange(join(root, source)) <= built.mtimeMs);
}

/** When anything at or below a path was last written, epoch ms; 0 when there is nothing. */
function newestChange(path: string): number {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status?.isDirectory()) return status?.mtimeMs ?? 0;
  const below = readdirSync(path).map((name) => newestChange(join(path, name)));
  return Math.max(status.mtimeMs, ...below);
}

function build(): void {
  console.info("首次启动或程序有更新，正在构建，约需一分钟…… / building");
  const next = join(root, "node_modules/next/dist/bin/next");
  const { status } = spawnSync(process.execPath, [next, "build"], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error("构建失败，原因见上 / the build failed, see above");
}

/** Serves from this very process: what stops it, stops the application. */
async function serve(settings: Environment): Promise<void> {
  const { host, port, proxies } = settings;
  const { default: next } = await import("next");
  const application = next({ dev: false, dir: root, hostname: host, port });
  await application.prepare();
  const handle = application.getRequestHandler();
  // Next would take requests to upgrade past everything here. There is nothing to upgrade to: they are requests like others.
  const server = createServer({ shouldUpgradeCallback: () => false }, (request, response) => {
    if (!protect(request, response)) return;
    request.headers[CLIENT_ADDRESS] = clientAddress(request, proxies);
    return handle(request, response);
  });
  await listen(server, host, port);
  console.info(`系统已启动，请用浏览器打开 ${localAddress(settings)}`);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop(server));
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", () =>
      reject(new Error(`端口 ${port} 无法使用，可用 PORT 另设 / cannot listen on ${host}:${port}`)),
    );
    server.listen(port, host, resolve);
  });
}

/** Lets running requests finish, saves among them, but not for ever. */
function stop(server: Server): void {
  server.close(() => process.exit(0));
  setTimeout(() => server.closeAllConnections(), PATIENCE).unref();
}

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
