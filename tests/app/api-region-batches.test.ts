import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { DELETE as cancel } from "../../app/api/batches/[id]/route.ts";
import { POST as postBatch } from "../../app/api/region-batches/route.ts";
import { createReport } from "../../lib/store/reports.ts";
import { readingAll } from "../../lib/store/tenancy.ts";
import { organisationNamed, userIn } from "../store/actors.ts";
import { at, freshDatabasePerTest, logIn, request } from "./api-client.ts";
import { file, finished, state } from "./batch-client.ts";

freshDatabasePerTest();

const order = { year: 2024, view: "all", name: "", kinds: ["txt", "json"] };
const start = (body: unknown) => postBatch(request("POST", "/api/region-batches", body), at({}));

async function county() {
  const office = await organisationNamed("云岭县人民政府办公室");
  const units = ["云岭县水务局", "云岭县档案馆", "云岭县民政局"];
  for (const [index, name] of units.entries()) {
    const clerk = await userIn(await organisationNamed(name, office));
    if (index < 2) await createReport(clerk, 2024);
    await createReport(clerk, 2023);
  }
  const foreign = await userIn(await organisationNamed("青石县档案馆"));
  await createReport(foreign, 2024);
  return { supervisor: await userIn(office, ["supervisor"]), colleague: await userIn(office, ["clerk", "reviewer"]) };
}

test("the reports of all units below come as one ZIP, a folder a unit, and are put on record", async () => {
  const { supervisor } = await county();
  await logIn(supervisor);
  const { id } = await (await start(order)).json();
  expect(await finished(id)).toMatchObject({ state: "finished", done: 4, total: 4, failures: [] });
  const bytes = new Uint8Array(await (await file(id)).arrayBuffer());
  const entries = unzipSync(bytes);
  const folders = Object.keys(entries).flatMap((name) => (name.includes("/") ? [name.split("/")[0]] : []));
  expect(folders.sort()).toEqual(["云岭县档案馆", "云岭县档案馆", "云岭县水务局", "云岭县水务局"]);
  expect(strFromU8(entries["清单.txt"] ?? new Uint8Array())).toContain("云岭县人民政府办公室下级单位2024年度报告");
  // Bit 11 of the flags of each entry: names are UTF-8, for Windows too.
  const view = new DataView(bytes.buffer);
  expect(view.getUint16(6, true) & 0x800).toBe(0x800);
  const exported = await readingAll((connection) =>
    connection.selectFrom("audit_entry").select("details").where("event", "=", "report.export").execute(),
  );
  expect(exported.map(({ details }) => JSON.parse(details).kind.split(" ").sort())).toEqual([
    ["json", "txt"],
    ["json", "txt"],
  ]);
});

test("only what the overview shows so is taken", async () => {
  const { supervisor } = await county();
  await logIn(supervisor);
  const { id } = await (await start({ ...order, name: "水务", kinds: ["txt"] })).json();
  expect(await finished(id)).toMatchObject({ total: 1 });
  expect((await start({ ...order, view: "published" })).status).toBe(409);
  expect((await start({ ...order, view: "none" })).status).toBe(422);
});

test("colleagues of the 主管部门 who are none do not find it, and cannot stop it", async () => {
  const { supervisor, colleague } = await county();
  await logIn(supervisor);
  const { id } = await (await start({ ...order, kinds: ["txt"] })).json();
  await finished(id);
  await logIn(colleague);
  for (const ask of [state, file, (one: string) => cancel(request("DELETE", `/api/batches/${one}`), at({ id: one }))]) {
    expect((await ask(id)).status).toBe(404);
  }
  expect((await start(order)).status).toBe(403);
  await logIn(supervisor);
  expect((await file(id)).status).toBe(200);
});
