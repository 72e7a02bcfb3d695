import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openingsOf } from "../../lib/checks/opening.ts";
import { exportReport } from "../../lib/export/export.ts";
import type { Edit } from "../../lib/report/edits.ts";
import { reportAt } from "../../lib/report/history.ts";
import { reasonPath } from "../../lib/report/reasons.ts";
import type { Actor } from "../../lib/store/actor.ts";
import { verifyRecord } from "../../lib/store/audit.ts";
import { closeDatabase } from "../../lib/store/database.ts";
import { pruneHistory, readRevisions } from "../../lib/store/history.ts";
import { changeSteps } from "../../lib/store/organisations.ts";
import { listRemarks, makeRemark, settleRemark } from "../../lib/store/remarks.ts";
import { createReport, keepLastYear, readReport, saveEdits } from "../../lib/store/reports.ts";
import { readingAll, writingAll } from "../../lib/store/tenancy.ts";
import { moveReport, readEdition, readPublished, readWorkflow } from "../../lib/store/workflow.ts";
import type { Action } from "../../lib/workflow/transitions.ts";
import { formatForYear } from "../../templates/index.ts";
import { sampleReport } from "../../templates/samples.ts";
import { soundReport } from "../checks/samples.ts";
import { organisationNamed, userIn } from "./actors.ts";
import { filledReport } from "./filled-report.ts";

const covers = () => true;

