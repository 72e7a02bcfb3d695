import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AuditEntry, EMPTY, nextEntry } from "../../lib/audit/chain.ts";
import { auditEvents, isAuditEvent } from "../../lib/audit/events.ts";
import type { Actor } from "../../lib/store/actor.ts";
import { doneBy, listEntries, putOnRecord, verifyRecord, wholeRecord } from "../../lib/store/audit.ts";
import { closeDatabase } from "../../lib/store/database.ts";
import { createReport } from "../../lib/store/reports.ts";
import { putPack } from "../../lib/store/requirements.ts";
import { readingAll, writing, writingAll } from "../../lib/store/tenancy.ts";
import { actions } from "../../lib/workflow/transitions.ts";
import { actorIn, organisationNamed, userIn } from "./actors.ts";
import { ended, startRecorder } from "./processes.ts";

/** What every database must do for the record. `prepare` as for `storeSuite`. */
export function recordSuite(name: string, prepare: () => Promise<void>): void {
  describe(`${name}: record`, () => {
    beforeEach(prepare);
    afterEach(closeDatabase);

    test("events are kept in order, each sealed with the one before it", async () => {
      const clerk = actorIn(await organisationNamed("青川市云岭区档案馆"));
      await recorded(clerk, 3);
      const entries = await whole();
      expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
      expect(entries[0]?.previous).toBe(EMPTY.hash);
      expect(entries[2]?.previous).toBe(entries[1]?.hash);
      expect(entries[0]).toMatchObject({ user: clerk.user.id, event: "report.export", details: { number: 1 } });
      expect(await verifyRecord()).toEqual({ fault: undefined, head: { sequence: 3, hash: entries[2]?.hash } });
    });

    test("an empty record is whole", async () => {
      expect(await verifyRecord()).toEqual({ fault: undefined, head: EMPTY });
    });

    test("what is not committed is not on record", async () => {
      const clerk = actorIn(await organisationNamed("青川市云岭区档案馆"));
      const failing = writing(clerk, async (transaction) => {
        await putOnRecord(transaction, { ...doneBy(clerk), event: "report.export" });
        throw new Error("nothing happened");
      });
      await expect(failing).rejects.toThrow("nothing happened");
      await recorded(clerk, 1);
      expect(await verifyRecord()).toMatchObject({ fault: undefined, head: { sequence: 1 } });
    });

    test("twenty writers at once make one chain without a fork", async () => {
      const clerk = actorIn(await organisationNamed("青川市云岭区档案馆"));
      await Promise.all(Array.from({ length: 20 }, () => recorded(clerk, 3)));
      expect(await verifyRecord()).toMatchObject({ fault: undefined, head: { sequence: 60 } });
    });

    test("several processes make one chain, too", async () => {
      const { organisation } = actorIn(await organisationNamed("青川市云岭区档案馆"));
      const writers = Array.from({ length: 3 }, () => startRecorder(organisation.id, 40));
      expect(await Promise.all(writers.map(ended))).toEqual([0, 0, 0]);
      expect(await verifyRecord()).toMatchObject({ fault: undefined, head: { sequence: 120 } });
    });

    test("lines can neither be changed nor taken away", async () => {
      const clerk = actorIn(await organisationNamed("青川市云岭区档案馆"));
      await recorded(clerk, 2);
      for (const statement of ["update audit_entry set event = 'x'", "delete from audit_entry where sequence = 2"]) {
        await expect(run(statement)).rejects.toThrow("only added to");
      }
      expect(await verifyRecord()).toMatchObject({ fault: undefined, head: { sequence: 2 } });
    });

    test("whoever takes that lock away and tampers is found", async () => {
      const clerk = actorIn(await organisationNamed("青川市云岭区档案馆"));
      await recorded(clerk, 12);
      const entries = await whole();
      const hash = (sequence: number) => entries[sequence - 1]?.hash;
      const forged = nextEntry(entries[11] as AuditEntry, { ...(entries[11] as AuditEntry), user: "nobody" });
      const cases: [what: string, statements: string[], fault: { kind: string; sequence: number }][] = [
        [
          "a changed user",
          ["update audit_entry set user_id = 'x' where sequence = 4"],
          { kind: "changed", sequence: 4 },
        ],
        [
          "another event",
          ["update audit_entry set event = 'report.sign' where sequence = 12"],
          { kind: "changed", sequence: 12 },
        ],
        [
          "another time",
          ["update audit_entry set made_at = made_at - 1 where sequence = 1"],
          { kind: "changed", sequence: 1 },
        ],
        [
          "details that are no JSON",
          ["update audit_entry set details = '{' where sequence = 5"],
          { kind: "changed", sequence: 5 },
        ],
        [
          "details in another order",
          [`update audit_entry set details = '{ "number": 5 }' where sequence = 5`],
          { kind: "changed", sequence: 5 },
        ],
        ["the first line gone", ["delete from audit_entry where sequence = 1"], { kind: "missing", sequence: 1 }],
        ["a line gone", ["delete from audit_entry where sequence = 7"], { kind: "missing", sequence: 7 }],
        ["the last line gone", ["delete from audit_entry where sequence = 12"], { kind: "cut", sequence: 12 }],
        ["all lines gone", ["delete from audit_entry"], { kind: "cut", sequence: 1 }],
        [
          "two lines in each other's place",
          [
            "update audit_entry set sequence = 99 where sequence = 3",
            "update audit_entry set sequence = 3 where sequence = 4",
            "update audit_entry set sequence = 4 where sequence = 99",
          ],
          { kind: "changed", sequence: 3 },
        ],
        [
          "a line put in",
          [
            ...Array.from(
              { length: 7 },
              (_, index) => `update audit_entry set sequence = ${13 - index} where sequence = ${12 - index}`,
            ),
            `insert into audit_entry select 6, made_at, event, organisation_id, user_id, role, object, details, previous_hash, hash from audit_entry where sequence = 5`,
          ],
          { kind: "changed", sequence: 6 },
        ],
        [
          "a line added with the right seal, but beyond the end",
          [
            `insert into audit_entry select 13, ${forged.at}, event, organisation_id, 'nobody', role, object, details, '${forged.previous}', '${nextEntry(entries[11] as AuditEntry, forged).hash}' from audit_entry where sequence = 12`,
          ],
          { kind: "foreign", sequence: 13 },
        ],
        ["another end", [`update audit_head set hash = '${hash(3)}'`], { kind: "changed", sequence: 12 }],
      ];
      const columns = [
        ...["event", "organisation_id", "user_id", "role", "object", "details", "previous_hash", "hash"],
        ...["made_at"],
      ];
      for (const sequence of [1, 6, 12]) {
        for (const column of columns) {
          const value = column === "made_at" ? "made_at + 1" : "'x'";
          const statement = `update audit_entry set ${column} = ${value} where sequence = ${sequence}`;
          cases.push([`${column} of line ${sequence}`, [statement], { kind: "changed", sequence }]);
        }
      }
      for (const sequence of [2, 3, 4, 5, 6, 8, 9, 10, 11]) {
        const statement = `delete from audit_entry where sequence = ${sequence}`;
        cases.push([`line ${sequence} gone`, [statement], { kind: "missing", sequence }]);
        const tail = `delete from audit_entry where sequence >= ${sequence}`;
        cases.push([`all from line ${sequence} gone`, [tail], { kind: "cut", sequence }]);
      }
      expect(cases.length).toBeGreaterThanOrEqual(50);
      await unlock();
      for (const [what, statements, fault] of cases) {
        for (const statement of statements) await run(statement);
        expect((await verifyRecord()).fault, what).toEqual(fault);
        await restore(entries);
        expect((await verifyRecord()).fault, what).toBeUndefined();
      }
    });

    test("a record that was cut, end and all, does not contain an end that somebody noted", async () => {
      const clerk = actorIn(await organisationNamed("青川市云岭区档案馆"));
      await recorded(clerk, 6);
      const { head } = await verifyRecord();
      const entries = await whole();
      await unlock();
      await restore(entries.slice(0, 4));
      expect(await verifyRecord()).toMatchObject({ fault: undefined, head: { sequence: 4 } });
      expect((await verifyRecord([head])).fault).toEqual({ kind: "cut", sequence: 5 });
      await recorded(clerk, 4);
      expect((await verifyRecord()).fault).toBeUndefined();
      expect((await verifyRecord([head])).fault).toEqual({ kind: "changed", sequence: 6 });
    });

    test("an auditor reads what happened in her organisation and below, by kind, person, thing and time", async () => {
      const office = await organisationNamed("青川市云岭区人民政府办公室");
      const bureau = await organisationNamed("青川市云岭区档案馆", office);
      const foreign = await organisationNamed("青川市云岭区气象局");
      const clerk = await userIn(bureau);
      const other = await userIn(foreign);
      const auditor: Actor = { ...(await userIn(office, ["auditor"])), below: [bureau.id] };
      await recorded(clerk, 3);
      await recorded(other, 2);
      await writing(clerk, (transaction) =>
        putOnRecord(transaction, { ...doneBy(clerk), event: "report.submit", object: "report:7" }),
      );
      const all = await listEntries(auditor, {}, { limit: 10 });
      expect(all.map(({ sequence }) => sequence)).toEqual([6, 3, 2, 1]);
      expect(all[0]).toMatchObject({ username: clerk.user.username, organisationName: bureau.name });
      expect((await listEntries(auditor, {}, { limit: 2, before: 3 })).map(({ sequence }) => sequence)).toEqual([2, 1]);
      const asked = async (filter: Parameters<typeof listEntries>[1]) =>
        (await listEntries(auditor, filter, { limit: 10 })).map(({ sequence }) => sequence);
      expect(await asked({ event: "report.submit" })).toEqual([6]);
      expect(await asked({ object: "report:7" })).toEqual([6]);
      expect(await asked({ username: clerk.user.username })).toEqual([6, 3, 2, 1]);
      expect(await asked({ username: other.user.username })).toEqual([]);
      expect(await asked({ from: all[0]?.at, until: all[0]?.at, event: "report.submit" })).toEqual([6]);
      expect(await asked({ until: 1 })).toEqual([]);
      expect(await listEntries(clerk, {}, { limit: 10 })).toEqual([]);
      const strange: Actor = { ...(await userIn(foreign, ["auditor"])) };
      expect((await listEntries(strange, {}, { limit: 10 })).map(({ sequence }) => sequence)).toEqual([5, 4]);
    });

    test("what a line is about goes by its name of today, as far as it is hers to see, and the line stays as it was", async () => {
      const office = await organisationNamed("青川市云岭区人民政府办公室");
      const bureau = await organisationNamed("青川市云岭区档案馆", office);
      const foreign = await userIn(await organisationNamed("青川市云岭区气象局"));
      const clerk = await userIn(bureau);
      const auditor: Actor = { ...(await userIn(office, ["auditor"])), below: [bureau.id] };
      const made = await createReport(clerk, 2024);
      if (made.kind !== "created") throw new Error(`a report was answered ${made.kind}`);
      await putPack(clerk, { name: "云岭区要求", years: { from: 2024 }, dataPoints: [], headings: [], longest: {} });
      const objects: [object: string, name: string | undefined][] = [
        [`user:${clerk.user.id}`, `李明（${clerk.user.username}）`],
        [`organisation:${bureau.id}`, bureau.name],
        [`user:${foreign.user.id}`, undefined],
        [`report:${crypto.randomUUID()}`, undefined],
        ["report:", undefined],
        [`requirements:${bureau.id}`, undefined],
      ];
      for (const [object] of objects) {
        await writing(clerk, (transaction) =>
          putOnRecord(transaction, { ...doneBy(clerk), event: "user.change", object }),
        );
      }
      const before = await whole();
      const listed = await listEntries(auditor, {}, { limit: 10 });
      expect(listed.map(({ object, objectName }) => [object, objectName]).reverse()).toEqual([
        [`report:${made.id}`, `${bureau.name}2024年度报告`],
        [expect.stringMatching(/^requirements:/), "云岭区要求"],
        ...objects,
      ]);
      expect(listed.map(({ username, organisationName, objectName, ...entry }) => entry).reverse()).toEqual(before);
      expect(await verifyRecord()).toMatchObject({ fault: undefined });
    });

    test("every action with a report has an event of its name", () => {
      expect(actions.every((action) => isAuditEvent(`report.${action}`))).toBe(true);
      expect(Object.values(auditEvents).every((event) => /^\p{Script=Han}+$/u.test(event))).toBe(true);
    });
  });
}

