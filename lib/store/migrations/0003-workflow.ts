import { type Kysely, PostgresAdapter, sql } from "kysely";
import type { Migration } from "kysely/migration";
import { EMPTY } from "../../audit/chain.ts";
import { lockRows } from "./lock-rows.ts";

/** Where reports stand and how they got there, remarks, published editions, and the record of everything. */
export const workflow: Migration = { up };

async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .alterTable("organisation")
    .addColumn("skipped_steps", "text", (column) => column.notNull().defaultTo("[]"))
    .execute();
  await database.schema
    .alterTable("report")
    .addColumn("state", "text", (column) => column.notNull().defaultTo("drafting"))
    .execute();
  await database.schema
    .alterTable("report")
    .addColumn("edition", "integer", (column) => column.notNull().defaultTo(1))
    .execute();
  await database.schema
    .createTable("report_transition")
    .addColumn("report_id", "text", (column) => column.notNull().references("report.id"))
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("action", "text", (column) => column.notNull())
    .addColumn("from_state", "text", (column) => column.notNull())
    .addColumn("to_state", "text", (column) => column.notNull())
    .addColumn("edition", "integer", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("digest", "text", (column) => column.notNull())
    .addColumn("user_id", "text", (column) => column.notNull())
    .addColumn("user_name", "text", (column) => column.notNull())
    .addColumn("role", "text", (column) => column.notNull())
    .addColumn("reason", "text")
    .addColumn("made_at", "bigint", (column) => column.notNull())
    .addColumn("audit_sequence", "bigint", (column) => column.notNull())
    .addColumn("audit_hash", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("report_transition_key", ["report_id", "number"])
    .execute();
  await database.schema
    .createTable("report_edition")
    .addColumn("report_id", "text", (column) => column.notNull().references("report.id"))
    .addColumn("edition", "integer", (column) => column.notNull())
    .addColumn("data", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("digest", "text", (column) => column.notNull())
    .addColumn("published_on", "text", (column) => column.notNull())
    .addColumn("address", "text")
    .addColumn("made_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("report_edition_key", ["report_id", "edition"])
    .execute();
  await database.schema
    .createTable("report_remark")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("report_id", "text", (column) => column.notNull().references("report.id"))
    .addColumn("place", "text", (column) => column.notNull())
    .addColumn("quote", "text")
    .addColumn("text", "text", (column) => column.notNull())
    .addColumn("user_id", "text", (column) => column.notNull())
    .addColumn("user_name", "text", (column) => column.notNull())
    .addColumn("role", "text", (column) => column.notNull())
    .addColumn("made_at", "bigint", (column) => column.notNull())
    .addColumn("answer", "text")
    .addColumn("settled_by", "text")
    .addColumn("settled_at", "bigint")
    .execute();
  await database.schema.createIndex("report_remark_report").on("report_remark").column("report_id").execute();
  for (const table of ["report_transition", "report_edition", "report_remark"]) {
    await lockRows(database, table, { report: "report_id" });
  }
  await addRecord(database);
}

/** The record has one line per event and an end, at which writers wait for each other. */
async function addRecord(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("audit_entry")
    .addColumn("sequence", "bigint", (column) => column.primaryKey())
    .addColumn("made_at", "bigint", (column) => column.notNull())
    .addColumn("event", "text", (column) => column.notNull())
    .addColumn("organisation_id", "text")
    .addColumn("user_id", "text")
    .addColumn("role", "text")
    .addColumn("object", "text")
    .addColumn("details", "text", (column) => column.notNull())
    .addColumn("previous_hash", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .execute();
  await database.schema
    .createIndex("audit_entry_organisation")
    .on("audit_entry")
    .columns(["organisation_id", "sequence"])
    .execute();
  await database.schema
    .createTable("audit_head")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("sequence", "bigint", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .execute();
  await sql`insert into audit_head (id, sequence, hash) values (1, ${EMPTY.sequence}, ${EMPTY.hash})`.execute(database);
  await lockRows(database, "audit_entry", ["organisation_id"]);
  await refuseChanges(database);
}

/** Lines are added and never changed or taken away, as long as nobody takes the lock away. */
async function refuseChanges(database: Kysely<unknown>): Promise<void> {
  if (database.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`create function refuse_change() returns trigger language plpgsql as
      'begin raise exception ''the record is only added to''; end'`.execute(database);
    await sql`create trigger audit_entry_stays before update or delete or truncate on audit_entry
      for each statement execute procedure refuse_change()`.execute(database);
    return;
  }
  for (const change of ["update", "delete"]) {
    await sql`create trigger ${sql.raw(`audit_entry_no_${change}`)} before ${sql.raw(change)} on audit_entry
      begin select raise(abort, 'the record is only added to'); end`.execute(database);
  }
}
