import "server-only";
import { type Adjustment, parseAdjustment } from "../report/adjustments.ts";
import type { Format } from "../report/format.ts";
import { type Actor, reach } from "./actor.ts";
import { doneBy, putOnRecord } from "./audit.ts";
import { reading, writing } from "./tenancy.ts";

/** An adjustment as it was written down: by whom and when (epoch milliseconds). */
export type StoredAdjustment = Adjustment & { id: string; userName: string; at: number };

/**
 * What the actor's office corrects in the sum of its units of a year, the oldest first. Units go by their names of today; of one that
 * is no longer below the office, nothing is told.
 */
export const listAdjustments = (actor: Actor, format: Format, year: number): Promise<StoredAdjustment[]> =>
  reading(actor, async (connection) => {
    const [office, ...units] = reach(actor, "supervisor");
    if (!office || units.length === 0) return [];
    const rows = await connection
      .selectFrom("adjustment")
      .innerJoin("organisation", "organisation.id", "adjustment.unit_id")
      .select(["adjustment.id", "organisation.name as unit", "cell", "delta", "reason", "user_name", "made_at"])
      .where("adjustment.organisation_id", "=", office)
      .where("unit_id", "in", units)
      .where("year", "=", year)
      .where("withdrawn_at", "is", null)
      .orderBy("made_at")
      .orderBy("adjustment.id")
      .execute();
    return rows.map(({ id, user_name: userName, made_at: at, unit, cell, delta, reason }) => {
      const parsed = parseAdjustment(format, { unit, cell, delta, reason });
      // What was parsed before it was stored: anything else is a fault of ours.
      if (!parsed.ok) throw new Error("a stored adjustment is none");
      return { ...parsed.adjustment, id, userName, at };
    });
  });

/** Corrects a figure of a unit, by its id, in the sum of a year. Undefined: the unit is not below the actor's office. */
export const makeAdjustment = (
  actor: Actor,
  year: number,
  { unit, cell, delta, reason }: Adjustment,
): Promise<string | undefined> =>
  writing(actor, async (transaction) => {
    const [office, ...units] = reach(actor, "supervisor");
    if (!office || !units.includes(unit)) return undefined;
    const id = crypto.randomUUID();
    await transaction
      .insertInto("adjustment")
      .values({
        ...{ id, organisation_id: office, unit_id: unit, year, cell, delta: String(delta), reason },
        ...{ user_name: actor.user.name, made_at: Date.now(), withdrawn_by: null, withdrawn_at: null },
      })
      .execute();
    await putOnRecord(transaction, {
      ...{ ...doneBy(actor), event: "adjustment.make", role: "supervisor", object: `organisation:${unit}` },
      details: { adjustment: id, year, cell, delta: String(delta) },
    });
    return id;
  });

/** Takes an adjustment of the actor's office back. Returns whether there was one that counted. */
export const withdrawAdjustment = (actor: Actor, id: string): Promise<boolean> =>
  writing(actor, async (transaction) => {
    const [office] = reach(actor, "supervisor");
    if (!office) return false;
    const withdrawn = await transaction
      .updateTable("adjustment")
      .set({ withdrawn_by: actor.user.name, withdrawn_at: Date.now() })
      .where("id", "=", id)
      .where("organisation_id", "=", office)
      .where("withdrawn_at", "is", null)
      .returning(["unit_id", "year"])
      .executeTakeFirst();
    if (!withdrawn) return false;
    await putOnRecord(transaction, {
      ...{ ...doneBy(actor), event: "adjustment.withdraw", role: "supervisor" },
      object: `organisation:${withdrawn.unit_id}`,
      details: { adjustment: id, year: withdrawn.year },
    });
    return true;
  });
