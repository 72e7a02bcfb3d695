import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import writeExcelFile, { type SheetData } from "write-excel-file/node";
import { GET as getTemplate } from "../../app/administration/import/template/route.ts";
import { POST as postImport, PUT as putImport } from "../../app/api/unit-imports/route.ts";
import { logIn as enter } from "../../lib/auth/log-in.ts";
import { hashOf, newToken } from "../../lib/auth/tokens.ts";
import { USERS_AT_ONCE } from "../../lib/auth/unit-import.ts";
import { readRowsUntrusted } from "../../lib/import/read-untrusted.ts";
import type { Actor } from "../../lib/store/actor.ts";
import { verifyRecord } from "../../lib/store/audit.ts";
import { listOrganisations } from "../../lib/store/organisations.ts";
import { beginSession, findSession } from "../../lib/store/sessions.ts";
import { listUsers } from "../../lib/store/users.ts";
import { organisationNamed, userIn } from "../store/actors.ts";
import { at, freshDatabasePerTest, logIn, request } from "./api-client.ts";

freshDatabasePerTest();

const heads = ["单位名称", "上级单位", "单位类别", "姓名", "用户名", "角色"];
const sheet = async (rows: readonly (readonly (string | number | null)[])[], first = heads): Promise<Uint8Array> => {
  const data: SheetData = [first, ...rows].map((row) => row.map((value) => ({ value: value ?? undefined })));
  return new Uint8Array(await writeExcelFile(data).toBuffer());
};

const sent = (method: string, file: Uint8Array) =>
  request(method, "/api/unit-imports", file, { "content-type": "application/octet-stream" });
async function examine(file: Uint8Array) {
  const answer = await postImport(sent("POST", file), at({}));
  return { status: answer.status, ...(await answer.json()) };
}
async function apply(file: Uint8Array) {
  const answer = await putImport(sent("PUT", file), at({}));
  return { status: answer.status, ...(await answer.json()) };
}

/** An administrator of a county's office, logged in; she sees what was added as the next request would. */
async function office(): Promise<{ administrator: Actor; below: () => Promise<Actor> }> {
  const administrator = await userIn(await organisationNamed("云岭县人民政府办公室"), ["administrator"]);
  await logIn(administrator);
  const below = async () => {
    const id = hashOf(newToken());
    await beginSession({ id, userId: administrator.user.id, address: "", browser: "" });
    const session = await findSession(id, { createdAt: 0, seenAt: 0 });
    if (!session) throw new Error("no session");
    return session.actor;
  };
  return { administrator, below };
}

const good = [
  ["云岭县水文站", "云岭县水务局", "其他单位", "王芳", "szw-wangfang", "经办人、审核人"],
  ["云岭县水务局", null, "部门", "李明", "SWJ-LiMing", "经办人"],
  ["云岭县水务局", null, null, "赵强", "swj-zhaoqiang", "签发人，审核人"],
  [null, null, null, null, null, null],
  ["云岭县档案馆", "云岭县人民政府办公室", "其他单位", null, null, null],
  ["云岭县人民政府办公室", null, null, "陈静", 20250001, "主管部门"],
] as const;

test("a table is tried, imported, and changes nothing when it is imported again", async () => {
  const { below } = await office();
  const file = await sheet(good);
  expect(await examine(file)).toMatchObject({ status: 200, problems: [], units: 3, users: 4, known: { units: 1 } });
  expect(await listOrganisations(await below())).toHaveLength(1);

  const { added, left } = await apply(file);
  expect(left).toBe(0);
  expect(added.map(({ unit, username }: { unit: string; username: string }) => [unit, username])).toEqual([
    ["云岭县水文站", "szw-wangfang"],
    ["云岭县水务局", "swj-liming"],
    ["云岭县水务局", "swj-zhaoqiang"],
    ["云岭县人民政府办公室", "20250001"],
  ]);
  const organisations = await listOrganisations(await below());
  const nameOf = (id: string | undefined) => organisations.find((one) => one.id === id)?.name;
  expect(organisations.map(({ name, kind, parentId }) => [name, kind, nameOf(parentId)]).slice(1)).toEqual([
    ["云岭县水务局", "department", "云岭县人民政府办公室"],
    ["云岭县水文站", "institution", "云岭县水务局"],
    ["云岭县档案馆", "institution", "云岭县人民政府办公室"],
  ]);
  const users = await listUsers(await below());
  const wang = users.find(({ username }) => username === "szw-wangfang");
  expect(wang?.memberships.map(({ role }) => role).sort()).toEqual(["clerk", "reviewer"]);
  expect(wang?.mustChange).toBe(true);
  expect(await enter({ username: "szw-wangfang", password: added[0].password })).toMatchObject({ kind: "in" });
  expect(await verifyRecord()).toMatchObject({ fault: undefined });

  expect(await examine(file)).toMatchObject({ problems: [], units: 0, users: 0, known: { units: 4, users: 4 } });
  expect(await apply(file)).toMatchObject({ status: 200, added: [], left: 0 });
  expect(await listUsers(await below())).toHaveLength(users.length);
});

