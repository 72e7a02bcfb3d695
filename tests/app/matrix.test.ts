import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type ActorRoute, type Route, routes } from "../../lib/auth/routes.ts";
import { hashOf, newToken } from "../../lib/auth/tokens.ts";
import { batches } from "../../lib/export/batches.ts";
import type { Actor } from "../../lib/store/actor.ts";
import { makeAdjustment } from "../../lib/store/adjustments.ts";
import { closeDatabase, database } from "../../lib/store/database.ts";
import { createReport } from "../../lib/store/reports.ts";
import { listPacks, putPack } from "../../lib/store/requirements.ts";
import { beginSession } from "../../lib/store/sessions.ts";
import { readingAll, writingAll } from "../../lib/store/tenancy.ts";
import type { Role } from "../../lib/workflow/roles.ts";
import { actorIn, organisationNamed, userIn } from "../store/actors.ts";
import { at, request } from "./api-client.ts";

/**
 * Who gets what answer from which route about whose things: every row of the table of routes that is no page, every kind
 * of person, and things of every organisation around hers. What is expected is written down here once more, by hand.
 */

const places = ["own", "below", "sibling", "above", "foreign", "absent"] as const;
type Place = (typeof places)[number];
type Who = { name: string; roles: readonly Role[]; state?: "anonymous" | "mustChange" | "disabled" | "idle" };
const people: readonly Who[] = [
  { name: "anonymous", roles: [], state: "anonymous" },
  { name: "disabled clerk", roles: ["clerk"], state: "disabled" },
  { name: "clerk who was away too long", roles: ["clerk"], state: "idle" },
  { name: "clerk with a password for one use", roles: ["clerk", "administrator"], state: "mustChange" },
  { name: "user without a role", roles: [] },
  { name: "clerk", roles: ["clerk"] },
  { name: "reviewer", roles: ["reviewer"] },
  { name: "signatory", roles: ["signatory"] },
  { name: "supervisor", roles: ["supervisor"] },
  { name: "administrator", roles: ["administrator"] },
  { name: "auditor", roles: ["auditor"] },
];

type Things = {
  organisation: string;
  user: string;
  session: string;
  report: string;
  batch: string;
  pack: string;
  adjustment: string;
};
/** What a route is asked, and how it answers whoever may ask it. */
type Asked = {
  /** Parameters of the path that name a thing of an organisation. */
  thing?: (things: Things) => object;
  body?: unknown;
  /** The answer where the thing is hers to use so; a route without a thing has no other. */
  here: number;
  /** Where that is, besides her own organisation. */
  reaches?: (roles: readonly Role[]) => readonly Place[];
  /** The thing is gone by it, and made anew for the next who asks. */
  renew?: "pack" | "adjustment";
  /** Not even in her own organisation: it is another person's. */
  never?: true;
};

const ofSupervisor = (roles: readonly Role[]): readonly Place[] => (roles.includes("supervisor") ? ["below"] : []);
const ofAdministrator = (roles: readonly Role[]): readonly Place[] =>
  roles.includes("administrator") ? ["below"] : [];
const report = ({ report: id }: Things) => ({ id });
const user = ({ user: id }: Things) => ({ id });
const batch = ({ batch: id }: Things) => ({ id });
const save = { baseVersion: 1, operationId: "matrix-1", edits: [{ path: "year", value: 1 }] };
const remark = { place: "nowhere", text: "请核对" };

