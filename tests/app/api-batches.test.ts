import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { DELETE as cancel } from "../../app/api/batches/[id]/route.ts";
import { POST as postBatch } from "../../app/api/batches/route.ts";
import { batches } from "../../lib/export/batches.ts";
import { at, freshDatabasePerTest, nameOrganisation, request, startReport } from "./api-client.ts";
import { file, finished, state } from "./batch-client.ts";

freshDatabasePerTest();

const start = (body: unknown) => postBatch(request("POST", "/api/batches", body), at({}));

test("chosen years and kinds come as one ZIP with a Chinese name, streamed", async () => {
  await nameOrganisation();
  for (const year of [2022, 2023, 2024]) await startReport(year);
  const begun = await start({ years: [2024, 2022], kinds: ["txt", "json"] });
  expect(begun.status).toBe(202);
  const { id } = await begun.json();
  expect(await finished(id)).toMatchObject({ state: "finished", done: 4, total: 4, failures: [] });
  const answer = await file(id);
  expect(answer.headers.get("content-type")).toBe("application/zip");
  const name = "某某县科学技术局年度报告.zip";
  expect(answer.headers.get("content-disposition")).toContain(`filename*=UTF-8''${encodeURIComponent(name)}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(answer.headers.get("content-length")).toBe(String(bytes.length));
  const names = Object.keys(unzipSync(bytes));
  expect(names.filter((entry) => /202[24]年/.test(entry))).toHaveLength(4);
  expect(names).toHaveLength(5);
});

test("another organisation's batch is not found, in the very words of one that never was", async () => {
  await nameOrganisation();
  await startReport(2024);
  const order = {
    title: "别的单位",
    kinds: ["txt" as const],
    reports: [{ name: "2024年", read: async () => undefined }],
  };
  const foreign = batches().start("another organisation", order);
  if (!foreign.ok) throw new Error(foreign.message);
  const never = crypto.randomUUID();
  for (const ask of [state, file, (id: string) => cancel(request("DELETE", `/api/batches/${id}`), at({ id }))]) {
    const [theirs, nobodys] = await Promise.all([ask(foreign.id), ask(never)]);
    expect([theirs.status, nobodys.status]).toEqual([404, 404]);
    expect(await theirs.text()).toBe(await nobodys.text());
  }
  expect(batches().state("another organisation", foreign.id)).toBeDefined();
});

test.each([
  [{ years: [], kinds: ["pdf"] }, 422],
  [{ years: [2024], kinds: [] }, 422],
  [{ years: [2024], kinds: ["exe"] }, 422],
  [{ years: [1999], kinds: ["txt"] }, 409],
  [{ years: "2024", kinds: ["txt"] }, 422],
])("what cannot be made is refused in Chinese: %j", async (body, status) => {
  await nameOrganisation();
  await startReport(2024);
  const answer = await start(body);
  expect(answer.status).toBe(status);
  expect((await answer.json()).message).toMatch(/\p{Script=Han}/u);
});

test("a page of another site can neither begin nor stop a batch", async () => {
  await nameOrganisation();
  const elsewhere = { origin: "http://elsewhere.example" };
  const body = { years: [2024], kinds: ["txt"] };
  expect((await postBatch(request("POST", "/api/batches", body, elsewhere), at({}))).status).toBe(403);
  expect((await cancel(request("DELETE", "/api/batches/x", undefined, elsewhere), at({ id: "x" }))).status).toBe(403);
});
