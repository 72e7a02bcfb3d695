import "server-only";
import type { Selectable, Transaction } from "kysely";
import { formatById, formatForYear } from "../../templates/index.ts";
import type { Format } from "../report/format.ts";
import type { Organisation, Report } from "../report/report.ts";
import { judgeSave, type Save } from "../report/save.ts";
import { emptyReport, storedSchema } from "../report/schema.ts";
import { isOpen, openStates, type Standing } from "../workflow/workflow.ts";
import { type Actor, readable } from "./actor.ts";
import { doneBy, putOnRecord, reportObject } from "./audit.ts";
import { isKeyTaken } from "./database.ts";
import { pruneHistory } from "./history.ts";
import type { Tables } from "./tables.ts";
import { type Connection, reading, writing } from "./tenancy.ts";

/** A report as it was last saved. Versions count from 1; times are epoch milliseconds of the server. */
export type StoredReport = {
  id: string;
  /** Whose it is. */
  organisationId: string;
  report: Report;
  version: number;
  savedAt: number;
  createdAt: number;
  standing: Standing;
};

/** A stored report with its format. */
export type FoundReport = { format: Format; stored: StoredReport };

export type SaveResult =
  | { kind: "saved"; version: number; savedAt: number }
  /** Somebody saved in between; nothing was written, `stored` is what stands now. */
  | { kind: "conflict"; stored: StoredReport }
  /** An edit does not fit the report; nothing was written. `message` is a finished Chinese sentence. */
  | { kind: "refused"; message: string }
  /** It left the clerk's hands, or was published; nothing was written. */
  | { kind: "closed"; standing: Standing }
  | { kind: "absent" };

export type CreateResult =
  | { kind: "created"; id: string }
  /** There is a report of that year already. */
  | { kind: "exists"; id: string }
  /** No notice covers the year. */
  | { kind: "uncovered" };

/** Every so many versions the history holds a whole report again, and is pruned. */
const SNAPSHOT_EVERY = 100;
const PRUNE_EVERY = 50;

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Every report of the actor's organisation, latest year first. */
export async function listReports(actor: Actor): Promise<StoredReport[]> {
  const rows = await reading(actor, (connection) =>
    connection
      .selectFrom("report")
      .selectAll()
      .where("organisation_id", "=", actor.organisation.id)
      .orderBy("year", "desc")
      .execute(),
  );
  return rows.map((row) => storedReport(row).stored);
}

/** A report that is hers to read; any other is as absent as one that never was. */
export const readReport = (actor: Actor, id: string): Promise<StoredReport | undefined> =>
  reading(actor, async (connection) => (await findReadable(connection, actor, id))?.stored);

/** The same with its format, within a transaction. */
export const findReadable = (connection: Connection, actor: Actor, id: string): Promise<FoundReport | undefined> =>
  findReport(connection, readable(actor), id);

/** Starts the report of a year in the format that covers it, with the particulars of the organisation's latest report. */
export async function createReport(actor: Actor, year: number): Promise<CreateResult> {
  const format = formatForYear(year);
  if (!format) return { kind: "uncovered" };
  const organisation = actor.organisation.id;
  try {
    return await writing(actor, async (transaction) => {
      const id = await reportOfYear(transaction, organisation, year);
      return id
        ? { kind: "exists", id }
        : { kind: "created", id: await insertReport(transaction, actor, format, year) };
    });
  } catch (error) {
    if (!isKeyTaken(error)) throw error;
    const id = await reading(actor, (connection) => reportOfYear(connection, organisation, year));
    if (id) return { kind: "exists", id };
    throw error;
  }
}

/**
 * Makes the edits in one transaction, if the report still is at the version they were made on. A repeated operation gets
 * the answer it was given the first time and changes nothing. "saved" is answered only after the commit. Only reports of
 * the actor's own organisation are there to be saved.
 */
export async function saveEdits(actor: Actor, id: string, save: Save): Promise<SaveResult> {
  const attempt = () => writing(actor, (transaction) => trySave(transaction, actor.organisation.id, id, save));
  // Whoever was overtaken sees on a second look what the faster one wrote: the same operation, or a conflict.
  const result = (await attempt()) ?? (await attempt());
  if (!result) throw new Error("a report's version went back");
  if (result.kind === "saved" && result.version % PRUNE_EVERY === 0) await pruneQuietly(actor, id);
  return result;
}

/** The save is made: that its history could not be tidied is no reason to answer otherwise, and the next time will do. */
async function pruneQuietly(actor: Actor, id: string): Promise<void> {
  try {
    await pruneHistory(actor, id, Date.now());
  } catch (error) {
    console.error("history not pruned:", (error as Error).name);
  }
}

