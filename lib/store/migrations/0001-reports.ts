import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Organisations and their reports: the document, the answers given to saves, and the history. */
export const reports: Migration = { up };

async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("organisation")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull().unique())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
  await database.schema
    .createTable("report")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("organisation_id", "text", (column) => column.notNull().references("organisation.id"))
    .addColumn("year", "integer", (column) => column.notNull())
    .addColumn("format", "text", (column) => column.notNull())
    .addColumn("data", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("saved_at", "bigint", (column) => column.notNull())
    .addUniqueConstraint("report_of_year", ["organisation_id", "year"])
    .execute();
  await database.schema
    .createTable("report_operation")
    .addColumn("report_id", "text", (column) => column.notNull().references("report.id"))
    .addColumn("operation_id", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("saved_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("report_operation_key", ["report_id", "operation_id"])
    .execute();
  await database.schema
    .createTable("report_revision")
    .addColumn("report_id", "text", (column) => column.notNull().references("report.id"))
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("snapshot", "text")
    .addColumn("edits", "text")
    .addColumn("saved_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("report_revision_key", ["report_id", "version"])
    .execute();
}
