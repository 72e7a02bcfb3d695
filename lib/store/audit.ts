import "server-only";
import { type Selectable, sql, type Transaction } from "kysely";
import {
  type AuditEntry,
  type AuditRecord,
  ChainReader,
  canonicalJson,
  type Fault,
  type Head,
  nextEntry,
} from "../audit/chain.ts";
import type { AuditEvent } from "../audit/events.ts";
import { type Actor, reach } from "./actor.ts";
import type { Tables } from "./tables.ts";
import { type Connection, reading, readingAll, writing } from "./tenancy.ts";

/** What is put on record. Nothing that anybody typed, and people by their ids alone. */
export type Recorded = Pick<AuditRecord, "organisation"> & { event: AuditEvent } & Partial<
    Pick<AuditRecord, "user" | "role" | "object" | "details">
  >;

/**
 * Puts an event on record, in the transaction of what happened: both are committed or neither is. Writers wait for each
 * other at the end of the record until they commit, so it is best the last thing a transaction does. The transaction
 * must be open for the organisation.
 */
export async function putOnRecord(transaction: Transaction<Tables>, recorded: Recorded): Promise<AuditEntry> {
  const { sequence, hash } = await transaction
    .updateTable("audit_head")
    .set((head) => ({ sequence: head("sequence", "+", 1) }))
    .returning(["sequence", "hash"])
    .executeTakeFirstOrThrow();
  const entry = nextEntry(
    { sequence: sequence - 1, hash },
    { user: null, role: null, object: null, details: {}, ...recorded, at: Date.now() },
  );
  await transaction.insertInto("audit_entry").values(rowOf(entry)).execute();
  await transaction.updateTable("audit_head").set({ hash: entry.hash }).execute();
  return entry;
}

/** Who did it, and for whom: her own organisation unless it was done to something of another one. */
export const doneBy = ({ user, organisation }: Actor): Pick<AuditRecord, "user" | "organisation"> => ({
  user: user.id,
  organisation: organisation.id,
});

/** How the record names a report. */
export const reportObject = (id: string): string => `report:${id}`;

/** Which lines an auditor asks for: those of a time (epoch ms, both ends included), of one kind, one user, one thing. */
export type AuditFilter = {
  from?: number | undefined;
  until?: number | undefined;
  event?: string | undefined;
  username?: string | undefined;
  object?: string | undefined;
};

/** A line with the names that its ids have today; undefined where nothing of that id is hers to see. */
export type NamedEntry = AuditEntry & {
  username: string | undefined;
  organisationName: string | undefined;
  objectName: string | undefined;
};

