import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port.ts";

/** The built app as `npm start` serves it, on a port and a data folder of its own; may be killed and started again. */
export class AppServer {
  /** Address of the app; known once it was started, and kept when it is started again. */
  origin = "";
  /**
   * The same app as the browsers of an office know it: by a name (see playwright.config.ts) and over plain HTTP, where
   * browsers withhold the clipboard, locks and random identifiers.
   */
  site = "";
  #port = 0;
  readonly #folder = mkdtempSync(join(tmpdir(), "annual-report-e2e-"));
  #process: ChildProcess | undefined;

  async start(): Promise<void> {
    this.#port ||= await freePort();
    this.origin = `http://127.0.0.1:${this.#port}`;
    this.site = `http://office.test:${this.#port}`;
    this.#process = spawn(process.execPath, ["lib/cli/start.ts"], {
      env: { ...process.env, DATA_DIR: this.#folder, PORT: String(this.#port), HOST: "127.0.0.1", DATABASE_URL: "" },
      stdio: ["ignore", "ignore", "inherit"],
      detached: true,
    });
    for (let attempt = 0; attempt < 240; attempt++) {
      const answer = await fetch(`${this.origin}/api/health`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`the app did not answer on ${this.origin}`);
  }

  /** Asks the app for something; the answer as it comes. */
  async ask<Answer>(path: string, method = "GET", body?: unknown): Promise<Answer> {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(this.origin + path, { method, headers, body: body ? JSON.stringify(body) : undefined });
    return (await answer.json()) as Answer;
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
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
