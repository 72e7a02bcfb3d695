import { afterEach, describe, expect, test, vi } from "vitest";
import { POST as postPassword } from "../../app/api/account/password/route.ts";
import { POST as startTotp } from "../../app/api/account/totp/route.ts";
import { GET as getBatchFile } from "../../app/api/batches/[id]/file/route.ts";
import { GET as getBatch } from "../../app/api/batches/[id]/route.ts";
import { POST as postBatch } from "../../app/api/batches/route.ts";
import { GET as getReport, PATCH as patchReport } from "../../app/api/reports/[id]/route.ts";
import { GET as getSession, POST as logIn, DELETE as logOut } from "../../app/api/session/route.ts";
import { DELETE as revokeSession } from "../../app/api/sessions/[id]/route.ts";
import { POST as resetPassword } from "../../app/api/users/[id]/password/route.ts";
import { PATCH as patchUser } from "../../app/api/users/[id]/route.ts";
import { GET as exportReport } from "../../app/reports/[id]/export/[kind]/route.ts";
import { hashPassword } from "../../lib/auth/passwords.ts";
import { hashOf, newToken } from "../../lib/auth/tokens.ts";
import { renderPool } from "../../lib/export/render-pool.ts";
import type { Actor } from "../../lib/store/actor.ts";
import { createReport } from "../../lib/store/reports.ts";
import { beginSession } from "../../lib/store/sessions.ts";
import { writingAll } from "../../lib/store/tenancy.ts";
import { organisationNamed, userIn } from "../store/actors.ts";
import { at, freshDatabasePerTest, request } from "./api-client.ts";

freshDatabasePerTest();
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const password = "Yunling-Hill-9";
const other = "Yunling-Peak-8";

/** Somebody who can log in by this password. */
async function userWithPassword(
  organisation: Actor["organisation"],
  roles: Parameters<typeof userIn>[1] = ["clerk"],
): Promise<Actor> {
  const actor = await userIn(organisation, roles);
  const password_hash = await hashPassword(password);
  await writingAll((transaction) =>
    transaction.updateTable("user").set({ password_hash }).where("id", "=", actor.user.id).execute(),
  );
  return actor;
}

/** The session of somebody, as the cookie that carries it. */
async function sessionOf({ user }: Actor): Promise<string> {
  const token = newToken();
  await beginSession({ id: hashOf(token), userId: user.id, address: "", browser: "" });
  return `session=${token}`;
}

const attempt = (username: string, headers: Record<string, string> = {}, typed = password) =>
  logIn(request("POST", "/api/session", { username, password: typed }, headers), at({}));
const isTaken = async (cookie: string, headers: Record<string, string | undefined>) =>
  (await getSession(request("GET", "/api/session", undefined, { cookie, ...headers }), at({}))).status === 200;
const isOpen = (cookie: string) => isTaken(cookie, {});
const cookieIn = (answer: Response) => /^[^;]+/.exec(answer.headers.get("set-cookie") ?? "")?.[0] ?? "";

