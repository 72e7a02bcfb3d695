import "server-only";
import type { Actor } from "../store/actor.ts";
import { clearFailures } from "../store/log-ins.ts";
import { createUser, type Membership, type NewUser, readUser, resetPassword } from "../store/users.ts";
import { failureKey } from "./log-in.ts";
import { hashPassword, oneTimePassword } from "./passwords.ts";

/** Why these roles cannot be one person's; undefined where they can. */
export function rolesFault(memberships: readonly Membership[]): string | undefined {
  const roles = new Set(memberships.map(({ role }) => role));
  return roles.has("auditor") && roles.has("administrator") ? "同一个人不能既是审计员又是系统管理员。" : undefined;
}

/** Adds a user, with a password for one use that is shown this once. */
export async function addUser(
  actor: Actor,
  user: Omit<NewUser, "passwordHash" | "mustChange">,
): Promise<{ kind: "created"; id: string; password: string } | { kind: "taken" } | { kind: "absent" }> {
  const password = oneTimePassword();
  const made = await createUser(actor, { ...user, passwordHash: await hashPassword(password), mustChange: true });
  return made.kind === "created" ? { ...made, password } : made;
}

/** Gives a user another password for one use, and unlocks her. Undefined: there is no such user for the actor. */
export async function giveOneTimePassword(actor: Actor, id: string): Promise<string | undefined> {
  const password = oneTimePassword();
  const reset = await resetPassword(actor, id, await hashPassword(password));
  if (!reset) return undefined;
  await clearFailures(failureKey(reset.username));
  return password;
}

/** Lets a user log in at once who was locked after failures. False: there is no such user for the actor. */
export async function unlockUser(actor: Actor, id: string): Promise<boolean> {
  const user = await readUser(actor, id);
  if (user) await clearFailures(failureKey(user.username));
  return user !== undefined;
}
