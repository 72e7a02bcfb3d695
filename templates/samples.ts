import { enteredCells, type Format } from "../lib/report/format.ts";
import type { Report } from "../lib/report/report.ts";
import { reportSchema } from "../lib/report/schema.ts";
import { sample } from "./2021-30/sample.ts";
import { formatForYear } from "./index.ts";

/** A whole report of an agency that does not exist, in the newest format, with every cell filled in: nothing is wrong with it. */
export function sampleReport(): { format: Format; report: Report } {
  const { figures, ...rest } = sample;
  const format = formatForYear(rest.year);
  if (!format) throw new Error(`no format covers ${rest.year}`);
  const entries: Readonly<Record<string, number>> = figures;
  const tables = Object.fromEntries(
    format.tables.map((table) => {
      const rows: Record<string, Record<string, number>> = {};
      for (const { row, column } of enteredCells(table)) {
        rows[row.id] = { ...rows[row.id], [column.id]: entries[`${table.id}.${row.id}.${column.id}`] ?? 0 };
      }
      return [table.id, rows];
    }),
  );
  return { format, report: reportSchema(format).parse({ ...rest, format: format.id, tables }) };
}
