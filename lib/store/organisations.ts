import "server-only";
import { database, isKeyTaken } from "./database.ts";

export type StoredOrganisation = { id: string; name: string; createdAt: number };

/** The one organisation this installation serves, or undefined before it has been named. */
export async function soleOrganisation(): Promise<StoredOrganisation | undefined> {
  const row = await (await database())
    .selectFrom("organisation")
    .selectAll()
    .orderBy("created_at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return row && { id: row.id, name: row.name, createdAt: row.created_at };
}

/** Names the organisation this installation serves. Refused once there is one. */
export async function createOrganisation(name: string): Promise<{ kind: "created"; id: string } | { kind: "exists" }> {
  const id = crypto.randomUUID();
  try {
    return await (await database()).transaction().execute(async (transaction) => {
      const existing = await transaction.selectFrom("organisation").select("id").limit(1).executeTakeFirst();
      if (existing) return { kind: "exists" };
      await transaction.insertInto("organisation").values({ id, name, created_at: Date.now() }).execute();
      return { kind: "created", id };
    });
  } catch (error) {
    if (isKeyTaken(error)) return { kind: "exists" };
    throw error;
  }
}
