import "server-only";
import { type Role, roles } from "../workflow/roles.ts";
import { type Actor, farRoles } from "./actor.ts";
import { doneBy, putOnRecord } from "./audit.ts";
import { organisationsBelow } from "./organisations.ts";
import { type Connection, readingAll, writingAll } from "./tenancy.ts";

/** A session as it is begun. `id` is the hash of its token; `address` and `browser` are for her who looks at the list. */
export type NewSession = {
  id: string;
  userId: string;
  organisationId?: string | undefined;
  address: string;
  browser: string;
};

/** Times are epoch milliseconds. */
export type StoredSession = { id: string; createdAt: number; seenAt: number; address: string; browser: string };

/** A session with whoever is logged in by it. */
export type OpenSession = {
  id: string;
  createdAt: number;
  seenAt: number;
  actor: Actor;
  /** Every organisation that she belongs to or has a role in; she works for one at a time. */
  organisations: readonly { id: string; name: string }[];
  mustChange: boolean;
  passwordSetAt: number;
};

/** A session that was begun before the first of these, or not used since the second, is no longer one. */
export type Oldest = { createdAt: number; seenAt: number };

/**
 * Begins a session, for the organisation that is named or else the one she belongs to, as long as she has a role there;
 * otherwise for the first in which she has one.
 */
export async function beginSession({ id, userId, organisationId, address, browser }: NewSession): Promise<void> {
  await writingAll(async (transaction) => {
    const { organisation_id: home } = await transaction
      .selectFrom("user")
      .select("organisation_id")
      .where("id", "=", userId)
      .executeTakeFirstOrThrow();
    const memberships = await transaction
      .selectFrom("member")
      .select("organisation_id")
      .where("user_id", "=", userId)
      .orderBy("organisation_id")
      .execute();
    const working = memberships.map((membership) => membership.organisation_id);
    const organisation_id = [organisationId ?? home, home, ...working].find((one) => working.includes(one)) ?? home;
    const now = Date.now();
    await transaction
      .insertInto("session")
      .values({
        id,
        user_id: userId,
        organisation_id,
        created_at: now,
        seen_at: now,
        address,
        browser,
      })
      .execute();
    await transaction.updateTable("user").set({ logged_in_at: now }).where("id", "=", userId).execute();
    await putOnRecord(transaction, { event: "session.begin", user: userId, organisation: organisation_id });
  });
}

/** The session of this hash, unless it is too old or its user was disabled. Roles are those of this moment. */
export const findSession = (id: string, oldest: Oldest): Promise<OpenSession | undefined> =>
  readingAll(async (connection) => {
    const row = await connection
      .selectFrom("session")
      .innerJoin("user", "user.id", "session.user_id")
      .select(["session.id", "session.created_at", "seen_at", "session.organisation_id"])
      .select(["user.id as user_id", "username", "user.name", "must_change", "password_set_at"])
      .select("user.organisation_id as home_id")
      .where("session.id", "=", id)
      .where("session.created_at", ">", oldest.createdAt)
      .where("seen_at", ">", oldest.seenAt)
      .where("disabled_at", "is", null)
      .executeTakeFirst();
    if (!row) return undefined;
    const memberships = await membershipsOf(connection, row.user_id, row.home_id);
    const current = memberships.find(({ organisation }) => organisation.id === row.organisation_id) ?? memberships[0];
    if (!current) return undefined;
    const { organisation, roles } = current;
    const below = roles.some((role) => farRoles.includes(role))
      ? await organisationsBelow(connection, organisation.id)
      : [];
    return {
      id: row.id,
      createdAt: row.created_at,
      seenAt: row.seen_at,
      actor: { user: { id: row.user_id, username: row.username, name: row.name }, organisation, roles, below },
      organisations: memberships.map((membership) => membership.organisation),
      mustChange: row.must_change !== 0,
      passwordSetAt: row.password_set_at,
    };
  });

/** The organisation she belongs to comes first, with or without a role in it. */
async function membershipsOf(connection: Connection, userId: string, homeId: string) {
  const rows = await connection
    .selectFrom("organisation")
    .leftJoin("member", (join) =>
      join.onRef("member.organisation_id", "=", "organisation.id").on("member.user_id", "=", userId),
    )
    .select(["organisation.id", "organisation.name", "role"])
    .where(({ eb, or }) => or([eb("organisation.id", "=", homeId), eb("member.user_id", "=", userId)]))
    .orderBy("organisation.created_at")
    .orderBy("organisation.id")
    .execute();
  const memberships = new Map<string, { organisation: { id: string; name: string }; roles: Role[] }>();
  for (const { id, name, role } of rows) {
    const membership = memberships.get(id) ?? { organisation: { id, name }, roles: [] };
    if (role) membership.roles.push(role);
    memberships.set(id, membership);
  }
  for (const membership of memberships.values()) membership.roles.sort((a, b) => roles.indexOf(a) - roles.indexOf(b));
  return [...memberships.values()].sort(
    (a, b) => Number(b.organisation.id === homeId) - Number(a.organisation.id === homeId),
  );
}

/** Notes that a session is in use. */
export const touchSession = (id: string, now: number): Promise<unknown> =>
  writingAll((transaction) => transaction.updateTable("session").set({ seen_at: now }).where("id", "=", id).execute());

/** Knows a session by the hash of another token from now on. */
export const renameSession = (id: string, renamed: string): Promise<unknown> =>
  writingAll((transaction) => transaction.updateTable("session").set({ id: renamed }).where("id", "=", id).execute());

/** Lets her work for another of her organisations from now on; false where it is none of hers. */
export const switchOrganisation = (session: OpenSession, organisationId: string): Promise<boolean> =>
  writingAll(async (transaction) => {
    if (!session.organisations.some(({ id }) => id === organisationId)) return false;
    await transaction
      .updateTable("session")
      .set({ organisation_id: organisationId })
      .where("id", "=", session.id)
      .execute();
    return true;
  });

/** The sessions of a user, the one used last first. */
export const listSessions = (actor: Actor, oldest: Oldest): Promise<StoredSession[]> =>
  readingAll((connection) =>
    connection
      .selectFrom("session")
      .select(["id", "created_at as createdAt", "seen_at as seenAt", "address", "browser"])
      .where("user_id", "=", actor.user.id)
      .where("created_at", ">", oldest.createdAt)
      .where("seen_at", ">", oldest.seenAt)
      .orderBy("seen_at", "desc")
      .execute(),
  );

/** Ends one session of the actor's own, the one she works in or another one; false when she has no such session. */
export const endSession = (actor: Actor, id: string, event: "session.end" | "session.revoke"): Promise<boolean> =>
  writingAll(async (transaction) => {
    const ended = await transaction
      .deleteFrom("session")
      .where("id", "=", id)
      .where("user_id", "=", actor.user.id)
      .returning("id")
      .executeTakeFirst();
    if (ended) await putOnRecord(transaction, { ...doneBy(actor), event });
    return ended !== undefined;
  });

/** Forgets sessions that are over. */
export const forgetSessions = (oldest: Oldest): Promise<unknown> =>
  writingAll((transaction) =>
    transaction
      .deleteFrom("session")
      .where(({ eb, or }) => or([eb("created_at", "<=", oldest.createdAt), eb("seen_at", "<=", oldest.seenAt)]))
      .execute(),
  );

/** Ends every session of a user, but for one that may be kept. */
export const endSessionsOf = (connection: Connection, userId: string, kept = ""): Promise<unknown> =>
  connection.deleteFrom("session").where("user_id", "=", userId).where("id", "<>", kept).execute();
