import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DELETE as removeRequirements } from "../../app/api/requirements/[id]/route.ts";
import { POST as postRequirements } from "../../app/api/requirements/route.ts";
import { listPacks } from "../../lib/store/requirements.ts";
import type { Role } from "../../lib/workflow/roles.ts";
import { organisationNamed, userIn } from "../store/actors.ts";
import { at, freshDatabasePerTest, logIn, request } from "./api-client.ts";

freshDatabasePerTest();

const example: object = JSON.parse(readFileSync("docs/requirements/example.json", "utf8"));
const put = (pack: unknown) => postRequirements(request("POST", "/api/requirements", pack), at({}));
const remove = (id: string) => removeRequirements(request("DELETE", `/api/requirements/${id}`), at({ id }));

async function as(...roles: Role[]) {
  const actor = await userIn(await organisationNamed("青川县政务公开办公室"), roles);
  await logIn(actor);
  return actor;
}

test("主管部门 puts the example in and takes it away again", async () => {
  const actor = await as("supervisor");
  expect((await put(example)).status).toBe(201);
  const [stored] = await listPacks(actor);
  expect(stored?.pack).toMatchObject({ longest: { overview: 1000 }, deadline: { department: "01-26" } });
  expect((await remove(stored?.id ?? "")).status).toBe(200);
  expect((await remove(stored?.id ?? "")).status).toBe(404);
  expect(await listPacks(actor)).toEqual([]);
});

test("what is no pack is refused, each place by its name, and nothing is put in", async () => {
  const actor = await as("administrator");
  const refused = async (pack: unknown) => {
    const answer = await put(pack);
    expect(answer.status).toBe(422);
    return (await answer.json()).message as string;
  };
  expect(await refused({ ...example, colour: "红" })).toContain("不认识的项目“colour”。");
  expect(await refused({ ...example, longest: { overveiw: 800 } })).toMatch(/没有“overveiw”这个部分，可以是overview、/);
  expect(await refused([])).toMatch(/^这不是地方要求文件，没有放入：/);
  expect(await listPacks(actor)).toEqual([]);
});

test("a clerk may do neither", async () => {
  await as("clerk");
  expect((await put(example)).status).toBe(403);
  expect((await remove("1")).status).toBe(403);
});
