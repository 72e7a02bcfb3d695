import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

/** Exit status: 0 all is well, 1 something was found, 2 what was asked could not be done. */
export type ExitStatus = 0 | 1 | 2;

/** What was asked cannot be done; the message is a finished Chinese line. */
export class Refusal extends Error {}

export const print = (text: string) => process.stdout.write(`${text}\n`);
export const printJson = (value: unknown) => print(JSON.stringify(value, null, 2));
export const complain = (text: string) => process.stderr.write(`${text}\n`);

/** Runs a program to its end: a refusal is told in its words, anything else is a bug and told with its stack. */
export async function runProgram(run: () => Promise<ExitStatus>): Promise<void> {
  /** Whoever reads our output may stop early: `… | head`. */
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  try {
    process.exitCode = await run();
  } catch (error) {
    process.exitCode = 2;
    if (error instanceof Refusal) complain(error.message);
    else complain(`程序内部出错，请把以下内容告诉维护人员：\n${error instanceof Error ? error.stack : String(error)}`);
  }
}

/** The options and other words of the command line. Throws a `Refusal` with the usage for options that are not known. */
export function parseCommandLine<const Options extends ParseArgsOptionsConfig>(options: Options, usage: string) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch {
    throw new Refusal(`命令行有不认识的选项，或选项缺少内容。\n${usage}`);
  }
}
