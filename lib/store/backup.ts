import "server-only";
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { database } from "./database.ts";

/**
 * Writes everything the embedded database holds at this moment into one file, which must not be there yet. Others go on
 * reading and writing meanwhile. The file has its name only when it is whole, proven and on the disk.
 */
export async function backUp(path: string): Promise<void> {
  const partial = `${path}.partial`;
  closeSync(openSync(partial, "wx", 0o600));
  try {
    await sql`vacuum into ${partial}`.execute(await database());
    prove(partial);
    flush(partial);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** @throws Error when the database in a file is damaged. */
function prove(path: string): void {
  const copy = new DatabaseSync(path, { readOnly: true });
  try {
    const [first] = copy.prepare("PRAGMA integrity_check").all();
    if (first?.integrity_check !== "ok") throw new Error(`the copy is damaged: ${first?.integrity_check}`);
  } finally {
    copy.close();
  }
}

function flush(path: string): void {
  const file = openSync(path, "r+");
  fsyncSync(file);
  closeSync(file);
}