/** The lines of the auditor's organisation and of those below it, the latest first; from before a line, at most so many. */
export const listEntries = (
  actor: Actor,
  { from, until, event, username, object }: AuditFilter,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<NamedEntry[]> =>
  reading(actor, async (connection) => {
    const audited = reach(actor, "auditor");
    if (audited.length === 0) return [];
    const rows = await connection
      .selectFrom("audit_entry")
      .leftJoin("user", "user.id", "audit_entry.user_id")
      .leftJoin("organisation", "organisation.id", "audit_entry.organisation_id")
      .leftJoin("report", (join) => join.on("report.id", "=", objectOf("report")))
      .leftJoin("organisation as reporting", "reporting.id", "report.organisation_id")
      .leftJoin("user as account", (join) => join.on("account.id", "=", objectOf("user")))
      .leftJoin("organisation as unit", (join) => join.on("unit.id", "=", objectOf("organisation")))
      .leftJoin("requirement_pack as pack", (join) => join.on("pack.id", "=", objectOf("requirements")))
      .selectAll("audit_entry")
      .select(["user.username", "organisation.name as organisation_name"])
      .select(["reporting.id as reporting_id", "reporting.name as reporting_name", "report.year"])
      .select([
        "account.organisation_id as account_of",
        "account.name as account_name",
        "account.username as account_username",
      ])
      .select(["unit.id as unit_id", "unit.name as unit_name"])
      .select(["pack.organisation_id as pack_of", "pack.name as pack_name"])
      .where("audit_entry.organisation_id", "in", audited)
      .$if(from !== undefined, (query) => query.where("made_at", ">=", from ?? 0))
      .$if(until !== undefined, (query) => query.where("made_at", "<=", until ?? 0))
      .$if(event !== undefined, (query) => query.where("event", "=", event ?? ""))
      .$if(username !== undefined, (query) => query.where("user.username", "=", username ?? ""))
      .$if(object !== undefined, (query) => query.where("object", "=", object ?? ""))
      .$if(before !== undefined, (query) => query.where("sequence", "<", before ?? 0))
      .orderBy("sequence", "desc")
      .limit(limit)
      .execute();
    const hers = new Set<string | null>(audited);
    return rows.map((row) => {
      const objects = [
        { of: row.reporting_id, name: `${row.reporting_name}${row.year}年度报告` },
        { of: row.account_of, name: `${row.account_name}（${row.account_username}）` },
        { of: row.unit_id, name: row.unit_name },
        { of: row.pack_of, name: row.pack_name },
      ];
      return {
        ...entryOf(row),
        username: row.username ?? undefined,
        organisationName: row.organisation_name ?? undefined,
        objectName: objects.find(({ of }) => hers.has(of))?.name ?? undefined,
      };
    });
  });

/** The id of what a line is about, if it is of this kind. */
const objectOf = (kind: "report" | "user" | "organisation" | "requirements") =>
  sql<string>`case when audit_entry.object like ${sql.lit(`${kind}:%`)} then substr(audit_entry.object, ${sql.lit(kind.length + 2)}) end`;

/** Most lines that are exported at once from the page; the command line exports them all. */
const MOST_EXPORTED = 50_000;

/** The same for taking along, which is put on record. */
export async function exportEntries(actor: Actor, filter: AuditFilter): Promise<NamedEntry[]> {
  await writing(actor, (transaction) =>
    putOnRecord(transaction, { ...doneBy(actor), event: "audit.export", role: "auditor" }),
  );
  return listEntries(actor, filter, { limit: MOST_EXPORTED });
}

/** The whole record, in order, for whoever keeps the installation. */
export async function* wholeRecord(): AsyncGenerator<AuditEntry> {
  let sequence = 0;
  for (;;) {
    const rows = await readingAll((connection) => rowsAfter(connection, sequence));
    for (const row of rows) yield entryOf(row);
    const last = rows.at(-1);
    if (!last) return;
    sequence = last.sequence;
  }
}

/** Rows that are read at a time. */
const AT_ONCE = 1_000;

const rowsAfter = (connection: Connection, sequence: number) =>
  connection
    .selectFrom("audit_entry")
    .selectAll()
    .where("sequence", ">", sequence)
    .orderBy("sequence")
    .limit(AT_ONCE)
    .execute();

export type Verified = { head: Head; fault: Fault | undefined };

/**
 * Follows the whole record: every line is as it was written, none is missing, and it reaches as far as it says itself and
 * as the ends say that were noted elsewhere. `head` is how far all is well.
 */
export async function verifyRecord(known: readonly Head[] = []): Promise<Verified> {
  const before = await readEnd();
  const reader = new ChainReader(before.sequence > 0 ? [...known, before] : known);
  for await (const entry of wholeRecord()) if (!reader.take(entry)) break;
  const fault = reader.end();
  // It may have grown meanwhile, but never beyond its end.
  const { sequence } = await readEnd();
  const isBeyond = !fault && reader.head.sequence > sequence;
  return { fault: isBeyond ? { kind: "foreign", sequence: sequence + 1 } : fault, head: reader.head };
}

const readEnd = (): Promise<Head> =>
  readingAll((connection) =>
    connection.selectFrom("audit_head").select(["sequence", "hash"]).executeTakeFirstOrThrow(),
  );

const rowOf = ({
  at,
  organisation,
  user,
  details,
  previous,
  ...entry
}: AuditEntry): Selectable<Tables["audit_entry"]> => ({
  sequence: entry.sequence,
  made_at: at,
  event: entry.event,
  organisation_id: organisation,
  user_id: user,
  role: entry.role,
  object: entry.object,
  details: canonicalJson(details),
  previous_hash: previous,
  hash: entry.hash,
});

/** What is no JSON any more was changed by somebody: its line must still be readable to be found. */
function entryOf(row: Selectable<Tables["audit_entry"]>): AuditEntry {
  return {
    sequence: row.sequence,
    at: row.made_at,
    event: row.event,
    organisation: row.organisation_id,
    user: row.user_id,
    role: row.role,
    object: row.object,
    details: detailsIn(row.details),
    previous: row.previous_hash,
    hash: row.hash,
  };
}

function detailsIn(text: string): AuditEntry["details"] {
  try {
    const details = JSON.parse(text);
    return canonicalJson(details) === text ? details : { text };
  } catch {
    return { text };
  }
}
