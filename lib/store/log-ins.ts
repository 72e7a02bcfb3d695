import "server-only";
import type { Transaction } from "kysely";
import { putOnRecord } from "./audit.ts";
import { isKeyTaken } from "./database.ts";
import type { Tables } from "./tables.ts";
import { readingAll, writingAll } from "./tenancy.ts";

/** When an account is locked and for how long, in ms; a wait doubles with each failure up to the longest. */
export type Lockout = { failures: number; wait: number; longestWait: number };

/** `lockedUntil`: the name is locked, epoch ms. `locks`: it is from now on, unless this attempt turns out well. */
type Counted = { lockedUntil?: number; locks?: true };

/** What logging in has to know of a user. */
export type LoginUser = {
  id: string;
  organisationId: string;
  passwordHash: string;
  isDisabled: boolean;
  /** Present only when she has to give a code. */
  totp: { secret: string; step: number } | undefined;
};

/** How long failures are remembered after the last of them. */
const DAY = 24 * 60 * 60_000;

/**
 * Counts an attempt as failed before anything is compared, so that many at once are no more than many in turn. While a
 * name is locked, attempts do not count; `lockedUntil` is in epoch ms. Names are known by their hashes, whether there is
 * such a user or not, and treated alike.
 */
export async function countAttempt(nameHash: string, lockout: Lockout, now: number): Promise<Counted> {
  const attempt = () => writingAll((transaction) => tryCount(transaction, nameHash, lockout, now));
  try {
    return await attempt();
  } catch (error) {
    // Of two first failures at once, the slower one finds the row of the faster.
    if (isKeyTaken(error)) return attempt();
    throw error;
  }
}

async function tryCount(
  transaction: Transaction<Tables>,
  nameHash: string,
  { failures: allowed, wait, longestWait }: Lockout,
  now: number,
): Promise<Counted> {
  await transaction
    .deleteFrom("login_failure")
    .where("failed_at", "<", now - DAY)
    .where("locked_until", "<=", now)
    .execute();
  const known = await transaction
    .updateTable("login_failure")
    .set((row) => ({ failures: row("failures", "+", 1), failed_at: now }))
    .where("name_hash", "=", nameHash)
    .where("locked_until", "<=", now)
    .returning("failures")
    .executeTakeFirst();
  if (known) {
    const over = known.failures - allowed;
    const locked_until = over < 0 ? 0 : now + Math.min(wait * 2 ** Math.min(over, 20), longestWait);
    await transaction.updateTable("login_failure").set({ locked_until }).where("name_hash", "=", nameHash).execute();
    return over < 0 ? {} : { locks: true };
  }
  const locked = await transaction
    .selectFrom("login_failure")
    .select("locked_until")
    .where("name_hash", "=", nameHash)
    .executeTakeFirst();
  if (locked) return { lockedUntil: locked.locked_until };
  await transaction
    .insertInto("login_failure")
    .values({ name_hash: nameHash, failures: 1, failed_at: now, locked_until: 0 })
    .execute();
  return {};
}

/** Puts on record that a log-in failed, and that its name is locked by it; of whom, if there is such a user. */
export const recordFailure = (user: LoginUser | undefined, locks: boolean): Promise<void> =>
  writingAll(async (transaction) => {
    const whose = { user: user?.id ?? null, organisation: user?.organisationId ?? null };
    await putOnRecord(transaction, { ...whose, event: "session.fail" });
    if (locks) await putOnRecord(transaction, { ...whose, event: "session.lock" });
  });

/** Forgets the failures of a name: she logged in, or an administrator unlocked her. */
export const clearFailures = (nameHash: string): Promise<unknown> =>
  writingAll((transaction) => transaction.deleteFrom("login_failure").where("name_hash", "=", nameHash).execute());

/** The user of this name, for logging in. */
export const findLoginUser = (username: string): Promise<LoginUser | undefined> =>
  readingAll(async (connection) => {
    const row = await connection
      .selectFrom("user")
      .select([
        "id",
        "organisation_id",
        "password_hash",
        "disabled_at",
        "totp_secret",
        "totp_confirmed_at",
        "totp_step",
      ])
      .where("username", "=", username)
      .executeTakeFirst();
    return (
      row && {
        id: row.id,
        organisationId: row.organisation_id,
        passwordHash: row.password_hash,
        isDisabled: row.disabled_at !== null,
        totp:
          row.totp_secret !== null && row.totp_confirmed_at !== null
            ? { secret: row.totp_secret, step: row.totp_step ?? 0 }
            : undefined,
      }
    );
  });

/** Takes the code of an interval, once: false when it or a later one was taken before. */
export const takeTotpStep = (userId: string, step: number): Promise<boolean> =>
  writingAll(async (transaction) => {
    const taken = await transaction
      .updateTable("user")
      .set({ totp_step: step })
      .where("id", "=", userId)
      .where(({ eb, or }) => or([eb("totp_step", "is", null), eb("totp_step", "<", step)]))
      .returning("id")
      .executeTakeFirst();
    return taken !== undefined;
  });
