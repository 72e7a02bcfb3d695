import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { POST as postPassword } from "../../app/api/account/password/route.ts";
import { POST as postImport } from "../../app/api/imports/route.ts";
import { PATCH as patchReport, GET as readReport } from "../../app/api/reports/[id]/route.ts";
import { POST as logInRoute } from "../../app/api/session/route.ts";
import { POST as postUser } from "../../app/api/users/route.ts";
import { GET as exportReport } from "../../app/reports/[id]/export/[kind]/route.ts";
import * as reports from "../../lib/store/reports.ts";
import { readingAll } from "../../lib/store/tenancy.ts";
import { organisationNamed, userIn } from "../store/actors.ts";
import { at, freshDatabasePerTest, logIn, request, startReport } from "./api-client.ts";

/** What must not be found where nobody would look for it. */
const canaries = {
  password: "Canary-Password-71",
  wrongPassword: "Canary-Wrong-72",
  newPassword: "Canary-New-73",
  username: "canary-user-74",
  phone: "13900000075",
  email: "canary76@example.test",
  identity: "110101190001010077",
  text: "金丝雀草稿文字七十八",
  token: "canary-token-79",
  name: "金丝雀姓名八十",
};

freshDatabasePerTest();
let printed: string[] = [];
beforeEach(() => {
  printed = [];
  const note = (...given: unknown[]) => void printed.push(given.map(String).join(" "));
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation(note);
  }
});
afterEach(() => {
  vi.restoreAllMocks();
});

test("what people type reaches neither the log nor the record, also when something fails", async () => {
  const organisation = await organisationNamed("云岭区科技局");
  await logIn(await userIn(organisation, ["clerk", "administrator"]));
  const session = (password: string, code?: string) =>
    logInRoute(
      request(
        "POST",
        "/api/session",
        { username: canaries.username, password, code },
        { cookie: `session=${canaries.token}` },
      ),
      at({}),
    );
  const user = { organisationId: organisation.id, name: canaries.name, username: canaries.username, memberships: [] };
  const made = await postUser(request("POST", "/api/users", user), at({}));
  const { password: given } = await made.json();
  expect(made.status).toBe(201);
  expect((await session(canaries.wrongPassword)).status).toBe(401);
  expect((await session(given)).status).toBe(200);
  const change = { current: canaries.password, password: canaries.newPassword };
  expect((await postPassword(request("POST", "/api/account/password", change), at({}))).status).toBe(422);

  const id = await startReport(2024);
  const contents = [canaries.text, canaries.phone, canaries.email, canaries.identity].join("，");
  const save = (version: number, path: string) => ({
    baseVersion: version,
    operationId: crypto.randomUUID(),
    edits: [{ path, value: contents }],
  });
  const patch = (body: unknown) => patchReport(request("PATCH", `/api/reports/${id}`, body), at({ id }));
  expect((await patch(save(1, "opening"))).status).toBe(200);
  expect((await patch(save(2, "closing.date"))).status).toBe(422);
  expect((await patch(save(1, "opening"))).status).toBe(409);
  expect((await patch(JSON.stringify(save(2, "opening")).slice(0, -2))).status).toBe(422);
  expect((await postImport(request("POST", "/api/imports", contents), at({}))).status).toBe(422);
  for (const kind of ["json", "txt", "html"]) {
    const answer = await exportReport(request("GET", `/reports/${id}/export/${kind}`), at({ id, kind }));
    expect(answer.status).toBe(200);
    expect([...answer.headers].join()).not.toContain(canaries.text);
  }

  const broken = vi.spyOn(reports, "readReport").mockRejectedValue(new Error(`failed at ${Object.values(canaries)}`));
  const answer = await readReport(
    request("GET", `/api/reports/${id}?text=${encodeURIComponent(contents)}`),
    at({ id }),
  );
  expect(broken).toHaveBeenCalled();
  expect(answer.status).toBe(500);
  const said = await answer.text();
  expect(printed.join("\n")).toContain("GET /api/reports/");

  const record = await readingAll((connection) => connection.selectFrom("audit_entry").selectAll().execute());
  expect(record.length).toBeGreaterThan(3);
  const kept = { log: printed.join("\n"), answer: said, record: JSON.stringify(record) };
  for (const [where, text] of Object.entries(kept)) {
    const found = Object.entries({ ...canaries, given }).filter(([, canary]) => text.includes(String(canary)));
    expect(found.map(([what]) => `${what} in the ${where}`)).toEqual([]);
  }
});

test("neither passwords nor tokens lie in the database as they are", async () => {
  const organisation = await organisationNamed("云岭区科技局");
  const administrator = await userIn(organisation, ["administrator"]);
  await logIn(administrator);
  const user = { organisationId: organisation.id, name: "王芳", username: canaries.username, memberships: [] };
  const { password } = await (await postUser(request("POST", "/api/users", user), at({}))).json();
  const answer = await logInRoute(request("POST", "/api/session", { username: canaries.username, password }), at({}));
  const token = /session=([\w-]{43});/.exec(answer.headers.get("set-cookie") ?? "")?.[1] ?? "";
  expect(token).not.toBe("");
  const tables = await readingAll(async (connection) =>
    Promise.all([
      connection.selectFrom("user").selectAll().execute(),
      connection.selectFrom("session").selectAll().execute(),
      connection.selectFrom("audit_entry").selectAll().execute(),
    ]),
  );
  expect(JSON.stringify(tables)).not.toContain(token);
  expect(JSON.stringify(tables)).not.toContain(password);
});
