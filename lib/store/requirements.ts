import "server-only";
import { parseRequirements, type Requirements } from "../checks/requirement-pack.ts";
import { type Actor, readable } from "./actor.ts";
import { doneBy, putOnRecord } from "./audit.ts";
import { organisationsAbove } from "./organisations.ts";
import { type Connection, readingAbove, writing } from "./tenancy.ts";

/** A pack of local requirements as an organisation has laid it down. Times are epoch milliseconds. */
export type StoredPack = {
  id: string;
  pack: Requirements;
  organisation: { id: string; name: string };
  createdAt: number;
};

/**
 * The packs that apply to an organisation whose reports the actor may read, by default her own: those that it and the
 * organisations above it have laid down, the highest first.
 */
export async function listPacks(actor: Actor, organisationId = actor.organisation.id): Promise<StoredPack[]> {
  if (![actor.organisation.id, ...readable(actor)].includes(organisationId)) return [];
  return readingAbove(organisationId, organisationsAbove, async (connection, organisations) => {
    const rank = ({ organisation }: StoredPack) => -organisations.indexOf(organisation.id);
    return (await packsOf(connection, organisations)).sort((a, b) => rank(a) - rank(b));
  });
}

/** What these organisations have laid down, by name. */
export async function packsOf(connection: Connection, organisations: readonly string[]): Promise<StoredPack[]> {
  const rows = await connection
    .selectFrom("requirement_pack")
    .innerJoin("organisation", "organisation.id", "requirement_pack.organisation_id")
    .select(["requirement_pack.id", "data", "requirement_pack.created_at", "organisation_id", "organisation.name"])
    .where("organisation_id", "in", organisations)
    .orderBy("requirement_pack.name")
    .execute();
  return rows.map(({ id, data, created_at: createdAt, organisation_id: by, name }) => ({
    ...{ id, pack: packOf(data), createdAt },
    organisation: { id: by, name },
  }));
}

/** The same, without who laid them down. */
export const requirementsFor = async (actor: Actor, organisationId?: string): Promise<Requirements[]> =>
  (await listPacks(actor, organisationId)).map(({ pack }) => pack);

/** Lays a pack down for the actor's organisation and all below it. It takes the place of one of the same name. */
export const putPack = (actor: Actor, pack: Requirements): Promise<void> =>
  writing(actor, async (transaction) => {
    const id = crypto.randomUUID();
    const organisation = actor.organisation.id;
    await transaction
      .deleteFrom("requirement_pack")
      .where("organisation_id", "=", organisation)
      .where("name", "=", pack.name)
      .execute();
    await transaction
      .insertInto("requirement_pack")
      .values({
        ...{ id, organisation_id: organisation, name: pack.name },
        ...{ data: JSON.stringify(pack), created_at: Date.now() },
      })
      .execute();
    await putOnRecord(transaction, { ...doneBy(actor), event: "requirements.put", object: `requirements:${id}` });
  });

/** Takes a pack of the actor's own organisation away. Returns whether there was one. */
export const removePack = (actor: Actor, id: string): Promise<boolean> =>
  writing(actor, async (transaction) => {
    const removed = await transaction
      .deleteFrom("requirement_pack")
      .where("id", "=", id)
      .where("organisation_id", "=", actor.organisation.id)
      .returning("id")
      .executeTakeFirst();
    if (!removed) return false;
    await putOnRecord(transaction, { ...doneBy(actor), event: "requirements.remove", object: `requirements:${id}` });
    return true;
  });

/** What was parsed before it was stored: anything else is a fault of ours. */
function packOf(data: string): Requirements {
  const parsed = parseRequirements(JSON.parse(data));
  if (!parsed.ok) throw new Error("a stored pack of requirements is none");
  return parsed.pack;
}
