import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { DELETE as withdraw } from "../../app/api/adjustments/[id]/route.ts";
import { POST as adjust } from "../../app/api/adjustments/route.ts";
import { GET as workbook } from "../../app/overview/totals/workbook/route.ts";
import { writingAll } from "../../lib/store/tenancy.ts";
import { sampleReport } from "../../templates/samples.ts";
import { organisationNamed, userIn } from "../store/actors.ts";
import { filledReport } from "../store/filled-report.ts";
import { at, freshDatabasePerTest, logIn, request } from "./api-client.ts";

freshDatabasePerTest();

/** A county whose archive has filed its report, with three requests of natural persons, and whose bureau has none. */
async function county() {
  const office = await organisationNamed("云岭县人民政府办公室");
  const archive = await userIn(await organisationNamed("云岭县档案馆", office));
  const bureau = await organisationNamed("云岭县水务局", office);
  const { id } = await filledReport(archive);
  await writingAll((transaction) =>
    transaction.updateTable("report").set({ state: "filed" }).where("id", "=", id).execute(),
  );
  await logIn(await userIn(office, ["supervisor"]));
  const unit = archive.organisation.id;
  const { year } = sampleReport().report;
  return { order: { year, unit, cell: "requests.received.natural", delta: "-2", reason: "与水务局重复" }, bureau };
}

const post = async (order: object) => {
  const answer = await adjust(request("POST", "/api/adjustments", order), at({}));
  return { status: answer.status, ...((await answer.json()) as { id?: string; message?: string }) };
};

test("a figure is adjusted for a reason, no further than it reaches, and the workbook says so", async () => {
  const { order, bureau } = await county();
  const { status, id = "" } = await post(order);
  expect(status).toBe(201);
  const again = await post(order);
  expect(again).toMatchObject({ status: 409, message: expect.stringContaining("减去以后小于 0") });
  expect(await post({ ...order, reason: " " })).toMatchObject({
    status: 422,
    message: expect.stringContaining("没有写明原因"),
  });
  expect(await post({ ...order, delta: "两件" })).toMatchObject({
    status: 422,
    message: expect.stringContaining("应为不是0的整数"),
  });
  expect(await post({ ...order, cell: "requests.received.total" })).toMatchObject({ status: 422 });
  expect(await post({ ...order, unit: bureau.id })).toMatchObject({
    status: 404,
    message: expect.stringContaining("没有计入汇总"),
  });

  const path = `/overview/totals/workbook?year=${order.year}`;
  const parts = async () => {
    const file = await workbook(request("GET", path), at({}));
    return Object.values(unzipSync(new Uint8Array(await file.arrayBuffer()))).map((part) => strFromU8(part));
  };
  const words = ["云岭县档案馆（调整）", "与水务局重复", "李明，"];
  const adjusted = await parts();
  for (const word of words)
    expect(
      adjusted.some((part) => part.includes(word)),
      word,
    ).toBe(true);

  const take = () => withdraw(request("DELETE", `/api/adjustments/${id}`), at({ id }));
  expect((await take()).status).toBe(200);
  expect((await take()).status).toBe(404);
  const withdrawn = await parts();
  for (const word of words)
    expect(
      withdrawn.some((part) => part.includes(word)),
      word,
    ).toBe(false);
  expect((await post(order)).status).toBe(201);
});
