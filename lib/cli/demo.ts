import { parseArgs } from "node:util";
import { isCovered } from "../../templates/document/fonts.ts";
import { sampleReport } from "../../templates/samples.ts";
import { hashPassword, oneTimePassword, passwordFault } from "../auth/passwords.ts";
import { hashOf, newToken } from "../auth/tokens.ts";
import { environment } from "../env.ts";
import type { Edit } from "../report/edits.ts";
import { changesBetween } from "../report/history.ts";
import type { Actor } from "../store/actor.ts";
import { foundOrganisation, isSetUp, renewSetupToken, setUp } from "../store/installation.ts";
import { changeOrganisation, createOrganisation } from "../store/organisations.ts";
import { createReport, readReport, saveEdits } from "../store/reports.ts";
import { createUser } from "../store/users.ts";
import { moveReport } from "../store/workflow.ts";
import type { OrganisationKind } from "../workflow/organisation-kinds.ts";
import type { Role } from "../workflow/roles.ts";
import type { Action } from "../workflow/transitions.ts";
import { type ExitStatus, print, Refusal } from "./program.ts";
import { requireDatabase, runStoreProgram } from "./store-program.ts";

/** `demo` of `report.ts`: a region of invented units for trying the application out. In a process of its own, like `audit.ts`. */

const USAGE = `用法：npm run -s report -- demo [--units 100] [--year 年度] [--password 密码]

在空的数据库里建一个虚构的县：一个主管部门、一百个单位，每个单位经办人、审核人、签发人各一名，报告处在各种状态。
所有用户用同一个密码；不写时随机生成，显示一次。已经有单位或用户的数据库一律不动。`;

const options = { units: { type: "string" }, year: { type: "string" }, password: { type: "string" } } as const;
const COUNTY = "云岭县";
const OFFICE = `${COUNTY}人民政府办公室`;
const DEPARTMENTS =
  "发展和改革局 教育局 科学技术局 工业和信息化局 民族宗教事务局 公安局 民政局 司法局 财政局 人力资源和社会保障局 自然资源局 生态环境局 住房和城乡建设局 交通运输局 水务局 农业农村局 商务局 文化和旅游局 卫生健康局 退役军人事务局 应急管理局 审计局 市场监督管理局 统计局 医疗保障局 林业局 城市管理局 行政审批局 信访局 数据局 乡村振兴局 体育局 粮食和物资储备局 机关事务管理局 投资促进局 气象局 消防救援局 税务局 档案局 公共资源交易管理局".split(
    " ",
  );
const TOWNS =
  "青石 白沙 柳溪 松坪 石桥 龙泉 双河 云台 长岭 枫林 古塘 清河 东坝 西岭 南湾 北口 桃源 竹园 新店 大田".split(" ");
const INSTITUTIONS = ["自来水公司", "公共汽车公司", "人民医院", "燃气公司", "供热公司"];
const FAMILIES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";
const GIVEN = ["明", "芳", "伟", "静", "强", "敏", "磊", "丽", "军", "洋", "艳", "勇", "杰", "娟", "涛"];
type Course = { content: "empty" | "mistaken" | "whole"; steps: readonly Action[] };
const course = (content: Course["content"], ...steps: Action[]): Course => ({ content, steps });
const signed = ["submit", "approve", "clear", "sign"] as const;
const published = [...signed, "file", "accept", "publish"] as const;
/** What is done with the reports of the units, turn by turn; `undefined`: none was begun. */
const courses: readonly (Course | undefined)[] = [
  ...[undefined, undefined, undefined],
  ...[course("empty"), course("mistaken"), course("mistaken"), course("whole")],
  ...[course("whole", "submit"), course("whole", "submit", "approve"), course("whole", "submit", "approve", "clear")],
  ...[course("whole", ...signed), course("whole", "submit", "return")],
  ...[course("whole", ...signed, "file"), course("whole", ...signed, "file")],
  ...[course("whole", ...signed, "file", "return"), course("whole", ...signed, "file", "accept")],
  ...[course("whole", ...published), course("whole", ...published), course("whole", ...published)],
  course("whole", ...published, "correct"),
];

type Unit = { name: string; kind: OrganisationKind };
/** Who does things in a unit; the 主管部门 is the same for all. */
type People = Record<"clerk" | "reviewer" | "signatory" | "supervisor", Actor>;

