import { describe, expect, test, vi } from "vitest";
import { GET as health } from "../../app/api/health/route.ts";
import { GET as getReport, PATCH as patchReport } from "../../app/api/reports/[id]/route.ts";
import { POST as postReport } from "../../app/api/reports/route.ts";
import { closeDatabase, database } from "../../lib/store/database.ts";
import { organisationNamed, userIn } from "../store/actors.ts";
import { at, freshDatabasePerTest, logIn, nameOrganisation, request, startReport } from "./api-client.ts";

freshDatabasePerTest();

const operation = () => crypto.randomUUID();
const patch = (id: string, body: unknown, headers?: Record<string, string | undefined>) =>
  patchReport(request("PATCH", `/api/reports/${id}`, body, headers), at({ id }));
const read = (id: string) => getReport(request("GET", `/api/reports/${id}`), at({ id }));
const opening = (value: unknown) => [{ path: "opening", value }];

describe("reports", () => {
  test("there are none for whoever is not logged in", async () => {
    for (const answer of [
      await postReport(request("POST", "/api/reports", { year: 2024 }), at({})),
      await read(operation()),
      await patch(operation(), { baseVersion: 1, operationId: operation(), edits: opening("甲") }),
    ]) {
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ message: "请先登录。" });
    }
  });

  test("there is one a year, and only for years that a notice covers", async () => {
    await nameOrganisation();
    const id = await startReport(2024);
    const again = await postReport(request("POST", "/api/reports", { year: 2024 }), at({}));
    expect(again.status).toBe(409);
    expect(await again.json()).toEqual({ message: "2024年度报告已经建立。", id });
    for (const [year, message] of [
      [1998, "没有适用于1998年度的报告格式。"],
      ["2024", "年度应为整数，例如 2024。"],
      [2024.5, "年度应为整数，例如 2024。"],
      [null, "年度应为整数，例如 2024。"],
    ]) {
      const answer = await postReport(request("POST", "/api/reports", { year }), at({}));
      expect(answer.status).toBe(422);
      expect(await answer.json()).toEqual({ message });
    }
  });

  test("a report is read, saved and read again", async () => {
    await nameOrganisation();
    const id = await startReport(2024);
    const fresh = await read(id);
    expect(fresh.status).toBe(200);
    expect(fresh.headers.get("cache-control")).toBe("no-store");
    expect(await fresh.json()).toMatchObject({ version: 1, report: { year: 2024 }, savedAt: expect.any(Number) });

    const edits = [
      { path: "tables.requests.received.natural", value: "１２" },
      { path: "tables.requests.received.business", value: "十来件" },
      { path: "prose.other", value: [{ kind: "paragraph", content: [{ text: "无其他需要报告的事项。" }] }] },
    ];
    const save = { baseVersion: 1, operationId: operation(), edits };
    const saved = await patch(id, save);
    expect(saved.status).toBe(200);
    const answer = await saved.json();
    expect(answer).toEqual({ version: 2, savedAt: expect.any(Number) });
    expect(await (await patch(id, save)).json()).toEqual(answer);

    const { report, version, savedAt } = await (await read(id)).json();
    expect({ version, savedAt }).toEqual(answer);
    expect(report.tables.requests.received).toMatchObject({ natural: 12, business: "十来件" });
    expect(report.prose.other).toEqual(edits[2]?.value);
  });

  test("a save on an old version is answered with what stands", async () => {
    await nameOrganisation();
    const id = await startReport(2024);
    await patch(id, { baseVersion: 1, operationId: operation(), edits: opening("甲") });
    const late = await patch(id, { baseVersion: 1, operationId: operation(), edits: opening("乙") });
    expect(late.status).toBe(409);
    expect(await late.json()).toEqual({
      message: "这份报告在别处有更新的内容，本次修改没有写入。",
      report: expect.objectContaining({ opening: "甲" }),
      standing: { state: "drafting", edition: 1 },
      version: 2,
      savedAt: expect.any(Number),
    });
  });

  const shape = (change: object) => ({ baseVersion: 1, operationId: "12345678", edits: opening("甲"), ...change });
  const text = (edit: string, more = "") =>
    `{"baseVersion":1,"operationId":"12345678","edits":[{"path":"title","value":${edit}}]${more}}`;
  test.each<[string, unknown, string]>([
    ["nothing in it", {}, "“baseVersion”缺失或者不符合要求。"],
    ["a version in quotes", shape({ baseVersion: "1" }), "“baseVersion”缺失或者不符合要求。"],
    ["too short an operation id", shape({ operationId: "x" }), "“operationId”缺失或者不符合要求。"],
    ["no edits", shape({ edits: [] }), "“edits”缺失或者不符合要求。"],
    ["an object for a value", shape({ edits: opening({ $ne: 1 }) }), "“edits.0.value”缺失或者不符合要求。"],
    ["a number beyond all numbers", text("1e400"), "“edits.0.value”缺失或者不符合要求。"],
    ["a prototype", text('"甲"', ',"__proto__":{"a":1}'), "不认识的项目“__proto__”。"],
    ["something else besides", shape({ year: 2025 }), "不认识的项目“year”。"],
    ["a cell of no table", shape({ edits: [{ path: "tables.a.b.c", value: 1 }] }), "“tables.a.b.c”"],
    ["a day that is none", shape({ edits: [{ path: "closing.date", value: "昨天" }] }), "“closing.date”"],
    ["passages that are none", shape({ edits: [{ path: "prose.other", value: ["文字"] }] }), "“prose.other"],
    ["half of the JSON", '{"baseVersion":1', "请求不是完整的 JSON。"],
    ["bytes that are no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), "请求不是完整的 JSON。"],
    ["very deep JSON", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "请求的内容不符合要求。"],
  ])("a save with %s is refused and says why", async (_, body, message) => {
    await nameOrganisation();
    const id = await startReport(2024);
    const answer = await patch(id, body);
    expect(answer.status).toBe(422);
    expect((await answer.json()).message).toContain(message);
    expect(await (await read(id)).json()).toMatchObject({ version: 1 });
  });

  test("a report that is not there is not found, whatever its id looks like", async () => {
    await nameOrganisation();
    for (const id of [operation(), "1", "\u0000", "..", "__proto__"]) {
      expect((await read(id)).status).toBe(404);
      const answer = await patch(id, { baseVersion: 1, operationId: operation(), edits: opening("甲") });
      expect(answer.status).toBe(404);
      expect(await answer.json()).toEqual({ message: "没有这份报告。" });
    }
  });
});

