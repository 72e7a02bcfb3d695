import { unzipSync } from "fflate";
import { afterEach, expect, test, vi } from "vitest";
import { PUT as putLastYear } from "../../app/api/reports/[id]/last-year/route.ts";
import { PATCH as patchReport } from "../../app/api/reports/[id]/route.ts";
import { POST as postReport } from "../../app/api/reports/route.ts";
import { GET as exportReport } from "../../app/reports/[id]/export/[kind]/route.ts";
import { attachment } from "../../lib/auth/answers.ts";
import { openingsOf } from "../../lib/checks/opening.ts";
import { renderPool } from "../../lib/export/render-pool.ts";
import { reasonPath } from "../../lib/report/reasons.ts";
import { formatOf, soundReport } from "../checks/samples.ts";
import { at, freshDatabasePerTest, nameOrganisation, request, startReport } from "./api-client.ts";

freshDatabasePerTest();
afterEach(() => {
  vi.restoreAllMocks();
});

const download = (id: string, kind: string) =>
  exportReport(request("GET", `/reports/${id}/export/${kind}`), at({ id, kind }));

const nameOf = (answer: Response): string =>
  decodeURIComponent(/filename\*=UTF-8''([^;]+)$/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "");

test("a report is downloaded as a file with a Chinese name", async () => {
  await nameOrganisation();
  const id = await startReport(2024);
  const edits = [{ path: "opening", value: "本年度云岭茶园的开头。" }];
  const save = { baseVersion: 1, operationId: crypto.randomUUID(), edits };
  await patchReport(request("PATCH", `/api/reports/${id}`, save), at({ id }));

  const text = await download(id, "txt");
  expect(text.status).toBe(200);
  expect(text.headers.get("content-type")).toMatch(/^text\/plain/);
  expect(text.headers.get("x-content-type-options")).toBe("nosniff");
  expect(text.headers.get("cache-control")).toBe("no-store");
  expect(nameOf(text)).toBe("某某县科学技术局2024年政府信息公开工作年度报告（草稿）.txt");
  expect(await text.text()).toContain("本年度云岭茶园的开头。");

  const json = await download(id, "json");
  expect(await json.json()).toMatchObject({ year: 2024, opening: "本年度云岭茶园的开头。" });

  const page = await download(id, "html");
  expect(page.headers.get("content-disposition")).toMatch(/^attachment;/);

  const word = await download(id, "docx");
  expect(nameOf(word)).toMatch(/\.docx$/);
  expect(Buffer.from(await word.arrayBuffer()).subarray(0, 2)).toEqual(Buffer.from("PK"));

  const pack = await download(id, "pack");
  expect(nameOf(pack)).toBe("某某县科学技术局2024年政府信息公开工作年度报告（草稿）.zip");
  expect(Object.keys(unzipSync(new Uint8Array(await pack.arrayBuffer())))).toContain("审签单.pdf");
});

test("pages are rendered by the pool, and what the pool refuses is answered in Chinese", async () => {
  await nameOrganisation();
  const id = await startReport(2024);
  const pdf = await download(id, "pdf");
  expect(Buffer.from(await pdf.arrayBuffer()).subarray(0, 5)).toEqual(Buffer.from("%PDF-"));

  const render = vi.spyOn(renderPool(), "render");
  for (const [kind, status] of [
    ["busy", 503],
    ["slow", 504],
    ["broken", 500],
  ] as const) {
    render.mockResolvedValueOnce({ kind, message: "暂时不能生成文件。" });
    const refused = await download(id, "docx");
    expect(refused.status).toBe(status);
    expect(refused.headers.get("retry-after")).toEqual(kind === "busy" ? expect.stringMatching(/^\d+$/) : null);
    expect(refused.headers.get("content-disposition")).toBeNull();
    expect(await refused.json()).toEqual({ message: "暂时不能生成文件。" });
  }
  expect((await download(id, "txt")).status).toBe(200);
  expect(render).toHaveBeenCalledTimes(3);
});

test("what cannot be downloaded is not found", async () => {
  await nameOrganisation();
  const id = await startReport(2024);
  expect((await download(id, "exe")).status).toBe(404);
  expect((await download(crypto.randomUUID(), "docx")).status).toBe(404);
});

test.each([
  "某某县2024年报告.docx",
  "引号\"和'单'*(括号).docx",
  "换行\r\nset-cookie: a=b;.pdf",
  "百分号%0d%0a；𠮷👩‍💻.html",
  "半个\ud800字.txt",
])("a file name is carried in a header of plain letters: %j", (name) => {
  const answer = attachment({ name, type: "text/plain", bytes: new Uint8Array([1]) });
  const header = answer.headers.get("content-disposition") ?? "";
  expect(header).toMatch(/^attachment; filename="report\.\w+"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/);
  expect(nameOf(answer)).toBe(name.replace("\ud800", "\ufffd"));
});

test("a report is a draft where it opens otherwise than last year closed, until there is a reason", async () => {
  await nameOrganisation();
  const content = soundReport({ year: 2024 }).report;
  const made = await postReport(request("POST", "/api/reports", { year: 2024, content }), at({}));
  const { id } = await made.json();
  const names = () => Promise.all(["txt", "docx", "pack"].map(async (kind) => nameOf(await download(id, kind))));
  expect((await names()).filter((name) => name.includes("草稿"))).toEqual([]);

  const lastYear = soundReport({ year: 2023, cells: { "requests.carriedOut.natural": 3 } });
  const kept = await putLastYear(
    request("PUT", `/api/reports/${id}/last-year`, { report: lastYear.report }),
    at({ id }),
  );
  expect(kept.status).toBe(200);
  expect((await names()).filter((name) => !name.includes("（草稿）"))).toEqual([]);

  const [opening] = openingsOf(formatOf(2024), lastYear);
  if (!opening) throw new Error("last year's report opens nothing");
  const reason = { finding: opening.about, text: "上年报告多报三件，已经更正" };
  const save = {
    baseVersion: 1,
    operationId: crypto.randomUUID(),
    edits: [{ path: reasonPath(opening.key), value: reason }],
  };
  expect((await patchReport(request("PATCH", `/api/reports/${id}`, save), at({ id }))).status).toBe(200);
  expect((await names()).filter((name) => name.includes("草稿"))).toEqual([]);
});
