import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { Role } from "../../lib/workflow/roles.ts";
import type { AppServer } from "./server.ts";

const PASSWORD = "Yunling-Hill-9";

/** The organisation that was set up first. */
export async function firstOrganisation(server: AppServer): Promise<string> {
  const text = await (await server.fetch("/administration")).text();
  return /\/administration\/units\/([\w-]{36})/.exec(text)?.[1] ?? "";
}

/** An organisation below another one. */
export async function organisationBelow(server: AppServer, parentId: string, name: string): Promise<string> {
  const made = await server.ask<{ id: string }>("/api/organisations", "POST", { parentId, name, kind: "department" });
  return made.id;
}

type Person = { name: string; username: string; roles: readonly Role[] };

/** Adds a user to an organisation, with a password of her own, by which she logs in. */
export async function account(
  server: AppServer,
  organisationId: string,
  { name, username, roles }: Person,
): Promise<{ username: string; password: string }> {
  const memberships = roles.map((role) => ({ organisationId, role }));
  const user = { organisationId, name, username, memberships };
  const made = await server.ask<{ password: string }>("/api/users", "POST", user);
  const first = await server.session({ username, password: made.password });
  const body = JSON.stringify({ current: made.password, password: PASSWORD });
  const changed = await server.fetch("/api/account/password", { method: "POST", body }, first);
  if (!changed.ok) throw new Error(`the password was not changed: ${changed.status}`);
  return { username, password: PASSWORD };
}

/** The same; returns the cookie of a session of hers. */
export const person = async (server: AppServer, organisationId: string, who: Person): Promise<string> =>
  server.session(await account(server, organisationId, who));

/** A window in which the owner of this session works. */
export async function windowOf(browser: Browser, server: AppServer, cookie: string): Promise<Page> {
  const context: BrowserContext = await browser.newContext();
  await server.logIn(context, cookie);
  return context.newPage();
}
