import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { check } from "../../lib/checks/check.ts";
import type { CheckRequest } from "../../lib/checks/finding.ts";
import type { Actor } from "../../lib/store/actor.ts";
import { listAdjustments, makeAdjustment, withdrawAdjustment } from "../../lib/store/adjustments.ts";
import { verifyRecord } from "../../lib/store/audit.ts";
import { closeDatabase } from "../../lib/store/database.ts";
import { changeSteps } from "../../lib/store/organisations.ts";
import { readProgress, reportedYears, type UnitProgress } from "../../lib/store/overview.ts";
import { listReminders, remind } from "../../lib/store/reminders.ts";
import { createReport, keepLastYear, readReport, saveEdits } from "../../lib/store/reports.ts";
import { putPack } from "../../lib/store/requirements.ts";
import { readRegion, readRegionSum, readSent } from "../../lib/store/rollup.ts";
import { tallyReports } from "../../lib/store/tallies.ts";
import { readingAll, writingAll } from "../../lib/store/tenancy.ts";
import { moveReport } from "../../lib/store/workflow.ts";
import type { Action } from "../../lib/workflow/transitions.ts";
import { formatForYear } from "../../templates/index.ts";
import { sampleReport } from "../../templates/samples.ts";
import { formatOf } from "../checks/samples.ts";
import { organisationNamed, userIn } from "./actors.ts";
import { filledReport } from "./filled-report.ts";

const { year } = sampleReport().report;
const NATURAL = "requests.received.natural";
const covers = () => true;
const until = Number.POSITIVE_INFINITY;

