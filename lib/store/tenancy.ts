import "server-only";
import { type Kysely, PostgresAdapter, sql, type Transaction } from "kysely";
import type { Actor } from "./actor.ts";
import { database } from "./database.ts";
import type { Tables } from "./tables.ts";

export type Connection = Kysely<Tables> | Transaction<Tables>;

/**
 * Reads what is the actor's to see. Her queries carry their organisations themselves; where the database locks rows
 * (`lock-rows.ts`), it is opened for no others.
 */
export const reading = <Result>(actor: Actor, work: (connection: Connection) => Promise<Result>): Promise<Result> =>
  readingFor(organisationsOf(actor), work);

/** Reads and writes in one transaction, likewise. */
export const writing = <Result>(
  actor: Actor,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> => writingFor(organisationsOf(actor), work);

/**
 * For what is nobody's yet: logging in, whose session it is, the first set-up, the command line. Never for a request of
 * somebody who is logged in.
 */
export const readingAll = <Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> =>
  readingFor(ALL, work);

export const writingAll = <Result>(work: (transaction: Transaction<Tables>) => Promise<Result>): Promise<Result> =>
  writingFor(ALL, work);

/**
 * Reads what the organisations above one have laid down for it. `above` finds them, and is alone in seeing the whole tree;
 * `work` sees that one and these, the nearest first.
 */
export async function readingAbove<Result>(
  organisation: string,
  above: (connection: Connection, organisation: string) => Promise<string[]>,
  work: (connection: Connection, organisations: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const organisations = [organisation, ...(await readingFor(ALL, (connection) => above(connection, organisation)))];
  return readingFor(organisations.join(" "), (connection) => work(connection, organisations));
}

/**
 * As whom an organisation's sum is made, whoever of it asks: its own 主管部门, from whom nothing below it is hidden. `below` finds
 * that, and is alone in seeing the whole tree. The organisation must be one whose reports the actor may read.
 */
export async function supervisorOf(
  actor: Actor,
  organisation: Actor["organisation"],
  below: (connection: Connection, organisation: string) => Promise<string[]>,
): Promise<Actor> {
  const found = await readingFor(ALL, (connection) => below(connection, organisation.id));
  return { user: actor.user, organisation, roles: ["supervisor"], below: found };
}

const ALL = "*";
const organisationsOf = ({ organisation, below }: Actor): string => [organisation.id, ...below].join(" ");

async function readingFor<Result>(organisations: string, work: (connection: Connection) => Promise<Result>) {
  const connection = await database();
  // The embedded database has no second lock, and a transaction there would keep other processes from writing.
  return locksRows(connection) ? writingFor(organisations, work) : work(connection);
}

async function writingFor<Result>(organisations: string, work: (transaction: Transaction<Tables>) => Promise<Result>) {
  const connection = await database();
  return connection.transaction().execute(async (transaction) => {
    if (locksRows(transaction)) {
      await sql`select set_config('app.organisations', ${organisations}, true)`.execute(transaction);
    }
    return work(transaction);
  });
}

const locksRows = (connection: Connection): boolean => connection.getExecutor().adapter instanceof PostgresAdapter;