describe("what the wrapper refuses", () => {
  const save = () => ({ baseVersion: 1, operationId: operation(), edits: opening("甲") });

  test("a body over 1 MB, whether its length was announced or not", async () => {
    await nameOrganisation();
    const id = await startReport(2024);
    const large = { ...save(), edits: opening("长".repeat(400_000)) };
    const announced = await patch(id, large, { "content-length": "1200000" });
    expect(announced.status).toBe(413);
    const silent = await patch(id, large);
    expect(silent.status).toBe(413);
    expect(await silent.json()).toEqual({ message: "内容超过 1 MB，没有保存。" });
    expect((await patch(id, { ...save(), edits: opening("长".repeat(190_000)) })).status).toBe(200);
  });

  test("a body that is not declared as JSON", async () => {
    await nameOrganisation();
    const id = await startReport(2024);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
      expect((await patch(id, save(), { "content-type": type })).status).toBe(415);
    }
    expect((await patch(id, save(), { "content-type": "application/json; charset=utf-8" })).status).toBe(200);
  });

  test.each([
    ["another site", { origin: "http://pages.example" }],
    ["another port", { origin: "http://127.0.0.1:3001" }],
    ["a sandboxed frame", { origin: "null" }],
    ["an origin that is none", { origin: "127.0.0.1:3000" }],
    ["another site that hides its origin", { origin: undefined, "sec-fetch-site": "cross-site" }],
    ["a sibling site that hides its origin", { origin: undefined, "sec-fetch-site": "same-site" }],
    ["a page that claims to be ours", { "sec-fetch-site": "cross-site" }],
    ["nowhere", { origin: undefined }],
  ])("a write from %s", async (_, headers) => {
    await nameOrganisation();
    const id = await startReport(2024);
    const answer = await patch(id, save(), headers);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({ message: "请求来自其他网站，已拒绝。" });
    expect(await (await read(id)).json()).toMatchObject({ version: 1 });
  });

  test("but not a write whose Origin was taken away, if the browser says that the page is ours", async () => {
    await nameOrganisation();
    const id = await startReport(2024);
    const headers = { origin: undefined, "sec-fetch-site": "same-origin" };
    expect((await patch(id, save(), headers)).status).toBe(200);
  });
});

describe("a page that was made for somebody", () => {
  test("is answered while she is logged in, and as if nobody were when another one is", async () => {
    const organisation = await organisationNamed("某某县科学技术局");
    const [first, second] = [await userIn(organisation), await userIn(organisation)];
    await logIn(first);
    const id = await startReport(2024);
    const save = (version: number, user: string) => {
      const body = { baseVersion: version, operationId: operation(), edits: opening(`第${version}稿`) };
      return patch(id, body, { "x-made-for": user });
    };
    expect((await save(1, first.user.id)).status).toBe(200);
    await logIn(second);
    for (const user of [first.user.id, "nobody", `${second.user.id} `.repeat(2)]) {
      const answer = await save(2, user);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ message: "请先登录。" });
    }
    expect(await (await read(id)).json()).toMatchObject({ version: 2 });
    expect((await save(2, second.user.id)).status).toBe(200);
  });
});

test("a failure inside is answered without details and logged without content", async () => {
  await nameOrganisation();
  const id = await startReport(2024);
  await (await database()).updateTable("report").set({ data: '{"opening":"不可外传的草稿"' }).execute();
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const answer = await read(id);
  expect(answer.status).toBe(500);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(await answer.json()).toEqual({ message: "服务器出错，本次操作没有完成，请稍后重试。" });
  expect(log).toHaveBeenCalledTimes(1);
  const logged = log.mock.calls.flat().join("\n");
  expect(logged).toContain(`GET /api/reports/${id} failed: SyntaxError`);
  expect(logged).toContain("reports.ts");
  expect(logged).not.toContain("草稿");
  log.mockRestore();
});

test("health tells whether the database answers", async () => {
  const well = await health(request("GET", "/api/health"), at({}));
  expect(well.status).toBe(200);
  expect(await well.json()).toEqual({ ok: true, ready: true });
  await closeDatabase();
  process.env.DATABASE_URL = "postgres://nobody@127.0.0.1:1/nothing";
  const ill = await health(request("GET", "/api/health"), at({}));
  expect(ill.status).toBe(503);
  expect(await ill.json()).toEqual({ message: "数据库暂时无法使用。" });
});