/** Requests that are refused for their content after everything about the person was judged, or that change nothing. */
const asked: Partial<Record<Route, Asked>> = {
  "GET /api/session": { here: 200 },
  "PUT /api/session": { here: 200 },
  "PATCH /api/session": { body: { organisation: "none" }, here: 404 },
  "DELETE /api/session": { here: 200 },
  "POST /api/account/password": { body: { current: "wrong", password: "Yunling-Hill-9" }, here: 422 },
  "POST /api/account/totp": { body: { password: "wrong" }, here: 422 },
  "PUT /api/account/totp": { body: { code: "000000" }, here: 409 },
  "DELETE /api/account/totp": { body: { password: "wrong" }, here: 422 },
  "DELETE /api/sessions/[id]": { thing: ({ session: id }) => ({ id }), here: 404, never: true },
  "POST /api/organisations": {
    thing: ({ organisation }) => ({ parentId: organisation }),
    body: { name: "云岭区科技局", kind: "department" },
    here: 409,
    reaches: ofAdministrator,
  },
  "GET /administration/import/template": { here: 200 },
  "POST /api/unit-imports": { body: "这不是表格。", here: 422 },
  "PUT /api/unit-imports": { body: "这不是表格。", here: 422 },
  "PATCH /api/organisations/[id]": {
    thing: ({ organisation: id }) => ({ id }),
    body: { kind: "office" },
    here: 200,
    reaches: ofAdministrator,
  },
  "PUT /api/organisations/[id]/steps": {
    thing: ({ organisation: id }) => ({ id }),
    body: { skipped: [] },
    here: 200,
    reaches: ofAdministrator,
  },
  "POST /api/users": {
    thing: ({ organisation }) => ({ organisationId: organisation }),
    body: { name: "王芳", username: "taken", memberships: [] },
    here: 409,
    reaches: ofAdministrator,
  },
  "PATCH /api/users/[id]": { thing: user, body: { name: "王芳" }, here: 200, reaches: ofAdministrator },
  "POST /api/users/[id]/password": { thing: user, here: 200, reaches: ofAdministrator },
  "DELETE /api/users/[id]/lock": { thing: user, here: 200, reaches: ofAdministrator },
  "POST /api/reports": { body: { year: 1998 }, here: 422 },
  "GET /api/reports/[id]": { thing: report, here: 200, reaches: ofSupervisor },
  "PATCH /api/reports/[id]": { thing: report, body: save, here: 422 },
  "GET /reports/[id]/export/[kind]": {
    thing: ({ report: id }) => ({ id, kind: "json" }),
    here: 200,
    reaches: ofSupervisor,
  },
  "POST /api/reports/[id]/moves": {
    thing: report,
    body: { action: "approve", version: 99 },
    here: 409,
    reaches: ofSupervisor,
  },
  "POST /api/reports/[id]/remarks": { thing: report, body: remark, here: 422, reaches: ofSupervisor },
  "PATCH /api/reports/[id]/remarks/[remark]": {
    thing: ({ report: id }) => ({ id, remark: "00000000-0000-4000-8000-000000000000" }),
    body: { settled: true },
    here: 404,
    reaches: ofSupervisor,
  },
  "PUT /api/reports/[id]/last-year": { thing: report, body: { report: "stored" }, here: 200 },
  "GET /overview/totals/workbook": { here: 422 },
  "POST /api/adjustments": {
    body: { year: 1998, unit: "none", cell: "", delta: "", reason: "" },
    here: 422,
  },
  "DELETE /api/adjustments/[id]": {
    thing: ({ adjustment: id }) => ({ id }),
    here: 200,
    renew: "adjustment",
  },
  "POST /api/reminders": {
    thing: ({ organisation }) => ({ organisations: [organisation] }),
    body: { year: 2024 },
    here: 200,
    reaches: ofSupervisor,
  },
  "GET /audit/entries": { here: 200 },
  "POST /api/audit/verification": { body: {}, here: 200 },
  "POST /api/batches": { body: { years: [1999], kinds: ["txt"] }, here: 409 },
  "POST /api/region-batches": { body: { year: 1999, view: "all", name: "", kinds: ["txt"] }, here: 409 },
  "GET /api/batches/[id]": { thing: batch, here: 200 },
  "GET /api/batches/[id]/file": { thing: batch, here: 200 },
  "DELETE /api/batches/[id]": { thing: batch, here: 200 },
  "GET /api/published": { here: 200 },
  "POST /api/imports": { body: "没有报告的一行字。", here: 422 },
  "POST /api/requirements": { body: {}, here: 422 },
  "DELETE /api/requirements/[id]": { thing: ({ pack: id }) => ({ id }), here: 200, renew: "pack" },
  "POST /api/corrections/[kind]": {
    thing: () => ({ kind: "none" }),
    body: { reports: [], unread: [] },
    here: 404,
    never: true,
  },
  "GET /api/fonts": { here: 307 },
  "GET /api/fonts/[version]": { thing: () => ({ version: "none" }), here: 404, never: true },
  "GET /api/fonts/[version]/[font]/[characters]": {
    thing: () => ({ version: "none", font: "kai", characters: "4e00" }),
    here: 404,
    never: true,
  },
};

