import "server-only";
import type { Selectable, Transaction } from "kysely";
import { formatById, formatForYear } from "../../templates/index.ts";
import { applyEdits } from "../report/edits.ts";
import type { Format } from "../report/format.ts";
import { type FormattedReport, keptOfLastYear, openingEdits } from "../report/last-year.ts";
import type { Organisation, Report } from "../report/report.ts";
import { judgeSave, type Save } from "../report/save.ts";
import { emptyReport, reportSchema, storedSchema } from "../report/schema.ts";
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

/** Last year's report as it was read from a file, or the one that is stored here. */
export type LastYear = FormattedReport | "stored";

/** What a new report begins with: last year's report beside it, or the whole content of one that was written elsewhere. */
export type Beginning = { lastYear?: LastYear | undefined; content?: Report | undefined };

export type CreateResult =
  | { kind: "created"; id: string }
  /** There is a report of that year already. */
  | { kind: "exists"; id: string }
  /** No notice covers the year. */
  | { kind: "uncovered" }
  /** What it was to begin with is of another year, or no report of last year is stored. */
  | { kind: "unfit" };

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

/**
 * Starts the report of a year in the format that covers it, with the particulars of the organisation's latest report, the
 * opening figures that last year's report gives it, and what it was to begin with.
 */
export async function createReport(actor: Actor, year: number, beginning: Beginning = {}): Promise<CreateResult> {
  const format = formatForYear(year);
  if (!format) return { kind: "uncovered" };
  const organisation = actor.organisation.id;
  try {
    return await writing(actor, async (transaction): Promise<CreateResult> => {
      const id = await reportOfYear(transaction, organisation, year);
      if (id) return { kind: "exists", id };
      const lastYear = await lastYearOf(transaction, organisation, year, beginning.lastYear);
      const isUnfit = beginning.lastYear !== undefined && !lastYear;
      if (isUnfit || (beginning.content && beginning.content.year !== year)) return { kind: "unfit" };
      const content = { lastYear, content: beginning.content };
      return { kind: "created", id: await insertReport(transaction, actor, format, year, content) };
    });
  } catch (error) {
    if (!isKeyTaken(error)) throw error;
    const id = await reading(actor, (connection) => reportOfYear(connection, organisation, year));
    if (id) return { kind: "exists", id };
    throw error;
  }
}

/** Last year's report as it is kept with a report that is hers to read; undefined where none is, or there is no such report. */
export async function readLastYear(actor: Actor, id: string): Promise<FormattedReport | undefined> {
  if (!UUID.test(id)) return undefined;
  const row = await reading(actor, (connection) =>
    connection
      .selectFrom("report")
      .select("last_year")
      .where("id", "=", id)
      .where("organisation_id", "in", readable(actor))
      .executeTakeFirst(),
  );
  return row?.last_year ? keptReport(row.last_year) : undefined;
}

export type KeepResult =
  | { kind: "kept"; kept: FormattedReport }
  /** It is of another year, or no report of last year is stored. */
  | { kind: "unfit" }
  /** The report left the clerk's hands, or was published. */
  | { kind: "closed"; standing: Standing }
  | { kind: "absent" };

/**
 * Keeps last year's report with a report of the actor's own organisation, in place of what was kept before. The report itself
 * stays as it is.
 */
export const keepLastYear = (actor: Actor, id: string, lastYear: LastYear): Promise<KeepResult> =>
  writing(actor, async (transaction): Promise<KeepResult> => {
    const organisation = actor.organisation.id;
    const found = await findReport(transaction, [organisation], id);
    if (!found) return { kind: "absent" };
    if (!isOpen(found.stored.standing)) return { kind: "closed", standing: found.stored.standing };
    const kept = await lastYearOf(transaction, organisation, found.stored.report.year, lastYear);
    if (!kept) return { kind: "unfit" };
    await transaction
      .updateTable("report")
      .set({ last_year: JSON.stringify(kept.report), tally: null })
      .where("id", "=", id)
      .where("organisation_id", "=", organisation)
      .where("state", "in", openStates)
      .execute();
    return { kind: "kept", kept };
  });

/** What would be kept of last year's report with the report of a year; undefined when it is of another year, or not there. */
async function lastYearOf(
  connection: Connection,
  organisation: string,
  year: number,
  given: LastYear | undefined,
): Promise<FormattedReport | undefined> {
  const source = given === "stored" ? await storedReportOf(connection, organisation, year - 1) : given;
  if (!source || source.report.year !== year - 1) return undefined;
  return { format: source.format, report: keptOfLastYear(source.report) };
}

async function storedReportOf(connection: Connection, organisation: string, year: number) {
  const id = await reportOfYear(connection, organisation, year);
  const found = id && (await findReport(connection, [organisation], id));
  return found ? { format: found.format, report: found.stored.report } : undefined;
}

/** Last year's report as it is kept. Throws when that is no report, as `storedReport` does. */
export function keptReport(text: string): FormattedReport {
  const data = JSON.parse(text);
  const format = formatById(data.format);
  if (!format) throw new Error("last year's report is in a format that is not installed");
  return { format, report: reportSchema(format).parse(data) };
}

/** Puts on record that somebody took a report along as a file. */
export const recordExport = (actor: Actor, id: string, kind: string): Promise<unknown> =>
  writing(actor, async (transaction) => {
    const found = await findReadable(transaction, actor, id);
    if (!found) return;
    const { organisationId: organisation, version } = found.stored;
    await putOnRecord(transaction, {
      ...{ event: "report.export", organisation, user: actor.user.id },
      object: reportObject(id),
      details: { kind, version },
    });
  });

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
  { lastYear, content }: { lastYear: FormattedReport | undefined; content: Report | undefined },
): Promise<string> {
  const id = crypto.randomUUID();
  const organisation = actor.organisation.id;
  const agency = await particulars(transaction, organisation);
  const begun = content ? { ...content, organisation: agency } : emptyReport(format, year, agency);
  const data = JSON.stringify(lastYear ? applyEdits(format, begun, openingEdits(format, lastYear)) : begun);
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
      last_year: lastYear ? JSON.stringify(lastYear.report) : null,
      moved_at: null,
      tally: null,
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
