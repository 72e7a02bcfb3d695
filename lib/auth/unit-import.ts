import "server-only";
import type { z } from "zod";
import type { Actor } from "../store/actor.ts";
import { listOrganisations } from "../store/organisations.ts";
import { type ImportedUnit, importUnits } from "../store/unit-imports.ts";
import { listUsers, type NewUser, type StoredUser } from "../store/users.ts";
import { type OrganisationKind, organisationKindNames, organisationKinds } from "../workflow/organisation-kinds.ts";
import { type Role, roleNames, roles } from "../workflow/roles.ts";
import { displayName, organisationName, username } from "./fields.ts";
import { hashPassword, oneTimePassword } from "./passwords.ts";
import { rolesFault } from "./user-administration.ts";

/** The columns of the table, by what they hold. A line is a user, with her unit; or a unit alone. */
export const columns = {
  unit: "单位名称",
  parent: "上级单位",
  kind: "单位类别",
  name: "姓名",
  username: "用户名",
  roles: "角色",
} as const;
type Column = keyof typeof columns;

/** What is wrong in a line; lines count as in the table, whose headings are line 1. */
type LineProblem = { line: number; message: string };

type PlannedUser = { line: number; user: Omit<NewUser, "passwordHash" | "mustChange"> };
/** What an import would do. With problems it does nothing. What is there already, as the table says, stays as it is. */
export type ImportPlan = {
  problems: LineProblem[];
  units: (ImportedUnit & { line: number })[];
  users: PlannedUser[];
  known: { units: number; users: number };
};

/** Users that are added at once: each password takes a tenth of a second to hash. */
export const USERS_AT_ONCE = 40;

type Line = Record<Column, string> & { line: number };
/** A unit that is there or was mentioned in a line before; `isCounted`: it was told among those that are there. */
type Place = {
  id: string;
  kind: OrganisationKind;
  parentId: string | undefined;
  line: number | undefined;
  isCounted: boolean;
};

/** Judges a table against what the actor administers. */
export async function planImport(actor: Actor, rows: readonly (readonly string[])[]): Promise<ImportPlan> {
  const organisations = await listOrganisations(actor);
  const users = await listUsers(actor);
  const plan: ImportPlan = { problems: [], units: [], users: [], known: { units: 0, users: 0 } };
  const lines = linesOf(rows, plan.problems);
  const places = new Map(
    organisations.map(({ id, name, kind, parentId }): [string, Place] => [
      name,
      { id, kind, parentId, line: undefined, isCounted: false },
    ]),
  );
  // A unit may be named as the one above before its own line comes; without a name the actor's own is above.
  const ids = new Map([["", actor.organisation.id], ...organisations.map(({ id, name }) => [name, id] as const)]);
  for (const { unit } of lines) if (!ids.has(unit)) ids.set(unit, crypto.randomUUID());
  const told = ({ line }: Line, message: string | undefined) => {
    if (message) plan.problems.push({ line, message });
  };
  const faulty = new Set<string>();
  for (const line of lines) {
    const fault = takeUnit(line, ids, places, plan);
    // Once for a unit that is not taken, not again for each of its users.
    if (!faulty.has(line.unit)) told(line, fault);
    if (fault && line.unit !== "" && !places.has(line.unit)) faulty.add(line.unit);
  }
  const existing = new Map(users.map((user) => [user.username, user]));
  const seen = new Map<string, number>();
  for (const line of lines) told(line, takeUser(line, places, existing, seen, plan));
  plan.units = parentsFirst(plan);
  if (lines.length === 0 && plan.problems.length === 0) plan.problems.push({ line: 2, message: "表格里没有内容。" });
  plan.problems.sort((a, b) => a.line - b.line);
  return plan;
}

export type Imported =
  | { kind: "added"; users: { unit: string; name: string; username: string; password: string }[]; left: number }
  | { kind: "faulty"; problems: LineProblem[] };