/** Pages learn by these who asks for what. */
let sentCookie: string | undefined;
vi.mock("next/headers", () => ({
  cookies: async () => new Map(sentCookie ? [["session", { value: sentCookie.split("=")[1] }]] : []),
  headers: async () => new Headers({ "x-address": "/address" }),
}));

const folder = mkdtempSync(join(tmpdir(), "matrix-"));
let own: Actor["organisation"];
const things = new Map<Place, Things>();
const members = new Map<Who, Actor>();

beforeAll(async () => {
  delete process.env.DATABASE_URL;
  process.env.DATA_DIR = folder;
  const above = await organisationNamed("云岭区人民政府办公室");
  own = await organisationNamed("云岭区科技局", above);
  const around: [Place, Actor["organisation"]][] = [
    ["above", above],
    ["own", own],
    ["below", await organisationNamed("云岭区科技站", own)],
    ["sibling", await organisationNamed("云岭区档案馆", above)],
    ["foreign", await organisationNamed("远山区人民政府办公室")],
  ];
  for (const [place, organisation] of around) things.set(place, await thingsOf(organisation));
  const nothing = "00000000-0000-4000-8000-000000000000";
  things.set("absent", {
    organisation: nothing,
    user: nothing,
    session: nothing,
    report: nothing,
    batch: nothing,
    pack: nothing,
    adjustment: nothing,
  });
  for (const who of people) members.set(who, await userIn(own, who.roles));
  const { user: taken } = await userIn(own);
  await writingAll((transaction) =>
    transaction.updateTable("user").set({ username: "taken" }).where("id", "=", taken.id).execute(),
  );
});
afterAll(async () => {
  await closeDatabase();
  rmSync(folder, { recursive: true });
});

async function thingsOf(organisation: Actor["organisation"]): Promise<Things> {
  const somebody = await userIn(organisation);
  const session = crypto.randomUUID();
  await beginSession({ id: session, userId: somebody.user.id, address: "", browser: "" });
  await createReport(somebody, 2023);
  const made = await createReport(somebody, 2024);
  if (made.kind !== "created") throw new Error(`a report was answered ${made.kind}`);
  const started = batches().start(organisation.id, {
    title: "年度报告",
    kinds: ["txt"],
    reports: [{ name: "2024年", read: async () => undefined }],
  });
  if (!started.ok) throw new Error(started.message);
  while (batches().state(organisation.id, started.id)?.state === "running") await new Promise(setImmediate);
  const [pack, adjustment] = [await packOf(organisation), await adjustmentOf(organisation)];
  const ids = { organisation: organisation.id, user: somebody.user.id, session, report: made.id, batch: started.id };
  return { ...ids, pack, adjustment };
}

/** Local requirements of the organisation, made if there are none. */
async function packOf(organisation: Actor["organisation"]): Promise<string> {
  const supervisor = actorIn(organisation, ["supervisor"]);
  const stored = async () => (await listPacks(supervisor)).find(({ organisation: { id } }) => id === organisation.id);
  if (!(await stored())) {
    const name = `${organisation.name}的要求`;
    await putPack(supervisor, { name, years: { from: 2024 }, dataPoints: [], headings: [], longest: {} });
  }
  return (await stored())?.id ?? "";
}

