import "server-only";
import type { Kysely, Transaction } from "kysely";
import type { Edit } from "../report/edits.ts";
import type { Revision } from "../report/history.ts";
import { latestEdits } from "../report/save.ts";
import { type Actor, readable } from "./actor.ts";
import type { Tables } from "./tables.ts";
import { reading, writing } from "./tenancy.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Revisions younger than this are all kept; of older ones the last of every ten minutes, with the edits of all of them. */
const KEPT_WHOLE = DAY;
const STRETCH = 10 * MINUTE;
/** How long the answer to a save is kept. A request that is repeated later finds a newer version, which its client recognises. */
const OPERATIONS_KEPT = 30 * DAY;

/** The history of a report, oldest revision first; undefined when there is no such report that is the actor's to read. */
export async function readRevisions(actor: Actor, id: string): Promise<Revision[] | undefined> {
  const rows = await reading(actor, (connection) =>
    connection
      .selectFrom("report_revision")
      .innerJoin("report", "report.id", "report_revision.report_id")
      .select(["report_revision.version", "snapshot", "edits", "report_revision.saved_at"])
      .where("report_id", "=", id)
      .where("organisation_id", "in", readable(actor))
      .orderBy("report_revision.version")
      .execute(),
  );
  if (rows.length === 0) return undefined;
  return rows.map(({ version, snapshot, edits, saved_at }) => ({
    version,
    savedAt: saved_at,
    snapshot: snapshot === null ? undefined : JSON.parse(snapshot),
    edits: edits === null ? [] : JSON.parse(edits),
  }));
}

/**
 * Keeps the history of a report from growing for ever: answers to saves are forgotten after thirty days, and revisions
 * that are older than a day are put together by ten minutes. What is left still replays to what is stored. `now` is in
 * epoch milliseconds of the server. Nothing is done unless the report is one of the actor's organisation.
 */
export const pruneHistory = (actor: Actor, id: string, now: number): Promise<void> =>
  writing(actor, async (transaction) => {
    const own = await transaction
      .selectFrom("report")
      .select("id")
      .where("id", "=", id)
      .where("organisation_id", "=", actor.organisation.id)
      .executeTakeFirst();
    if (!own) return;
    await transaction
      .deleteFrom("report_operation")
      .where("report_id", "=", id)
      .where("saved_at", "<", now - OPERATIONS_KEPT)
      .execute();
    for (const stretch of await oldStretches(transaction, id, now)) await putTogether(transaction, id, stretch);
  });

type Old = { version: number; savedAt: number };

/** Runs of old revisions of the same ten minutes, without the first revision, which is where all begins. */
async function oldStretches(connection: Kysely<Tables>, id: string, now: number): Promise<Old[][]> {
  const rows = await connection
    .selectFrom("report_revision")
    .select(["version", "saved_at as savedAt"])
    .where("report_id", "=", id)
    .where("version", ">", 1)
    .where("saved_at", "<", stretchOf(now - KEPT_WHOLE) * STRETCH)
    .orderBy("version")
    .execute();
  const named = await versionsOfTransitions(connection, id);
  const stretches: Old[][] = [];
  for (const row of rows) {
    const stretch = stretches.at(-1);
    const last = stretch?.at(-1);
    // A clock that went back begins a new stretch: only neighbours may be put together. What somebody submitted, signed or
    // returned must be found again, so nothing later is put together with it.
    if (stretch && last && stretchOf(last.savedAt) === stretchOf(row.savedAt) && !named.has(last.version))
      stretch.push(row);
    else stretches.push([row]);
  }
  return stretches.filter(({ length }) => length > 1);
}

async function versionsOfTransitions(connection: Kysely<Tables>, id: string): Promise<ReadonlySet<number>> {
  const rows = await connection
    .selectFrom("report_transition")
    .select("version")
    .distinct()
    .where("report_id", "=", id)
    .execute();
  return new Set(rows.map(({ version }) => version));
}

const stretchOf = (time: number): number => Math.floor(time / STRETCH);

/** The last of them takes over the edits of all. */
async function putTogether(transaction: Transaction<Tables>, id: string, stretch: readonly Old[]): Promise<void> {
  const versions = stretch.map(({ version }) => version);
  const kept = Math.max(...versions);
  const rows = await transaction
    .selectFrom("report_revision")
    .select("edits")
    .where("report_id", "=", id)
    .where("version", "in", versions)
    .orderBy("version")
    .execute();
  const edits = latestEdits(rows.flatMap((row) => JSON.parse(row.edits ?? "[]") as Edit[]));
  await transaction
    .deleteFrom("report_revision")
    .where("report_id", "=", id)
    .where("version", "in", versions)
    .where("version", "<>", kept)
    .execute();
  await transaction
    .updateTable("report_revision")
    .set({ edits: JSON.stringify(edits) })
    .where("report_id", "=", id)
    .where("version", "=", kept)
    .execute();
}
