import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Last year's report beside the draft that goes on from it. */
export const lastYear: Migration = { up };

async function up(database: Kysely<unknown>): Promise<void> {
  await database.schema.alterTable("report").addColumn("last_year", "text").execute();
}