describe("a token", () => {
  test("is not the one that the browser came with, nor one that anybody could guess", async () => {
    const { user } = await userWithPassword(await organisationNamed("云岭区科技局"));
    const brought = ["session=chosen-by-another", `session=${newToken()}`, `__Host-session=${newToken()}`, "session="];
    const given = new Set<string>();
    for (const cookie of brought) {
      const answer = await attempt(user.username, { cookie });
      expect(answer.status).toBe(200);
      const now = cookieIn(answer);
      expect(now).not.toBe(cookie);
      expect(await isOpen(cookie)).toBe(false);
      expect(await isOpen(now)).toBe(true);
      given.add(now);
    }
    expect(given.size).toBe(brought.length);

    const tokens = Array.from({ length: 2_000 }, newToken);
    expect(new Set(tokens).size).toBe(tokens.length);
    const bytes = tokens.map((token) => Buffer.from(token, "base64url"));
    expect(bytes.every(({ length }) => length === 32)).toBe(true);
    // Each of the 256 bits is set about every second time: 1000 ± 8 standard deviations.
    for (let bit = 0; bit < 256; bit++) {
      const set = bytes.filter((token) => ((token[bit >> 3] ?? 0) >> (bit & 7)) & 1).length;
      expect(Math.abs(set - 1_000), `bit ${bit}`).toBeLessThan(180);
    }
  });

  test.each([
    ["http://127.0.0.1:3000", /^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/],
    ["https://127.0.0.1:3000", /^__Host-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/],
  ])("is kept from scripts and other sites, of a page at %s", async (origin, cookie) => {
    const { user } = await userWithPassword(await organisationNamed("云岭区科技局"));
    const host = "127.0.0.1:3000";
    const answer = await attempt(user.username, { origin, host });
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(cookie)]);
    const out = request("DELETE", "/api/session", undefined, { cookie: cookieIn(answer), origin, host });
    const ended = await logOut(out, at({}));
    expect(ended.headers.getSetCookie()).toEqual([expect.stringMatching(/^(?:__Host-)?session=; .*Max-Age=0$/)]);
    expect(await isTaken(cookieIn(answer), { origin })).toBe(false);
  });

  const https = "https://127.0.0.1:3000";
  test.each([
    ["HTTPS, written", { origin: https }, [true, false]],
    ["HTTPS, read", { origin: undefined, "x-forwarded-proto": "https" }, [true, false]],
    ["HTTPS, read through two proxies", { origin: undefined, "x-forwarded-proto": "https, http" }, [true, false]],
    ["HTTPS, read through a proxy that does not say so", { origin: undefined }, [true, true]],
    ["plain HTTP, written", {}, [false, true]],
    ["plain HTTP, written through a proxy", { "x-forwarded-proto": "http" }, [false, true]],
  ])("is taken under the name that was given over the same way: %s", async (_, headers, taken) => {
    const { user } = await userWithPassword(await organisationNamed("云岭区科技局"));
    const secure = cookieIn(await attempt(user.username, { origin: https }));
    const plain = cookieIn(await attempt(user.username));
    expect(await Promise.all([secure, plain].map((cookie) => isTaken(cookie, headers)))).toEqual(taken);
    expect(await isTaken(`${plain}; ${secure}`, headers)).toBe(true);
  });

  test("of HTTPS is hers, whatever a neighbour put beside it", async () => {
    const office = await organisationNamed("云岭区科技局");
    const [hers, foreign] = [await userWithPassword(office), await userWithPassword(office)];
    const secure = cookieIn(await attempt(hers.user.username, { origin: https }));
    const planted = cookieIn(await attempt(foreign.user.username));
    for (const headers of [{ origin: undefined }, { origin: https }]) {
      const madeFor = { ...headers, "x-made-for": hers.user.id };
      expect(await isTaken(`${planted}; ${secure}`, madeFor)).toBe(true);
    }
  });

  test("is refused in any other place or form", async () => {
    const { user } = await userWithPassword(await organisationNamed("云岭区科技局"));
    const cookie = cookieIn(await attempt(user.username));
    const token = cookie.split("=")[1] ?? "";
    const forms = [
      ...[`SESSION=${token}`, `xsession=${token}`, `session =${token}`, `session="${token}"`, `a=b,session=${token}`],
      ...[
        `session=${token.slice(1)}`,
        `session=${token}A`,
        `session=${token.toLowerCase()}`,
        `session=${hashOf(token)}`,
      ],
    ];
    for (const form of forms) expect(await isOpen(form), form).toBe(false);
    for (const headers of [{ authorization: `Bearer ${token}` }, { "x-session": token }]) {
      const asked = request("GET", `/api/session?session=${token}`, undefined, headers);
      expect((await getSession(asked, at({}))).status).toBe(401);
    }
    expect(await isOpen(cookie)).toBe(true);
  });

  test("is a new one after another password, and a second log-in ends the first of this browser only", async () => {
    const { user } = await userWithPassword(await organisationNamed("云岭区科技局"));
    const elsewhere = cookieIn(await attempt(user.username));
    const here = cookieIn(await attempt(user.username));
    const again = cookieIn(await attempt(user.username, { cookie: here }));
    expect([await isOpen(elsewhere), await isOpen(here), await isOpen(again)]).toEqual([true, false, true]);
    const change = request("POST", "/api/account/password", { current: password, password: other }, { cookie: again });
    const renewed = cookieIn(await postPassword(change, at({})));
    const alive = await Promise.all([elsewhere, again, renewed].map(isOpen));
    expect(alive).toEqual([false, false, true]);
  });
});

