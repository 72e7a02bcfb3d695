import "server-only";
import { setImmediate } from "node:timers/promises";
import { formatById } from "../../templates/index.ts";
import type { CheckRequest } from "../checks/finding.ts";
import type { Requirements } from "../checks/requirement-pack.ts";
import { storedSchema } from "../report/schema.ts";
import { stageOfChecks, type Tally, tallyOf } from "../workflow/tally.ts";
import type { Standing } from "../workflow/workflow.ts";
import { type Actor, readable } from "./actor.ts";
import { keptReport } from "./reports.ts";
import { reading, writing } from "./tenancy.ts";

/** What a tally was counted from. */
type Source = { version: number; standing: Standing; basis: string };
type StoredTally = { version: number; stage: CheckRequest["stage"]; basis: string; at: number; tally: Tally };

/** A report whose tally is to be counted. */
export type Untallied = Source & { id: string; requirements: readonly Requirements[] };

/** What was counted before may have been counted by an older release, whose checks were other ones. */
const STARTED = Date.now();

/** Reads what `tallyReports` stored. */
export const storedTally = (text: string | null): StoredTally | undefined =>
  text === null ? undefined : JSON.parse(text);

/** Whether that is what would be counted now. */
export const isTallied = (stored: StoredTally | undefined, now: Source): boolean =>
  stored !== undefined &&
  stored.version === now.version &&
  stored.stage === stageOfChecks(now.standing) &&
  stored.basis === now.basis &&
  stored.at >= STARTED;

/** Reports that are being counted in this process: whoever comes second leaves them alone. */
const underway = new Set<string>();

/**
 * Counts what the checks say of these reports, as far as the actor may read them, and keeps it with each, until the time
 * is up (epoch milliseconds). Requests of others are answered between two reports. Returns the tallies that were counted.
 */
export async function tallyReports(
  actor: Actor,
  reports: readonly Untallied[],
  { covers, until }: { covers: NonNullable<CheckRequest["covers"]>; until: number },
): Promise<Map<string, Tally>> {
  const counted = new Map<string, Tally>();
  for (const report of reports) {
    if (Date.now() >= until) break;
    if (underway.has(report.id)) continue;
    underway.add(report.id);
    try {
      const tally = await tallyReport(actor, report, covers);
      if (tally) counted.set(report.id, tally);
      await setImmediate();
    } finally {
      underway.delete(report.id);
    }
  }
  return counted;
}

async function tallyReport(actor: Actor, { id, basis, requirements }: Untallied, covers: CheckRequest["covers"]) {
  const row = await reading(actor, (connection) =>
    connection
      .selectFrom("report")
      .select(["format", "data", "last_year", "version", "state", "edition"])
      .where("id", "=", id)
      .where("organisation_id", "in", readable(actor))
      .executeTakeFirst(),
  );
  const format = row && formatById(row.format);
  if (!format) return undefined;
  const stage = stageOfChecks({ state: row.state, edition: row.edition });
  const lastYear = row.last_year ? keptReport(row.last_year) : undefined;
  const tally = tallyOf({
    ...{ format, report: storedSchema(format).parse(JSON.parse(row.data)), stage, requirements },
    ...(lastYear && { lastYear }),
    ...(covers && { covers }),
  });
  const stored: StoredTally = { version: row.version, stage, basis, at: Date.now(), tally };
  await writing(actor, (transaction) =>
    transaction
      .updateTable("report")
      .set({ tally: JSON.stringify(stored) })
      .where("id", "=", id)
      .where("version", "=", row.version)
      .where("organisation_id", "in", readable(actor))
      .execute(),
  );
  return tally;
}