/** Adds what is new: all units and the first users. How many users are left is told; the same table adds those next. */
export async function applyImport(actor: Actor, plan: ImportPlan): Promise<Imported> {
  if (plan.problems.length > 0) return { kind: "faulty", problems: plan.problems };
  const now = plan.users.slice(0, USERS_AT_ONCE);
  const passwords = now.map(() => oneTimePassword());
  const hashes = await Promise.all(passwords.map(hashPassword));
  const users = now.map(({ user }, index) => ({ ...user, passwordHash: hashes[index] ?? "", mustChange: true }));
  const result = await importUnits(actor, { units: plan.units, users });
  if (result.kind !== "added") return { kind: "faulty", problems: [conflictIn(plan, result)] };
  const nameOf = new Map(
    [...(await listOrganisations(actor)), ...plan.units].map((organisation) => [organisation.id, organisation.name]),
  );
  return {
    kind: "added",
    users: now.map(({ user: { organisationId, name, username } }, index) => ({
      ...{ unit: nameOf.get(organisationId) ?? "", name, username, password: passwords[index] ?? "" },
    })),
    left: plan.users.length - now.length,
  };
}

function conflictIn(plan: ImportPlan, result: Exclude<Awaited<ReturnType<typeof importUnits>>, { kind: "added" }>) {
  if (result.kind === "absent") return { line: 2, message: "单位刚刚有变动，没有导入。请重新选择文件再试。" };
  const { what, index } = result;
  const line = (what === "unit" ? plan.units[index]?.line : plan.users[index]?.line) ?? 2;
  return {
    line,
    message: what === "unit" ? "已经有这个名称的单位，不在您管理的范围内。" : "用户名已经有人使用，请换一个。",
  };
}

/** The lines that are not blank, by their headings in whatever order. */
function linesOf(rows: readonly (readonly string[])[], problems: LineProblem[]): Line[] {
  const [heads = [], ...rest] = rows;
  const at = (column: Column) => heads.findIndex((head) => head.replace(/[\s*＊]/g, "") === columns[column]);
  const places = Object.fromEntries(Object.keys(columns).map((column) => [column, at(column as Column)]));
  const missing = (Object.keys(columns) as Column[]).filter((column) => places[column] === -1);
  if (missing.length > 0) {
    const names = missing.map((column) => `“${columns[column]}”`).join("、");
    problems.push({ line: 1, message: `第一行缺少标题${names}。请下载模板，不要改动第一行。` });
    return [];
  }
  return rest.flatMap((cells, index) => {
    const cell = (column: Column) => (cells[places[column] ?? -1] ?? "").trim();
    const line = Object.fromEntries(Object.keys(columns).map((column) => [column, cell(column as Column)]));
    return Object.values(line).every((text) => text === "")
      ? []
      : [{ ...(line as Record<Column, string>), line: index + 2 }];
  });
}

/** Takes the unit of a line: it is there, was mentioned before, or is new. Returns what is wrong with it. */
function takeUnit(
  line: Line,
  ids: ReadonlyMap<string, string>,
  places: Map<string, Place>,
  { units, known }: ImportPlan,
): string | undefined {
  const name = organisationName.safeParse(line.unit);
  if (!name.success) return firstOf(name.error);
  const kind = organisationKinds.find((one) => organisationKindNames[one] === line.kind);
  if (line.kind !== "" && !kind) return `没有“${line.kind}”这个单位类别，可以是${kindList}。`;
  const parentId = line.parent === "" ? undefined : ids.get(line.parent);
  if (line.parent !== "" && !parentId) return `没有“${line.parent}”这个上级单位，请给它也写一行。`;
  const place = places.get(name.data);
  if (!place) {
    if (!kind) return `“${name.data}”是新的单位，请填写单位类别。`;
    const id = ids.get(name.data) ?? "";
    const made = { id, kind, parentId: parentId ?? ids.get("") ?? "", line: line.line };
    places.set(name.data, { ...made, isCounted: true });
    units.push({ ...made, name: name.data });
    return undefined;
  }
  const where = place.line === undefined ? "在系统里" : `在第${place.line}行`;
  if (kind && kind !== place.kind) {
    return `“${name.data}”${where}的类别是${organisationKindNames[place.kind]}，与这里不同。`;
  }
  if (parentId && parentId !== place.parentId) return `“${name.data}”${where}的上级单位与这里不同。`;
  if (!place.isCounted) known.units += 1;
  place.isCounted = true;
  return undefined;
}

