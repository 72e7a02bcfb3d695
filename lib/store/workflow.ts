import "server-only";
import { createHash } from "node:crypto";
import type { Selectable, Transaction } from "kysely";
import { formatById } from "../../templates/index.ts";
import { check } from "../checks/check.ts";
import { carriedText } from "../report/carried.ts";
import { changesBetween } from "../report/history.ts";
import type { Report } from "../report/report.ts";
import { storedSchema } from "../report/schema.ts";
import type { MadeTransition, Workflow } from "../workflow/history.ts";
import type { OptionalStep } from "../workflow/transitions.ts";
import { type Judgement, judgeMove, type Move, type Publication, type Standing } from "../workflow/workflow.ts";
import { type Actor, readable, rolesOver } from "./actor.ts";
import { putOnRecord, reportObject } from "./audit.ts";
import { stepsIn } from "./organisations.ts";
import { openRemarks, settleAll } from "./remarks.ts";
import { settleReminders } from "./reminders.ts";
import { type FoundReport, findReadable, readLastYear, type StoredReport } from "./reports.ts";
import { requirementsFor } from "./requirements.ts";
import { readRegionSum } from "./rollup.ts";
import type { Tables } from "./tables.ts";
import { type Connection, reading, writing } from "./tenancy.ts";

export type MoveResult =
  | { kind: "moved"; transition: MadeTransition; standing: Standing }
  /** The report was changed since the version that was looked at. */
  | { kind: "stale" }
  | { kind: "absent" }
  | Exclude<Judgement, { kind: "moved" }>;

/** What somebody does with the version of a report that she looked at. */
export type MoveOrder = Move & { version: number };

/** Where a report stands and how it got there; undefined when there is no such report that is the actor's to read. */
export const readWorkflow = (actor: Actor, id: string): Promise<Workflow | undefined> =>
  reading(actor, async (connection) => {
    const found = await findReadable(connection, actor, id);
    if (!found) return undefined;
    const transitions = await connection
      .selectFrom("report_transition")
      .selectAll()
      .where("report_id", "=", id)
      .orderBy("number")
      .execute();
    const editions = await connection
      .selectFrom("report_edition")
      .select(["edition", "version", "digest", "published_on as date", "address", "made_at as at"])
      .where("report_id", "=", id)
      .orderBy("edition")
      .execute();
    return {
      standing: found.stored.standing,
      roles: rolesOver(actor, found.stored.organisationId),
      skipped: await skippedSteps(connection, found.stored.organisationId),
      transitions: transitions.map(storedTransition),
      editions: editions.map((edition) => ({ ...edition, address: edition.address ?? undefined })),
    };
  });

/** An edition as it was published; undefined when there is none of that number, or no such report that is the actor's to read. */
export const readEdition = (
  actor: Actor,
  id: string,
  edition: number,
): Promise<{ report: Report; version: number; savedAt: number } | undefined> =>
  reading(actor, async (connection) => {
    const found = await findReadable(connection, actor, id);
    return found && editionOf(connection, found, edition);
  });

async function editionOf(connection: Connection, { format, stored }: FoundReport, edition: number) {
  const row = await connection
    .selectFrom("report_edition")
    .select(["data", "version", "made_at"])
    .where("report_id", "=", stored.id)
    .where("edition", "=", edition)
    .executeTakeFirst();
  return (
    row && { report: storedSchema(format).parse(JSON.parse(row.data)), version: row.version, savedAt: row.made_at }
  );
}

/**
 * What an organisation of this name has published of a year, as it is now, and the day (`YYYY-MM-DD`) on which it first did.
 * Undefined where it published nothing, or its reports are not the actor's to read.
 */
export const readPublished = (
  actor: Actor,
  organisation: string,
  year: number,
): Promise<{ date: string; report: Report } | undefined> =>
  reading(actor, async (connection) => {
    const editions = await connection
      .selectFrom("report_edition")
      .innerJoin("report", "report.id", "report_edition.report_id")
      .innerJoin("organisation", "organisation.id", "report.organisation_id")
      .select(["report_edition.data", "published_on", "report.format"])
      .where("report.organisation_id", "in", readable(actor))
      .where("organisation.name", "=", organisation)
      .where("report.year", "=", year)
      .orderBy("report_edition.edition")
      .execute();
    const [first, last] = [editions[0], editions.at(-1)];
    const format = last && formatById(last.format);
    if (!first || !format) return undefined;
    return { date: first.published_on, report: storedSchema(format).parse(JSON.parse(last.data)) };
  });

/**
 * Does something with a report, if the table of transitions allows it to this person now: moves it, keeps who did it, when
 * and why with the digest of the content, and puts it on record, all in one transaction. `covers` is what the checks ask
 * about the fonts.
 */
