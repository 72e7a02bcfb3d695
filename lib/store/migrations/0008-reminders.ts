import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import { lockRows } from "./lock-rows.ts";

/** 催报: a 主管部门 asks a unit for its report. */
export const reminders: Migration = { up };

async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("reminder")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("organisation_id", "text", (column) => column.notNull().references("organisation.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("user_name", "text", (column) => column.notNull())
    .addColumn("office_name", "text", (column) => column.notNull())
    .addColumn("made_at", "bigint", (column) => column.notNull())
    .addColumn("settled_at", "bigint")
    .execute();
  await database.schema
    .createIndex("reminder_organisation")
    .on("reminder")
    .columns(["organisation_id", "year"])
    .execute();
  await lockRows(database, "reminder", ["organisation_id"]);
}
