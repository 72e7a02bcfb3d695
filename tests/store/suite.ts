import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { applyEdits, type Edit } from "../../lib/report/edits.ts";
import { reportAt } from "../../lib/report/history.ts";
import type { Report } from "../../lib/report/report.ts";
import { parseReport } from "../../lib/report/schema.ts";
import type { Actor } from "../../lib/store/actor.ts";
import { closeDatabase, database, isReachable } from "../../lib/store/database.ts";
import { pruneHistory, readRevisions } from "../../lib/store/history.ts";
import {
  createReport,
  keepLastYear,
  listReports,
  readLastYear,
  readReport,
  saveEdits,
} from "../../lib/store/reports.ts";
import { readingAll, writingAll } from "../../lib/store/tenancy.ts";
import { formatById, formatForYear } from "../../templates/index.ts";
import { soundReport } from "../checks/samples.ts";
import { actorIn, organisationNamed } from "./actors.ts";
import { acknowledged, ended, startWriter } from "./processes.ts";

/** What every database must do. `prepare` points the environment at a new, empty database before each test. */
export function storeSuite(name: string, prepare: () => Promise<void>): void {
  describe(name, () => {
    let folder: string;
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), "store-"));
      await prepare();
    });
    afterEach(async () => {
      await closeDatabase();
      rmSync(folder, { recursive: true, force: true });
    });

    test("migrations run once, and again without doing anything", async () => {
      await database();
      await closeDatabase();
      const tables = await (await database()).introspection.getTables();
      expect(tables.map((table) => table.name).sort()).toEqual([
        "adjustment",
        "audit_entry",
        "audit_head",
        "login_failure",
        "member",
        "organisation",
        "password_history",
        "reminder",
        "report",
        "report_edition",
        "report_operation",
        "report_remark",
        "report_revision",
        "report_transition",
        "requirement_pack",
        "session",
        "setup_token",
        "user",
      ]);
      expect(await isReachable()).toBe(true);
    });

    test("a new report is empty, in the format of its year, and there is one a year", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      const stored = await readReport(clerk, id);
      expect(stored?.version).toBe(1);
      expect(stored?.report).toMatchObject({
        format: formatForYear(2024)?.id,
        year: 2024,
        organisation: { name: "青川市云岭区档案馆" },
      });
      expect(stored?.savedAt).toBe(stored?.createdAt);
      expect(await createReport(clerk, 2024)).toEqual({ kind: "exists", id });
      expect(await createReport(clerk, 1998)).toEqual({ kind: "uncovered" });
      expect(await createReport(clerk, 20_244)).toEqual({ kind: "uncovered" });
    });

    test("creating the same year many times at once makes one report", async () => {
      const clerk = await named();
      const made = await Promise.all(Array.from({ length: 8 }, () => createReport(clerk, 2023)));
      expect(made.filter(({ kind }) => kind === "created")).toHaveLength(1);
      expect(new Set(made.map((result) => "id" in result && result.id)).size).toBe(1);
      expect(await listReports(clerk)).toHaveLength(1);
    });

    test("reports are listed latest year first, and a new one takes over the latest particulars", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      await save(clerk, id, 1, [
        { path: "organisation.phone", value: "0800-1234567" },
        { path: "organisation.level", value: "county" },
      ]);
      await reportOf(clerk, 2020);
      const next = await readReport(clerk, await reportOf(clerk, 2025));
      expect(next?.report.organisation).toEqual({
        name: "青川市云岭区档案馆",
        phone: "0800-1234567",
        level: "county",
      });
      expect((await listReports(clerk)).map(({ report }) => report.year)).toEqual([2025, 2024, 2020]);
    });

    test("a save is readable after the database was closed and opened again", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      const result = await save(clerk, id, 1, [{ path: "tables.requests.received.natural", value: 12 }]);
      expect(result).toMatchObject({ kind: "saved", version: 2 });
      await closeDatabase();
      const stored = await readReport(clerk, id);
      expect(stored).toMatchObject({ version: 2, savedAt: result.kind === "saved" && result.savedAt });
      expect(stored?.report.tables.requests?.received?.natural).toBe(12);
      expect(stored?.report.tables.requests?.received?.business).toBeNull();
    });

    test("what does not parse survives as it was typed, and so does every character that a file can hold", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      const opening = "𠮷野家 “引号” '; drop table report; -- emoji 👩‍💻\t\r\n行";
      const content = [{ text: "（一）主动公开。\\u0041 <b>&amp;" }, { text: "加粗", bold: true as const }];
      await save(clerk, id, 1, [
        { path: "tables.requests.received.natural", value: "约 12 件" },
        { path: "tables.requests.received.business", value: "１，２００" },
        { path: "tables.disclosed.fees.charged", value: "12.50" },
        { path: "opening", value: `\u0000${opening}\ud800` },
        { path: "prose.overview", value: [{ kind: "paragraph", content }] },
      ]);
      await closeDatabase();
      const report = (await readReport(clerk, id))?.report;
      expect(report?.tables.requests?.received).toMatchObject({ natural: "约 12 件", business: 1200 });
      expect(report?.tables.disclosed?.fees?.charged).toBe("12.5");
      expect(report?.opening).toBe(opening);
      expect(report?.prose.overview).toEqual([{ kind: "paragraph", content }]);
    });

    test("written reasons are stored and replayed with the report, and stay with it", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      const path = "reasons.B05.requests.carriedIn.natural";
      const reason = { finding: "上年结转5件，本年仅办结2件。", text: "三件经批准延期\n“情况属实”\u0000" };
      await save(clerk, id, 1, [{ path, value: reason }]);
      await closeDatabase();
      const stored = (await readReport(clerk, id))?.report;
      expect(stored?.reasons).toEqual({
        "B05.requests.carriedIn.natural": { ...reason, text: "三件经批准延期\n“情况属实”" },
      });
      const next = await reportOf(clerk, 2025);
      expect((await readReport(clerk, next))?.report).not.toHaveProperty("reasons");
      await save(clerk, id, 2, [{ path, value: null }]);
      expect((await readReport(clerk, id))?.report).not.toHaveProperty("reasons");
      const refused = await save(clerk, id, 3, [{ path, value: { ...reason, text: "长".repeat(501) } }]);
      expect(refused).toMatchObject({ kind: "refused", message: expect.stringContaining("500") });
    });

    test("a save on an old version is a conflict that shows what stands and writes nothing", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      await save(clerk, id, 1, [{ path: "opening", value: "甲" }]);
      const late = await save(clerk, id, 1, [{ path: "opening", value: "乙" }]);
      expect(late).toMatchObject({ kind: "conflict", stored: { id, version: 2, report: { opening: "甲" } } });
      expect(await save(clerk, id, 9, [{ path: "opening", value: "丙" }])).toMatchObject({ kind: "conflict" });
      expect((await readReport(clerk, id))?.report.opening).toBe("甲");
      expect(await revisions(id)).toHaveLength(2);
    });

    test("a repeated operation gets its first answer, also after others have saved", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      const first = { baseVersion: 1, operationId: crypto.randomUUID(), edits: [{ path: "opening", value: "甲" }] };
      const answer = await saveEdits(clerk, id, first);
      await save(clerk, id, 2, [{ path: "opening", value: "乙" }]);
      expect(await saveEdits(clerk, id, first)).toEqual(answer);
      expect(await readReport(clerk, id)).toMatchObject({ version: 3, report: { opening: "乙" } });
    });

    test("the same operation sent twenty times at once is done once and answered alike", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      const once = { baseVersion: 1, operationId: crypto.randomUUID(), edits: [{ path: "opening", value: "甲" }] };
      const answers = await Promise.all(Array.from({ length: 20 }, () => saveEdits(clerk, id, once)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]).toMatchObject({ kind: "saved", version: 2 });
      expect(await revisions(id)).toHaveLength(2);
    });

    test("of twenty different saves on one version exactly one is made", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, number) => save(clerk, id, 1, [{ path: "opening", value: `第${number}` }])),
      );
      const winner = answers.findIndex(({ kind }) => kind === "saved");
      expect(answers.filter(({ kind }) => kind === "saved")).toHaveLength(1);
      expect(answers.filter(({ kind }) => kind === "conflict")).toHaveLength(19);
      expect(await readReport(clerk, id)).toMatchObject({ version: 2, report: { opening: `第${winner}` } });
    });

    test("twenty writers that try again after a conflict each get a version of their own, and no save is lost", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      const columns = ["natural", "business", "research", "charity", "legal"];
      const rows = ["received", "carriedIn", "granted", "partial"];
      const paths = rows.flatMap((row) => columns.map((column) => `tables.requests.${row}.${column}`));
      const versions = await Promise.all(paths.map((path, number) => insist(clerk, id, [{ path, value: number + 1 }])));
      expect(versions.sort((a, b) => a - b)).toEqual(paths.map((_, number) => number + 2));
      const requests = (await readReport(clerk, id))?.report.tables.requests;
      expect(rows.flatMap((row) => columns.map((column) => requests?.[row]?.[column]))).toEqual(
        paths.map((_, number) => number + 1),
      );
    });

    test("the history replays to what is stored", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      await save(clerk, id, 1, [{ path: "opening", value: "甲" }]);
      await save(clerk, id, 2, [
        { path: "opening", value: null },
        { path: "tables.disputes.cases.reviewUpheld", value: "３" },
      ]);
      const [first, ...others] = await revisions(id);
      const start = JSON.parse(first?.snapshot ?? "") as Report;
      const format = formatById(start.format);
      if (!format) throw new Error("the first revision has no format");
      const replayed = others.reduce(
        (report, { edits }) => applyEdits(format, report, JSON.parse(edits ?? "") as Edit[]),
        start,
      );
      expect(parseReport(format, replayed)).toEqual({
        ok: true,
        report: (await readReport(clerk, id))?.report,
      });
      expect(others.map(({ version }) => version)).toEqual([2, 3]);
    });

    test("a history grown old is put together by ten minutes and still replays, answers are kept for thirty days", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      const [minute, day] = [60_000, 24 * 60 * 60_000];
      const now = Math.floor(Date.now() / (10 * minute)) * 10 * minute;
      const ages: [age: number, edits: Edit[]][] = [
        [40 * day, [{ path: "opening", value: "甲" }]],
        [
          40 * day - minute,
          [
            { path: "opening", value: "乙" },
            { path: "title", value: "标题" },
          ],
        ],
        [40 * day - 2 * minute, [{ path: "opening", value: "丙" }]],
        [3 * day, [{ path: "opening", value: null }]],
        [3 * day - 20 * minute, [{ path: "tables.disputes.cases.reviewUpheld", value: 3 }]],
        [2 * minute, [{ path: "opening", value: "丁" }]],
        [minute, [{ path: "opening", value: "戊" }]],
      ];
      for (const [index, [age, edits]] of ages.entries()) {
        await save(clerk, id, index + 1, edits);
        for (const table of ["report_revision", "report_operation"] as const) {
          const saved_at = now - age;
          await writingAll((connection) =>
            connection
              .updateTable(table)
              .set({ saved_at })
              .where("version", "=", index + 2)
              .execute(),
          );
        }
      }
      const before = (await readRevisions(clerk, id)) ?? [];
      for (let time = 0; time < 2; time++) await pruneHistory(clerk, id, now);
      const after = (await readRevisions(clerk, id)) ?? [];
      expect(after.map(({ version }) => version)).toEqual([1, 4, 5, 6, 7, 8]);
      expect(after[1]?.edits).toEqual([
        { path: "opening", value: "丙" },
        { path: "title", value: "标题" },
      ]);
      const format = formatForYear(2024);
      if (!format) throw new Error("no format for 2024");
      for (const { version } of after) {
        expect(reportAt(format, after, version)).toEqual(reportAt(format, before, version));
      }
      expect(reportAt(format, after, 8)).toEqual((await readReport(clerk, id))?.report);
      const answers = await readingAll((connection) =>
        connection.selectFrom("report_operation").select("version").orderBy("version").execute(),
      );
      expect(answers.map(({ version }) => version)).toEqual([5, 6, 7, 8]);
      expect(await readRevisions(await named("青川市云岭区气象局"), id)).toBeUndefined();
    });

    test("a long history is pruned in passing, and begins anew with a whole report every hundred versions", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      for (let version = 1; version < 149; version++) {
        await save(clerk, id, version, [{ path: "opening", value: `第${version}稿` }]);
      }
      await writingAll((connection) =>
        connection.updateTable("report_revision").set({ saved_at: 0 }).where("version", ">", 100).execute(),
      );
      await save(clerk, id, 149, [{ path: "opening", value: "最后一稿" }]);
      const history = (await readRevisions(clerk, id)) ?? [];
      expect(history.filter(({ snapshot }) => snapshot).map(({ version }) => version)).toEqual([1, 100]);
      expect(history.map(({ version }) => version).slice(-3)).toEqual([100, 149, 150]);
      const format = formatForYear(2024);
      if (!format) throw new Error("no format for 2024");
      expect(reportAt(format, history, 100)?.opening).toBe("第99稿");
      expect(reportAt(format, history, 149)?.opening).toBe("第148稿");
    });

    test("an edit that does not fit is refused with its place, and none of its save is written", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      const refused: Edit[] = [
        { path: "tables.requests.received.total", value: 1 },
        { path: "tables.requests.nowhere.natural", value: 1 },
        { path: "tables.requests.received.natural.more", value: 1 },
        { path: "prose.overview.more", value: [] },
        { path: "__proto__.title", value: "x" },
        { path: "constructor", value: "x" },
        { path: "year", value: 2025 },
        { path: "closing.date", value: "2025-02-30" },
        { path: "organisation.name", value: "" },
        { path: "title", value: 7 },
        { path: "prose.overview", value: [{ kind: "image", content: [] }] as never },
        { path: "tables.requests.received.natural", value: "9".repeat(100) },
      ];
      for (const edit of refused) {
        const result = await save(clerk, id, 1, [{ path: "opening", value: "甲" }, edit]);
        expect(result.kind, edit.path).toBe("refused");
        expect(result.kind === "refused" && result.message).toContain(edit.path.split(".")[0]);
      }
      expect(await readReport(clerk, id)).toMatchObject({ version: 1 });
      expect((await readReport(clerk, id))?.report).not.toHaveProperty("opening");
      expect(await revisions(id)).toHaveLength(1);
    });

    test("another organisation's report is absent, like one that never was", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      const other = await named("青川市云岭区气象局");
      const operationId = crypto.randomUUID();
      const edits = [{ path: "opening", value: "甲" }];
      await saveEdits(clerk, id, { baseVersion: 1, operationId, edits });

      expect(await listReports(other)).toEqual([]);
      expect(await readReport(other, id)).toBeUndefined();
      expect(await saveEdits(other, id, { baseVersion: 2, operationId: crypto.randomUUID(), edits })).toEqual({
        kind: "absent",
      });
      expect(await saveEdits(other, id, { baseVersion: 1, operationId, edits })).toEqual({ kind: "absent" });
      for (const nobody of [crypto.randomUUID(), "", "\u0000", "' or 1=1 --", id.toUpperCase()]) {
        expect(await readReport(clerk, nobody)).toBeUndefined();
      }
      const own = await reportOf(other, 2024);
      expect((await readReport(other, own))?.report.organisation).toEqual({ name: "青川市云岭区气象局" });
      expect(await saveEdits(other, own, { baseVersion: 1, operationId, edits })).toMatchObject({ kind: "saved" });
    });

    test("a report begun with last year's keeps it, without particulars, and opens with what that closed with", async () => {
      const clerk = await named();
      const lastYear = soundReport({ year: 2024, cells: { "requests.carriedOut.natural": 3 } });
      const made = await createReport(clerk, 2025, { lastYear });
      if (made.kind !== "created") throw new Error(made.kind);
      expect((await readReport(clerk, made.id))?.report.tables.requests?.carriedIn?.natural).toBe(3);
      const kept = await readLastYear(clerk, made.id);
      expect(kept?.format.id).toBe(lastYear.format.id);
      expect(kept?.report).toMatchObject({ year: 2024, closing: {}, tables: lastYear.report.tables });
      expect(Object.keys(kept?.report.organisation ?? {})).toEqual(["name"]);
      expect((await revisions(made.id)).map(({ snapshot }) => JSON.parse(snapshot ?? "{}").year)).toEqual([2025]);
    });

    test("last year's report may be the stored one, comes later as well, and must be last year's", async () => {
      const clerk = await named();
      expect(await createReport(clerk, 2025, { lastYear: "stored" })).toEqual({ kind: "unfit" });
      const old = await reportOf(clerk, 2024);
      await save(clerk, old, 1, [{ path: "tables.requests.carriedOut.legal", value: 2 }]);
      const made = await createReport(clerk, 2025, { lastYear: "stored" });
      if (made.kind !== "created") throw new Error(made.kind);
      expect((await readReport(clerk, made.id))?.report.tables.requests?.carriedIn?.legal).toBe(2);
      expect(await readLastYear(clerk, old)).toBeUndefined();
      expect(await keepLastYear(clerk, old, soundReport({ year: 2022 }))).toEqual({ kind: "unfit" });
      expect(await keepLastYear(clerk, old, soundReport({ year: 2023 }))).toMatchObject({ kind: "kept" });
      expect((await readLastYear(clerk, old))?.report.year).toBe(2023);
      expect((await readReport(clerk, old))?.version).toBe(2);
      const other = await named("青川市云岭区统计局");
      expect(await readLastYear(other, old)).toBeUndefined();
      expect(await keepLastYear(other, old, soundReport({ year: 2023 }))).toEqual({ kind: "absent" });
    });

    test("a report may begin with the content of a file of its year, under the organisation's own name", async () => {
      const clerk = await named();
      const { report } = soundReport({ year: 2025 });
      expect(await createReport(clerk, 2024, { content: report })).toEqual({ kind: "unfit" });
      const made = await createReport(clerk, 2025, { content: report });
      if (made.kind !== "created") throw new Error(made.kind);
      const stored = (await readReport(clerk, made.id))?.report;
      expect(stored).toEqual({ ...report, organisation: { name: "青川市云岭区档案馆" } });
    });

    test("stored data that is no report is an error and is not saved over", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      const damaged = JSON.stringify({ format: formatForYear(2024)?.id, year: 2024 });
      await writingAll((connection) =>
        connection.updateTable("report").set({ data: damaged }).where("id", "=", id).execute(),
      );
      await expect(readReport(clerk, id)).rejects.toThrow();
      await expect(save(clerk, id, 1, [{ path: "opening", value: "甲" }])).rejects.toThrow();
      const row = await readingAll((connection) =>
        connection.selectFrom("report").select(["data", "version"]).executeTakeFirst(),
      );
      expect(row).toMatchObject({ data: damaged, version: 1 });
    });

    test("two processes write to one report, and every acknowledged save has a version of its own", async () => {
      const clerk = await named();
      const id = await reportOf(clerk, 2024);
      const saves = 60;
      const ledgers = ["甲", "乙"].map((writer) => join(folder, writer));
      const writers = ledgers.map((ledger, number) =>
        startWriter(clerk.organisation.id, id, saves, ledger, `${number}`),
      );
      expect(await Promise.all(writers.map(ended))).toEqual([0, 0]);
      const answers = ledgers.flatMap(acknowledged);
      expect(answers).toHaveLength(2 * saves);
      expect(answers.map(({ version }) => version).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 2 * saves }, (_, number) => number + 2),
      );
      expect((await readReport(clerk, id))?.version).toBe(1 + 2 * saves);
      expect(await revisions(id)).toHaveLength(1 + 2 * saves);
    });
  });
}

/** The clerk of a new organisation. */
export const named = async (name = "青川市云岭区档案馆"): Promise<Actor> => actorIn(await organisationNamed(name));

export async function reportOf(clerk: Actor, year: number): Promise<string> {
  const made = await createReport(clerk, year);
  if (made.kind !== "created") throw new Error(`creating the report of ${year} answered ${made.kind}`);
  return made.id;
}

const save = (clerk: Actor, id: string, baseVersion: number, edits: Edit[]) =>
  saveEdits(clerk, id, { baseVersion, operationId: crypto.randomUUID(), edits });

/** Saves on whatever version stands, however often others are faster; returns the version it made. */
async function insist(clerk: Actor, id: string, edits: Edit[]): Promise<number> {
  let baseVersion = 1;
  for (;;) {
    const result = await save(clerk, id, baseVersion, edits);
    if (result.kind === "saved") return result.version;
    if (result.kind !== "conflict") throw new Error(`save answered ${result.kind}`);
    baseVersion = result.stored.version;
  }
}

export async function revisions(id: string) {
  return readingAll((connection) =>
    connection.selectFrom("report_revision").selectAll().where("report_id", "=", id).orderBy("version").execute(),
  );
}