/** What an administrator does to a user; afterwards nothing that user had open goes on. */
const shutOut: [what: string, (administrator: string, id: string, to: string) => Promise<Response>][] = [
  ["disabled", (cookie, id) => change(cookie, id, { isDisabled: true })],
  ["moved to another unit", (cookie, id, organisationId) => change(cookie, id, { organisationId })],
  [
    "given another role",
    (cookie, id, to) => change(cookie, id, { memberships: [{ organisationId: to, role: "clerk" }] }),
  ],
  ["left without a role", (cookie, id) => change(cookie, id, { memberships: [] })],
  [
    "given another password",
    (cookie, id) => resetPassword(request("POST", `/api/users/${id}/password`, {}, { cookie }), at({ id })),
  ],
];
const change = (cookie: string, id: string, body: object) =>
  patchUser(request("PATCH", `/api/users/${id}`, body, { cookie }), at({ id }));

describe.each(shutOut)("who is %s", (_, shut) => {
  async function office() {
    const above = await organisationNamed("云岭区人民政府办公室");
    const unit = await organisationNamed("云岭区科技局", above);
    const elsewhere = await organisationNamed("云岭区档案馆", above);
    const administrator = await sessionOf(await userIn(above, ["administrator"]));
    const user = await userWithPassword(unit, ["clerk", "reviewer"]);
    const made = await createReport(user, 2024);
    if (made.kind !== "created") throw new Error(`a report was answered ${made.kind}`);
    const away = async () => expect((await shut(administrator, user.user.id, elsewhere.id)).status).toBe(200);
    return { unit, user, away, id: made.id };
  }

  test("is out at once in every browser, whatever is asked", async () => {
    const { user, away, id } = await office();
    const cookies = await Promise.all([1, 2, 3].map(() => sessionOf(user)));
    expect(await Promise.all(cookies.map(isOpen))).toEqual([true, true, true]);
    await away();
    expect(await Promise.all(cookies.map(isOpen))).toEqual([false, false, false]);
    const [cookie = ""] = cookies;
    const edits = [{ path: "opening", value: "甲" }];
    const save = { baseVersion: 1, operationId: crypto.randomUUID(), edits };
    for (const answer of [
      await getReport(request("GET", `/api/reports/${id}`, undefined, { cookie }), at({ id })),
      await patchReport(request("PATCH", `/api/reports/${id}`, save, { cookie }), at({ id })),
      await startTotp(request("POST", "/api/account/totp", { password }, { cookie }), at({})),
      await revokeSession(request("DELETE", "/api/sessions/x", undefined, { cookie }), at({ id: "x" })),
    ]) {
      expect(answer.status).toBe(401);
    }
  });

  test("does not get the file that waited for its turn meanwhile", async () => {
    const { user, away, id } = await office();
    const cookie = await sessionOf(user);
    const render = vi.spyOn(renderPool(), "render");
    const asked = (hold: () => Promise<void>) => {
      const file = { name: "报告.docx", type: "application/octet-stream", bytes: new Uint8Array([1]) };
      render.mockImplementationOnce(async () => {
        vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_000 });
        await hold();
        return { kind: "file", file } as never;
      });
      const path = `/reports/${id}/export/docx`;
      return exportReport(request("GET", path, undefined, { cookie }), at({ id, kind: "docx" }));
    };
    expect((await asked(async () => undefined)).status).toBe(200);
    const late = await asked(away);
    expect(late.status).toBe(401);
    expect(await late.json()).toEqual({ message: "请先登录。" });
    expect(render).toHaveBeenCalledTimes(2);
  });

  test("gets nothing more of the files that were begun; the others of the unit still do", async () => {
    const { unit, user, away } = await office();
    const cookie = await sessionOf(user);
    const begun = await postBatch(
      request("POST", "/api/batches", { years: [2024], kinds: ["txt"] }, { cookie }),
      at({}),
    );
    const { id } = await begun.json();
    await away();
    const ask = (as: string) => getBatch(request("GET", `/api/batches/${id}`, undefined, { cookie: as }), at({ id }));
    const fetchFile = (as: string) =>
      getBatchFile(request("GET", `/api/batches/${id}/file`, undefined, { cookie: as }), at({ id }));
    expect([(await ask(cookie)).status, (await fetchFile(cookie)).status]).toEqual([401, 401]);
    const colleague = await sessionOf(await userIn(unit));
    await expect.poll(async () => (await (await ask(colleague)).json()).state).toBe("finished");
    expect((await fetchFile(colleague)).status).toBe(200);
    expect((await fetchFile(cookie)).status).toBe(401);
  });
});
