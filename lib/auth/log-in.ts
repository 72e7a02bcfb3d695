import "server-only";
import { environment } from "../env.ts";
import { clearFailures, countAttempt, findLoginUser, recordFailure, takeTotpStep } from "../store/log-ins.ts";
import { rehashPassword } from "../store/users.ts";
import { hashPassword, isPassword, isUpToDate } from "./passwords.ts";
import { hashOf } from "./tokens.ts";
import { totpStep } from "./totp.ts";

export type LogIn =
  | { kind: "in"; userId: string }
  /** Name or password is wrong, or she was disabled: nobody is told which. */
  | { kind: "refused" }
  /** Too many failures; the name is locked until then, epoch ms. */
  | { kind: "locked"; until: number }
  /** The password is right; a code of her second factor is asked for, or the one given was wrong. */
  | { kind: "code" };

/** User names are told apart neither by capitals nor by the width of their characters. */
export const usernameOf = (typed: string): string => typed.normalize("NFKC").trim().toLowerCase();

/** The key under which failed log-ins of a name are counted: people type passwords into this field, too. */
export const failureKey = (username: string): string => hashOf(`name ${username}`);

/** Judges a log-in. The same names in the same time, whether there is such a user or not. */
export async function logIn(typed: { username: string; password: string; code?: string | undefined }): Promise<LogIn> {
  const username = usernameOf(typed.username);
  const key = failureKey(username);
  const now = Date.now();
  const { lockedUntil, locks = false } = await countAttempt(key, environment().access.lockout, now);
  if (lockedUntil !== undefined) return { kind: "locked", until: lockedUntil };
  const user = await findLoginUser(username);
  const isRight = await isPassword(typed.password, user?.passwordHash);
  if (!user || !isRight || user.isDisabled) {
    await recordFailure(user, locks);
    return { kind: "refused" };
  }
  if (user.totp) {
    // The attempt stays counted: whoever has the password only must not get more tries at the code by it.
    const step = typed.code === undefined ? undefined : totpStep(user.totp.secret, typed.code, now);
    if (step === undefined || !(await takeTotpStep(user.id, step))) {
      if (typed.code !== undefined || locks) await recordFailure(user, locks);
      return { kind: "code" };
    }
  }
  await clearFailures(key);
  if (!isUpToDate(user.passwordHash)) await rehashPassword(user.id, await hashPassword(typed.password));
  return { kind: "in", userId: user.id };
}
