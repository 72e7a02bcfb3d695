import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Starts `writer.ts` on the database of this process's environment; `react-server` is the condition of server-only code. */
export const startWriter = (organisation: string, report: string, count: number, ledger: string, name: string) =>
  start("writer.ts", [organisation, report, String(count), ledger, name]);

/** Starts `recorder.ts` likewise. */
export const startRecorder = (organisation: string, count: number) =>
  start("recorder.ts", [organisation, String(count)]);

const start = (program: string, parameters: readonly string[]) =>
  spawn(process.execPath, ["--conditions=react-server", join(import.meta.dirname, program), ...parameters], {
    stdio: ["ignore", "ignore", "inherit"],
  });

/** The exit code, or the signal that ended the process. */
export const ended = (child: ChildProcess): Promise<number | string | null> =>
  child.exitCode === null && child.signalCode === null
    ? new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)))
    : Promise.resolve(child.exitCode ?? child.signalCode);

/** The acknowledged saves in a ledger; a line that was being written when its process died is not one yet. */
export function acknowledged(ledger: string): { version: number; operationId: string }[] {
  if (!existsSync(ledger)) return [];
  const lines = readFileSync(ledger, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => {
    const [version, operationId = ""] = line.split(" ");
    return { version: Number(version), operationId };
  });
}
