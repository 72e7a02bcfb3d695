import { expect, test } from "vitest";
import { POST as postMove } from "../../app/api/reports/[id]/moves/route.ts";
import { PATCH as patchRemark } from "../../app/api/reports/[id]/remarks/[remark]/route.ts";
import { POST as postRemark } from "../../app/api/reports/[id]/remarks/route.ts";
import { GET as getReport, PATCH as patchReport } from "../../app/api/reports/[id]/route.ts";
import { listRemarks } from "../../lib/store/remarks.ts";
import { organisationNamed, userIn } from "../store/actors.ts";
import { filledReport } from "../store/filled-report.ts";
import { at, freshDatabasePerTest, logIn, request } from "./api-client.ts";

freshDatabasePerTest();

async function begin() {
  const organisation = await organisationNamed("青川市云岭区档案馆");
  const clerk = await userIn(organisation, ["clerk"]);
  const reviewer = await userIn(organisation, ["reviewer"]);
  const { id, version } = await filledReport(clerk);
  const move = async (body: object) =>
    postMove(request("POST", `/api/reports/${id}/moves`, { version, ...body }), at({ id }));
  const remark = async (body: object) => postRemark(request("POST", `/api/reports/${id}/remarks`, body), at({ id }));
  return { clerk, reviewer, id, version, move, remark };
}

test("a report is submitted and answered with a receipt, and cannot be saved over then", async () => {
  const { clerk, id, version, move } = await begin();
  await logIn(clerk);
  const answer = await move({ action: "submit" });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    standing: { state: "reviewing", edition: 1 },
    receipt: {
      ...{ number: 1, action: "submit", version, userName: "李明", role: "clerk" },
      ...{ digest: expect.stringMatching(/^[\da-f]{64}$/), at: expect.any(Number) },
      record: { sequence: 3, hash: expect.stringMatching(/^[\da-f]{64}$/) },
    },
  });
  const read = await getReport(request("GET", `/api/reports/${id}`), at({ id }));
  expect(await read.json()).toMatchObject({ standing: { state: "reviewing", edition: 1 } });
  const save = { baseVersion: version, operationId: crypto.randomUUID(), edits: [{ path: "opening", value: "甲" }] };
  const refused = await patchReport(request("PATCH", `/api/reports/${id}`, save), at({ id }));
  expect(refused.status).toBe(409);
  const body = await refused.json();
  expect(body.message).toContain("科室审核");
  expect(body).not.toHaveProperty("report");
});

test("what stands in the way is said, each with its status", async () => {
  const { clerk, reviewer, id, version, move } = await begin();
  await logIn(reviewer);
  expect((await move({ action: "submit" })).status).toBe(403);
  await logIn(clerk);
  expect((await move({ action: "submit", version: version + 1 })).status).toBe(409);
  expect((await move({ action: "approve" })).status).toBe(409);
  expect((await move({ action: "submit" })).status).toBe(200);
  await logIn(reviewer);
  const unexplained = await move({ action: "return" });
  expect(unexplained.status).toBe(422);
  expect(await unexplained.json()).toMatchObject({ message: "请写明理由。", obstacles: [{ kind: "reason" }] });
  const invalid: [object, string][] = [
    [{ action: "return", reason: "长".repeat(501) }, "500"],
    [{ action: "return", reason: "\u0007" }, "控制字符"],
    [{ action: "publish", publication: { date: "2026-02-30" } }, "日期"],
    [{ action: "publish", publication: { date: "2026-01-20", address: "javascript:alert(1)" } }, "http"],
    [{ action: "forget" }, "action"],
    [{ action: "return", state: "published" }, "state"],
  ];
  for (const [body, word] of invalid) {
    const answer = await move(body);
    expect(answer.status, JSON.stringify(body)).toBe(422);
    expect((await answer.json()).message).toContain(word);
  }
  const strange = crypto.randomUUID();
  const foreign = await postMove(
    request("POST", `/api/reports/${strange}/moves`, { action: "approve", version }),
    at({ id: strange }),
  );
  expect(foreign.status).toBe(404);
  expect(id).not.toBe(strange);
});

test("a remark is made by who looks the report over, and ticked off by the clerk", async () => {
  const { clerk, reviewer, id, move, remark } = await begin();
  await logIn(clerk);
  await move({ action: "submit" });
  expect((await remark({ place: "title", text: "自己提" })).status).toBe(403);
  await logIn(reviewer);
  const made = await remark({ place: "requests.received.natural", text: " 请核对 " });
  expect(made.status).toBe(201);
  const { id: remarkId } = await made.json();
  expect((await remark({ place: "nowhere", text: "甲" })).status).toBe(422);
  expect((await remark({ place: "title", text: " " })).status).toBe(422);
  await move({ action: "return", reason: "请核对" });
  await logIn(clerk);
  const settle = (remark: string, body: object) =>
    patchRemark(request("PATCH", `/api/reports/${id}/remarks/${remark}`, body), at({ id, remark }));
  expect((await settle(remarkId, { settled: true, answer: "已核对" })).status).toBe(200);
  expect(await listRemarks(clerk, id)).toMatchObject([{ text: "请核对", settled: { by: "李明", answer: "已核对" } }]);
  expect((await settle(remarkId, { settled: false })).status).toBe(403);
  expect((await settle(crypto.randomUUID(), { settled: true })).status).toBe(404);
  await logIn(reviewer);
  expect((await settle(remarkId, { settled: false })).status).toBe(200);
  expect(await listRemarks(clerk, id)).toMatchObject([{ settled: undefined }]);
});
