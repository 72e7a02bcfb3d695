import { closeDatabase, isReachable } from "../store/database.ts";
import { type ExitStatus, Refusal, runProgram } from "./program.ts";

/** `runProgram` for a program over the database, which is closed behind it. */
export const runStoreProgram = (run: () => Promise<ExitStatus>): Promise<void> =>
  runProgram(async () => {
    try {
      return await run();
    } finally {
      await closeDatabase();
    }
  });

/** @throws Refusal when the database does not answer. */
export async function requireDatabase(): Promise<void> {
  if (!(await isReachable())) throw new Refusal("数据库暂时无法使用，请检查数据库设置后再试。");
}
