import * as crypto from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { POST as logInRoute } from "../../app/api/session/route.ts";
import { hashPassword } from "../../lib/auth/passwords.ts";
import type { Actor } from "../../lib/store/actor.ts";
import { readingAll, writingAll } from "../../lib/store/tenancy.ts";
import { organisationNamed, userIn } from "../store/actors.ts";
import { at, freshDatabasePerTest, request } from "./api-client.ts";

vi.mock("node:crypto", async (original) => {
  const real = await original<typeof crypto>();
  return { ...real, scrypt: vi.fn(real.scrypt) };
});
const scrypt = vi.mocked(crypto.scrypt);

freshDatabasePerTest();
afterEach(() => {
  scrypt.mockClear();
});

const password = "Yunling-Hill-9";

/** Somebody who can log in by this password. */
async function userWithPassword(organisation: Actor["organisation"], hash: string): Promise<Actor["user"]> {
  const { user } = await userIn(organisation);
  await writingAll((transaction) =>
    transaction.updateTable("user").set({ password_hash: hash }).where("id", "=", user.id).execute(),
  );
  return user;
}

const attempt = (username: string, tried: string, headers: Record<string, string> = {}) =>
  logInRoute(request("POST", "/api/session", { username, password: tried }, headers), at({}));

test("of a thousand tries at one name, from as many addresses, five are looked at; the others of the office go on", async () => {
  const organisation = await organisationNamed("云岭区科技局");
  const hash = await hashPassword(password);
  const attacked = await userWithPassword(organisation, hash);
  const honest = await Promise.all(Array.from({ length: 15 }, () => userWithPassword(organisation, hash)));
  scrypt.mockClear();
  const tries = Array.from({ length: 1_000 }, (_, index) => {
    const address = index % 2 ? `10.0.${index >> 8}.${index & 255}` : `2001:db8:0:${index.toString(16)}::1`;
    return attempt(attacked.username, index === 999 ? password : `Guess-${index}-aa`, {
      "x-forwarded-for": address,
      "x-client-address": address,
      "x-real-ip": address,
    });
  });
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(995);
  expect(scrypt).toHaveBeenCalledTimes(5);
  const locked = await attempt(attacked.username, password);
  expect(locked.status).toBe(429);
  expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);

  const gone = await Promise.all(
    honest.map(({ username }) => attempt(username, password, { "x-client-address": "10.0.0.1" })),
  );
  expect(gone.map(({ status }) => status)).toEqual(honest.map(() => 200));
});

test("one password tried at many names locks none of them, and costs each one try", async () => {
  const organisation = await organisationNamed("云岭区科技局");
  const hash = await hashPassword(password);
  const user = await userWithPassword(organisation, hash);
  for (let index = 0; index < 25; index++) expect((await attempt(`name-${index}`, "Guess-1-aaaa")).status).toBe(401);
  expect((await attempt(user.username, "Guess-1-aaaa")).status).toBe(401);
  expect((await attempt(user.username, password)).status).toBe(200);
});

test("what is known of a session that is over is forgotten when somebody logs in", async () => {
  const user = await userWithPassword(await organisationNamed("云岭区科技局"), await hashPassword(password));
  const sessions = () => readingAll((connection) => connection.selectFrom("session").select("seen_at").execute());
  const longAgo = Date.now() - 13 * 60 * 60_000;
  for (const last of ["this", "that"]) expect((await attempt(user.username, password)).status, last).toBe(200);
  expect(await sessions()).toHaveLength(2);
  await writingAll((transaction) => transaction.updateTable("session").set({ seen_at: longAgo }).execute());
  expect((await attempt(user.username, password)).status).toBe(200);
  expect((await sessions()).map(({ seen_at }) => seen_at > longAgo)).toEqual([true]);
});

test("nobody learns whether there is such a user: same words, same headers, same work, same lock", async () => {
  const organisation = await organisationNamed("云岭区科技局");
  const user = await userWithPassword(organisation, await hashPassword(password));
  const disabled = await userWithPassword(organisation, await hashPassword(password));
  await writingAll((transaction) =>
    transaction.updateTable("user").set({ disabled_at: 1 }).where("id", "=", disabled.id).execute(),
  );
  const seen = async (username: string, tried: string) => {
    scrypt.mockClear();
    const answer = await attempt(username, tried);
    const work = scrypt.mock.calls.map(([, salt, bytes, cost]) => [
      Buffer.from(salt as Uint8Array).length,
      bytes,
      cost,
    ]);
    return { status: answer.status, headers: [...answer.headers].sort(), text: await answer.text(), work };
  };
  for (let time = 0; time < 7; time++) {
    const known = await seen(user.username, "Guess-1-aaaa");
    expect(await seen("nobody", "Guess-1-aaaa")).toEqual(known);
    // Her password is right, and she is told nothing by that.
    expect(await seen(disabled.username, password)).toEqual(known);
    expect(known.status).toBe(time < 5 ? 401 : 429);
    expect(known.work).toHaveLength(time < 5 ? 1 : 0);
  }
});
