import "server-only";
import type { OrganisationKind } from "../workflow/organisation-kinds.ts";
import { type Actor, reach } from "./actor.ts";
import { doneBy, putOnRecord } from "./audit.ts";
import { isKeyTaken } from "./database.ts";
import { writing } from "./tenancy.ts";
import { insertUser, type NewUser, userObject } from "./users.ts";

/** An organisation with the id that it is to have: others and users of the same import refer to it. */
export type ImportedUnit = { id: string; name: string; kind: OrganisationKind; parentId: string };

/**
 * Adds organisations, parents first, and users, all or none. "taken": somebody outside has that name already; it is told
 * which of the units or users could not be added. "absent": something hangs where the actor is no administrator.
 */
export async function importUnits(
  actor: Actor,
  { units, users }: { units: readonly ImportedUnit[]; users: readonly NewUser[] },
): Promise<{ kind: "added" } | { kind: "taken"; what: "unit" | "user"; index: number } | { kind: "absent" }> {
  const made = units.map(({ id }) => id);
  const administered = new Set([...reach(actor, "administrator"), ...made]);
  const isHers = (user: NewUser) =>
    [user.organisationId, ...user.memberships.map((one) => one.organisationId)].every((id) => administered.has(id));
  if (!units.every(({ parentId }) => administered.has(parentId)) || !users.every(isHers)) return { kind: "absent" };
  let at: { what: "unit" | "user"; index: number } | undefined;
  try {
    await writing({ ...actor, below: [...actor.below, ...made] }, async (transaction) => {
      const now = Date.now();
      for (const [index, { id, name, kind, parentId }] of units.entries()) {
        at = { what: "unit", index };
        // In the order of the file: lists show what was made first first.
        const row = { id, name, kind, parent_id: parentId, created_at: now + index };
        await transaction.insertInto("organisation").values(row).execute();
      }
      const ids: string[] = [];
      for (const [index, user] of users.entries()) {
        at = { what: "user", index };
        ids.push(await insertUser(transaction, user));
      }
      at = undefined;
      for (const id of made) {
        await putOnRecord(transaction, {
          ...doneBy(actor),
          event: "organisation.create",
          object: `organisation:${id}`,
        });
      }
      for (const id of ids) {
        await putOnRecord(transaction, { ...doneBy(actor), event: "user.import", object: userObject(id) });
      }
    });
    return { kind: "added" };
  } catch (error) {
    if (at && isKeyTaken(error)) return { kind: "taken", ...at };
    throw error;
  }
}
