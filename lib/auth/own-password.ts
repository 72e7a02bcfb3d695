import "server-only";
import { environment } from "../env.ts";
import type { Actor } from "../store/actor.ts";
import { clearFailures, countAttempt } from "../store/log-ins.ts";
import { choosePassword, passwordsOf } from "../store/users.ts";
import { failureKey } from "./log-in.ts";
import { hashPassword, isPassword, passwordFault } from "./passwords.ts";

/** Takes a password that the actor chose; `kept` is the session that goes on. Returns what is wrong with it, in Chinese. */
export async function changePassword(
  actor: Actor,
  kept: string,
  { current, password }: { current: string; password: string },
): Promise<string | undefined> {
  const { access } = environment();
  const fault = await ownPasswordFault(actor, current);
  if (fault) return fault;
  const about = { ...actor.user, organisation: actor.organisation.name };
  const weakness = passwordFault(password, about, access.password);
  if (weakness) return weakness;
  const known = await passwordsOf(actor, access.password.history);
  for (const hash of [known.current, ...known.earlier]) {
    if (await isPassword(password, hash)) {
      return hash === known.current
        ? "新密码不能与现在的密码相同。"
        : `新密码不能与最近${access.password.history}次用过的密码相同。`;
    }
  }
  await choosePassword(actor, await hashPassword(password), kept);
  return undefined;
}

/** What is wrong with a password that should be the actor's own. Wrong ones count like failed log-ins. */
export async function ownPasswordFault(actor: Actor, password: string): Promise<string | undefined> {
  const key = failureKey(actor.user.username);
  const { lockedUntil } = await countAttempt(key, environment().access.lockout, Date.now());
  if (lockedUntil !== undefined) return "连续输错次数过多，请过一会儿再试。";
  const { current } = await passwordsOf(actor, 0);
  if (!(await isPassword(password, current))) return "现在的密码不正确。";
  await clearFailures(key);
  return undefined;
}
