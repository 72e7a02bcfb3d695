import "server-only";
import type { Transaction } from "kysely";
import type { Role } from "../workflow/roles.ts";
import { type Actor, reach } from "./actor.ts";
import { doneBy, putOnRecord } from "./audit.ts";
import { isKeyTaken } from "./database.ts";
import { endSessionsOf } from "./sessions.ts";
import type { Tables } from "./tables.ts";
import { type Connection, reading, readingAll, writing, writingAll } from "./tenancy.ts";

/** A role in an organisation. */
export type Membership = { organisationId: string; role: Role };

/** Times are epoch milliseconds. */
export type StoredUser = {
  id: string;
  /** Where she belongs: the administrators there, and above, look after her. */
  organisationId: string;
  username: string;
  name: string;
  mustChange: boolean;
  isDisabled: boolean;
  hasTotp: boolean;
  loggedInAt: number | undefined;
  /** Those in organisations that the actor administers. */
  memberships: readonly Membership[];
};

export type NewUser = {
  organisationId: string;
  username: string;
  name: string;
  passwordHash: string;
  /** The password is for one use. */
  mustChange: boolean;
  memberships: readonly Membership[];
};

/** What an administrator changes of a user. `memberships` replaces those in organisations that the actor administers. */
export type UserChange = {
  name?: string;
  organisationId?: string;
  isDisabled?: boolean;
  memberships?: readonly Membership[];
};

/** The users who belong to organisations that the actor administers, by organisation and name. */
export const listUsers = (actor: Actor): Promise<StoredUser[]> =>
  reading(actor, (connection) => usersOf(connection, reach(actor, "administrator")));

/** One of them. */
export const readUser = async (actor: Actor, id: string): Promise<StoredUser | undefined> =>
  (await listUsers(actor)).find((user) => user.id === id);

async function usersOf(connection: Connection, administered: readonly string[]): Promise<StoredUser[]> {
  if (administered.length === 0) return [];
  const users = await connection
    .selectFrom("user")
    .selectAll()
    .where("organisation_id", "in", administered)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  const members = await connection
    .selectFrom("member")
    .selectAll()
    .where("organisation_id", "in", administered)
    .execute();
  const held = new Map<string, Membership[]>();
  for (const { user_id, organisation_id: organisationId, role } of members) {
    held.set(user_id, [...(held.get(user_id) ?? []), { organisationId, role }]);
  }
  return users.map((row) => ({
    id: row.id,
    organisationId: row.organisation_id,
    username: row.username,
    name: row.name,
    mustChange: row.must_change !== 0,
    isDisabled: row.disabled_at !== null,
    hasTotp: row.totp_confirmed_at !== null,
    loggedInAt: row.logged_in_at ?? undefined,
    memberships: held.get(row.id) ?? [],
  }));
}

/** Adds a user to an organisation that the actor administers, with roles in such organisations. */
export async function createUser(
  actor: Actor,
  user: NewUser,
): Promise<{ kind: "created"; id: string } | { kind: "taken" } | { kind: "absent" }> {
  if (!administers(actor, user.organisationId, user.memberships)) return { kind: "absent" };
  try {
    const id = await writing(actor, async (transaction) => {
      const made = await insertUser(transaction, user);
      await putOnRecord(transaction, { ...doneBy(actor), event: "user.create", object: userObject(made) });
      return made;
    });
    return { kind: "created", id };
  } catch (error) {
    if (isKeyTaken(error)) return { kind: "taken" };
    throw error;
  }
}

/** Within a transaction that is open for the organisations in question. Rejects where the name is taken (`isKeyTaken`). */
export async function insertUser(transaction: Transaction<Tables>, user: NewUser): Promise<string> {
  const id = crypto.randomUUID();
  const now = Date.now();
  await transaction
    .insertInto("user")
    .values({
      id,
      organisation_id: user.organisationId,
      username: user.username,
      name: user.name,
      password_hash: user.passwordHash,
      password_set_at: now,
      must_change: user.mustChange ? 1 : 0,
      disabled_at: null,
      totp_secret: null,
      totp_confirmed_at: null,
      totp_step: null,
      logged_in_at: null,
      created_at: now,
    })
    .execute();
  await insertMemberships(transaction, id, user.memberships);
  return id;
}