/** An adjustment in the sum of the organisation. */
async function adjustmentOf(organisation: Actor["organisation"]): Promise<string> {
  const office = { ...actorIn(organisation, ["supervisor"]), below: [organisation.id] };
  const adjustment = { unit: organisation.id, cell: "requests.received.natural", delta: 1, reason: "漏报一件" };
  return (await makeAdjustment(office, 2024, adjustment)) ?? "";
}

/** The cookie of a session that was just begun, in whatever state that person is. */
async function cookieOf(who: Who): Promise<string | undefined> {
  if (who.state === "anonymous") return undefined;
  const token = newToken();
  const id = members.get(who)?.user.id ?? "";
  await beginSession({ id: hashOf(token), userId: id, address: "", browser: "" });
  await writingAll(async (transaction) => {
    if (who.state === "disabled") {
      await transaction.updateTable("user").set({ disabled_at: 1 }).where("id", "=", id).execute();
    }
    if (who.state === "mustChange") {
      await transaction.updateTable("user").set({ must_change: 1 }).where("id", "=", id).execute();
    }
    if (who.state === "idle") {
      await transaction.updateTable("session").set({ seen_at: 1 }).where("id", "=", hashOf(token)).execute();
    }
  });
  return `session=${token}`;
}

const isPage = (route: Route) => existsSync(`app${route.split(" ")[1]}/page.tsx`);
const tested = (Object.keys(routes) as Route[]).filter((route) => routes[route].may !== "anyone" && !isPage(route));
let cases = 0;

function expected(route: ActorRoute, who: Who, place: Place): number {
  const { here, thing, reaches, never } = asked[route] as Asked;
  const row: { may: "user" | readonly Role[]; beforePassword?: boolean } = routes[route];
  if (who.state && who.state !== "mustChange") return 401;
  if (who.state === "mustChange" && !row.beforePassword) return 403;
  if (row.may !== "user" && !row.may.some((role) => who.roles.includes(role))) return 403;
  if (!thing) return here;
  if (never) return 404;
  const isHers = place === "own" || (reaches?.(who.roles) ?? []).includes(place);
  return isHers ? here : 404;
}

test("every route that is no page is tested", () => {
  expect(Object.keys(asked).sort()).toEqual([...tested].sort());
});

test.each(tested)("%s", async (route) => {
  const question = asked[route] as Asked;
  const [method = "", path = ""] = route.split(" ");
  const file = `../../app${path}/route.ts`;
  const module = (await import(/* @vite-ignore */ file)) as Record<
    string,
    (request: Request, context: { params: Promise<object> }) => Promise<Response>
  >;
  const wrong: string[] = [];
  const absences = new Set<string>();
  for (const who of people) {
    for (const place of question.thing ? places : (["own"] as const)) {
      if (question.renew && place === "own") {
        const renewed = question.renew === "pack" ? await packOf(own) : await adjustmentOf(own);
        (things.get(place) as Things)[question.renew] = renewed;
      }
      const params = question.thing?.(things.get(place) as Things) ?? {};
      const body = bodyOf(question, params, path);
      const type = typeof body === "string" ? { "content-type": "application/octet-stream" } : {};
      const headers = { cookie: await cookieOf(who), ...type };
      const answer = await module[method]?.(request(method, path, body, headers), at(params));
      const text = (await answer?.text()) ?? "";
      if (answer?.status === 404) absences.add(text);
      const wanted = expected(route as ActorRoute, who, place);
      if (answer?.status !== wanted)
        wrong.push(`${who.name}, ${place}: ${answer?.status} instead of ${wanted} ${text}`);
      cases++;
    }
  }
  expect(wrong).toEqual([]);
  expect(absences.size, [...absences].join("\n")).toBeLessThanOrEqual(1);
});

