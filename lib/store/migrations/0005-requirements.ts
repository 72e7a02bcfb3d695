import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import { lockRows } from "./lock-rows.ts";

/** Local requirements that an organisation lays down for itself and all below it. */
export const requirements: Migration = { up };

async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("requirement_pack")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("organisation_id", "text", (column) => column.notNull().references("organisation.id"))
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("data", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addUniqueConstraint("requirement_pack_name", ["organisation_id", "name"])
    .execute();
  await lockRows(database, "requirement_pack", ["organisation_id"]);
}
