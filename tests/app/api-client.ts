import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { POST as postReport } from "../../app/api/reports/route.ts";
import { hashOf, newToken } from "../../lib/auth/tokens.ts";
import type { Actor } from "../../lib/store/actor.ts";
import { closeDatabase } from "../../lib/store/database.ts";
import { beginSession } from "../../lib/store/sessions.ts";
import { organisationNamed, userIn } from "../store/actors.ts";

/** The session that requests carry, once somebody is logged in. */
let cookie: string | undefined;

/** Gives each test of a file an embedded database of its own, in which nobody is logged in. */
export function freshDatabasePerTest(): void {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "api-"));
    delete process.env.DATABASE_URL;
    process.env.DATA_DIR = folder;
    cookie = undefined;
  });
  afterEach(async () => {
    await closeDatabase();
    rmSync(folder, { recursive: true, force: true });
  });
}

const origin = "http://127.0.0.1:3000";
const fromOurPage = { host: "127.0.0.1:3000", origin, "content-type": "application/json" };

/** A request as our own page sends it; a header set to undefined is left out, a string body is sent as it is. */
export function request(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string | undefined> = {},
): Request {
  const given = Object.entries({ ...fromOurPage, cookie, ...headers }).filter(
    (entry): entry is [string, string] => !!entry[1],
  );
  const sent = typeof body === "string" || body instanceof Uint8Array ? (body as string) : JSON.stringify(body);
  return new Request(`${origin}${path}`, { method, headers: given, body: sent });
}

export const at = <Params>(params: Params): { params: Promise<Params> } => ({ params: Promise.resolve(params) });

/** Makes an organisation, and logs its clerk in: requests are hers from now on. Returns the organisation's id. */
export async function nameOrganisation(name = "某某县科学技术局"): Promise<string> {
  const organisation = await organisationNamed(name);
  await logIn(await userIn(organisation));
  return organisation.id;
}

/** Logs somebody in: requests are hers from now on. */
export async function logIn(actor: Actor): Promise<void> {
  const token = newToken();
  await beginSession({ id: hashOf(token), userId: actor.user.id, address: "", browser: "" });
  cookie = `session=${token}`;
}

export async function startReport(year: number): Promise<string> {
  const answer = await postReport(request("POST", "/api/reports", { year }), at({}));
  return (await answer.json()).id;
}
