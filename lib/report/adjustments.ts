import { z } from "zod";
import { isFigure, parseEntry } from "./entry.ts";
import { type Cell, cellAt, cellName, type Format } from "./format.ts";
import { LONGEST_REASON } from "./reasons.ts";

/**
 * 调整: in the sum of a region one figure of a unit is corrected, as of a case that two units reported. `cell` is an entered cell
 * (`disputes.cases.reviewUpheld`); `delta` is never zero, of amounts a signed decimal string in 万元.
 */
export type Adjustment = { unit: string; cell: string; delta: number | string; reason: string };

const blankless = z.string().trim().min(1);
const adjustmentSchema = z.strictObject({
  unit: blankless,
  cell: blankless,
  delta: z.union([z.number(), blankless]),
  reason: blankless.max(LONGEST_REASON),
});

/** What a person calls each part of an adjustment. */
const partNames: Readonly<Record<string, string>> = { unit: "单位", cell: "格子", delta: "调整数", reason: "原因" };

/** Reads an adjustment that came from outside, its number typed as loosely as entries are. Problems are finished Chinese sentences. */
export function parseAdjustment(
  format: Format,
  input: unknown,
): { ok: true; adjustment: Adjustment } | { ok: false; problems: string[] } {
  const shaped = adjustmentSchema.safeParse(input);
  if (!shaped.success) return { ok: false, problems: shaped.error.issues.flatMap(describe) };
  const at = cellAt(format, shaped.data.cell);
  if (!at) return { ok: false, problems: [`没有“${shaped.data.cell}”这一格。`] };
  if (at.computed) {
    return { ok: false, problems: [`“${cellName(at.table, at.row, at.column)}”由别的格相加得出，请调整相加的格。`] };
  }
  const delta = parseDelta(at, shaped.data.delta);
  if (delta === undefined) {
    const unit = at.unit === "money" ? "以万元为单位的数" : "整数";
    return { ok: false, problems: [`调整数“${shaped.data.delta}”不对，应为不是0的${unit}，减少的前面加“-”。`] };
  }
  return { ok: true, adjustment: { ...shaped.data, delta } };
}

function describe(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => `不认识的项目“${key}”。`);
  const [key] = issue.path;
  if (key === undefined) return ["应为写有 unit、cell、delta、reason 的对象。"];
  if (issue.code === "too_big") return [`原因过长，最多${issue.maximum}个字符。`];
  return [`没有写明${partNames[String(key)] ?? ""}（${String(key)}），或者写法不对。`];
}

/** The size is read as an entry of the cell; only the sign is more than that. */
function parseDelta({ unit }: Cell, typed: number | string): Adjustment["delta"] | undefined {
  const [, sign = "", size = ""] = /^([+＋\-－−]?)([^+＋\-－−]*)$/u.exec(String(typed).trim()) ?? [];
  const kind = unit === "money" ? unit : "count";
  const entry = parseEntry(kind, size);
  if (!isFigure(kind, entry) || Number(entry) === 0) return undefined;
  if (!/[-－−]/.test(sign)) return entry;
  return typeof entry === "number" ? -entry : `-${entry}`;
}

/** An adjustment's number as people read it, with its sign. */
export const printedDelta = ({ delta }: Pick<Adjustment, "delta">): string =>
  Number(delta) > 0 ? `+${delta}` : String(delta);