async function run(): Promise<ExitStatus> {
  const { count, year, given } = parseCommandLine();
  await requireDatabase();
  if ((await isSetUp()) || (await foundOrganisation())) {
    throw new Refusal("这个数据库里已经有单位或用户，没有改动。请用 DATA_DIR 或 DATABASE_URL 指定一个空的数据库。");
  }
  const password = given ?? oneTimePassword();
  const passwordHash = await hashPassword(password);
  const { administrator, supervisor } = await beginRegion(passwordHash);
  for (const [index, unit] of unitsOf(count).entries()) {
    const people = { ...(await addUnit(administrator, unit, index, passwordHash)), supervisor };
    supervisor.below.push(people.clerk.organisation.id);
    const taken = courses[(index * 7) % courses.length];
    if (taken) await follow(taken, people, year);
    if ((index + 1) % 20 === 0) print(`已建立 ${index + 1} 个单位`);
  }
  print(`${OFFICE}和 ${count} 个单位已经建立，${year}年度的报告处在各种状态。
用户名：guanli（系统管理员），zhuguan（主管部门），d001-jingban、d001-shenhe、d001-qianfa（第1个单位的经办人、审核人、签发人），其余类推
密码：${password}
这里的单位、人员和报告都是虚构的，请不要在这个数据库里办理正式的报告。`);
  return 0;
}

function parseCommandLine(): { count: number; year: number; given: string | undefined } {
  const values = commandLine();
  const count = Number(values.units ?? 100);
  if (!Number.isInteger(count) || count < 1 || count > 10_000) throw new Refusal("--units 应为1至10000的整数。");
  const year = Number(values.year ?? new Date().getFullYear() - 1);
  if (year !== sampleReport().report.year && !/^20\d\d$/.test(`${year}`))
    throw new Refusal("--year 应为四位数的年度。");
  const about = { username: "zhuguan", name: "主管部门", organisation: OFFICE };
  const fault =
    values.password === undefined ? undefined : passwordFault(values.password, about, environment().access.password);
  if (fault) throw new Refusal(fault);
  return { count, year, given: values.password };
}

function commandLine() {
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.length === 1) return values;
  } catch {
    // Told below.
  }
  throw new Refusal(`命令行有不认识的选项，或选项缺少内容。\n${USAGE}`);
}

/** The office of the county, with its administrator and its 主管部门. Whatever is below is added to the actors' own lists. */
async function beginRegion(passwordHash: string) {
  const tokenHash = hashOf(newToken());
  await renewSetupToken(tokenHash, Date.now() + 60_000);
  const made = await setUp(tokenHash, { organisationName: OFFICE, username: "guanli", name: "周静", passwordHash });
  const organisation = await foundOrganisation();
  if (typeof made === "string" || !organisation) throw new Refusal("数据库正在被别的程序设置，没有建立完。");
  const below: string[] = [];
  const user = { id: made.userId, username: "guanli", name: "周静" };
  const administrator: Growing = { user, organisation, roles: ["administrator"], below };
  await changeOrganisation(administrator, organisation.id, { kind: "office" });
  const supervisor = { ...(await addUser(administrator, organisation, "supervisor", "zhuguan", passwordHash)), below };
  return { administrator, supervisor };
}

type Growing = Actor & { below: string[] };

/** A unit with the three people who take its reports through their hands. */
async function addUnit(administrator: Growing, { name, kind }: Unit, index: number, passwordHash: string) {
  const made = await createOrganisation(administrator, { name, kind, parentId: administrator.organisation.id });
  if (made.kind !== "created") throw new Error(`adding a unit answered ${made.kind}`);
  administrator.below.push(made.id);
  const prefix = `d${String(index + 1).padStart(3, "0")}`;
  const organisation = { id: made.id, name };
  const add = (role: Role, suffix: string) =>
    addUser(administrator, organisation, role, `${prefix}-${suffix}`, passwordHash);
  return {
    clerk: await add("clerk", "jingban"),
    reviewer: await add("reviewer", "shenhe"),
    signatory: await add("signatory", "qianfa"),
  };
}

