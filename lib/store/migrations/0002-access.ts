import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import { lockRows } from "./lock-rows.ts";

/** The tree of organisations, users, their roles in organisations, and sessions. */
export const access: Migration = { up };

async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable("organisation")
    .addColumn("parent_id", "text", (column) => column.references("organisation.id"))
    .execute();
  await database.schema
    .alterTable("organisation")
    .addColumn("kind", "text", (column) => column.notNull().defaultTo("department"))
    .execute();
  await database.schema
    .createTable("user")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("organisation_id", "text", (column) => column.notNull().references("organisation.id"))
    .addColumn("username", "text", (column) => column.notNull().unique())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("password_hash", "text", (column) => column.notNull())
    .addColumn("password_set_at", "bigint", (column) => column.notNull())
    .addColumn("must_change", "integer", (column) => column.notNull())
    .addColumn("disabled_at", "bigint")
    .addColumn("totp_secret", "text")
    .addColumn("totp_confirmed_at", "bigint")
    .addColumn("totp_step", "bigint")
    .addColumn("logged_in_at", "bigint")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
  await database.schema
    .createTable("password_history")
    .addColumn("user_id", "text", (column) => column.notNull().references("user.id"))
    .addColumn("set_at", "bigint", (column) => column.notNull())
    .addColumn("password_hash", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("password_history_key", ["user_id", "set_at"])
    .execute();
  await database.schema
    .createTable("member")
    .addColumn("user_id", "text", (column) => column.notNull().references("user.id"))
    .addColumn("organisation_id", "text", (column) => column.notNull().references("organisation.id"))
    .addColumn("role", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("member_key", ["user_id", "organisation_id", "role"])
    .execute();
  await database.schema
    .createTable("session")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("user_id", "text", (column) => column.notNull().references("user.id"))
    .addColumn("organisation_id", "text", (column) => column.notNull().references("organisation.id"))
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("seen_at", "bigint", (column) => column.notNull())
    .addColumn("address", "text", (column) => column.notNull())
    .addColumn("browser", "text", (column) => column.notNull())
    .execute();
  await database.schema
    .createTable("login_failure")
    .addColumn("name_hash", "text", (column) => column.primaryKey())
    .addColumn("failures", "integer", (column) => column.notNull())
    .addColumn("failed_at", "bigint", (column) => column.notNull())
    .addColumn("locked_until", "bigint", (column) => column.notNull())
    .execute();
  await database.schema
    .createTable("setup_token")
    .addColumn("token_hash", "text", (column) => column.primaryKey())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  for (const [name, table, column] of [
    ["organisation_parent", "organisation", "parent_id"],
    ["user_organisation", "user", "organisation_id"],
    ["member_organisation", "member", "organisation_id"],
    ["session_user", "session", "user_id"],
  ] as const) {
    await database.schema.createIndex(name).on(table).column(column).execute();
  }
  // By its parent, too: a new one is made below one's own.
  await lockRows(database, "organisation", ["id", "parent_id"]);
  for (const table of ["user", "member", "report"]) await lockRows(database, table, ["organisation_id"]);
  await lockRows(database, "report_operation", { report: "report_id" });
  await lockRows(database, "report_revision", { report: "report_id" });
}
