import "server-only";
import type { Selectable } from "kysely";
import { z } from "zod";
import type { OrganisationKind } from "../workflow/organisation-kinds.ts";
import { type OptionalStep, optionalSteps } from "../workflow/transitions.ts";
import { type Actor, reach } from "./actor.ts";
import { doneBy, putOnRecord } from "./audit.ts";
import { isKeyTaken } from "./database.ts";
import type { Tables } from "./tables.ts";
import { type Connection, reading, writing } from "./tenancy.ts";

/** `parentId` is undefined at the top of a tree. */
export type StoredOrganisation = {
  id: string;
  name: string;
  kind: OrganisationKind;
  parentId: string | undefined;
  /** Steps of the workflow that it does without. */
  skipped: readonly OptionalStep[];
};

export type NewOrganisation = { name: string; kind: OrganisationKind; parentId: string };

/** The actor's organisation and, where a role of hers reaches down, all below it, in the order in which they were made. */
export async function listOrganisations(actor: Actor): Promise<StoredOrganisation[]> {
  const rows = await reading(actor, (connection) =>
    connection
      .selectFrom("organisation")
      .selectAll()
      .where("id", "in", [actor.organisation.id, ...actor.below])
      .orderBy("created_at")
      .orderBy("id")
      .execute(),
  );
  return rows.map(storedOrganisation);
}

/** An organisation with how many levels it lies below the top one that is among them. */
export type Placed = StoredOrganisation & { depth: number };

/** Each organisation followed by those below it. What has no parent among them begins a tree of its own. */
export function inTreeOrder(organisations: readonly StoredOrganisation[]): Placed[] {
  const known = new Set(organisations.map(({ id }) => id));
  const children = new Map<string, StoredOrganisation[]>();
  for (const one of organisations) {
    const parent = one.parentId !== undefined && known.has(one.parentId) ? one.parentId : "";
    const siblings = children.get(parent);
    if (siblings) siblings.push(one);
    else children.set(parent, [one]);
  }
  const below = (parent: string, depth: number): Placed[] =>
    (children.get(parent) ?? []).flatMap((one) => [{ ...one, depth }, ...below(one.id, depth + 1)]);
  return below("", 0);
}

/** Adds an organisation below one that the actor administers. Names are unique in the installation. */
export async function createOrganisation(
  actor: Actor,
  { name, kind, parentId }: NewOrganisation,
): Promise<{ kind: "created"; id: string } | { kind: "taken" } | { kind: "absent" }> {
  if (!reach(actor, "administrator").includes(parentId)) return { kind: "absent" };
  const id = crypto.randomUUID();
  const row = { id, name, kind, parent_id: parentId, created_at: Date.now() };
  try {
    await writing(actor, async (transaction) => {
      await transaction.insertInto("organisation").values(row).execute();
      await putOnRecord(transaction, { ...doneBy(actor), event: "organisation.create", object: `organisation:${id}` });
    });
    return { kind: "created", id };
  } catch (error) {
    if (isKeyTaken(error)) return { kind: "taken" };
    throw error;
  }
}

/**
 * Changes an organisation that the actor administers. Only those below her own may be moved, and never below themselves
 * ("misplaced").
 */
export async function changeOrganisation(
  actor: Actor,
  id: string,
  change: Partial<NewOrganisation>,
): Promise<"changed" | "taken" | "absent" | "misplaced"> {
  const { name, kind, parentId } = change;
  const administered = reach(actor, "administrator");
  if (!administered.includes(id)) return "absent";
  if (parentId !== undefined && !administered.includes(parentId)) return "absent";
  try {
    return await writing(actor, async (transaction) => {
      if (parentId !== undefined) {
        const below = await organisationsBelow(transaction, id);
        if (id === actor.organisation.id || parentId === id || below.includes(parentId)) return "misplaced";
      }
      await transaction
        .updateTable("organisation")
        .set({
          ...(name !== undefined && { name }),
          ...(kind !== undefined && { kind }),
          ...(parentId !== undefined && { parent_id: parentId }),
        })
        .where("id", "=", id)
        .where("id", "in", administered)
        .execute();
      await putOnRecord(transaction, { ...doneBy(actor), event: "organisation.change", object: `organisation:${id}` });
      return "changed";
    });
  } catch (error) {
    if (isKeyTaken(error)) return "taken";
    throw error;
  }
}

/** Says which steps an organisation that the actor administers does without. */
export const changeSteps = (
  actor: Actor,
  id: string,
  skipped: readonly OptionalStep[],
): Promise<"changed" | "absent"> =>
  writing(actor, async (transaction) => {
    const administered = reach(actor, "administrator");
    if (!administered.includes(id)) return "absent";
    const changed = await transaction
      .updateTable("organisation")
      .set({ skipped_steps: JSON.stringify(skipped) })
      .where("id", "=", id)
      .where("id", "in", administered)
      .returning("id")
      .executeTakeFirst();
    if (!changed) return "absent";
    await putOnRecord(transaction, {
      ...{ ...doneBy(actor), organisation: id, event: "organisation.steps", role: "administrator" },
      object: `organisation:${id}`,
      details: { skipped: skipped.join(" ") },
    });
    return "changed";
  });

/** Ids of all organisations below one, of every level. */
export async function organisationsBelow(connection: Connection, id: string): Promise<string[]> {
  const rows = await connection
    .withRecursive("below(id)", (recursive) =>
      recursive
        .selectFrom("organisation")
        .select("organisation.id")
        .where("parent_id", "=", id)
        // Not "union all": it ends even if somebody made a ring of them by hand.
        .union(
          recursive
            .selectFrom("organisation")
            .innerJoin("below", "below.id", "organisation.parent_id")
            .select("organisation.id"),
        ),
    )
    .selectFrom("below")
    .select("id")
    .execute();
  return rows.map((row) => row.id);
}

/** Ids of the organisations above one, the nearest first. */
export async function organisationsAbove(connection: Connection, id: string): Promise<string[]> {
  const above: string[] = [];
  for (let next: string | null | undefined = id; next; ) {
    const row: { parent_id: string | null } | undefined = await connection
      .selectFrom("organisation")
      .select("parent_id")
      .where("id", "=", next)
      .executeTakeFirst();
    next = row?.parent_id;
    // It ends even if somebody made a ring of them by hand.
    if (!next || above.includes(next) || next === id) break;
    above.push(next);
  }
  return above;
}

/** Throws when what is stored are no steps: none may be left out by mistake. */
export const stepsIn = (stored: string): OptionalStep[] => stepsSchema.parse(JSON.parse(stored));
const stepsSchema = z.array(z.enum(optionalSteps));

const storedOrganisation = (row: Selectable<Tables["organisation"]>): StoredOrganisation => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  parentId: row.parent_id ?? undefined,
  skipped: stepsIn(row.skipped_steps),
});
