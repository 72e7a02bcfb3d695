import "server-only";
import { setImmediate } from "node:timers/promises";
import type { Format } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import { storedSchema } from "../report/schema.ts";
import { isSent, sentStates } from "../workflow/stages.ts";
import { type Actor, readable } from "./actor.ts";
import { type Connection, reading } from "./tenancy.ts";

/** What a unit handed in. */
export type SentReport = { id: string; organisationId: string; tables: Report["tables"] };

/**
 * What units below the actor's organisation handed in of a year in this format: the report as it is with the 主管部门 or
 * published; of one that is being corrected, what was published before.
 */
export async function readSent(actor: Actor, format: Format, year: number): Promise<SentReport[]> {
  const units = readable(actor).filter((id) => id !== actor.organisation.id);
  if (units.length === 0) return [];
  const { reports, published } = await reading(actor, async (connection) => {
    const found = await reportsOf(connection, units, format, year);
    const corrected = found.filter(({ state, edition }) => !isSent(state) && edition > 1).map(({ id }) => id);
    return { reports: found, published: corrected.length > 0 ? await editionsOf(connection, corrected) : [] };
  });
  const schema = storedSchema(format);
  const sent: SentReport[] = [];
  for (const { id, organisation_id, state, edition, data } of reports) {
    const before = published.find((one) => one.report_id === id && one.edition === edition - 1);
    const text = isSent(state) ? data : before?.data;
    if (text === undefined) continue;
    sent.push({ id, organisationId: organisation_id, tables: schema.parse(JSON.parse(text)).tables });
    // Others are answered between two reports.
    await setImmediate();
  }
  return sent;
}

const reportsOf = (connection: Connection, units: readonly string[], format: Format, year: number) =>
  connection
    .selectFrom("report")
    .select(["id", "organisation_id", "state", "edition", "data"])
    .where("organisation_id", "in", units)
    .where("year", "=", year)
    .where("format", "=", format.id)
    .where(({ eb, or }) => or([eb("state", "in", sentStates), eb("edition", ">", 1)]))
    .execute();

const editionsOf = (connection: Connection, reports: readonly string[]) =>
  connection
    .selectFrom("report_edition")
    .select(["report_id", "edition", "data"])
    .where("report_id", "in", reports)
    .execute();