/** What every database must do for the way of a report through the hands of a unit. `prepare` as for `storeSuite`. */
export function workflowSuite(name: string, prepare: () => Promise<void>): void {
  describe(`${name}: workflow`, () => {
    beforeEach(prepare);
    afterEach(closeDatabase);

    test("a report goes through all hands, is returned, corrected, published twice, and all of it is on record", async () => {
      const { clerk, reviewer, signatory, supervisor } = await unit();
      const { id, version } = await filledReport(clerk);

      expect(await move(clerk, id, "submit", version)).toMatchObject({
        kind: "moved",
        standing: { state: "reviewing", edition: 1 },
        transition: { number: 1, role: "clerk", userName: "李明", from: "drafting", to: "reviewing", version },
      });
      const place = "requests.received.natural";
      expect(await makeRemark(reviewer, id, { place, text: "与登记簿不符，请核对" })).toMatchObject({ kind: "done" });
      expect(await move(reviewer, id, "return", version, "件数有误")).toMatchObject({
        standing: { state: "returned" },
      });

      expect(await move(clerk, id, "submit", version)).toEqual({
        kind: "obstructed",
        obstacles: [{ kind: "remarks", count: 1 }],
      });
      const mended = await save(clerk, id, version, [{ path: "closing.note", value: "此件公开发布" }]);
      const [remark] = await listRemarks(clerk, id);
      expect(remark).toMatchObject({ place, role: "reviewer", settled: undefined });
      await settleRemark(clerk, id, remark?.id ?? "", { answer: "已核对登记簿" });
      expect((await listRemarks(reviewer, id))[0]?.settled).toMatchObject({ by: "李明", answer: "已核对登记簿" });

      const way: [Actor, Action][] = [
        [clerk, "submit"],
        [reviewer, "approve"],
        [reviewer, "clear"],
        [signatory, "sign"],
        [clerk, "file"],
        [supervisor, "accept"],
        [clerk, "publish"],
      ];
      for (const [actor, action] of way) expect(await move(actor, id, action, mended)).toMatchObject({ kind: "moved" });

      expect(await move(clerk, id, "correct", mended, "收费金额单位有误")).toMatchObject({
        standing: { state: "drafting", edition: 2 },
      });
      const corrected = await save(clerk, id, mended, [{ path: "closing.note", value: "更正版" }]);
      for (const [actor, action] of way)
        expect(await move(actor, id, action, corrected)).toMatchObject({ kind: "moved" });

      const workflow = await readWorkflow(clerk, id);
      expect(workflow?.standing).toEqual({ state: "published", edition: 2 });
      expect(workflow?.transitions.map(({ number }) => number)).toEqual(
        Array.from({ length: 17 }, (_, one) => one + 1),
      );
      expect(workflow?.transitions.find(({ action }) => action === "correct")).toMatchObject({
        edition: 2,
        reason: "收费金额单位有误",
      });
      expect(workflow?.editions.map(({ edition, version, date }) => [edition, version, date])).toEqual([
        [1, mended, "2026-01-20"],
        [2, corrected, "2026-01-20"],
      ]);
      expect((await readEdition(clerk, id, 1))?.report.closing.note).toBe("此件公开发布");
      expect((await readEdition(clerk, id, 2))?.report.closing.note).toBe("更正版");
      expect(await readEdition(clerk, id, 3)).toBeUndefined();
      expect(await verifyRecord()).toMatchObject({ fault: undefined });
      const events = await readingAll((connection) => connection.selectFrom("audit_entry").selectAll().execute());
      expect(events.filter(({ event }) => event !== "report.create" && event.startsWith("report."))).toHaveLength(17);
      expect(events.map(({ details }) => details).join()).not.toMatch(/\p{Script=Han}/u);
    });

    test("the digest that is kept is that of the JSON file that leaves the office", async () => {
      const { clerk } = await unit();
      const { id, version } = await filledReport(clerk);
      await move(clerk, id, "submit", version);
      const stored = await readReport(clerk, id);
      const format = formatForYear(stored?.report.year ?? 0);
      if (!stored || !format) throw new Error("no report");
      const { bytes } = await exportReport(format, stored.report, "json");
      const [submitted] = (await readWorkflow(clerk, id))?.transitions ?? [];
      expect(submitted?.digest).toBe(createHash("sha256").update(bytes).digest("hex"));
    });

    test("mistakes keep a report from being submitted, and nothing is kept of the attempt", async () => {
      const { clerk } = await unit();
      const made = await createReport(clerk, 2025);
      const id = made.kind === "created" ? made.id : "";
      const judged = await move(clerk, id, "submit", 1);
      expect(judged).toMatchObject({ kind: "obstructed", obstacles: [{ kind: "errors" }] });
      expect(await readWorkflow(clerk, id)).toMatchObject({ standing: { state: "drafting" }, transitions: [] });
    });

    test("what left the clerk's hands is not saved over, and a save that was made before is still answered", async () => {
      const { clerk, reviewer } = await unit();
      const { id, version } = await filledReport(clerk);
      const edits = [{ path: "opening", value: "甲" }];
      const before = { baseVersion: version, operationId: crypto.randomUUID(), edits };
      await saveEdits(clerk, id, before);
      await save(clerk, id, version + 1, [{ path: "opening", value: null }]);
      await move(clerk, id, "submit", version + 2);
      expect(await saveEdits(clerk, id, before)).toMatchObject({ kind: "saved", version: version + 1 });
      const late = { baseVersion: version + 2, operationId: crypto.randomUUID(), edits };
      expect(await saveEdits(clerk, id, late)).toEqual({
        kind: "closed",
        standing: { state: "reviewing", edition: 1 },
      });
      await move(reviewer, id, "return", version + 2, "请补充");
      expect(await saveEdits(clerk, id, late)).toMatchObject({ kind: "saved" });
    });

    test("nobody passes on a version that she did not look at", async () => {
      const { clerk } = await unit();
      const { id, version } = await filledReport(clerk);
      expect(await move(clerk, id, "submit", version - 1)).toEqual({ kind: "stale" });
      expect(await readWorkflow(clerk, id)).toMatchObject({ standing: { state: "drafting" } });
    });

    test("of many who do the same at once, one does it", async () => {
      const { clerk, reviewer } = await unit();
      const { id, version } = await filledReport(clerk);
      const submitted = await Promise.all(Array.from({ length: 12 }, () => move(clerk, id, "submit", version)));
      expect(submitted.filter(({ kind }) => kind === "moved")).toHaveLength(1);
      expect(submitted.filter(({ kind }) => kind === "untimely")).toHaveLength(11);
      const judged = await Promise.all(Array.from({ length: 3 }, () => move(reviewer, id, "approve", version)));
      expect(judged.filter(({ kind }) => kind === "moved")).toHaveLength(1);
      expect((await readWorkflow(clerk, id))?.transitions.map(({ number }) => number)).toEqual([1, 2]);
    });

    test("a save and a submission of the same version never both happen", async () => {
      const { clerk } = await unit();
      const { id, version } = await filledReport(clerk);
      for (let round = 0; round < 8; round++) {
        const now = (await readReport(clerk, id))?.version ?? 0;
        const edits = [{ path: "closing.note", value: `第${round}稿` }];
        const [saved, moved] = await Promise.all([
          saveEdits(clerk, id, { baseVersion: now, operationId: crypto.randomUUID(), edits }),
          move(clerk, id, "submit", now),
        ]);
        expect([saved.kind === "saved", moved.kind === "moved"].filter(Boolean)).toHaveLength(1);
        if (moved.kind === "moved") {
          expect((await readReport(clerk, id))?.version).toBe(moved.transition.version);
          await move(clerk, id, "recall", now);
        }
      }
      expect(version).toBeGreaterThan(1);
    });

    test("what was published is found by name and year, as it is now, with the first day; by nobody who may not read it", async () => {
      const { clerk, reviewer, signatory, supervisor } = await unit();
      const { id, version } = await filledReport(clerk);
      const { organisation } = clerk;
      const { year } = sampleReport().report;
      const find = (actor: Actor, of = year) => readPublished(actor, organisation.name, of);
      expect(await find(clerk)).toBeUndefined();
      const way = [
        ...publishing(clerk, reviewer, signatory).slice(0, -1),
        ...([
          [clerk, "file"],
          [supervisor, "accept"],
          [clerk, "publish"],
        ] as const),
      ] as const;
      for (const [actor, action] of way) await move(actor, id, action, version);
      const first = await find(clerk);
      expect(first?.report).toEqual((await readReport(clerk, id))?.report);
      await move(clerk, id, "correct", version, "收费金额单位有误");
      const corrected = await save(clerk, id, version, [{ path: "closing.note", value: "更正版" }]);
      expect(await find(clerk)).toEqual(first);
      const publication = { date: "2025-03-20" };
      for (const [actor, action] of way)
        await moveReport(actor, id, { action, version: corrected, publication }, covers);
      expect(await find(clerk)).toMatchObject({ date: first?.date, report: { closing: { note: "更正版" } } });
      expect(await find(supervisor)).toMatchObject({ date: first?.date });
      expect(await find(clerk, year - 1)).toBeUndefined();
      const stranger = await userIn(await organisationNamed("青石县档案馆"), ["clerk", "supervisor"]);
      expect(await find(stranger)).toBeUndefined();
    });

    test("giving up a correction brings back what was published, and the history still replays", async () => {
      const { clerk, reviewer, signatory } = await unit({ alone: true });
      const { id, version } = await filledReport(clerk);
      for (const [actor, action] of publishing(clerk, reviewer, signatory)) await move(actor, id, action, version);
      const published = await readReport(clerk, id);
      await move(clerk, id, "correct", version, "数字有误");
      const changed = await save(clerk, id, version, [
        { path: "closing.note", value: "更正版" },
        { path: "title", value: "另一个标题" },
        { path: "tables.requests.received.natural", value: null },
      ]);
      await makeRemark(reviewer, id, { place: "title", text: "标题不能改" });
      expect(await move(clerk, id, "abandon", changed, "核对后无误")).toMatchObject({
        kind: "moved",
        standing: { state: "published", edition: 1 },
      });
      const back = await readReport(clerk, id);
      expect(back).toMatchObject({ version: changed + 1, report: published?.report });
      expect((await listRemarks(clerk, id)).every(({ settled }) => settled)).toBe(true);
      const format = formatForYear(back?.report.year ?? 0);
      const revisions = (await readRevisions(clerk, id)) ?? [];
      expect(format && reportAt(format, revisions, changed + 1)).toEqual(published?.report);
      // The next correction is again the second edition.
      await move(clerk, id, "correct", changed + 1, "收费金额有误");
      for (const [actor, action] of publishing(clerk, reviewer, signatory)) await move(actor, id, action, changed + 1);
      expect((await readWorkflow(clerk, id))?.editions.map(({ edition }) => edition)).toEqual([1, 2]);
    });

    test("an organisation without anybody above it reports to nobody, and may do without more steps", async () => {
      const { clerk, signatory, administrator } = await unit({ alone: true });
      const { id, version } = await filledReport(clerk);
      expect((await readWorkflow(clerk, id))?.skipped).toEqual(["filing"]);
      const { organisation } = clerk;
      expect(await changeSteps(clerk, organisation.id, ["reviewing"])).toBe("absent");
      expect(await changeSteps(administrator, organisation.id, ["secrecy", "reviewing"])).toBe("changed");
      expect(await move(clerk, id, "submit", version)).toMatchObject({ standing: { state: "signing" } });
      expect(await move(signatory, id, "sign", version)).toMatchObject({ standing: { state: "accepted" } });
    });

    test("an opening figure is saved whatever it says, and submitted as last year's report says or with a reason", async () => {
      const { clerk } = await unit();
      const { id, version } = await filledReport(clerk);
      const stored = await readReport(clerk, id);
      if (!stored) throw new Error("no such report");
      const entry = (row: string, column: string) => Number(stored.report.tables.disclosed?.[row]?.[column]);
      const inForce = ["rules", "normative"].map((row) => [
        `disclosed.${row}.inForce`,
        entry(row, "inForce") - entry(row, "issued") + entry(row, "repealed"),
      ]);
      const { format, report: lastYear } = soundReport({
        year: stored.report.year - 1,
        cells: { "requests.carriedOut.natural": 4711, ...Object.fromEntries(inForce) },
      });
      expect(await keepLastYear(clerk, id, { format, report: lastYear })).toMatchObject({ kind: "kept" });
      const obstructed = await move(clerk, id, "submit", version);
      expect(obstructed).toMatchObject({ kind: "obstructed", obstacles: [{ kind: "errors", count: 1 }] });
      const [opening] = openingsOf(format, { format, report: lastYear });
      if (!opening) throw new Error("last year's report opens nothing");
      const reason = { finding: opening.about, text: "上年报告多报，已经更正" };
      const explained = await save(clerk, id, version, [{ path: reasonPath(opening.key), value: reason }]);
      expect(await move(clerk, id, "submit", explained)).toMatchObject({ kind: "moved" });
    });

    test("who may not, does not; and to strangers there is no such report", async () => {
      const { clerk, reviewer, supervisor, stranger } = await unit();
      const { id, version } = await filledReport(clerk);
      expect(await move(reviewer, id, "submit", version)).toEqual({ kind: "forbidden", by: "clerk" });
      expect(await move(supervisor, id, "submit", version)).toEqual({ kind: "forbidden", by: "clerk" });
      await move(clerk, id, "submit", version);
      expect(await move(supervisor, id, "approve", version)).toEqual({ kind: "forbidden", by: "reviewer" });
      expect(await move(stranger, id, "approve", version)).toEqual({ kind: "absent" });
      expect(await readWorkflow(stranger, id)).toBeUndefined();
      expect(await makeRemark(stranger, id, { place: "title", text: "看不到" })).toEqual({ kind: "absent" });
      expect(await makeRemark(clerk, id, { place: "title", text: "自己" })).toEqual({ kind: "forbidden" });
      expect(await makeRemark(reviewer, id, { place: "requests.nowhere.natural", text: "没有" })).toEqual({
        kind: "nowhere",
      });
      const made = await makeRemark(reviewer, id, { place: "overview", quote: "原文", text: "请核对" });
      const remark = made.kind === "done" ? made.id : "";
      expect(await listRemarks(stranger, id)).toEqual([]);
      expect(await settleRemark(stranger, id, remark, { answer: undefined })).toEqual({ kind: "absent" });
      expect(await settleRemark(clerk, id, remark, { answer: undefined })).toEqual({ kind: "forbidden" });
      expect(await settleRemark(reviewer, id, crypto.randomUUID(), { answer: undefined })).toEqual({ kind: "absent" });
      const other = await filledReport(stranger);
      expect(await settleRemark(stranger, other.id, remark, { answer: undefined })).toEqual({ kind: "absent" });
      expect(await listRemarks(supervisor, id)).toMatchObject([{ quote: "原文", settled: undefined }]);
    });

    test("somebody who is 主管部门 of her own organisation looks at its own report, too", async () => {
      const office = await organisationNamed("青川市人民政府办公室", await organisationNamed("青川市"));
      const everybody = await userIn(office, ["clerk", "reviewer", "signatory", "supervisor"]);
      const { id, version } = await filledReport(everybody);
      for (const action of ["submit", "approve", "clear", "sign", "file", "accept", "publish"] as const) {
        expect(await move(everybody, id, action, version)).toMatchObject({ kind: "moved" });
      }
    });

    test("the versions that were submitted and signed stay in the history when it is put together", async () => {
      const { clerk, reviewer } = await unit();
      const { id, version } = await filledReport(clerk);
      let last = version;
      const submitted: number[] = [];
      for (let round = 0; round < 3; round++) {
        last = await save(clerk, id, last, [{ path: "closing.note", value: `第${round}稿` }]);
        last = await save(clerk, id, last, [{ path: "closing.signature", value: `第${round}稿` }]);
        await move(clerk, id, "submit", last);
        submitted.push(last);
        await move(reviewer, id, "return", last, "再改");
      }
      const before = (await readRevisions(clerk, id)) ?? [];
      await pruneHistory(clerk, id, Date.now() + 3 * 24 * 3_600_000);
      const after = (await readRevisions(clerk, id)) ?? [];
      expect(after.length).toBeLessThan(before.length);
      const format = formatForYear(2025);
      for (const one of submitted) {
        expect(after.map((revision) => revision.version)).toContain(one);
        expect(format && reportAt(format, after, one)).toEqual(format && reportAt(format, before, one));
      }
    });

    test("stored steps that nobody knows are an error, not a way around", async () => {
      const { clerk } = await unit();
      const { id } = await filledReport(clerk);
      await writingAll((transaction) =>
        transaction.updateTable("organisation").set({ skipped_steps: '["signing"]' }).execute(),
      );
      await expect(readWorkflow(clerk, id)).rejects.toThrow();
    });
  });
}

