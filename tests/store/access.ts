import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "../../lib/store/actor.ts";
import { closeDatabase } from "../../lib/store/database.ts";
import { foundOrganisation, isSetUp, isSetupToken, renewSetupToken, setUp } from "../../lib/store/installation.ts";
import { clearFailures, countAttempt, findLoginUser, takeTotpStep } from "../../lib/store/log-ins.ts";
import { changeOrganisation, createOrganisation, listOrganisations } from "../../lib/store/organisations.ts";
import {
  beginSession,
  endSession,
  findSession,
  forgetSessions,
  listSessions,
  switchOrganisation,
  touchSession,
} from "../../lib/store/sessions.ts";
import { readingAll } from "../../lib/store/tenancy.ts";
import {
  changeUser,
  choosePassword,
  createUser,
  listUsers,
  passwordsOf,
  readUser,
  resetPassword,
  setTotp,
  totpOf,
} from "../../lib/store/users.ts";
import type { Role } from "../../lib/workflow/roles.ts";
import { organisationNamed, userIn } from "./actors.ts";

const MINUTE = 60_000;
const ages = { createdAt: 0, seenAt: 0 };

/** What every database must do for users, organisations and sessions. `prepare` as for `storeSuite`. */
export function accessSuite(name: string, prepare: () => Promise<void>): void {
  describe(`${name}: access`, () => {
    beforeEach(prepare);
    afterEach(closeDatabase);

    test("the first set-up is made once, by the token given out last, within its time", async () => {
      const first = { organisationName: "青川市云岭区档案馆", username: "liming", name: "李明", passwordHash: "x" };
      expect(await isSetUp()).toBe(false);
      await renewSetupToken("old", Date.now() + MINUTE);
      await renewSetupToken("late", Date.now() - 1);
      expect(await isSetupToken("old")).toBe(false);
      expect(await setUp("old", first)).toBe("refused");
      expect(await setUp("late", first)).toBe("refused");
      await renewSetupToken("token", Date.now() + MINUTE);
      expect(await isSetupToken("token")).toBe(true);
      const made = await Promise.all(Array.from({ length: 5 }, () => setUp("token", first)));
      expect(made.filter((result) => typeof result === "object")).toHaveLength(1);
      expect(await setUp("token", first)).toBe("done");
      expect(await isSetUp()).toBe(true);
      const { actor } = await sessionOf((await findLoginUser("liming"))?.id ?? "");
      expect(actor.organisation.name).toBe("青川市云岭区档案馆");
      expect([...actor.roles].sort()).toEqual(["administrator", "clerk", "reviewer", "signatory"]);
    });

    test("an organisation that was named before there were users keeps its name and its reports", async () => {
      const before = await organisationNamed("青川市云岭区气象局");
      expect(await foundOrganisation()).toEqual(before);
      await renewSetupToken("token", Date.now() + MINUTE);
      await setUp("token", { organisationName: "别的名称", username: "a1", name: "李明", passwordHash: "x" });
      const { actor } = await sessionOf((await findLoginUser("a1"))?.id ?? "");
      expect(actor.organisation).toEqual(before);
    });

    test("an administrator sees and changes her own organisation and those below, and no others", async () => {
      const { region, office, bureau, foreign } = await tree();
      const administrator = await loggedIn(office, ["administrator"]);
      expect((await listOrganisations(administrator)).map((one) => one.id).sort()).toEqual(
        [office.id, bureau.id].sort(),
      );
      const made = await createOrganisation(administrator, { name: "云岭街道", kind: "township", parentId: bureau.id });
      expect(made).toMatchObject({ kind: "created" });
      expect(
        await createOrganisation(administrator, { name: "云岭街道", kind: "township", parentId: office.id }),
      ).toEqual({
        kind: "taken",
      });
      for (const parent of [region, foreign]) {
        const below = { name: "某某单位", kind: "department", parentId: parent.id } as const;
        expect(await createOrganisation(administrator, below)).toEqual({ kind: "absent" });
        expect(await changeOrganisation(administrator, parent.id, { name: "改名" })).toBe("absent");
        expect(await changeOrganisation(administrator, bureau.id, { parentId: parent.id })).toBe("absent");
      }
      const again = await sessionOf(administrator.user.id);
      expect(await changeOrganisation(again.actor, bureau.id, { name: "云岭区科学技术局" })).toBe("changed");
      expect(await changeOrganisation(again.actor, bureau.id, { name: "云岭街道" })).toBe("taken");
      const street = made.kind === "created" ? made.id : "";
      expect(await changeOrganisation(again.actor, bureau.id, { parentId: street })).toBe("misplaced");
      expect(await changeOrganisation(again.actor, office.id, { parentId: bureau.id })).toBe("misplaced");
      expect(await changeOrganisation(again.actor, street, { parentId: office.id })).toBe("changed");
      const clerk = await loggedIn(office, ["clerk"]);
      expect((await listOrganisations(clerk)).map((one) => one.id)).toEqual([office.id]);
      expect(await createOrganisation(clerk, { name: "另一单位", kind: "department", parentId: office.id })).toEqual({
        kind: "absent",
      });
    });

    test("an administrator looks after the users of her organisations, and no others", async () => {
      const { region, office, bureau, foreign } = await tree();
      const administrator = await loggedIn(office, ["administrator"]);
      const newcomer = (organisationId: string, role: Role = "clerk", username = "wangfang") => ({
        organisationId,
        username,
        name: "王芳",
        passwordHash: "x",
        mustChange: true,
        memberships: [{ organisationId, role }],
      });
      const made = await createUser(administrator, newcomer(bureau.id));
      const id = made.kind === "created" ? made.id : "";
      expect(await readUser(administrator, id)).toMatchObject({
        username: "wangfang",
        mustChange: true,
        isDisabled: false,
        hasTotp: false,
        memberships: [{ organisationId: bureau.id, role: "clerk" }],
      });
      expect(await createUser(administrator, newcomer(office.id))).toEqual({ kind: "taken" });
      for (const other of [region, foreign]) {
        expect(await createUser(administrator, newcomer(other.id, "clerk", "zhaolei"))).toEqual({ kind: "absent" });
        const memberships = [{ organisationId: other.id, role: "administrator" as const }];
        expect(await changeUser(administrator, id, { memberships })).toBe("absent");
        expect(await changeUser(administrator, id, { organisationId: other.id })).toBe("absent");
        const stranger = await userIn(other);
        expect(await readUser(administrator, stranger.user.id)).toBeUndefined();
        expect(await changeUser(administrator, stranger.user.id, { name: "改名" })).toBe("absent");
        expect(await resetPassword(administrator, stranger.user.id, "y")).toBeUndefined();
      }
      const clerk = await loggedIn(office, ["clerk"]);
      expect(await listUsers(clerk)).toEqual([]);
      expect(await changeUser(clerk, id, { name: "改名" })).toBe("absent");
      expect(await changeUser(administrator, administrator.user.id, { isDisabled: true })).toBe("self");
      expect(await changeUser(administrator, administrator.user.id, { memberships: [] })).toBe("self");
    });

    test("whoever is disabled, gets other roles or another password has no session any more", async () => {
      const { office } = await tree();
      const administrator = await loggedIn(office, ["administrator"]);
      const clerk = await userIn(office);
      const id = clerk.user.id;
      const same = [{ organisationId: office.id, role: "clerk" as const }];
      for (const change of [
        () =>
          changeUser(administrator, id, { memberships: [...same, { organisationId: office.id, role: "reviewer" }] }),
        () => resetPassword(administrator, id, "y"),
        () => changeUser(administrator, id, { isDisabled: true }),
      ]) {
        const session = crypto.randomUUID();
        await beginSession({ id: session, userId: id, address: "", browser: "" });
        expect(await findSession(session, ages)).toBeDefined();
        await change();
        expect(await findSession(session, ages)).toBeUndefined();
        expect(await sessionsIn()).toBe(1);
      }
      expect(await findLoginUser(clerk.user.username)).toMatchObject({ isDisabled: true, passwordHash: "y" });
      await changeUser(administrator, id, { isDisabled: false, name: "李小明" });
      expect(await findLoginUser(clerk.user.username)).toMatchObject({ isDisabled: false });
      const session = crypto.randomUUID();
      await beginSession({ id: session, userId: id, address: "", browser: "" });
      await changeUser(administrator, id, { memberships: (await readUser(administrator, id))?.memberships ?? [] });
      expect(await findSession(session, ages)).toMatchObject({ actor: { user: { name: "李小明" } } });
    });

    test("a session is over when it is too old, was not used or was ended", async () => {
      const { office } = await tree();
      const clerk = await userIn(office);
      const session = { id: "one", userId: clerk.user.id, address: "10.0.0.7", browser: "Edge 109，Windows" };
      await beginSession(session);
      await beginSession({ ...session, id: "two" });
      const now = Date.now();
      expect(await findSession("one", { createdAt: now - MINUTE, seenAt: now - MINUTE })).toMatchObject({
        actor: { roles: ["clerk"], organisation: office, below: [] },
      });
      expect(await findSession("one", { createdAt: now + MINUTE, seenAt: 0 })).toBeUndefined();
      expect(await findSession("one", { createdAt: 0, seenAt: now + MINUTE })).toBeUndefined();
      await touchSession("one", now + 2 * MINUTE);
      expect(await findSession("one", { createdAt: 0, seenAt: now + MINUTE })).toBeDefined();
      expect((await listSessions(clerk, ages)).map(({ id, address }) => [id, address])).toEqual([
        ["one", "10.0.0.7"],
        ["two", "10.0.0.7"],
      ]);
      const other = await userIn(office);
      expect(await endSession(other, "one", "session.revoke")).toBe(false);
      expect(await endSession(clerk, "one", "session.revoke")).toBe(true);
      expect(await findSession("one", ages)).toBeUndefined();
      await forgetSessions({ createdAt: 0, seenAt: now + MINUTE });
      expect(await sessionsIn()).toBe(0);
    });

    test("one person works for several organisations, one at a time, with her roles there", async () => {
      const { region, office, bureau, foreign } = await tree();
      const administrator = await loggedIn(region, ["administrator"]);
      const clerk = await userIn(bureau);
      const memberships = [
        { organisationId: bureau.id, role: "clerk" as const },
        { organisationId: office.id, role: "supervisor" as const },
      ];
      expect(await changeUser(administrator, clerk.user.id, { memberships })).toBe("changed");
      const session = await sessionOf(clerk.user.id);
      expect(session.actor).toMatchObject({ organisation: bureau, roles: ["clerk"], below: [] });
      expect(session.organisations).toEqual([bureau, office]);
      expect(await switchOrganisation(session, foreign.id)).toBe(false);
      expect(await switchOrganisation(session, office.id)).toBe(true);
      const switched = await findSession(session.id, ages);
      expect(switched?.actor).toMatchObject({ organisation: office, roles: ["supervisor"], below: [bureau.id] });
    });

    test("a name is locked after so many failures, each wait twice the last, whether there is such a user or not", async () => {
      const lockout = { failures: 3, wait: MINUTE, longestWait: 4 * MINUTE };
      let now = 1_000 * MINUTE;
      for (const name of ["somebody", "nobody"]) {
        for (const locks of [{}, {}, { locks: true }]) expect(await countAttempt(name, lockout, now)).toEqual(locks);
        for (const wait of [1, 2, 4, 4]) {
          expect(await countAttempt(name, lockout, now + 1)).toEqual({ lockedUntil: now + wait * MINUTE });
          now += wait * MINUTE;
          expect(await countAttempt(name, lockout, now)).toEqual({ locks: true });
        }
        await clearFailures(name);
        expect(await countAttempt(name, lockout, now)).toEqual({});
      }
      const many = await Promise.all(Array.from({ length: 20 }, () => countAttempt("many", lockout, now)));
      expect(many.filter(({ lockedUntil }) => lockedUntil === undefined)).toHaveLength(3);
    });

    test("a password that was chosen ends the other sessions and is remembered; a code is taken once", async () => {
      const { office } = await tree();
      const clerk = await userIn(office);
      for (const id of ["here", "there"]) await beginSession({ id, userId: clerk.user.id, address: "", browser: "" });
      for (const hash of ["a", "b", "c"]) await choosePassword(clerk, hash, "here");
      expect(await findSession("here", ages)).toMatchObject({ mustChange: false });
      expect(await findSession("there", ages)).toBeUndefined();
      expect(await passwordsOf(clerk, 2)).toEqual({ current: "c", earlier: ["b", "a"] });

      await setTotp(clerk, "SECRET");
      expect(await totpOf(clerk)).toEqual({ secret: "SECRET", isConfirmed: false });
      expect((await findLoginUser(clerk.user.username))?.totp).toBeUndefined();
      await setTotp(clerk, "confirmed");
      expect((await findLoginUser(clerk.user.username))?.totp).toEqual({ secret: "SECRET", step: 0 });
      const taken = await Promise.all(Array.from({ length: 5 }, () => takeTotpStep(clerk.user.id, 7)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await takeTotpStep(clerk.user.id, 6)).toBe(false);
      await setTotp(clerk, undefined);
      expect(await totpOf(clerk)).toBeUndefined();
    });
  });
}

/** 地区 → 政府办公室 → 部门, and an organisation that has nothing to do with them. */
async function tree() {
  const region = await organisationNamed("云岭区");
  const office = await organisationNamed("云岭区人民政府办公室", region);
  const bureau = await organisationNamed("云岭区科技局", office);
  const foreign = await organisationNamed("远山区人民政府");
  return { region, office, bureau, foreign };
}

/** Somebody as her session knows her. */
const loggedIn = async (organisation: Actor["organisation"], roles: readonly Role[]): Promise<Actor> =>
  (await sessionOf((await userIn(organisation, roles)).user.id)).actor;

async function sessionOf(userId: string) {
  const id = crypto.randomUUID();
  await beginSession({ id, userId, address: "", browser: "" });
  const session = await findSession(id, ages);
  if (!session) throw new Error("no session");
  return session;
}

const sessionsIn = async (): Promise<number> =>
  (await readingAll((connection) => connection.selectFrom("session").select("id").execute())).length;
