import { expect, test } from "vitest";
import { POST as postCorrections } from "../../app/api/corrections/[kind]/route.ts";
import type { Corrections } from "../../lib/checks/corrections.ts";
import { docxText } from "../documents/read-docx.ts";
import { at, freshDatabasePerTest, nameOrganisation, request } from "./api-client.ts";

freshDatabasePerTest();

const content: Corrections = {
  reports: [{ file: "水务局.docx", organisation: "青川县水务局", year: 2024, notes: [], corrections: [] }],
  unread: [],
};
const ask = (body: unknown, kind = "docx") =>
  postCorrections(request("POST", `/api/corrections/${kind}`, body), at({ kind }));

test("a list is sent back as a file, signed by the organisation that asked", async () => {
  await nameOrganisation("青川县政务公开办公室");
  const answer = await ask(content);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-disposition")).toContain(encodeURIComponent("整改清单.docx"));
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const text = docxText(new Uint8Array(await answer.arrayBuffer()));
  expect(text).toContain("文件：水务局.docx。没有发现问题。");
  expect(text).toContain("青川县政务公开办公室");
  const page = await ask(content, "html");
  expect(page.headers.get("content-type")).toMatch(/^text\/html/);
});

test("nobody who is not logged in gets one, nor what is no list or no kind of file", async () => {
  expect((await ask(content)).status).toBe(401);
  await nameOrganisation();
  expect((await ask(content, "pdf")).status).toBe(404);
  expect((await ask({ ...content, reports: [{ ...content.reports[0], year: "去年" }] })).status).toBe(422);
  expect((await ask({ ...content, more: 1 })).status).toBe(422);
});
