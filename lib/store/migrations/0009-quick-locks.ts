import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import { lockRows } from "./lock-rows.ts";

/** Puts the locks of rows anew where they were put in the slow words that `lockRows` had before. */
export const quickLocks: Migration = { up };

async function up(database: Kysely<unknown>): Promise<void> {
  await lockRows(database, "organisation", ["id", "parent_id"]);
  for (const table of ["user", "member", "report", "requirement_pack", "reminder", "audit_entry"]) {
    await lockRows(database, table, ["organisation_id"]);
  }
  for (const table of [
    ...["report_operation", "report_revision", "report_transition", "report_edition", "report_remark"],
  ]) {
    await lockRows(database, table, { report: "report_id" });
  }
}
