import "server-only";
import { environment, localAddress } from "../env.ts";
import { foundOrganisation, isSetUp, isSetupToken, renewSetupToken, setUp } from "../store/installation.ts";
import { hashPassword, passwordFault } from "./passwords.ts";
import { hashOf, newToken } from "./tokens.ts";

/** How long the address may be used, in minutes. */
const MINUTES = 30;

/**
 * As long as nobody can log in, prints an address for the first set-up: for whoever sees the console, once, for half an
 * hour. Any printed before is void. The token stands in the fragment, which no browser sends and no server logs.
 */
export async function announceSetup(): Promise<void> {
  try {
    if (await isSetUp()) return;
    const token = newToken();
    await renewSetupToken(hashOf(token), Date.now() + MINUTES * 60_000);
    console.info(
      `首次使用，请用浏览器打开下面的地址，登记单位和管理员（${MINUTES}分钟内有效，只能用一次，过期请重新启动）：\n${localAddress(environment())}/setup#${token}`,
    );
  } catch (error) {
    console.error(
      "数据库暂时无法使用，没有生成首次设置的地址 / no set-up address, the database failed:",
      (error as Error).name,
    );
  }
}

type First = { token: string; organisation: string; username: string; name: string; password: string };

/**
 * Makes the first organisation and its administrator. "refused": the token is not the one printed last, or too old; "weak":
 * the password is against the policy, and the token may be used again.
 */
export async function makeFirstUser({
  token,
  organisation,
  username,
  name,
  password,
}: First): Promise<
  { kind: "made"; userId: string } | { kind: "refused" } | { kind: "done" } | { kind: "weak"; message: string }
> {
  if (await isSetUp()) return { kind: "done" };
  const tokenHash = hashOf(token);
  if (!(await isSetupToken(tokenHash))) return { kind: "refused" };
  const organisationName = (await foundOrganisation())?.name ?? organisation;
  const about = { username, name, organisation: organisationName };
  const message = passwordFault(password, about, environment().access.password);
  if (message) return { kind: "weak", message };
  const made = await setUp(tokenHash, { organisationName, username, name, passwordHash: await hashPassword(password) });
  return typeof made === "string" ? { kind: made } : { kind: "made", userId: made.userId };
}