export const moveReport = async (
  actor: Actor,
  id: string,
  order: MoveOrder,
  covers: (character: string) => boolean,
): Promise<MoveResult> => {
  const readBefore = await reading(actor, (connection) => findReadable(connection, actor, id));
  const requirements = readBefore ? await requirementsFor(actor, readBefore.stored.organisationId) : [];
  const lastYear = await readLastYear(actor, id);
  const rollup = readBefore && (await readRegionSum(actor, readBefore.format, readBefore.stored));
  return writing(actor, async (transaction) => {
    const found = await findReadable(transaction, actor, id);
    if (!found) return { kind: "absent" };
    const { report, version, organisationId } = found.stored;
    const judgement = judgeMove(found.stored.standing, rolesOver(actor, organisationId), order, {
      skipped: await skippedSteps(transaction, organisationId),
      findings: () =>
        check({
          format: found.format,
          report,
          stage: "submission",
          ...(lastYear && { lastYear }),
          ...(rollup && { rollup }),
          requirements,
          covers,
        }),
      reasons: report.reasons,
      openRemarks: await openRemarks(transaction, id),
    });
    if (judgement.kind !== "moved") return judgement;
    if (version !== order.version) return { kind: "stale" };
    const { standing } = judgement;
    if (!(await stand(transaction, found.stored, standing))) return { kind: "untimely" };
    if (order.action === "publish" && order.publication) await publish(transaction, found.stored, order.publication);
    if (order.action === "abandon") {
      await restoreEdition(transaction, found, standing.edition);
      await settleAll(transaction, id, actor.user.name);
    }
    await settleReminders(transaction, organisationId, report.year, standing.state);
    const transition = await keep(transaction, actor, found.stored, order, judgement);
    return { kind: "moved", transition, standing };
  });
};

/** Moves the report on, unless somebody moved or saved it since it was looked at. */
async function stand(transaction: Transaction<Tables>, found: StoredReport, to: Standing): Promise<boolean> {
  const moved = await transaction
    .updateTable("report")
    .set({ state: to.state, edition: to.edition, moved_at: Date.now() })
    .where("id", "=", found.id)
    .where("organisation_id", "=", found.organisationId)
    .where("version", "=", found.version)
    .where("state", "=", found.standing.state)
    .where("edition", "=", found.standing.edition)
    .returning("id")
    .executeTakeFirst();
  return moved !== undefined;
}

/** Keeps what was done, and puts it on record. */
async function keep(
  transaction: Transaction<Tables>,
  actor: Actor,
  { id, organisationId, report, version, standing }: StoredReport,
  { action, reason }: MoveOrder,
  moved: Extract<Judgement, { kind: "moved" }>,
): Promise<MadeTransition> {
  const last = await transaction
    .selectFrom("report_transition")
    .select("number")
    .where("report_id", "=", id)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  const digest = digestOf(report);
  const [from, to, role] = [standing.state, moved.standing.state, moved.by];
  const { edition } = action === "correct" ? moved.standing : standing;
  const entry = await putOnRecord(transaction, {
    ...{ event: `report.${action}`, organisation: organisationId, user: actor.user.id, role },
    object: reportObject(id),
    details: { from, to, edition, version, digest },
  });
  const row = {
    ...{
      report_id: id,
      number: (last?.number ?? 0) + 1,
      action,
      from_state: from,
      to_state: to,
      edition,
      version,
      digest,
    },
    ...{ user_id: actor.user.id, user_name: actor.user.name, role, reason: reason?.trim() || null, made_at: entry.at },
    ...{ audit_sequence: entry.sequence, audit_hash: entry.hash },
  };
  await transaction.insertInto("report_transition").values(row).execute();
  return storedTransition(row);
}

/** Keeps the report as it was published: whatever happens to it later, this edition stays. */
async function publish(
  transaction: Transaction<Tables>,
  { id, report, version, standing }: StoredReport,
  { date, address }: Publication,
): Promise<void> {
  await transaction
    .insertInto("report_edition")
    .values({
      ...{ report_id: id, edition: standing.edition, data: JSON.stringify(report), version, digest: digestOf(report) },
      ...{ published_on: date, address: address ?? null, made_at: Date.now() },
    })
    .execute();
}

/** Brings back what was published, as a new version of the report. */
async function restoreEdition(transaction: Transaction<Tables>, found: FoundReport, edition: number): Promise<void> {
  const { format, stored } = found;
  const published = await editionOf(transaction, found, edition);
  if (!published) throw new Error(`edition ${edition} of report ${stored.id} is gone`);
  const changes = changesBetween(format, stored.report, published.report);
  if (changes.length === 0) return;
  const edits = changes.map(({ path, after }) => ({ path, value: after }));
  const version = stored.version + 1;
  const saved_at = Date.now();
  const data = JSON.stringify(published.report);
  await transaction.updateTable("report").set({ data, version, saved_at }).where("id", "=", stored.id).execute();
  await transaction
    .insertInto("report_revision")
    .values({ report_id: stored.id, version, snapshot: null, edits: JSON.stringify(edits), saved_at })
    .execute();
}

/** What a report is known by when it is signed, filed and published: the SHA-256 of its JSON file. */
const digestOf = (report: Report): string => createHash("sha256").update(carriedText(report)).digest("hex");

/** Nobody stands above an organisation at the top of a tree to whom it could report. */
async function skippedSteps(connection: Connection, organisation: string): Promise<OptionalStep[]> {
  const { skipped_steps, parent_id } = await connection
    .selectFrom("organisation")
    .select(["skipped_steps", "parent_id"])
    .where("id", "=", organisation)
    .executeTakeFirstOrThrow();
  const skipped = stepsIn(skipped_steps);
  return parent_id === null ? [...new Set([...skipped, "filing" as const])] : skipped;
}

const storedTransition = (row: Selectable<Tables["report_transition"]>): MadeTransition => ({
  number: row.number,
  action: row.action,
  from: row.from_state,
  to: row.to_state,
  edition: row.edition,
  version: row.version,
  digest: row.digest,
  userName: row.user_name,
  role: row.role,
  reason: row.reason ?? undefined,
  at: row.made_at,
  record: { sequence: row.audit_sequence, hash: row.audit_hash },
});
