import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";
import { freePort } from "../free-port.ts";

/** Who sets the app up: clerk, reviewer, signatory and administrator of its one organisation. */
export const firstUser = { username: "liming", name: "李明", password: "Qingchuan-2024" };

type Options = {
  /** The organisation that is set up. */
  organisation?: string;
  /** False: the app is left as it is when it is started for the first time, with `setupAddress`. */
  setUp?: boolean;
  /** More of its environment. */
  environment?: Record<string, string>;
};

/**
 * The built app as `npm start` serves it, on a port and a data folder of its own; may be killed and started again. It is set
 * up when it is started first, and `firstUser` is logged in: `ask` and `fetch` are hers, and so are contexts after `logIn`.
 */
export class AppServer {
  /** Address of the app; known once it was started, and kept when it is started again. */
  origin = "";
  /**
   * The same app as the browsers of an office know it: by a name (see playwright.config.ts) and over plain HTTP, where
   * browsers withhold the clipboard, locks and random identifiers.
   */
  site = "";
  /** What the console said where the first set-up is to be made. */
  setupAddress = "";
  /** What the console said, all of it. */
  output = "";
  #cookie = "";
  #port = 0;
  readonly #options: Options;
  readonly folder = mkdtempSync(join(tmpdir(), "annual-report-e2e-"));
  #process: ChildProcess | undefined;

  constructor(options: Options = {}) {
    this.#options = options;
  }

  /** Starts it, with a clock that is wrong by so many hours. */
  async start({ hoursOff = 0 } = {}): Promise<void> {
    this.#port ||= await freePort();
    this.origin = `http://127.0.0.1:${this.#port}`;
    this.site = `http://office.test:${this.#port}`;
    const { environment, setUp = true } = this.#options;
    this.#process = spawn(process.execPath, ["lib/cli/start.ts"], {
      env: {
        ...process.env,
        DATA_DIR: this.folder,
        PORT: String(this.#port),
        HOST: "127.0.0.1",
        DATABASE_URL: "",
        ...(hoursOff && { NODE_OPTIONS: `--import=${wrongClock(hoursOff)}` }),
        ...environment,
      },
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    this.#process.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.output += text;
      this.setupAddress = /http:\S+\/setup#\S+/.exec(this.output)?.[0] ?? "";
    });
    await this.#answers();
    if (setUp && !this.#cookie) await this.#setUp();
  }

  /** Asks the app for something as somebody who is logged in; the answer as it comes. */
  async ask<Answer>(path: string, method = "GET", body?: unknown): Promise<Answer> {
    const answer = await this.fetch(path, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
    return (await answer.json()) as Answer;
  }

  /** The same as `fetch`, by a path or an address of the app, with the session and, unless it says otherwise, JSON. */
  fetch(path: string, init: RequestInit = {}, cookie = this.#cookie): Promise<Response> {
    const headers = { "content-type": "application/json", origin: this.origin, cookie, ...init.headers };
    return fetch(new URL(path, this.origin), { redirect: "manual", ...init, headers });
  }

  /** Logs a browser in, by either address of the app. */
  async logIn(context: BrowserContext, cookie = this.#cookie): Promise<void> {
    const [name = "", value = ""] = cookie.split("=");
    const hosts = [this.origin, this.site];
    await context.addCookies(hosts.map((url) => ({ name, value, url, httpOnly: true, sameSite: "Lax" as const })));
  }

  /** Goes on as whoever is logged in in this browser. */
  async adopt(context: BrowserContext): Promise<void> {
    const cookie = (await context.cookies()).find(({ httpOnly }) => httpOnly);
    this.#cookie = `${cookie?.name}=${cookie?.value}`;
  }

  /** A session of somebody, as the cookie that carries it. */
  async session(user: { username: string; password: string }): Promise<string> {
    const { username, password } = user;
    return cookieOf(
      await this.fetch("/api/session", { method: "POST", body: JSON.stringify({ username, password }) }, ""),
    );
  }

  async #answers(): Promise<void> {
    for (let attempt = 0; attempt < 240; attempt++) {
      const answer = await fetch(`${this.origin}/api/health`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`the app did not answer on ${this.origin}`);
  }

  async #setUp(): Promise<void> {
    const token = this.setupAddress.split("#")[1] ?? "";
    const first = { token, organisation: this.#options.organisation ?? "青川市云岭区档案馆", ...firstUser };
    const answer = await this.fetch("/api/setup", { method: "POST", body: JSON.stringify(first) });
    this.#cookie = cookieOf(answer);
  }

  /** Ends the app and every process below it at once, as a power cut would. */
  async kill(): Promise<void> {
    const running = this.#process;
    if (!running?.pid || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    process.kill(-running.pid, "SIGKILL");
    await ended;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A module that puts the clock of its process wrong. */
const wrongClock = (hours: number): string =>
  `data:text/javascript,${encodeURIComponent(`(${shiftClock})(${hours * 3_600_000})`)}`;

/** Puts the clock of whoever runs this wrong by so many milliseconds; a server, or a page as its initial script. */
export function shiftClock(milliseconds: number): void {
  const True = Date;
  const now = () => True.now() + milliseconds;
  globalThis.Date = new Proxy(True, {
    construct: (target, given) => (given.length > 0 ? Reflect.construct(target, given) : new target(now())),
    apply: () => new True(now()).toString(),
    get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
  });
}

function cookieOf(answer: Response): string {
  const cookie = answer.headers.get("set-cookie")?.split(";")[0];
  if (!answer.ok || !cookie) throw new Error(`no session: ${answer.status}`);
  return cookie;
}