const bad: [string, (string | null)[], string][] = [
  ["no name of the unit", [null, null, "部门", "李明", "liming", "经办人"], "请填写单位名称。"],
  ["too long a name", ["局".repeat(101), null, "部门", null, null, null], "单位名称最多100个字。"],
  ["a control character", ["水\n务局", null, "部门", null, null, null], "单位名称中有不能使用的控制字符。"],
  ["no kind for a new unit", ["云岭县水务局", null, null, null, null, null], "请填写单位类别"],
  ["an unknown kind", ["云岭县水务局", null, "公司", null, null, null], "没有“公司”这个单位类别"],
  ["an unknown parent", ["云岭县水务局", "外县水务局", "部门", null, null, null], "没有“外县水务局”这个上级单位"],
  ["itself as parent", ["云岭县水务局", "云岭县水务局", "部门", null, null, null], "绕了一圈"],
  ["another kind than there", ["云岭县人民政府办公室", null, "乡镇、街道", null, null, null], "在系统里的类别是部门"],
  ["no name of the user", ["云岭县水务局", null, "部门", null, "liming", "经办人"], "请填写姓名。"],
  ["no user name", ["云岭县水务局", null, "部门", "李明", null, "经办人"], "用户名为2至32个"],
  ["a user name with a space", ["云岭县水务局", null, "部门", "李明", "li ming", "经办人"], "用户名为2至32个"],
  ["a formula as user name", ["云岭县水务局", null, "部门", "李明", "=1+1", "经办人"], "用户名为2至32个"],
  ["no role", ["云岭县水务局", null, "部门", "李明", "liming", null], "请填写角色"],
  ["an unknown role", ["云岭县水务局", null, "部门", "李明", "liming", "经办人、局长"], "没有“局长”这个角色"],
  [
    "roles that exclude each other",
    ["云岭县水务局", null, "部门", "李明", "liming", "审计员、系统管理员"],
    "不能既是审计员",
  ],
];

test.each(bad)("%s is told with its line, and nothing is imported", async (_, row, message) => {
  const { below } = await office();
  const file = await sheet([["云岭县档案馆", null, "其他单位", "孙宁", "sunning", "经办人"], [], row]);
  const { problems } = await examine(file);
  expect(problems).toEqual([{ line: 4, message: expect.stringContaining(message) }]);
  expect(await apply(file)).toMatchObject({ status: 422, problems });
  expect(await listOrganisations(await below())).toHaveLength(1);
});

test("lines that contradict each other, circles, and names taken by others are found", async () => {
  const { below } = await office();
  await userIn(await organisationNamed("青石县档案馆"), ["clerk"]);
  const lines = [
    ["云岭县水务局", null, "部门", "李明", "liming", "经办人"],
    ["云岭县水务局", null, "其他单位", null, null, null],
    ["云岭县档案馆", null, "其他单位", "王芳", "liming", "经办人"],
    ["甲站", "乙站", "其他单位", null, null, null],
    ["乙站", "甲站", "其他单位", null, null, null],
  ];
  expect((await examine(await sheet(lines))).problems).toEqual([
    { line: 3, message: "“云岭县水务局”在第2行的类别是部门，与这里不同。" },
    { line: 4, message: "用户名“liming”与第2行重复。" },
    { line: 5, message: "“甲站”的上级单位绕了一圈又回到它自己。" },
    { line: 6, message: "“乙站”的上级单位绕了一圈又回到它自己。" },
  ]);
  const foreign = await sheet([
    ["云岭县水务局", null, "部门", null, null, null],
    ["青石县档案馆", null, "其他单位", null, null, null],
  ]);
  expect(await apply(foreign)).toMatchObject({
    status: 422,
    problems: [{ line: 3, message: expect.stringContaining("不在您管理的范围内") }],
  });
  expect(await listOrganisations(await below())).toHaveLength(1);
});

test("what is wrong with a new unit is told once, not again for each of its users", async () => {
  await office();
  const lines = [
    ["云岭县水务局", null, "局", "李明", "swj-liming", "经办人"],
    ["云岭县水务局", null, null, "王芳", "swj-wangfang", "审核人"],
    ["云岭县档案馆", null, null, null, null, null],
    [null, null, null, "赵强", "zhaoqiang", "签发人"],
    [null, null, null, "陈静", "chenjing", "签发人"],
  ];
  const { problems } = await examine(await sheet(lines));
  expect(problems.map(({ line }: { line: number }) => line)).toEqual([2, 4, 5, 6]);
  expect(problems[0].message).toContain("没有“局”这个单位类别");
});

