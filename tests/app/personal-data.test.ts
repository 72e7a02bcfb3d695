import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { POST as postPassword } from "../../app/api/account/password/route.ts";
import { PUT as putTotp } from "../../app/api/account/totp/route.ts";
import { POST as postImport } from "../../app/api/imports/route.ts";
import { PATCH as patchUnit } from "../../app/api/organisations/[id]/route.ts";
import { POST as postUnit } from "../../app/api/organisations/route.ts";
import { POST as postMove } from "../../app/api/reports/[id]/moves/route.ts";
import { POST as postRemark } from "../../app/api/reports/[id]/remarks/route.ts";
import { PATCH as patchReport, GET as readReport } from "../../app/api/reports/[id]/route.ts";
import { POST as postPack } from "../../app/api/requirements/route.ts";
import { POST as logInRoute } from "../../app/api/session/route.ts";
import { POST as postSetup } from "../../app/api/setup/route.ts";
import { POST as postUnitImport } from "../../app/api/unit-imports/route.ts";
import { PATCH as patchUser } from "../../app/api/users/[id]/route.ts";
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
  passwordAsName: "canary-typed-as-name-81",
  agent: "Canary-Agent-82",
  address: "192.0.2.83",
  unit: "金丝雀单位八十四",
  renamedUnit: "金丝雀新单位八十五",
  remark: "金丝雀意见八十六",
  quote: "金丝雀引文八十七",
  moveReason: "金丝雀理由八十八",
  publishedAt: "http://canary89.example.test/",
  pack: "金丝雀要求九十",
  code: "910091",
  setupToken: "canary-setup-token-92",
  renamedUser: "金丝雀改名九十三",
  title: "金丝雀标题九十四",
  figure: "金丝雀非数字九十五",
  reason: "金丝雀说明九十六",
  search: "canary-search-97",
  referrer: "http://canary98.example.test/",
  csv: "金丝雀表格九十九",
  unknownField: "canaryField100",
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
  await logIn(await userIn(organisation, ["clerk", "reviewer", "supervisor", "administrator"]));
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
  const { password: given, id: userId } = await made.json();
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

  const browser = {
    ...{ "user-agent": canaries.agent, "x-client-address": canaries.address, referer: canaries.referrer },
    cookie: undefined,
  };
  const remark = { place: "opening", quote: canaries.quote, text: canaries.remark };
  const publication = { date: "2025-01-20", address: canaries.publishedAt };
  const below = { name: canaries.unit, kind: "department", parentId: organisation.id };
  const pack = { name: canaries.pack, years: { from: 2024 }, dataPoints: [], headings: [], longest: {} };
  const first = { organisation: canaries.unit, username: "first", name: canaries.name, password: canaries.newPassword };
  const wrong = { username: canaries.passwordAsName, password: canaries.password };
  const table = { "content-type": "application/octet-stream" };
  const edited = (version: number, path: string, value: unknown) =>
    request("PATCH", "/", { baseVersion: version, operationId: crypto.randomUUID(), edits: [{ path, value }] });
  const explained = { finding: canaries.reason, text: canaries.reason };
  const post = (body: unknown, headers = {}, path = "/") => request("POST", path, body, headers);
  type Route = (request: Request, context: never) => Promise<Response>;
  const asked: [status: number, route: Route, request: Request, params?: object][] = [
    [201, postRemark, post(remark), { id }],
    [422, postRemark, post({ ...remark, [canaries.unknownField]: "x" }), { id }],
    [409, postMove, post({ action: "return", version: 2, reason: canaries.moveReason }), { id }],
    [409, postMove, post({ action: "publish", version: 2, publication }), { id }],
    [201, postUnit, post(below)],
    [409, postUnit, post(below)],
    [200, patchUnit, request("PATCH", "/", { name: canaries.renamedUnit }), { id: organisation.id }],
    [200, patchUser, request("PATCH", "/", { name: canaries.renamedUser }), { id: userId }],
    [201, postPack, post(pack)],
    [409, putTotp, request("PUT", "/", { code: canaries.code })],
    [404, postSetup, post({ ...first, token: canaries.setupToken })],
    [422, postUnitImport, post(canaries.csv, table)],
    [401, logInRoute, post(wrong, browser)],
    [200, logInRoute, post({ username: canaries.username, password: given }, browser, `/?q=${canaries.search}`)],
    [200, patchReport, edited(2, "title", canaries.title), { id }],
    [200, patchReport, edited(3, "tables.requests.received.natural", canaries.figure), { id }],
    [200, patchReport, edited(4, "reasons.B05.requests.carriedIn.natural", explained), { id }],
  ];
  for (const [index, [status, route, sent, params = {}]] of asked.entries()) {
    expect((await route(sent, at(params) as never)).status, `request ${index}`).toBe(status);
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
  expect(record.length).toBeGreaterThan(10);
  expect(Object.keys(canaries).length).toBeGreaterThanOrEqual(30);
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