/** What every database must do for the overview of a 主管部门. `prepare` as for `storeSuite`. */
export function overviewSuite(name: string, prepare: () => Promise<void>): void {
  describe(`${name}: overview`, () => {
    beforeEach(prepare);
    afterEach(closeDatabase);

    test("every unit below is there with its report, in the order of the tree, and nothing else is", async () => {
      const { supervisor, bureau, station, archive } = await county();
      const { id } = await filledReport(station);
      await createReport(archive, year - 1);
      const foreign = await userIn(await organisationNamed("青石县档案馆"));
      await createReport(foreign, year);
      const units = await readProgress(supervisor, year);
      expect(units.map(({ organisation, within, report }) => [organisation.name, within, report?.id])).toEqual([
        ["云岭县水务局", [], undefined],
        ["云岭县水文站", ["云岭县水务局"], id],
        ["云岭县档案馆", [], undefined],
        ["云岭县青石镇人民政府", ["城区"], undefined],
      ]);
      expect(await reportedYears(supervisor)).toEqual([year, year - 1]);
      for (const actor of [bureau, station, foreign]) expect(await readProgress(actor, year)).toEqual([]);
      expect(await reportedYears(foreign)).toEqual([year]);
    });

    test("without a report it is told who could write one, and whether one of them was ever there", async () => {
      const { supervisor, bureau, archive } = await county();
      await userIn(bureau.organisation, ["clerk"]);
      await change("user", bureau.user.id, { logged_in_at: 2_000 });
      await change("user", archive.user.id, { disabled_at: 1, logged_in_at: 3_000 });
      const clerks = async (name: string) => {
        const found = await unit(supervisor, name);
        return [found.clerks, found.loggedInAt];
      };
      expect(await clerks("云岭县水务局")).toEqual([2, 2_000]);
      expect(await clerks("云岭县水文站")).toEqual([1, undefined]);
      expect(await clerks("云岭县档案馆")).toEqual([0, undefined]);
    });

    test("what was done last counts as activity, be it a save or a step", async () => {
      const { supervisor, station } = await county();
      const { id, version } = await filledReport(station);
      await change("report", id, { saved_at: 5_000 });
      expect((await unit(supervisor, "云岭县水文站")).report?.activeAt).toBe(5_000);
      const before = Date.now();
      await moveReport(station, id, { action: "submit", version }, covers);
      const { report } = await unit(supervisor, "云岭县水文站");
      expect(report).toMatchObject({ standing: { state: "reviewing", edition: 1 }, version });
      expect(report?.activeAt).toBeGreaterThanOrEqual(before);
    });

    test("local requirements of every level between apply, the highest first", async () => {
      const { supervisor, bureau, station } = await county();
      const pack = (name: string, from = year) => ({
        ...{ name, years: { from }, dataPoints: [], headings: [], longest: {} },
        deadline: { department: "01-20" },
      });
      await putPack(supervisor, pack("县"));
      await putPack(supervisor, pack("县，以后", year + 1));
      await putPack(bureau, pack("局"));
      await putPack(station, pack("站"));
      const names = async (name: string) => (await unit(supervisor, name)).requirements.map((one) => one.name);
      expect(await names("云岭县水文站")).toEqual(["县", "局", "站"]);
      expect(await names("云岭县水务局")).toEqual(["县", "局"]);
      expect(await names("云岭县档案馆")).toEqual(["县"]);
    });

    test("what the checks say is counted once for each content, and again when anything that they look at changed", async () => {
      const { supervisor, station } = await county();
      const made = await createReport(station, year);
      const id = made.kind === "created" ? made.id : "";
      const tally = async () => (await unit(supervisor, "云岭县水文站")).report;
      expect(await tally()).toMatchObject({ tally: undefined, isTallied: false });

      const counted = await count(supervisor);
      expect(counted.get(id)).toMatchObject({ errors: 0, done: 0, steps: 8 });
      expect(await tally()).toMatchObject({ tally: counted.get(id), isTallied: true });
      expect((await count(supervisor)).size).toBe(0);

      const edits = [{ path: "tables.requests.received.natural", value: 3 }];
      await saveEdits(station, id, { baseVersion: 1, operationId: crypto.randomUUID(), edits });
      expect(await tally()).toMatchObject({ tally: counted.get(id), isTallied: false });
      expect((await count(supervisor)).size).toBe(1);

      const pack = { name: "县", years: { from: year }, dataPoints: [], headings: [], longest: { overview: 10 } };
      await putPack(supervisor, pack);
      expect(await tally()).toMatchObject({ isTallied: false });
      await count(supervisor);
      expect(await tally()).toMatchObject({ isTallied: true });

      const before = sampleReport().report;
      const format = formatForYear(year - 1);
      if (!format) throw new Error("no format");
      await keepLastYear(station, id, { format, report: { ...before, format: format.id, year: year - 1 } });
      expect(await tally()).toMatchObject({ tally: undefined, isTallied: false });
    });

    test("a finished report is judged as to be submitted, and by its own word on what it is", async () => {
      const { supervisor, station } = await county();
      const { id, version } = await filledReport(station);
      const edits = [{ path: "organisation.kind", value: "government" }];
      await saveEdits(station, id, { baseVersion: version, operationId: crypto.randomUUID(), edits });
      expect((await count(supervisor)).get(id)).toMatchObject({ errors: 0, done: 8, kind: "government" });
      await moveReport(station, id, { action: "submit", version: version + 1 }, covers);
      expect((await unit(supervisor, "云岭县水文站")).report).toMatchObject({ isTallied: false });
      await count(supervisor);
      expect((await unit(supervisor, "云岭县水文站")).report).toMatchObject({ isTallied: true });
      expect((await readReport(supervisor, id))?.version).toBe(version + 1);
    });

    test("units are asked for their reports until they send them, which is on record", async () => {
      const { supervisor, bureau, station, archive } = await county();
      const { id, version } = await filledReport(station);
      const asked = [station.organisation.id, archive.organisation.id];
      expect(await remind(supervisor, year, asked)).toBe(2);
      expect(await remind(supervisor, year, [station.organisation.id])).toBe(1);
      const at = expect.any(Number);
      const reminder = { year, userName: "李明", office: "云岭县人民政府办公室", at };
      expect(await listReminders(station)).toEqual([{ ...reminder, times: 2 }]);
      expect(await listReminders(archive)).toEqual([{ ...reminder, times: 1 }]);
      expect(await listReminders(bureau)).toEqual([]);
      expect((await unit(supervisor, "云岭县水文站")).reminded).toEqual({ at, times: 2 });
      expect((await unit(supervisor, "云岭县水务局")).reminded).toBeUndefined();

      await changeSteps({ ...supervisor, roles: ["administrator"] }, station.organisation.id, ["reviewing", "secrecy"]);
      const all: Actor = { ...station, roles: ["clerk", "signatory"] };
      for (const action of ["submit", "sign"] as const) await moveReport(all, id, { action, version }, covers);
      expect(await listReminders(station)).toHaveLength(1);
      await moveReport(all, id, { action: "file", version }, covers);
      expect(await listReminders(station)).toEqual([]);
      expect(await remind(supervisor, year, asked)).toBe(1);
      expect((await unit(supervisor, "云岭县水文站")).reminded).toBeUndefined();

      await moveReport(supervisor, id, { action: "return", version, reason: "请核对" }, covers);
      expect(await listReminders(station)).toEqual([]);
      expect(await remind(supervisor, year, asked)).toBe(2);
      const events = await readingAll((connection) =>
        connection.selectFrom("audit_entry").selectAll().where("event", "=", "reminder.send").execute(),
      );
      expect(new Set(events.map((event) => event.user_id))).toEqual(new Set([supervisor.user.id]));
      expect(events.map((event) => event.organisation_id).sort()).toEqual([...asked, ...asked, ...asked].sort());
      expect(await verifyRecord()).toMatchObject({ fault: undefined });
    });

    test("what was handed in is added up: of a correction that is under way, what was published before", async () => {
      const { supervisor, bureau, station, archive } = await county();
      const format = formatForYear(year);
      if (!format) throw new Error("no format");
      const sent = async (actor: Actor = supervisor) =>
        (await readSent(actor, format, year)).map(({ organisationId, tables }) => [
          organisationId,
          tables.requests?.received?.natural,
        ]);
      await filledReport(archive);
      const { id, version } = await filledReport(station);
      expect(await sent()).toEqual([]);

      const all: Actor = { ...station, roles: ["clerk", "reviewer", "signatory"] };
      const move = (actor: Actor, action: Action, at = version) =>
        moveReport(actor, id, { action, version: at, reason: "更正", publication: { date: "2026-01-20" } }, covers);
      for (const action of ["submit", "approve", "clear", "sign"] as const) await move(all, action);
      expect(await sent()).toEqual([]);
      await move(all, "file");
      expect(await sent()).toEqual([[station.organisation.id, 3]]);
      await move(supervisor, "accept");
      await move(all, "publish");
      await move(all, "correct");
      const edits = [{ path: "tables.requests.received.natural", value: 50 }];
      await saveEdits(station, id, { baseVersion: version, operationId: crypto.randomUUID(), edits });
      expect(await sent()).toEqual([[station.organisation.id, 3]]);
      expect(await sent(bureau)).toEqual([]);
    });

    test("the report of a region is held against the sum of what is below, whoever looks; no other report is", async () => {
      const { supervisor, station, archive } = await county();
      const clerk = await userIn(supervisor.organisation);
      const { id, version } = await filledReport(clerk);
      const sumOf = async (actor: Actor, of = id) => {
        const stored = await readReport(supervisor, of);
        return stored && readRegionSum(actor, formatOf(year), stored);
      };
      expect(await sumOf(clerk)).toBeUndefined();
      const edits = [{ path: "organisation.kind", value: "government" }];
      await saveEdits(clerk, id, { baseVersion: version, operationId: crypto.randomUUID(), edits });
      for (const unit of [station, archive]) await fileReport(unit);
      const adjustment = { unit: station.organisation.id, cell: NATURAL, delta: -1, reason: "重复" };
      await makeAdjustment(supervisor, year, adjustment);
      const sum = await sumOf(clerk);
      expect(sum).toMatchObject({ bodies: 2, missing: ["云岭县水务局", "云岭县青石镇人民政府"] });
      expect(sum?.tables.requests?.received?.natural).toBe(5);
      expect(sum?.adjustments).toMatchObject([{ unit: "云岭县水文站", cell: NATURAL, delta: -1 }]);
      expect(await sumOf(supervisor)).toEqual(sum);
      expect(await sumOf(await userIn(await organisationNamed("青石县档案馆"), ["supervisor"]))).toBeUndefined();
      expect(await sumOf(archive)).toBeUndefined();

      const { report } = (await readReport(clerk, id)) ?? {};
      if (!report || !sum) throw new Error("no report of the region");
      const warnings = (more: Pick<CheckRequest, "rollup">) =>
        check({ format: formatOf(year), report, stage: "submission", covers, ...more }).filter(
          ({ severity }) => severity === "warning",
        );
      const more = warnings({ rollup: sum }).filter(({ code }) => code.startsWith("R"));
      expect(more.map(({ code }) => code)).toEqual(expect.arrayContaining(["R01", "R02"]));
      const count = warnings({}).length + more.length;
      expect(await moveReport(clerk, id, { action: "submit", version: version + 1 }, covers)).toMatchObject({
        obstacles: [{ kind: "warnings", count }],
      });
    });

    test("a region below that handed in its own sum stands for all that is below it", async () => {
      const { supervisor, bureau, station, archive } = await county();
      for (const unit of [station, archive, bureau]) await fileReport(unit);
      const names = async () => (await readRegion(supervisor, formatOf(year), year)).units.map(({ name }) => name);
      expect(await names()).toEqual(["云岭县水务局", "云岭县水文站", "云岭县档案馆"]);
      const row = await readingAll((connection) =>
        connection
          .selectFrom("report")
          .select(["id", "data"])
          .where("organisation_id", "=", bureau.organisation.id)
          .executeTakeFirstOrThrow(),
      );
      const data = JSON.parse(row.data);
      const organisation = { ...data.organisation, name: "云岭县白沙区人民政府", kind: undefined };
      await change("report", row.id, { data: JSON.stringify({ ...data, organisation }) });
      expect(await names()).toEqual(["云岭县水务局", "云岭县档案馆"]);
    });

    test("an office corrects figures of its units in its sum, sees by whom and when, and takes that back; all on record", async () => {
      const { supervisor, bureau, station, archive } = await county();
      const format = formatOf(year);
      const office = { ...bureau, roles: ["supervisor"] } satisfies Actor;
      const unit = station.organisation.id;
      const amount = { unit, cell: "disclosed.fees.charged", delta: "-0.5", reason: "与水务局重复" };
      const first = await makeAdjustment(supervisor, year, amount);
      await makeAdjustment(supervisor, year, { ...amount, unit: archive.organisation.id, cell: NATURAL, delta: 2 });
      await makeAdjustment(office, year, { ...amount, cell: NATURAL, delta: -1 });
      const listed = async (actor: Actor, of = year) =>
        (await listAdjustments(actor, format, of)).map((one) => [one.cell, one.unit, one.delta]).sort();
      expect(await listed(supervisor)).toEqual([
        ["disclosed.fees.charged", "云岭县水文站", "-0.5"],
        [NATURAL, "云岭县档案馆", 2],
      ]);
      expect(await listed(office)).toEqual([[NATURAL, "云岭县水文站", -1]]);
      expect(await listed(supervisor, year - 1)).toEqual([]);
      const at = expect.any(Number);
      expect(await listAdjustments(supervisor, format, year)).toContainEqual(
        expect.objectContaining({ userName: "李明", at, id: first }),
      );

      const foreign = await userIn(await organisationNamed("青石县档案馆"), ["supervisor"]);
      for (const other of [bureau, station, foreign]) {
        expect(await makeAdjustment(other, year, amount)).toBeUndefined();
        expect(await listed(other)).toEqual([]);
        expect(await withdrawAdjustment(other, first ?? "")).toBe(false);
      }
      for (const beyond of [supervisor.organisation.id, foreign.organisation.id]) {
        expect(await makeAdjustment(supervisor, year, { ...amount, unit: beyond })).toBeUndefined();
      }
      expect(await withdrawAdjustment(office, first ?? "")).toBe(false);
      expect(await withdrawAdjustment(supervisor, first ?? "")).toBe(true);
      expect(await withdrawAdjustment(supervisor, first ?? "")).toBe(false);
      expect(await listed(supervisor)).toEqual([[NATURAL, "云岭县档案馆", 2]]);
      const events = await readingAll((connection) =>
        connection.selectFrom("audit_entry").selectAll().where("event", "like", "adjustment.%").execute(),
      );
      expect(events.map(({ event }) => event)).toEqual([
        ...["adjustment.make", "adjustment.make", "adjustment.make", "adjustment.withdraw"],
      ]);
      expect(events.map(({ object }) => object)).toContain(`organisation:${unit}`);
      expect(JSON.stringify(events)).not.toContain(amount.reason);
      const kept = await readingAll((connection) =>
        connection
          .selectFrom("adjustment")
          .select(["withdrawn_by", "reason"])
          .where("id", "=", first ?? "")
          .execute(),
      );
      expect(kept).toEqual([{ withdrawn_by: "李明", reason: amount.reason }]);
      expect(await verifyRecord()).toMatchObject({ fault: undefined });
    });

    test("nobody is asked by others than her 主管部门, and then none of those who were named", async () => {
      const { supervisor, bureau, station } = await county();
      const foreign = await userIn(await organisationNamed("青石县档案馆"));
      const both = [station.organisation.id, foreign.organisation.id];
      expect(await remind(supervisor, year, both)).toBe("absent");
      expect(await remind(bureau, year, [station.organisation.id])).toBe("absent");
      expect(await listReminders(station)).toEqual([]);
      expect(await listReminders(foreign)).toEqual([]);
    });

    test("nobody counts what is not hers to read, nor longer than she may", async () => {
      const { supervisor, bureau, station } = await county();
      await filledReport(station);
      const { report } = await unit(supervisor, "云岭县水文站");
      if (!report) throw new Error("no report");
      const one = [{ ...report, requirements: [] }];
      expect((await tallyReports(bureau, one, { covers, until })).size).toBe(0);
      expect((await tallyReports(supervisor, one, { covers, until: 0 })).size).toBe(0);
      const rows = await readingAll((connection) => connection.selectFrom("report").select("tally").execute());
      expect(rows).toEqual([{ tally: null }]);
    });
  });
}