test("many users are added in parts, by the same table again and again", async () => {
  const { below } = await office();
  const rows = Array.from({ length: USERS_AT_ONCE + 3 }, (_, index) => [
    ...["云岭县水务局", null, "部门", `李${index}`, `swj-${index}`, "经办人"],
  ]);
  const file = await sheet(rows);
  expect(await apply(file)).toMatchObject({ left: 3 });
  expect((await apply(file)).added).toHaveLength(3);
  expect(await apply(file)).toMatchObject({ added: [], left: 0 });
  expect(await listUsers(await below())).toHaveLength(rows.length + 1);
});

test("columns may stand in any order, and one that is missing is named", async () => {
  await office();
  const swapped = [...heads.slice(1), heads[0] ?? ""];
  const row = [null, "部门", "李明", "liming", "经办人", "云岭县水务局"];
  expect(await examine(await sheet([row], swapped))).toMatchObject({ problems: [], units: 1, users: 1 });
  expect((await examine(await sheet([row.slice(0, 5)], swapped.slice(0, 5)))).problems).toEqual([
    { line: 1, message: "第一行缺少标题“单位名称”。请下载模板，不要改动第一行。" },
  ]);
  expect((await examine(await sheet([]))).problems).toEqual([{ line: 2, message: "表格里没有内容。" }]);
});

test("the template can be filled in, and its cells are text", async () => {
  await office();
  const answer = await getTemplate(request("GET", "/administration/import/template"), at({}));
  const file = new Uint8Array(await answer.arrayBuffer());
  expect(answer.headers.get("content-disposition")).toContain(encodeURIComponent("单位和用户导入模板.xlsx"));
  expect(await readRowsUntrusted(file)).toEqual({ ok: true, rows: [heads] });
  const sheets = Object.entries(unzipSync(file)).filter(([name]) => /worksheets\/\w+\.xml$/.test(name));
  expect(sheets).toHaveLength(2);
  for (const [, bytes] of sheets) expect(strFromU8(bytes)).not.toMatch(/<f[ >]/);
});

test("what is no table, is old, has macros, or would burst is refused in Chinese", async () => {
  await office();
  const file = await sheet([["云岭县水务局", null, "部门", null, null, null]]);
  const parts = unzipSync(file);
  const bomb = zipSync({ ...parts, "xl/worksheets/sheet1.xml": new Uint8Array(40 * 1024 * 1024) });
  const sharp = zipSync({ ...parts, "xl/media/a.bin": new Uint8Array(8 * 1024 * 1024) });
  const cases: [Uint8Array, string][] = [
    [strToU8("单位名称,上级单位"), "不是 Excel 表格"],
    [new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), "旧版格式"],
    [zipSync({ "word/document.xml": strToU8("<w/>") }), "不是 Excel 表格"],
    [file.slice(0, 400), "文件不完整"],
    [zipSync({ ...parts, "xl/vbaProject.bin": strToU8("x") }), "含有宏"],
    [bomb, "解压后过大"],
    [sharp, "解压后过大"],
    [zipSync({ ...parts, "xl/worksheets/sheet1.xml": strToU8("<worksheet><sheetData><row") }), "文件已损坏"],
  ];
  for (const [bytes, words] of cases) {
    const answer = await examine(bytes);
    expect(answer, words).toMatchObject({ status: 422, message: expect.stringContaining(words) });
  }
  const large = await examine(new Uint8Array(5 * 1024 * 1024 + 1));
  expect(large).toMatchObject({ status: 413 });
});

test("entities of a document type are not expanded, and nothing outside is read", async () => {
  await office();
  const parts = unzipSync(await sheet([["单位", null, "部门", null, null, null]]));
  const hostile = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "bbbbbbbbbb">]>`;
  const path = "xl/sharedStrings.xml";
  const strings = strFromU8(parts[path] ?? new Uint8Array());
  expect(strings).toContain("部门");
  const changed = strings.replace(/^<\?xml[^>]*\?>/, hostile).replace("部门", "&a;&b;");
  const read = await readRowsUntrusted(zipSync({ ...parts, [path]: strToU8(changed) }));
  expect(JSON.stringify(read)).not.toMatch(/root:|bbbbbbbbbb/);
});

test("a clerk may do none of it", async () => {
  await logIn(await userIn(await organisationNamed("云岭县档案馆")));
  const file = await sheet([]);
  expect((await examine(file)).status).toBe(403);
  expect((await apply(file)).status).toBe(403);
});
