import "server-only";
import type { Requirements } from "../checks/requirement-pack.ts";
import { isForYear } from "../checks/requirements.ts";
import type { OrganisationKind } from "../workflow/organisation-kinds.ts";
import type { Tally } from "../workflow/tally.ts";
import type { Standing } from "../workflow/workflow.ts";
import { type Actor, readable } from "./actor.ts";
import { inTreeOrder, listOrganisations } from "./organisations.ts";
import { type Reminded, remindedOf } from "./reminders.ts";
import { listPacks, packsOf, type StoredPack } from "./requirements.ts";
import { isTallied, storedTally } from "./tallies.ts";
import { type Connection, reading } from "./tenancy.ts";

/** How far a unit below the actor's organisation is with the report of a year. Times are epoch milliseconds. */
export type UnitProgress = {
  organisation: { id: string; name: string; kind: OrganisationKind };
  /** The names of the organisations between it and the actor's own, the nearest first. */
  within: readonly string[];
  report: ReportProgress | undefined;
  /** Who could write a report there: how many, and when one of them last logged in. */
  clerks: number;
  loggedInAt: number | undefined;
  /** How often it was asked for that report, and when last; undefined where that is settled. */
  reminded: Reminded | undefined;
  /** Local requirements that apply to its report of that year. */
  requirements: readonly Requirements[];
};

export type ReportProgress = {
  id: string;
  standing: Standing;
  version: number;
  /** When it was last saved, or something else was done with it. */
  activeAt: number;
  /** What the checks said when they were last asked; undefined as long as they never were. */
  tally: Tally | undefined;
  /** Whether that is what they would say now. */
  isTallied: boolean;
  /** What the tally depends on beside the report. */
  basis: string;
};

/**
 * Every unit below the actor's organisation with its report of a year, in the order of the tree. Regions are no units,
 * unless they have a report all the same.
 */
export async function readProgress(actor: Actor, year: number): Promise<UnitProgress[]> {
  const units = readable(actor).filter((id) => id !== actor.organisation.id);
  if (units.length === 0) return [];
  const organisations = inTreeOrder(await listOrganisations(actor));
  const above = await listPacks(actor);
  const { reports, clerks, reminders, packs } = await reading(actor, async (connection) => ({
    reports: await reportsOf(connection, units, year),
    clerks: await clerksOf(connection, units),
    reminders: await remindedOf(connection, units, year),
    packs: await packsOf(connection, units),
  }));
  const byId = new Map(organisations.map((one) => [one.id, one]));
  const ofYear = ({ pack }: StoredPack) => isForYear(pack, year);
  const fromAbove = above.filter(ofYear);
  const fromBelow = packs.filter(ofYear);
  const laidDownBy = (one: string) => fromBelow.filter((pack) => pack.organisation.id === one);
  return organisations.flatMap((organisation): UnitProgress[] => {
    const { id, name, kind } = organisation;
    const row = reports.get(id);
    if (id === actor.organisation.id || (kind === "region" && !row)) return [];
    const within: string[] = [];
    const applying = laidDownBy(id);
    for (let next = organisation.parentId; next && next !== actor.organisation.id; next = byId.get(next)?.parentId) {
      within.push(byId.get(next)?.name ?? "");
      applying.unshift(...laidDownBy(next));
    }
    applying.unshift(...fromAbove);
    const { count = 0, loggedInAt } = clerks.get(id) ?? {};
    return [
      {
        organisation: { id, name, kind },
        within,
        report: row && reportProgress(row, applying),
        clerks: count,
        loggedInAt,
        reminded: reminders.get(id),
        requirements: applying.map(({ pack }) => pack),
      },
    ];
  });
}

/** The years of which units below the actor's organisation have a report, the latest first. */
export const reportedYears = (actor: Actor): Promise<number[]> =>
  reading(actor, async (connection) => {
    const rows = await connection
      .selectFrom("report")
      .select("year")
      .distinct()
      .where("organisation_id", "in", readable(actor))
      .orderBy("year", "desc")
      .execute();
    return rows.map(({ year }) => year);
  });

type Row = Awaited<ReturnType<typeof reportsOf>> extends Map<string, infer One> ? One : never;

function reportProgress(row: Row, applying: readonly StoredPack[]): ReportProgress {
  const { id, state, edition, version, saved_at, moved_at } = row;
  const standing = { state, edition };
  const basis = applying.map((pack) => pack.id).join(" ");
  const stored = storedTally(row.tally);
  return {
    ...{ id, standing, version, basis },
    activeAt: Math.max(saved_at, moved_at ?? 0),
    tally: stored?.tally,
    isTallied: isTallied(stored, { version, standing, basis }),
  };
}

async function reportsOf(connection: Connection, units: readonly string[], year: number) {
  const rows = await connection
    .selectFrom("report")
    .select(["id", "organisation_id", "state", "edition", "version", "saved_at", "moved_at", "tally"])
    .where("organisation_id", "in", units)
    .where("year", "=", year)
    .execute();
  return new Map(rows.map((row) => [row.organisation_id, row]));
}

async function clerksOf(connection: Connection, units: readonly string[]) {
  const rows = await connection
    .selectFrom("member")
    .innerJoin("user", "user.id", "member.user_id")
    .select(({ fn }) => [
      "member.organisation_id as unit",
      fn.countAll<number>().as("count"),
      fn.max("logged_in_at").as("loggedInAt"),
    ])
    .where("member.organisation_id", "in", units)
    .where("role", "=", "clerk")
    .where("disabled_at", "is", null)
    .groupBy("member.organisation_id")
    .execute();
  return new Map(rows.map(({ unit, count, loggedInAt }) => [unit, { count, loggedInAt: loggedInAt ?? undefined }]));
}