async function unit(supervisor: Actor, name: string): Promise<UnitProgress> {
  const found = (await readProgress(supervisor, year)).find(({ organisation }) => organisation.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

/** Counts what the checks say of all reports that were changed. */
async function count(supervisor: Actor) {
  const units = await readProgress(supervisor, year);
  const reports = units.flatMap(({ report, requirements }) =>
    report && !report.isTallied ? [{ ...report, requirements }] : [],
  );
  return tallyReports(supervisor, reports, { covers, until });
}

/** Fills a report in, which is with the 主管部门 then. */
async function fileReport(clerk: Actor): Promise<void> {
  const { id } = await filledReport(clerk);
  await change("report", id, { state: "filed" });
}

const change = (table: "user" | "report" | "organisation", id: string, values: object): Promise<unknown> =>
  writingAll((transaction) => transaction.updateTable(table).set(values).where("id", "=", id).execute());

/** A county office with its 主管部门, a bureau with a station, an archive, and a town in a region. */
async function county() {
  const top = await organisationNamed("云岭县人民政府办公室");
  const bureau = await organisationNamed("云岭县水务局", top);
  const station = await organisationNamed("云岭县水文站", bureau);
  const archive = await organisationNamed("云岭县档案馆", top);
  const region = await organisationNamed("城区", top);
  const town = await organisationNamed("云岭县青石镇人民政府", region);
  await writingAll((transaction) =>
    transaction.updateTable("organisation").set({ kind: "region" }).where("id", "=", region.id).execute(),
  );
  const below = [bureau, station, archive, region, town].map(({ id }) => id);
  // Made within a millisecond they would stand in any order.
  for (const [index, id] of below.entries()) await change("organisation", id, { created_at: index });
  return {
    supervisor: { ...(await userIn(top, ["supervisor"])), below },
    bureau: { ...(await userIn(bureau, ["clerk", "administrator"])), below: [station.id] },
    station: await userIn(station),
    archive: await userIn(archive),
  };
}
