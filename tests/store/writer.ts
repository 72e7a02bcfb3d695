/**
 * A process that saves as fast as it can, for tests that need a second one or one to kill.
 * Arguments: organisation id, report id, how many saves, ledger file, own name. For each acknowledged save a line
 * `version operationId value` is on the disk before the next save begins. A conflict is tried again on what stands now.
 */
import { fsyncSync, openSync, writeSync } from "node:fs";
import { closeDatabase } from "../../lib/store/database.ts";
import { readReport, saveEdits } from "../../lib/store/reports.ts";
import { actorIn } from "./actors.ts";

const [organisation = "", report = "", count = "", ledgerFile = "", name = ""] = process.argv.slice(2);
const clerk = actorIn({ id: organisation, name: "" });
const ledger = openSync(ledgerFile, "a");

let version = (await readReport(clerk, report))?.version ?? 0;
for (let number = 0; number < Number(count); number++) {
  const operationId = crypto.randomUUID();
  const value = `${name} ${number} ${"云岭区档案馆".repeat(200)}`;
  const edits = [{ path: "opening", value }];
  let result = await saveEdits(clerk, report, { baseVersion: version, operationId, edits });
  while (result.kind === "conflict") {
    version = result.stored.version;
    result = await saveEdits(clerk, report, { baseVersion: version, operationId, edits });
  }
  if (result.kind !== "saved") throw new Error(`save answered ${result.kind}`);
  version = result.version;
  writeSync(ledger, `${version} ${operationId}\n`);
  fsyncSync(ledger);
}
await closeDatabase();