/**
 * Changes a user whom the actor administers. Whoever was disabled or moved, or got other roles, has to log in again. "self": nobody
 * disables herself or takes the administration from herself, or there might be none left.
 */
export async function changeUser(actor: Actor, id: string, change: UserChange): Promise<"changed" | "absent" | "self"> {
  const administered = reach(actor, "administrator");
  const { name, organisationId, isDisabled, memberships } = change;
  if (!administers(actor, organisationId ?? actor.organisation.id, memberships ?? [])) return "absent";
  const staysAdministrator = memberships?.some(
    (membership) => membership.role === "administrator" && membership.organisationId === actor.organisation.id,
  );
  if (id === actor.user.id && (isDisabled || staysAdministrator === false)) return "self";
  return writing(actor, async (transaction) => {
    const found = await transaction
      .selectFrom("user")
      .select(["id", "organisation_id", "disabled_at"])
      .where("id", "=", id)
      .where("organisation_id", "in", administered)
      .executeTakeFirst();
    if (!found) return "absent";
    if (name !== undefined || organisationId !== undefined || isDisabled !== undefined) {
      await transaction
        .updateTable("user")
        .set({
          ...(name !== undefined && { name }),
          ...(organisationId !== undefined && { organisation_id: organisationId }),
          ...(isDisabled !== undefined && { disabled_at: isDisabled ? (found.disabled_at ?? Date.now()) : null }),
        })
        .where("id", "=", id)
        .where("organisation_id", "in", administered)
        .execute();
    }
    const hasOtherRoles = memberships && (await replaceMemberships(transaction, id, administered, memberships));
    const isMoved = organisationId !== undefined && organisationId !== found.organisation_id;
    if (isDisabled || isMoved || hasOtherRoles) await endSessionsOf(transaction, id);
    const event = isDisabled === undefined ? "user.change" : isDisabled ? "user.disable" : "user.enable";
    await putOnRecord(transaction, {
      ...{ ...doneBy(actor), event, object: userObject(id) },
      details: hasOtherRoles ? { roles: memberships.map(({ role }) => role).join(" ") } : {},
    });
    return "changed";
  });
}

/** Whether anything changed by it. */
async function replaceMemberships(
  transaction: Transaction<Tables>,
  id: string,
  administered: readonly string[],
  memberships: readonly Membership[],
): Promise<boolean> {
  const removed = await transaction
    .deleteFrom("member")
    .where("user_id", "=", id)
    .where("organisation_id", "in", administered)
    .returning(["organisation_id", "role"])
    .execute();
  await insertMemberships(transaction, id, memberships);
  const named = (organisation: string, role: string) => `${organisation} ${role}`;
  const before = new Set(removed.map(({ organisation_id, role }) => named(organisation_id, role)));
  const after = new Set(memberships.map(({ organisationId, role }) => named(organisationId, role)));
  return before.size !== after.size || [...before].some((membership) => !after.has(membership));
}

async function insertMemberships(
  transaction: Transaction<Tables>,
  userId: string,
  memberships: readonly Membership[],
): Promise<void> {
  for (const { organisationId, role } of memberships) {
    await transaction.insertInto("member").values({ user_id: userId, organisation_id: organisationId, role }).execute();
  }
}

/** Gives a user whom the actor administers a password for one use, ends her sessions and lifts her second factor. */
export const resetPassword = (
  actor: Actor,
  id: string,
  passwordHash: string,
): Promise<{ username: string } | undefined> =>
  writing(actor, async (transaction) => {
    const administered = reach(actor, "administrator");
    const reset = await resetWithin(transaction, id, passwordHash, administered);
    if (reset) await putOnRecord(transaction, { ...doneBy(actor), event: "password.reset", object: userObject(id) });
    return reset;
  });

