import { z } from "zod";
import { formatById } from "../../templates/index.ts";
import { parseReport } from "../report/schema.ts";
import { reportKinds } from "./kind.ts";
import type { ReadResult } from "./read.ts";
import { problems, refused } from "./refusals.ts";
import { MOST_ROWS, type RowsRead } from "./rows.ts";

/** What a reading process sends: data alone, the format by its id. */
export const wired = (result: ReadResult): unknown => (result.ok ? { ...result, format: result.format.id } : result);

/** What a reading process is asked for: the report in a file, or the rows of its first sheet. */
export type ReadingOrder = { read: "report" | "rows"; bytes: Uint8Array };

const rowsAnswer = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(false), problem: z.enum(problems), reason: z.string().min(1) }),
  z.strictObject({ ok: z.literal(true), rows: z.array(z.array(z.string())).max(MOST_ROWS + 1) }),
]);

/** The rows in what a reading process has sent, if they have the right shape. */
export function unwiredRows(sent: unknown): RowsRead {
  const parsed = rowsAnswer.safeParse(sent);
  return parsed.success ? parsed.data : refused("crashed");
}

const entry = z.union([z.number(), z.string(), z.null()]);
const figures = z.record(z.string(), z.record(z.string(), z.record(z.string(), entry)));
const answer = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(false), problem: z.enum(problems), reason: z.string().min(1) }),
  z.strictObject({
    ok: z.literal(true),
    kind: z.enum(reportKinds),
    format: z.string(),
    report: z.unknown(),
    printed: z
      .strictObject({
        title: z.string().optional(),
        headings: z.array(z.strictObject({ section: z.string(), text: z.string() })),
        totals: figures,
        remarked: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.string()))).optional(),
        written: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.string()))).optional(),
        unread: z.record(z.string(), z.array(z.string())).optional(),
      })
      .optional(),
    cells: z.array(z.strictObject({ at: z.string(), entry, text: z.string(), doubt: z.string().optional() })),
    notes: z.array(z.string()),
  }),
]);

/**
 * The result in what a reading process has sent. It has worked on a file of strangers: nothing it says is believed before
 * it has the right shape and the report fits its format.
 */
export function unwired(sent: unknown): ReadResult {
  const parsed = answer.safeParse(sent);
  if (!parsed.success) return refused("crashed");
  if (!parsed.data.ok) return parsed.data;
  const { format: id, report: claimed, printed, ...rest } = parsed.data;
  const format = formatById(id);
  const report = format && parseReport(format, claimed);
  if (!format || !report?.ok) return refused("crashed");
  return { ...rest, format, report: report.report, ...(printed && { printed: definite(printed) }) };
}

/** Without keys that are there but undefined. */
const definite = <T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