const publishing = (clerk: Actor, reviewer: Actor, signatory: Actor): [Actor, Action][] => [
  [clerk, "submit"],
  [reviewer, "approve"],
  [reviewer, "clear"],
  [signatory, "sign"],
  [clerk, "publish"],
];

const move = (actor: Actor, id: string, action: Action, version: number, reason?: string) =>
  moveReport(actor, id, { action, version, reason, publication: { date: "2026-01-20" } }, covers);

async function save(actor: Actor, id: string, baseVersion: number, edits: Edit[]): Promise<number> {
  const saved = await saveEdits(actor, id, { baseVersion, operationId: crypto.randomUUID(), edits });
  if (saved.kind !== "saved") throw new Error(`saving answered ${saved.kind}`);
  return saved.version;
}

/** The people of a unit; unless it is alone, with an office above it. */
async function unit({ alone = false } = {}) {
  const office = await organisationNamed("青川市云岭区人民政府办公室");
  const bureau = await organisationNamed("青川市云岭区档案馆", alone ? undefined : office);
  const supervisor = await userIn(office, ["supervisor"]);
  return {
    clerk: await userIn(bureau, ["clerk"]),
    reviewer: await userIn(bureau, ["reviewer"]),
    signatory: await userIn(bureau, ["signatory"]),
    administrator: await userIn(bureau, ["administrator"]),
    supervisor: { ...supervisor, below: alone ? [] : [bureau.id] },
    stranger: await userIn(await organisationNamed("青川市云岭区气象局"), [
      "clerk",
      "reviewer",
      "signatory",
      "supervisor",
    ]),
  };
}