/** Where a page that sends a write may be, as browsers say it or hide it. */
const senders: readonly Record<string, string | undefined>[] = [
  { origin: "http://pages.example" },
  { origin: "http://127.0.0.1:3001" },
  { origin: "http://127.0.0.1" },
  { origin: "http://127.0.0.1:3000.pages.example" },
  { origin: "http://sub.127.0.0.1:3000" },
  { origin: "http://pages.example:3000/127.0.0.1:3000" },
  { origin: "null" },
  { origin: "127.0.0.1:3000" },
  { origin: undefined },
  { origin: undefined, referer: "http://127.0.0.1:3000/reports" },
  { origin: undefined, "sec-fetch-site": "cross-site" },
  { origin: undefined, "sec-fetch-site": "same-site" },
  { origin: undefined, "sec-fetch-site": "none" },
  { "sec-fetch-site": "cross-site" },
];
/** What such a page can make a browser send: forms, requests without a preflight, and what asks for another method. */
const kinds: readonly Record<string, string | undefined>[] = [
  {},
  { "content-type": "text/plain" },
  { "content-type": "application/x-www-form-urlencoded", "x-http-method-override": "DELETE" },
];
const elsewhere = senders.flatMap((sender) => kinds.map((kind) => ({ ...sender, ...kind })));
const writes = (Object.keys(routes) as Route[]).filter((route) => !route.startsWith("GET "));

test("other sites have more than forty ways of sending something", () => {
  expect(elsewhere.length).toBeGreaterThanOrEqual(40);
  expect(writes.length).toBeGreaterThanOrEqual(30);
});

/** Everything that the database holds. */
async function contents(): Promise<string> {
  const tables = await (await database()).introspection.getTables();
  const rows = tables.map(({ name }) =>
    readingAll(async (connection) => [name, (await sql`select * from ${sql.table(name)}`.execute(connection)).rows]),
  );
  return createHash("sha256")
    .update(JSON.stringify(await Promise.all(rows)))
    .digest("hex");
}

test("a change of any row is seen", async () => {
  const before = await contents();
  expect(await contents()).toBe(before);
  await userIn(own);
  expect(await contents()).not.toBe(before);
});

test.each(writes)("%s is refused when a page of another site sends it, and changes nothing", async (route) => {
  const [method = "", path = ""] = route.split(" ");
  const file = `../../app${path}/route.ts`;
  const module = (await import(/* @vite-ignore */ file)) as Record<
    string,
    (request: Request, context: { params: Promise<object> }) => Promise<Response>
  >;
  const everything = { name: "everything", roles: ["clerk", "supervisor", "administrator"] as const };
  members.set(everything, await userIn(own, everything.roles));
  const cookie = await cookieOf(everything);
  const question = asked[route];
  const params = question?.thing?.(things.get("own") as Things) ?? {};
  const before = await contents();
  for (const headers of elsewhere) {
    const sent = request(method, path, question && bodyOf(question, params, path), { cookie, ...headers });
    const answer = await module[method]?.(sent, at(params));
    expect(answer?.status, JSON.stringify(headers)).toBe(403);
    expect(answer?.headers.get("set-cookie")).toBeNull();
    expect(await answer?.json()).toEqual({ message: "请求来自其他网站，已拒绝。" });
  }
  expect(await contents()).toBe(before);
});