/** One attempt; undefined when another writer was faster between the look and the write. */
async function trySave(
  transaction: Transaction<Tables>,
  organisation: string,
  id: string,
  save: Save,
): Promise<SaveResult | undefined> {
  const found = await findReport(transaction, [organisation], id);
  if (!found) return { kind: "absent" };
  const answered = await transaction
    .selectFrom("report_operation")
    .select(["version", "saved_at"])
    .where("report_id", "=", id)
    .where("operation_id", "=", save.operationId)
    .executeTakeFirst();
  const earlier = answered && { version: answered.version, savedAt: answered.saved_at };
  const judgement = judgeSave(found.format, found.stored, earlier, save);
  if (judgement.kind === "repeated") return { kind: "saved", ...judgement.answer };
  if (!isOpen(found.stored.standing)) return { kind: "closed", standing: found.stored.standing };
  if (judgement.kind === "conflict") return { kind: "conflict", stored: found.stored };
  if (judgement.kind === "refused") return judgement;

  const { version } = judgement;
  const data = JSON.stringify(judgement.report);
  const savedAt = Date.now();
  const written = await transaction
    .updateTable("report")
    .set({ data, version, saved_at: savedAt })
    .where("id", "=", id)
    .where("organisation_id", "=", organisation)
    .where("version", "=", save.baseVersion)
    .where("state", "in", openStates)
    .returning("id")
    .executeTakeFirst();
  if (!written) return undefined;
  await transaction
    .insertInto("report_operation")
    .values({ report_id: id, operation_id: save.operationId, version, saved_at: savedAt })
    .execute();
  await transaction
    .insertInto("report_revision")
    .values({
      report_id: id,
      version,
      snapshot: version % SNAPSHOT_EVERY === 0 ? data : null,
      edits: JSON.stringify(save.edits),
      saved_at: savedAt,
    })
    .execute();
  return { kind: "saved", version, savedAt };
}

async function insertReport(
  transaction: Transaction<Tables>,
  actor: Actor,
  format: Format,
  year: number,
): Promise<string> {
  const id = crypto.randomUUID();
  const organisation = actor.organisation.id;
  const data = JSON.stringify(emptyReport(format, year, await particulars(transaction, organisation)));
  const now = Date.now();
  await transaction
    .insertInto("report")
    .values({
      id,
      organisation_id: organisation,
      year,
      format: format.id,
      data,
      version: 1,
      created_at: now,
      saved_at: now,
    })
    .execute();
  await transaction
    .insertInto("report_revision")
    .values({ report_id: id, version: 1, snapshot: data, edits: null, saved_at: now })
    .execute();
  await putOnRecord(transaction, {
    ...doneBy(actor),
    event: "report.create",
    object: reportObject(id),
    details: { year },
  });
  return id;
}

/** The organisation as its report of the latest year describes it, or by name alone. */
async function particulars(transaction: Transaction<Tables>, organisation: string): Promise<Organisation> {
  const latest = await transaction
    .selectFrom("report")
    .selectAll()
    .where("organisation_id", "=", organisation)
    .orderBy("year", "desc")
    .limit(1)
    .executeTakeFirst();
  if (latest) return storedReport(latest).stored.report.organisation;
  return transaction.selectFrom("organisation").select("name").where("id", "=", organisation).executeTakeFirstOrThrow();
}

async function reportOfYear(connection: Connection, organisation: string, year: number): Promise<string | undefined> {
  const row = await connection
    .selectFrom("report")
    .select("id")
    .where("organisation_id", "=", organisation)
    .where("year", "=", year)
    .executeTakeFirst();
  return row?.id;
}

async function findReport(
  connection: Connection,
  organisations: readonly string[],
  id: string,
): Promise<FoundReport | undefined> {
  if (!UUID.test(id)) return undefined;
  const row = await connection
    .selectFrom("report")
    .selectAll()
    .where("id", "=", id)
    .where("organisation_id", "in", organisations)
    .executeTakeFirst();
  return row && storedReport(row);
}

/** Throws when what is stored is no report: that is damage or a bug, and must not be saved over. */
function storedReport(row: Selectable<Tables["report"]>): FoundReport {
  const format = formatById(row.format);
  if (!format) throw new Error(`report ${row.id} is in a format that is not installed`);
  const report = storedSchema(format).parse(JSON.parse(row.data));
  return {
    format,
    stored: {
      id: row.id,
      organisationId: row.organisation_id,
      report,
      version: row.version,
      savedAt: row.saved_at,
      createdAt: row.created_at,
      standing: { state: row.state, edition: row.edition },
    },
  };
}
