import { type Kysely, PostgresAdapter, sql } from "kysely";

/**
 * The second lock, where the database has one: rows of organisations that the transaction was not opened for (`tenancy.ts`)
 * are neither seen nor written, whatever a query asks. The owner of the tables is bound by it, too; a superuser is not.
 * The organisation stands in one of the columns, or is that of the report that a column names. A later migration that reads or
 * writes rows of such a table must open itself for all first: `select set_config('app.organisations', '*', true)`.
 */
export async function lockRows(
  database: Kysely<unknown>,
  table: string,
  organisation: readonly string[] | { report: string },
): Promise<void> {
  if (!(database.getExecutor().adapter instanceof PostgresAdapter)) return;
  const named = sql.table(table);
  // Asked in a query of its own, the setting is read and its list made once, not for every row: with ten thousand
  // organisations that is the difference between a second and a minute.
  const isMine = (column: string) =>
    sql`${sql.ref(column)} in (select unnest(string_to_array(current_setting('app.organisations', true), ' ')))`;
  const mine =
    "report" in organisation
      ? sql`exists (select 1 from report where report.id = ${sql.ref(organisation.report)})`
      : sql.join(organisation.map(isMine), sql` or `);
  const lock = sql`(select current_setting('app.organisations', true)) = '*' or ${mine}`;
  await sql`alter table ${named} enable row level security`.execute(database);
  await sql`alter table ${named} force row level security`.execute(database);
  await sql`drop policy if exists organisations_of_the_transaction on ${named}`.execute(database);
  await sql`create policy organisations_of_the_transaction on ${named} using (${lock}) with check (${lock})`.execute(
    database,
  );
}
