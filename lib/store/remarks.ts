import "server-only";
import type { Transaction } from "kysely";
import type { Remark } from "../workflow/history.ts";
import { isRemarkPlace, maySettle, remarkRole } from "../workflow/remarks.ts";
import { type Actor, rolesOver } from "./actor.ts";
import { putOnRecord, reportObject } from "./audit.ts";
import { findReadable } from "./reports.ts";
import type { Tables } from "./tables.ts";
import { type Connection, reading, writing } from "./tenancy.ts";

export type NewRemark = { place: string; quote?: string | undefined; text: string };

export type RemarkResult =
  | { kind: "done"; id: string }
  | { kind: "absent" }
  /** It is not hers to do, or not now. */
  | { kind: "forbidden" }
  /** The report's format has no such place. */
  | { kind: "nowhere" };

/** The remarks on a report, the oldest first; none for one that is not the actor's to read. */
export const listRemarks = (actor: Actor, id: string): Promise<Remark[]> =>
  reading(actor, async (connection) => {
    if (!(await findReadable(connection, actor, id))) return [];
    const rows = await connection
      .selectFrom("report_remark")
      .selectAll()
      .where("report_id", "=", id)
      .orderBy("made_at")
      .orderBy("id")
      .execute();
    return rows.map((row) => ({
      id: row.id,
      place: row.place,
      quote: row.quote ?? undefined,
      text: row.text,
      userName: row.user_name,
      role: row.role,
      at: row.made_at,
      settled:
        row.settled_by !== null && row.settled_at !== null
          ? { by: row.settled_by, at: row.settled_at, answer: row.answer ?? undefined }
          : undefined,
    }));
  });

/** Hangs a remark on a place of a report. */
export const makeRemark = (actor: Actor, id: string, { place, quote, text }: NewRemark): Promise<RemarkResult> =>
  writing(actor, async (transaction) => {
    const found = await findReadable(transaction, actor, id);
    if (!found) return { kind: "absent" };
    const { standing, organisationId } = found.stored;
    const role = remarkRole(standing, rolesOver(actor, organisationId));
    if (!role) return { kind: "forbidden" };
    if (!isRemarkPlace(found.format, place)) return { kind: "nowhere" };
    const remark = crypto.randomUUID();
    await transaction
      .insertInto("report_remark")
      .values({
        id: remark,
        report_id: id,
        place,
        quote: quote ?? null,
        text,
        user_id: actor.user.id,
        user_name: actor.user.name,
        role,
        made_at: Date.now(),
        answer: null,
        settled_by: null,
        settled_at: null,
      })
      .execute();
    await putOnRecord(transaction, {
      ...{ event: "remark.make", organisation: organisationId, user: actor.user.id, role },
      object: reportObject(id),
      details: { remark, place },
    });
    return { kind: "done", id: remark };
  });

/** Ticks a remark off, or takes that back: only those who may remark can do the latter. */
export const settleRemark = (
  actor: Actor,
  id: string,
  remark: string,
  settled: { answer: string | undefined } | undefined,
): Promise<RemarkResult> =>
  writing(actor, async (transaction) => {
    const found = await findReadable(transaction, actor, id);
    if (!found) return { kind: "absent" };
    const { standing, organisationId } = found.stored;
    const roles = rolesOver(actor, organisationId);
    const may = settled ? maySettle(standing, roles) : remarkRole(standing, roles) !== undefined;
    if (!may) return { kind: "forbidden" };
    const changed = await transaction
      .updateTable("report_remark")
      .set(
        settled
          ? { answer: settled.answer ?? null, settled_by: actor.user.name, settled_at: Date.now() }
          : { answer: null, settled_by: null, settled_at: null },
      )
      .where("id", "=", remark)
      .where("report_id", "=", id)
      .returning("id")
      .executeTakeFirst();
    if (!changed) return { kind: "absent" };
    await putOnRecord(transaction, {
      ...{ event: settled ? "remark.settle" : "remark.reopen", organisation: organisationId, user: actor.user.id },
      object: reportObject(id),
      details: { remark },
    });
    return { kind: "done", id: remark };
  });

/** How many remarks on a report nobody has dealt with. */
export async function openRemarks(connection: Connection, id: string): Promise<number> {
  const { count } = await connection
    .selectFrom("report_remark")
    .select((row) => row.fn.countAll<number | string>().as("count"))
    .where("report_id", "=", id)
    .where("settled_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Ticks off whatever is open: the correction that it was about was given up. */
export const settleAll = (transaction: Transaction<Tables>, id: string, by: string): Promise<unknown> =>
  transaction
    .updateTable("report_remark")
    .set({ settled_by: by, settled_at: Date.now() })
    .where("report_id", "=", id)
    .where("settled_at", "is", null)
    .execute();