/** The same within a transaction, for a user of one of these organisations. */
export async function resetWithin(
  transaction: Transaction<Tables>,
  id: string,
  passwordHash: string,
  organisations: readonly string[],
): Promise<{ username: string } | undefined> {
  const reset = await transaction
    .updateTable("user")
    .set({
      password_hash: passwordHash,
      password_set_at: Date.now(),
      must_change: 1,
      totp_secret: null,
      totp_confirmed_at: null,
    })
    .where("id", "=", id)
    .where("organisation_id", "in", organisations)
    .returning("username")
    .executeTakeFirst();
  if (reset) await endSessionsOf(transaction, id);
  return reset;
}

/** The hash of the actor's password now, and those of the ones before, the latest first. */
export const passwordsOf = (actor: Actor, count: number): Promise<{ current: string; earlier: string[] }> =>
  readingAll(async (connection) => {
    const { password_hash: current } = await connection
      .selectFrom("user")
      .select("password_hash")
      .where("id", "=", actor.user.id)
      .executeTakeFirstOrThrow();
    const rows = await connection
      .selectFrom("password_history")
      .select("password_hash")
      .where("user_id", "=", actor.user.id)
      .orderBy("set_at", "desc")
      .limit(count)
      .execute();
    return { current, earlier: rows.map((row) => row.password_hash) };
  });

/** Takes the password that the actor chose for herself; `kept` is the one session that outlives it. */
export const choosePassword = (actor: Actor, passwordHash: string, kept: string): Promise<unknown> =>
  writingAll(async (transaction) => {
    const id = actor.user.id;
    const before = await transaction
      .selectFrom("user")
      .select(["password_hash", "password_set_at"])
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    await transaction
      .insertInto("password_history")
      .values({ user_id: id, set_at: before.password_set_at, password_hash: before.password_hash })
      .execute();
    // Two within a millisecond are two all the same: the history tells them apart by when they were set.
    const password_set_at = Math.max(Date.now(), before.password_set_at + 1);
    await transaction
      .updateTable("user")
      .set({ password_hash: passwordHash, password_set_at, must_change: 0 })
      .where("id", "=", id)
      .execute();
    await endSessionsOf(transaction, id, kept);
    await putOnRecord(transaction, { ...doneBy(actor), event: "password.choose" });
  });

/** Stores the same password, hashed in another way. */
export const rehashPassword = (id: string, passwordHash: string): Promise<unknown> =>
  writingAll((transaction) =>
    transaction.updateTable("user").set({ password_hash: passwordHash }).where("id", "=", id).execute(),
  );

/** The actor's second factor; the secret stands open as long as no code from it was seen. */
export const totpOf = (actor: Actor): Promise<{ secret: string; isConfirmed: boolean } | undefined> =>
  readingAll(async (connection) => {
    const { totp_secret: secret, totp_confirmed_at } = await connection
      .selectFrom("user")
      .select(["totp_secret", "totp_confirmed_at"])
      .where("id", "=", actor.user.id)
      .executeTakeFirstOrThrow();
    return secret === null ? undefined : { secret, isConfirmed: totp_confirmed_at !== null };
  });

/** Begins (a secret), confirms ("confirmed") or lifts (undefined) the actor's second factor. */
export const setTotp = (actor: Actor, secret: string | "confirmed" | undefined): Promise<unknown> =>
  writingAll(async (transaction) => {
    await transaction
      .updateTable("user")
      .set(
        secret === "confirmed"
          ? { totp_confirmed_at: Date.now() }
          : { totp_secret: secret ?? null, totp_confirmed_at: null, totp_step: null },
      )
      .where("id", "=", actor.user.id)
      .execute();
    if (secret === "confirmed") await putOnRecord(transaction, { ...doneBy(actor), event: "factor.begin" });
    if (secret === undefined) await putOnRecord(transaction, { ...doneBy(actor), event: "factor.end" });
  });

/** How the record names a user. */
export const userObject = (id: string): string => `user:${id}`;

function administers(actor: Actor, organisationId: string, memberships: readonly Membership[]): boolean {
  const administered = reach(actor, "administrator");
  return [organisationId, ...memberships.map((membership) => membership.organisationId)].every((id) =>
    administered.includes(id),
  );
}
