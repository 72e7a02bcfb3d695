import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import { lockRows } from "./lock-rows.ts";

/** 调整: what a 主管部门 corrects in the sum of its units' figures. */
export const adjustments: Migration = { up };

async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("adjustment")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("organisation_id", "text", (column) => column.notNull().references("organisation.id"))
    .addColumn("unit_id", "text", (column) => column.notNull().references("organisation.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("cell", "text", (column) => column.notNull())
    .addColumn("delta", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("user_name", "text", (column) => column.notNull())
    .addColumn("made_at", "bigint", (column) => column.notNull())
    .addColumn("withdrawn_by", "text")
    .addColumn("withdrawn_at", "bigint")
    .execute();
  await database.schema
    .createIndex("adjustment_organisation")
    .on("adjustment")
    .columns(["organisation_id", "year"])
    .execute();
  await lockRows(database, "adjustment", ["organisation_id"]);
}