/** What a page makes of a visitor: shown, absent, or where it sends her. */
type Visit = {
  thing?: (things: Things) => object;
  /** Where the thing is that she sees, besides her own organisation. */
  reaches?: (roles: readonly Role[]) => readonly Place[];
  /** What becomes of it where it is hers to see. */
  here?: (roles: readonly Role[]) => string;
};
const ofReport: Visit = { thing: report, reaches: ofSupervisor };
const visited: Partial<Record<Route, Visit>> = {
  "GET /": { here: startOf },
  "GET /sample": {},
  "GET /glossary": {},
  "GET /account": {},
  "GET /account/password": {},
  "GET /audit": {},
  "GET /overview": {},
  "GET /overview/totals": {},
  "GET /administration": {},
  "GET /administration/import": {},
  "GET /administration/units/[id]": { thing: ({ organisation: id }) => ({ id }), reaches: ofAdministrator },
  "GET /administration/users/[id]": { thing: user, reaches: ofAdministrator },
  "GET /reports": {},
  "GET /reports/new": {},
  "GET /reports/[id]": ofReport,
  "GET /reports/[id]/[step]": { ...ofReport, thing: ({ report: id }) => ({ id, step: "opening" }) },
  "GET /reports/[id]/check": ofReport,
  "GET /reports/[id]/history": ofReport,
  "GET /reports/[id]/import": ofReport,
  "GET /reports/[id]/preview": ofReport,
  "GET /reports/[id]/receipts/[number]": {
    ...ofReport,
    thing: ({ report: id }) => ({ id, number: "1" }),
    here: () => "absent",
  },
  "GET /requirements": {},
  "GET /checkup": {},
};
const pages = (Object.keys(routes) as Route[]).filter((route) => routes[route].may !== "anyone" && isPage(route));

test("every page that is not for anyone is visited", () => {
  expect(Object.keys(visited).sort()).toEqual([...pages].sort());
});

test.each(pages)("%s as a page", async (route) => {
  const { thing, reaches, here = () => "shown" } = visited[route] as Visit;
  const [, path = ""] = route.split(" ");
  const isOfReport = path.startsWith("/reports/[id]");
  const files = [...(isOfReport ? ["/reports/[id]/layout.tsx"] : []), `${path === "/" ? "" : path}/page.tsx`];
  const row: { may: "user" | readonly Role[]; beforePassword?: boolean } = routes[route as ActorRoute];
  const mayOpen = (roles: readonly Role[]) => row.may === "user" || row.may.some((role) => roles.includes(role));
  const wrong: string[] = [];
  for (const who of people) {
    for (const place of thing ? places : (["own"] as const)) {
      sentCookie = await cookieOf(who);
      const outcome = await visit(files, thing?.(things.get(place) as Things) ?? {});
      const isHers = !thing || place === "own" || (reaches?.(who.roles) ?? []).includes(place);
      let wanted = mayOpen(who.roles) && isHers ? here(who.roles) : "absent";
      if (who.state) wanted = "to /login?next=%2Faddress";
      if (who.state === "mustChange") wanted = row.beforePassword ? here(who.roles) : "to /account/password";
      if (outcome !== wanted) wrong.push(`${who.name}, ${place}: ${outcome} instead of ${wanted}`);
    }
  }
  expect(wrong).toEqual([]);
});

/** Where the day of somebody with these roles begins. */
function startOf(roles: readonly Role[]): string {
  if (roles.includes("supervisor")) return "to /overview";
  if (roles.some((role) => ["clerk", "reviewer", "signatory"].includes(role))) return "to /reports";
  if (roles.includes("auditor")) return "to /audit";
  return roles.includes("administrator") ? "to /administration" : "to /account";
}

/** Makes a page for whoever sent this cookie, with the layout above it. */
async function visit(files: readonly string[], params: object): Promise<string> {
  for (const file of files) {
    const { default: part } = await import(/* @vite-ignore */ `../../app${file}`);
    try {
      await part({ params: Promise.resolve(params), searchParams: Promise.resolve({}), children: null });
    } catch (error) {
      const { digest = "" } = error as { digest?: string };
      if (digest === "NEXT_HTTP_ERROR_FALLBACK;404") return "absent";
      if (digest.startsWith("NEXT_REDIRECT")) return `to ${digest.split(";")[2]}`;
      throw error;
    }
  }
  return "shown";
}

/** Things are named in the path or, where that has no parameters, in the body. */
function bodyOf({ body }: Asked, params: object, path: string): unknown {
  return body !== undefined && typeof body === "object" && !path.includes("[") ? { ...body, ...params } : body;
}

test("these were more than four hundred cases", () => {
  expect(cases).toBeGreaterThan(400);
});