const kindList = organisationKinds.map((kind) => organisationKindNames[kind]).join("、");

/** Takes the user of a line, if it has one: she is there as the line says, or new. Returns what is wrong with her. */
function takeUser(
  line: Line,
  places: ReadonlyMap<string, Place>,
  existing: ReadonlyMap<string, StoredUser>,
  seen: Map<string, number>,
  { users, known }: ImportPlan,
): string | undefined {
  const place = places.get(line.unit);
  if (!place || (line.name === "" && line.username === "" && line.roles === "")) return undefined;
  const name = displayName.safeParse(line.name);
  if (!name.success) return firstOf(name.error);
  const login = username.safeParse(line.username);
  if (!login.success) return firstOf(login.error);
  const held = rolesIn(line.roles);
  if (typeof held === "string") return held;
  const memberships = held.map((role) => ({ organisationId: place.id, role }));
  const conflict = rolesFault(memberships);
  if (conflict) return conflict;
  const earlier = seen.get(login.data);
  if (earlier !== undefined) return `用户名“${login.data}”与第${earlier}行重复。`;
  seen.set(login.data, line.line);
  const user = existing.get(login.data);
  if (!user) {
    const added = { organisationId: place.id, username: login.data, name: name.data, memberships };
    users.push({ line: line.line, user: added });
    return undefined;
  }
  if (user.organisationId !== place.id || user.name !== name.data) {
    return `用户名“${login.data}”已经有人使用（姓名或者单位与这里不同），请换一个。`;
  }
  if (!hasRoles(user, place.id, held)) return `${name.data}在系统里的角色与这里不同，请在“单位与用户”里修改。`;
  known.users += 1;
  return undefined;
}

function hasRoles({ memberships }: StoredUser, organisation: string, held: readonly Role[]): boolean {
  const there = memberships.filter(({ organisationId }) => organisationId === organisation).map(({ role }) => role);
  return there.length === held.length && held.every((role) => there.includes(role));
}

/** The roles that a cell names, or what is wrong with it. */
function rolesIn(text: string): Role[] | string {
  const names = [...new Set(text.split(/[、，,；;\s/]+/).filter(Boolean))];
  if (names.length === 0) return `请填写角色，可以是${roleList}，几个角色用顿号隔开。`;
  const unknown = names.find((name) => !roles.some((role) => roleNames[role] === name));
  if (unknown !== undefined) return `没有“${unknown}”这个角色，可以是${roleList}。`;
  return roles.filter((role) => names.includes(roleNames[role]));
}

const roleList = roles.map((role) => roleNames[role]).join("、");
const firstOf = ({ issues }: z.ZodError): string => issues[0]?.message ?? "";

/** Each unit behind the one above it. Those that lie below themselves are left out, and named. */
function parentsFirst({ units, problems }: ImportPlan): ImportPlan["units"] {
  const waiting = new Map(units.map((unit) => [unit.id, unit]));
  const ordered: ImportPlan["units"] = [];
  const put = (unit: ImportPlan["units"][number], path: ReadonlySet<string>): boolean => {
    if (!waiting.has(unit.id)) return true;
    if (path.has(unit.id)) return false;
    const above = waiting.get(unit.parentId);
    if (above && !put(above, new Set([...path, unit.id]))) return false;
    waiting.delete(unit.id);
    ordered.push(unit);
    return true;
  };
  for (const unit of units) {
    if (!put(unit, new Set()))
      problems.push({ line: unit.line, message: `“${unit.name}”的上级单位绕了一圈又回到它自己。` });
  }
  return ordered;
}
