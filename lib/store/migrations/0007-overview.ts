import { type Kysely, PostgresAdapter, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** What the overview of a 主管部门 shows of a report without opening it. */
export const overview: Migration = { up };

async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable("report").addColumn("moved_at", "bigint").execute();
  await database.schema.alterTable("report").addColumn("tally", "text").execute();
  if (database.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`select set_config('app.organisations', '*', true)`.execute(database);
  }
  await sql`update report set moved_at =
    (select max(made_at) from report_transition where report_transition.report_id = report.id)`.execute(database);
}
