import pg from "pg";
import { afterEach, describe, expect, test } from "vitest";
import type { Actor } from "../../lib/store/actor.ts";
import { listAdjustments, makeAdjustment, withdrawAdjustment } from "../../lib/store/adjustments.ts";
import { listEntries } from "../../lib/store/audit.ts";
import { closeDatabase } from "../../lib/store/database.ts";
import { readRevisions } from "../../lib/store/history.ts";
import { listOrganisations } from "../../lib/store/organisations.ts";
import { reportedYears } from "../../lib/store/overview.ts";
import { listReminders, remind } from "../../lib/store/reminders.ts";
import { createReport, listReports, readReport, saveEdits } from "../../lib/store/reports.ts";
import { tallyReports } from "../../lib/store/tallies.ts";
import { changeUser, listUsers, readUser, resetPassword } from "../../lib/store/users.ts";
import { readWorkflow } from "../../lib/store/workflow.ts";
import { formatOf } from "../checks/samples.ts";
import { actorIn, organisationNamed, userIn } from "./actors.ts";

/**
 * What the rows' own lock keeps, should a query forget whose they are: the very queries of the store are sent without their
 * predicates. `prepare` as for `storeSuite`.
 */
export function secondLockSuite(prepare: () => Promise<void>): void {
  describe("PostgreSQL: rows without predicates", () => {
    afterEach(closeDatabase);

    test("nothing foreign is read or written, by any query", async () => {
      await prepare();
      const { actor, foreign, report } = await twoOrganisations();
      const everything = () => foreignThings(actor, foreign, report);
      expect(await everything()).toEqual(nothing);

      const { result, rewritten } = await withoutPredicates({ unlocked: false }, everything);
      expect(rewritten).toBeGreaterThan(10);
      expect(result).toEqual(nothing);
      expect(await readReport(foreign, report)).toMatchObject({ version: 1 });
      expect((await listUsers({ ...foreign, roles: ["administrator"] }))[0]).toMatchObject({ name: "李明" });

      // The control: with the lock open as well, the same queries do find all of it.
      const open = await withoutPredicates({ unlocked: true }, everything);
      expect(Object.entries(open.result).filter(([, count]) => count === 0)).toEqual([]);
    });
  });
}

const nothing = {
  ...{ organisations: 0, users: 0, user: 0, reports: 0, report: 0, revisions: 0, workflow: 0 },
  ...{ entries: 0, saved: 0, changed: 0, reset: 0, years: 0, tallied: 0, reminders: 0 },
  ...{ adjustments: 0, withdrawn: 0 },
};

async function twoOrganisations() {
  const roles = ["clerk", "administrator", "auditor"] as const;
  const actor = await userIn(await organisationNamed("青川市云岭区档案馆"), roles);
  const foreign = await userIn(await organisationNamed("青川市远山区气象局"), roles);
  await createReport(actor, 2023);
  const made = await createReport(foreign, 2024);
  if (made.kind !== "created") throw new Error(`a report was answered ${made.kind}`);
  await remind({ ...foreign, roles: ["supervisor"] }, 2024, [foreign.organisation.id]);
  const unit = foreign.organisation.id;
  const adjustment = { unit, cell: "requests.received.natural", delta: 1, reason: "漏报一件" };
  await makeAdjustment({ ...foreign, roles: ["supervisor"], below: [unit] }, 2024, adjustment);
  return { actor, foreign, report: made.id };
}

/** How much of the other organisation each function of the store gives to the actor. */
async function foreignThings(actor: Actor, foreign: Actor, report: string): Promise<typeof nothing> {
  const { organisation, user } = foreign;
  const count = (list: readonly unknown[] | undefined) => list?.length ?? 0;
  const edits = [{ path: "opening", value: "别人写的" }];
  const office: Actor = { ...actor, roles: ["supervisor"], below: [crypto.randomUUID()] };
  const save = { baseVersion: 1, operationId: crypto.randomUUID(), edits };
  return {
    organisations: count((await listOrganisations(actor)).filter(({ id }) => id === organisation.id)),
    users: count((await listUsers(actor)).filter(({ organisationId }) => organisationId === organisation.id)),
    user: (await readUser(actor, user.id)) ? 1 : 0,
    reports: count((await listReports(actor)).filter(({ id }) => id === report)),
    report: (await readReport(actor, report)) ? 1 : 0,
    revisions: count(await readRevisions(actor, report)),
    workflow: (await readWorkflow(actor, report)) ? 1 : 0,
    entries: count(
      (await listEntries(actor, {}, { limit: 100 })).filter((entry) => entry.organisation === organisation.id),
    ),
    changed: (await changeUser(actor, user.id, { name: "改名" })) === "changed" ? 1 : 0,
    reset: (await resetPassword(actor, user.id, "x")) ? 1 : 0,
    years: count((await reportedYears(actor)).filter((year) => year === 2024)),
    tallied: (await tallyReports(actor, [untallied(report)], { covers: () => true, until: Number.POSITIVE_INFINITY }))
      .size,
    reminders: count(await listReminders(actor)),
    adjustments: count(await listAdjustments(office, formatOf(2024), 2024)),
    withdrawn: (await withdrawAdjustment(office, (await adjustmentIn(organisation.id)) ?? "")) ? 1 : 0,
    saved: (await saveEdits(actor, report, save)).kind === "saved" ? 1 : 0,
  };
}

const untallied = (id: string) => ({
  ...{ id, version: 1, basis: "", requirements: [] },
  standing: { state: "drafting", edition: 1 } as const,
});

const adjustmentIn = async (organisation: string) => {
  const office: Actor = { ...actorIn({ id: organisation, name: "" }, ["supervisor"]), below: [organisation] };
  return (await listAdjustments(office, formatOf(2024), 2024))[0]?.id;
};

/** A comparison of a column that says whose a row is, with one value or a list of them. */
const PREDICATE =
  /(?:"[a-z_]+"\.)?"(?:organisation_id|unit_id|id)" (?:= (\$\d+)|in \((\$\d+(?:, \$\d+)*)\))(?= |$|\))/g;

/** Runs the work while each query is sent without such comparisons; `unlocked`: and with the rows open for everybody. */
async function withoutPredicates<Result>({ unlocked }: { unlocked: boolean }, work: () => Promise<Result>) {
  const { query } = pg.Client.prototype;
  let rewritten = 0;
  const removed = (text: string) =>
    text.replace(PREDICATE, (predicate, one: string | undefined, list: string | undefined) => {
      // What names a thing by its id stays: only whose it is, is forgotten.
      if (predicate.includes('"id"') && one) return predicate;
      rewritten++;
      const values = (list ?? one ?? "").split(", ").map((value) => `${value}::text`);
      return `(coalesce(${values.join(", ")}) is not null or true)`;
    });
  pg.Client.prototype.query = function (this: pg.Client, ...sent: unknown[]) {
    const [text, values, ...rest] = sent;
    if (typeof text !== "string") return Reflect.apply(query, this, sent);
    const isOpening = text.includes("set_config('app.organisations'");
    return Reflect.apply(query, this, [removed(text), isOpening && unlocked ? ["*"] : values, ...rest]);
  } as typeof query;
  try {
    return { result: await work(), rewritten };
  } finally {
    pg.Client.prototype.query = query;
  }
}