/** Puts some events on record, one transaction each. */
async function recorded(actor: Actor, count: number): Promise<void> {
  for (let number = 1; number <= count; number++) {
    await writing(actor, (transaction) =>
      putOnRecord(transaction, { ...doneBy(actor), event: "report.export", details: { number } }),
    );
  }
}

async function whole(): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for await (const entry of wholeRecord()) entries.push(entry);
  return entries;
}

const run = (statement: string) => writingAll((transaction) => sql.raw(statement).execute(transaction));

/** What whoever owns the database can do. */
async function unlock(): Promise<void> {
  const isPostgres = Boolean(process.env.DATABASE_URL);
  const triggers = isPostgres ? ["audit_entry_stays"] : ["audit_entry_no_update", "audit_entry_no_delete"];
  for (const trigger of triggers) await run(`drop trigger ${trigger}${isPostgres ? " on audit_entry" : ""}`);
}

/** Makes the record what it was. */
async function restore(entries: readonly AuditEntry[]): Promise<void> {
  await run("delete from audit_entry");
  const last = entries.at(-1) ?? EMPTY;
  await writingAll(async (transaction) => {
    for (const { sequence, previous, hash, at, event, organisation, user, role, object, details } of entries) {
      await transaction
        .insertInto("audit_entry")
        .values({
          ...{ sequence, hash, event, role, object, previous_hash: previous, made_at: at },
          ...{ organisation_id: organisation, user_id: user, details: JSON.stringify(details) },
        })
        .execute();
    }
    await transaction.updateTable("audit_head").set({ sequence: last.sequence, hash: last.hash }).execute();
  });
  expect(await readingAll((connection) => connection.selectFrom("audit_head").selectAll().execute())).toHaveLength(1);
}
