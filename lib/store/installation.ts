import "server-only";
import { roles } from "../workflow/roles.ts";
import { type Connection, readingAll, writingAll } from "./tenancy.ts";
import { insertUser } from "./users.ts";

/** What the first set-up asks for. */
export type FirstUser = { organisationName: string; username: string; name: string; passwordHash: string };

/** Whether the first set-up was made: somebody can log in. */
export const isSetUp = (): Promise<boolean> => readingAll(hasUsers);

/** The organisation that was named before there were users, if any: it stays what it is. */
export const foundOrganisation = (): Promise<{ id: string; name: string } | undefined> =>
  readingAll(oldestOrganisation);

/** Puts a token for the first set-up in the place of any before it. */
export const renewSetupToken = (tokenHash: string, expiresAt: number): Promise<void> =>
  writingAll(async (transaction) => {
    await transaction.deleteFrom("setup_token").execute();
    await transaction.insertInto("setup_token").values({ token_hash: tokenHash, expires_at: expiresAt }).execute();
  });

/** Whether the token could be used now. */
export const isSetupToken = (tokenHash: string): Promise<boolean> =>
  readingAll(async (connection) => {
    const found = await connection
      .selectFrom("setup_token")
      .select("token_hash")
      .where("token_hash", "=", tokenHash)
      .where("expires_at", ">", Date.now())
      .executeTakeFirst();
    return found !== undefined;
  });

/**
 * Makes the first organisation and its administrator, who may do everything in a unit of one person but audit herself.
 * The token is used up by it. "refused": it is not the one that was given out last, or is too old.
 */
export const setUp = (tokenHash: string, first: FirstUser): Promise<{ userId: string } | "refused" | "done"> =>
  writingAll(async (transaction) => {
    if (await hasUsers(transaction)) return "done";
    const used = await transaction
      .deleteFrom("setup_token")
      .where("token_hash", "=", tokenHash)
      .where("expires_at", ">", Date.now())
      .returning("token_hash")
      .executeTakeFirst();
    if (!used) return "refused";
    const found = await oldestOrganisation(transaction);
    const organisationId = found?.id ?? crypto.randomUUID();
    if (!found) {
      await transaction
        .insertInto("organisation")
        .values({
          id: organisationId,
          name: first.organisationName,
          kind: "department",
          parent_id: null,
          created_at: Date.now(),
        })
        .execute();
    }
    const { username, name, passwordHash } = first;
    const memberships = roles
      .filter((role) => role !== "auditor" && role !== "supervisor")
      .map((role) => ({ organisationId, role }));
    return {
      userId: await insertUser(transaction, {
        organisationId,
        username,
        name,
        passwordHash,
        mustChange: false,
        memberships,
      }),
    };
  });

async function hasUsers(connection: Connection): Promise<boolean> {
  return (await connection.selectFrom("user").select("id").limit(1).executeTakeFirst()) !== undefined;
}

const oldestOrganisation = (connection: Connection): Promise<{ id: string; name: string } | undefined> =>
  connection
    .selectFrom("organisation")
    .select(["id", "name"])
    .orderBy("created_at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
