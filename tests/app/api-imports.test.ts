import { expect, test } from "vitest";
import { POST as postImport } from "../../app/api/imports/route.ts";
import { compose, documentText } from "../../lib/report/compose.ts";
import { renderPdf } from "../../templates/document/pdf.ts";
import { formats } from "../../templates/index.ts";
import { sampleReport } from "../documents/reports.ts";
import { at, freshDatabasePerTest, nameOrganisation, request } from "./api-client.ts";

freshDatabasePerTest();

const [format = formats[0]] = formats.slice(-1);
if (!format) throw new Error("there is no format");
const report = sampleReport(format);
const document = compose(format, report, false);
const text = documentText(document);
const LARGEST = 20 * 1024 * 1024;

const upload = (body: Uint8Array | string, headers: Record<string, string | undefined> = {}) =>
  postImport(request("POST", "/api/imports", body, { "content-type": "application/octet-stream", ...headers }), at({}));

function form(file: Uint8Array | undefined): Request {
  const data = new FormData();
  data.set("note", "去年的报告");
  if (file) data.set("file", new File([file as Uint8Array<ArrayBuffer>], "去年.pdf"));
  const origin = "http://127.0.0.1:3000";
  const headers = { host: "127.0.0.1:3000", origin, cookie: request("GET", "/").headers.get("cookie") ?? "" };
  return new Request(`${origin}/api/imports`, { method: "POST", body: data, headers });
}

test("a file, as the body or in a form, is answered with what was read of it", async () => {
  await nameOrganisation();
  const raw = await upload(text);
  expect(raw.status).toBe(200);
  const read = await raw.json();
  expect(read).toMatchObject({ kind: "txt", format: format.id, notes: [] });
  expect(read.report.tables).toEqual(report.tables);
  expect(read.printed.headings).toHaveLength(format.sections.length);
  expect(read.cells).toContainEqual({
    at: "requests.received.natural",
    entry: expect.any(Number),
    text: expect.any(String),
  });
  const sent = await postImport(form(await renderPdf(document)), at({}));
  expect(sent.status).toBe(200);
  expect(await sent.json()).toMatchObject({ kind: "pdf", report: { tables: report.tables } });
});

test("what is doubtful is said at its cell", async () => {
  await nameOrganisation();
  const received = report.tables.requests?.received?.natural;
  const remarked = text.replace(`\t${received}\t`, `\t${received}（含1件转办）\t`);
  expect(remarked).not.toBe(text);
  const { cells } = await (await upload(remarked)).json();
  expect(cells.filter(({ doubt }: { doubt?: string }) => doubt)).toEqual([
    {
      at: "requests.received.natural",
      entry: received,
      text: `${received}（含1件转办）`,
      doubt: `原件印的是“${received}（含1件转办）”，只读入了数字${received}。`,
    },
  ]);
});

test("what cannot be read is refused by name", async () => {
  await nameOrganisation();
  const answer = await upload("今天的会议改到下午三点。");
  expect(answer.status).toBe(422);
  expect(await answer.json()).toEqual({ problem: "notReport", message: expect.stringMatching(/没有找到报告年份/) });
});

test("from somebody who is not logged in, from another site, without a file, cut short or too large, nothing is read", async () => {
  expect((await upload(text)).status).toBe(401);
  await nameOrganisation();
  expect((await upload(text, { origin: "http://elsewhere.example" })).status).toBe(403);
  expect((await postImport(form(undefined), at({}))).status).toBe(400);
  expect((await upload(text, { "content-type": "multipart/form-data; boundary=x" })).status).toBe(400);
  const short = await upload(text, { "content-length": "99999" });
  expect(short.status).toBe(400);
  expect(await short.json()).toEqual({ message: "文件没有完整传到服务器，请重试。" });
  for (const answer of [
    await upload(text, { "content-length": String(LARGEST + 1) }),
    await upload(new Uint8Array(LARGEST + 1)),
    await postImport(form(new Uint8Array(LARGEST + 1)), at({})),
  ]) {
    expect(answer.status).toBe(413);
    expect(await answer.json()).toEqual({ message: "文件超过 20 MB，没有读取。" });
  }
});
