import "server-only";
import type { Transaction } from "kysely";
import { isAwaited, isSent } from "../workflow/stages.ts";
import type { State } from "../workflow/transitions.ts";
import { type Actor, reach } from "./actor.ts";
import { putOnRecord } from "./audit.ts";
import type { Tables } from "./tables.ts";
import { type Connection, reading, writing } from "./tenancy.ts";

/** What a unit is told: the last time it was asked for the report of a year, and how often in all. */
export type Reminder = { year: number; userName: string; office: string; at: number; times: number };

/** How often and when last units were asked, as long as that is not settled. */
export type Reminded = { at: number; times: number };

/**
 * Asks these organisations for their reports of a year. Those from which nothing is awaited are passed over. "absent": one
 * of them is not the actor's to supervise, and nobody was asked. Returns how many were.
 */
export const remind = (actor: Actor, year: number, organisations: readonly string[]): Promise<number | "absent"> =>
  writing(actor, async (transaction) => {
    const supervised = new Set(reach(actor, "supervisor"));
    if (!organisations.every((id) => supervised.has(id))) return "absent";
    const awaited = await awaitedOf(transaction, year, organisations);
    const made_at = Date.now();
    for (const id of awaited) {
      await transaction
        .insertInto("reminder")
        .values({
          ...{ id: crypto.randomUUID(), organisation_id: id, year, made_at, settled_at: null },
          ...{ user_name: actor.user.name, office_name: actor.organisation.name },
        })
        .execute();
    }
    for (const organisation of awaited) {
      await putOnRecord(transaction, {
        ...{ event: "reminder.send", organisation, user: actor.user.id, role: "supervisor" },
        details: { year },
      });
    }
    return awaited.length;
  });

/** Those of the organisations that have to do the next step. Whose name is gone meanwhile is not asked. */
async function awaitedOf(connection: Connection, year: number, organisations: readonly string[]): Promise<string[]> {
  const rows = await connection
    .selectFrom("organisation")
    .leftJoin("report", (join) => join.onRef("report.organisation_id", "=", "organisation.id").on("year", "=", year))
    .select(["organisation.id", "state", "edition"])
    .where("organisation.id", "in", organisations)
    .execute();
  return rows.flatMap(({ id, state, edition }) =>
    isAwaited(state !== null && edition !== null ? { state, edition } : undefined) ? [id] : [],
  );
}

/** What the actor's own organisation was asked for and has not sent yet, the latest year first. */
export const listReminders = (actor: Actor): Promise<Reminder[]> =>
  reading(actor, async (connection) => {
    const rows = await connection
      .selectFrom("reminder")
      .select(["year", "user_name", "office_name", "made_at"])
      .where("organisation_id", "=", actor.organisation.id)
      .where("settled_at", "is", null)
      .orderBy("year", "desc")
      .orderBy("made_at", "desc")
      .execute();
    const years = [...new Set(rows.map(({ year }) => year))];
    return years.flatMap((year) => {
      const [last, ...earlier] = rows.filter((row) => row.year === year);
      if (!last) return [];
      const { user_name: userName, office_name: office, made_at: at } = last;
      return [{ year, userName, office, at, times: earlier.length + 1 }];
    });
  });

/** By organisation, for the overview. */
export async function remindedOf(
  connection: Connection,
  units: readonly string[],
  year: number,
): Promise<Map<string, Reminded>> {
  const rows = await connection
    .selectFrom("reminder")
    .select(({ fn }) => ["organisation_id as unit", fn.countAll<number>().as("times"), fn.max("made_at").as("at")])
    .where("organisation_id", "in", units)
    .where("year", "=", year)
    .where("settled_at", "is", null)
    .groupBy("organisation_id")
    .execute();
  return new Map(rows.map(({ unit, times, at }) => [unit, { times, at }]));
}

/** The unit did what it was asked for: its report is with the 主管部门, or with the public. */
export async function settleReminders(
  transaction: Transaction<Tables>,
  organisation: string,
  year: number,
  state: State,
): Promise<void> {
  if (!isSent(state)) return;
  await transaction
    .updateTable("reminder")
    .set({ settled_at: Date.now() })
    .where("organisation_id", "=", organisation)
    .where("year", "=", year)
    .where("settled_at", "is", null)
    .execute();
}
