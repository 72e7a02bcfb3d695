import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { POST as postOrganisation } from "../../app/api/organisation/route.ts";
import { POST as postReport } from "../../app/api/reports/route.ts";
import { closeDatabase } from "../../lib/store/database.ts";

/** Gives each test of a file an embedded database of its own. */
export function freshDatabasePerTest(): void {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "api-"));
    delete process.env.DATABASE_URL;
    process.env.DATA_DIR = folder;
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
  const given = Object.entries({ ...fromOurPage, ...headers }).filter((entry): entry is [string, string] => !!entry[1]);
  const sent = typeof body === "string" || body instanceof Uint8Array ? (body as string) : JSON.stringify(body);
  return new Request(`${origin}${path}`, { method, headers: given, body: sent });
}

export const at = <Params>(params: Params): { params: Promise<Params> } => ({ params: Promise.resolve(params) });

export async function nameOrganisation(name = "某某县科学技术局"): Promise<string> {
  const answer = await postOrganisation(request("POST", "/api/organisation", { name }), at({}));
  return (await answer.json()).id;
}

export async function startReport(year: number): Promise<string> {
  const answer = await postReport(request("POST", "/api/reports", { year }), at({}));
  return (await answer.json()).id;
}
