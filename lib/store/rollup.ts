import "server-only";
import { setImmediate } from "node:timers/promises";
import type { RegionSum } from "../checks/finding.ts";
import { regionSum } from "../checks/region.ts";
import { reportsForRegion } from "../checks/standing.ts";
import type { Format } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import { storedSchema } from "../report/schema.ts";
import { isSent, sentStates, stageNames, stageOf } from "../workflow/stages.ts";
import { type Actor, readable } from "./actor.ts";
import { listAdjustments, type StoredAdjustment } from "./adjustments.ts";
import { organisationsBelow } from "./organisations.ts";
import { readProgress } from "./overview.ts";
import type { StoredReport } from "./reports.ts";
import { type Connection, reading, supervisorOf } from "./tenancy.ts";

/** What a unit handed in; `isSum`: the report of a region, which is itself the sum of what is below. */
export type SentReport = { id: string; organisationId: string; tables: Report["tables"]; isSum: boolean };

/** A unit whose report, by its id, is in the sum. */
type RegionUnit = { id: string; organisationId: string; name: string; tables: Report["tables"] };

/** What a region's sum of a year is made of: the units that handed their reports in, those that did not, what was adjusted. */
export type Region = {
  units: readonly RegionUnit[];
  missing: readonly { name: string; why: string }[];
  adjustments: readonly StoredAdjustment[];
};

/**
 * The region of the actor's 主管部门, in the order of the tree. A region below that handed in its own sum stands there for whatever
 * is below itself.
 */
export async function readRegion(actor: Actor, format: Format, year: number): Promise<Region> {
  const progress = await readProgress(actor, year);
  const sent = new Map((await readSent(actor, format, year)).map((report) => [report.organisationId, report]));
  const sums = new Set(
    progress
      .filter(({ organisation }) => sent.get(organisation.id)?.isSum)
      .map(({ organisation }) => organisation.name),
  );
  const counted = progress.filter(({ within }) => !within.some((name) => sums.has(name)));
  return {
    units: counted.flatMap(({ organisation: { id, name } }) => {
      const report = sent.get(id);
      return report ? [{ id: report.id, organisationId: id, name, tables: report.tables }] : [];
    }),
    missing: counted
      .filter(({ organisation }) => !sent.has(organisation.id))
      .map(({ organisation: { name }, report }) => ({ name, why: stageNames[stageOf(report?.standing)] })),
    adjustments: await listAdjustments(actor, format, year),
  };
}

/**
 * What a report that the actor may read is held against, where it is the report of a region: the same for whoever looks.
 * Undefined for every other report, and where nothing is below its organisation.
 */
export async function readRegionSum(
  actor: Actor,
  format: Format,
  { report, organisationId }: Pick<StoredReport, "report" | "organisationId">,
): Promise<RegionSum | undefined> {
  if (!readable(actor).includes(organisationId) || !reportsForRegion(report.organisation)) return undefined;
  const organisation = { id: organisationId, name: report.organisation.name };
  const supervisor = await supervisorOf(actor, organisation, organisationsBelow);
  const { units, missing, adjustments } = await readRegion(supervisor, format, report.year);
  if (units.length + missing.length === 0) return undefined;
  return regionSum(
    format,
    units,
    adjustments,
    missing.map(({ name }) => name),
  );
}

/**
 * What units below the actor's organisation handed in of a year in this format: the report as it is with the 主管部门 or
 * published; of one that is being corrected, what was published before.
 */
export async function readSent(actor: Actor, format: Format, year: number): Promise<SentReport[]> {
  const units = readable(actor).filter((id) => id !== actor.organisation.id);
  if (units.length === 0) return [];
  const { reports, published } = await reading(actor, async (connection) => {
    const found = await reportsOf(connection, units, format, year);
    const corrected = found.filter(({ state, edition }) => !isSent(state) && edition > 1).map(({ id }) => id);
    return { reports: found, published: corrected.length > 0 ? await editionsOf(connection, corrected) : [] };
  });
  const schema = storedSchema(format);
  const sent: SentReport[] = [];
  for (const { id, organisation_id, state, edition, data } of reports) {
    const before = published.find((one) => one.report_id === id && one.edition === edition - 1);
    const text = isSent(state) ? data : before?.data;
    if (text === undefined) continue;
    const { tables, organisation } = schema.parse(JSON.parse(text));
    sent.push({ id, organisationId: organisation_id, tables, isSum: reportsForRegion(organisation) });
    // Others are answered between two reports.
    await setImmediate();
  }
  return sent;
}

const reportsOf = (connection: Connection, units: readonly string[], format: Format, year: number) =>
  connection
    .selectFrom("report")
    .select(["id", "organisation_id", "state", "edition", "data"])
    .where("organisation_id", "in", units)
    .where("year", "=", year)
    .where("format", "=", format.id)
    .where(({ eb, or }) => or([eb("state", "in", sentStates), eb("edition", ">", 1)]))
    .execute();

const editionsOf = (connection: Connection, reports: readonly string[]) =>
  connection
    .selectFrom("report_edition")
    .select(["report_id", "edition", "data"])
    .where("report_id", "in", reports)
    .execute();