async function addUser(
  administrator: Actor,
  organisation: Actor["organisation"],
  role: Role,
  username: string,
  passwordHash: string,
): Promise<Actor> {
  const name = invented(username);
  const memberships = [{ organisationId: organisation.id, role }];
  const user = { organisationId: organisation.id, username, name, passwordHash, mustChange: false, memberships };
  const made = await createUser(administrator, user);
  if (made.kind !== "created") throw new Error(`adding a user answered ${made.kind}`);
  return { user: { id: made.id, username, name }, organisation, roles: [role], below: [] };
}

/** A name of a person who does not exist, always the same for the same user. */
function invented(username: string): string {
  const number = [...username].reduce((all, character) => (all * 31 + character.charCodeAt(0)) % 99_991, 7);
  return `${FAMILIES[number % FAMILIES.length]}${GIVEN[Math.floor(number / FAMILIES.length) % GIVEN.length]}`;
}

function unitsOf(count: number): Unit[] {
  const units: Unit[] = [
    ...DEPARTMENTS.map((name): Unit => ({ name: `${COUNTY}${name}`, kind: "department" })),
    ...TOWNS.map((name): Unit => ({ name: `${COUNTY}${name}镇人民政府`, kind: "township" })),
    ...TOWNS.map((name): Unit => ({ name: `${COUNTY}${name}镇中心卫生院`, kind: "institution" })),
    ...INSTITUTIONS.map((name): Unit => ({ name: `${COUNTY}${name}`, kind: "institution" })),
  ];
  for (let number = 1; units.length < count; number++) {
    units.push({ name: `${COUNTY}第${number}中学`, kind: "institution" });
  }
  return units.slice(0, count);
}

/** Writes the report of a unit and takes it as far as its course goes. */
async function follow({ content, steps }: Course, people: People, year: number): Promise<void> {
  const made = await createReport(people.clerk, year);
  if (made.kind !== "created") throw new Refusal(`没有适用于${year}年度的格式。`);
  if (content === "empty") return;
  const edits = await editsOf(people.clerk, made.id, year);
  const mistake: Edit[] = [
    { path: "tables.requests.received.natural", value: 30 },
    { path: "prose.other", value: [] },
  ];
  const order = { baseVersion: 1, operationId: crypto.randomUUID() };
  const saved = await saveEdits(people.clerk, made.id, {
    ...order,
    edits: content === "mistaken" ? [...edits, ...mistake] : edits,
  });
  if (saved.kind !== "saved") throw new Error(`saving was answered ${JSON.stringify(saved)}`);
  for (const action of steps) {
    const actor = people[byWhom(action, steps)];
    const moved = await moveReport(
      actor,
      made.id,
      { action, version: saved.version, ...particulars(action) },
      isCovered,
    );
    if (moved.kind !== "moved") throw new Error(`${action} was answered ${JSON.stringify(moved)}`);
  }
}

/** The sample's content, as if the unit had written it about that year. */
async function editsOf(clerk: Actor, id: string, year: number): Promise<Edit[]> {
  const { format, report } = sampleReport();
  const begun = await readReport(clerk, id);
  if (!begun) throw new Error("a report is gone");
  const { name } = clerk.organisation;
  const text = JSON.stringify(report)
    .replace(
      /20\d\d/g,
      (found) => `${Math.abs(Number(found) - report.year) <= 1 ? Number(found) - report.year + year : found}`,
    )
    .replaceAll("本局", "本单位")
    .replace(/区(?=政府|里|年度)/g, "县");
  const written = { ...JSON.parse(text), organisation: { name, website: "www.yunling.example.gov.cn" } };
  return changesBetween(format, begun.report, written).map(({ path, after }) => ({ path, value: after }));
}

/** Who does it; what was filed is returned by the 主管部门. */
function byWhom(action: Action, steps: readonly Action[]): keyof People {
  if (action === "return") return steps.includes("file") ? "supervisor" : "reviewer";
  const owners: Partial<Record<Action, keyof People>> = {
    ...{ approve: "reviewer", clear: "reviewer", sign: "signatory", accept: "supervisor" },
  };
  return owners[action] ?? "clerk";
}

function particulars(action: Action) {
  if (action === "publish") return { publication: { date: new Date().toISOString().slice(0, 10) } };
  if (action === "return") return { reason: "请核对依申请公开的数字。" };
  return action === "correct" ? { reason: "收费情况写得不完整。" } : {};
}

await runStoreProgram(run);
