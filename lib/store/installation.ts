import "server-only";
import { type Role, roles } from "../workflow/roles.ts";
import { putOnRecord } from "./audit.ts";
import { isKeyTaken } from "./database.ts";
import { type Connection, readingAll, writingAll } from "./tenancy.ts";
import { insertUser, resetWithin, userObject } from "./users.ts";

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
    const userId = await insertUser(transaction, {
      organisationId,
      username,
      name,
      passwordHash,
      mustChange: false,
      memberships,
    });
    await putOnRecord(transaction, { event: "installation.setup", user: userId, organisation: organisationId });
    return { userId };
  });

/** Every user of the installation, for whoever has the machine; by organisation and name of the user. */
export const everyUser = (): Promise<
  { username: string; name: string; organisation: string; isDisabled: boolean; roles: Role[] }[]
> =>
  readingAll(async (connection) => {
    const users = await connection
      .selectFrom("user")
      .innerJoin("organisation", "organisation.id", "user.organisation_id")
      .select(["user.id", "username", "user.name", "organisation.name as organisation", "disabled_at"])
      .orderBy("organisation.created_at")
      .orderBy("username")
      .execute();
    const members = await connection.selectFrom("member").select(["user_id", "role"]).execute();
    return users.map(({ id, disabled_at, ...user }) => ({
      ...user,
      isDisabled: disabled_at !== null,
      roles: roles.filter((role) => members.some((member) => member.user_id === id && member.role === role)),
    }));
  });

/** Adds an administrator with a password for one use, to the organisation of that name or the oldest one. */
export async function makeAdministrator(made: {
  username: string;
  name: string;
  organisation: string | undefined;
  passwordHash: string;
}): Promise<"made" | "taken" | "absent"> {
  const { username, name, passwordHash } = made;
  try {
    return await writingAll(async (transaction) => {
      const organisation = await (made.organisation === undefined
        ? oldestOrganisation(transaction)
        : transaction
            .selectFrom("organisation")
            .select(["id", "name"])
            .where("name", "=", made.organisation)
            .executeTakeFirst());
      if (!organisation) return "absent";
      const organisationId = organisation.id;
      const memberships = [{ organisationId, role: "administrator" as const }];
      const id = await insertUser(transaction, {
        ...{ organisationId, username, name, passwordHash, memberships },
        mustChange: true,
      });
      await putOnRecord(transaction, {
        ...{ event: "user.create", organisation: organisationId, object: userObject(id) },
        details: { by: "command line" },
      });
      return "made";
    });
  } catch (error) {
    if (isKeyTaken(error)) return "taken";
    throw error;
  }
}

/** Gives a user a password for one use, and lets her in again if she was disabled. False: there is no such user. */
export const resetPasswordOf = (username: string, passwordHash: string): Promise<boolean> =>
  writingAll(async (transaction) => {
    const user = await transaction
      .updateTable("user")
      .set({ disabled_at: null })
      .where("username", "=", username)
      .returning(["id", "organisation_id"])
      .executeTakeFirst();
    if (!user) return false;
    await resetWithin(transaction, user.id, passwordHash, [user.organisation_id]);
    await putOnRecord(transaction, {
      ...{ event: "password.reset", organisation: user.organisation_id, object: userObject(user.id) },
      details: { by: "command line" },
    });
    return true;
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
