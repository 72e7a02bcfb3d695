import { applyEdits, type Edit } from "../report/edits.ts";
import {
  type Entry,
  type EntryProblem,
  entryProblem,
  fromYuan,
  isAllowedSlash,
  parseEntry,
  yuanIn,
} from "../report/entry.ts";
import { cellName, type Format, type Line, type Table, unitAt } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import { LONGEST_CELL } from "../report/schema.ts";
import { type Figure, figure } from "../report/totals.ts";
import type { Clip } from "./clipboard.ts";
import type { Laid, Surplus } from "./layout.ts";
import { laidByLabels, tablesLabelled } from "./paste-by-labels.ts";
import { laidByPosition } from "./paste-by-position.ts";
import { withoutUnit } from "./rows.ts";

/** What the clerk may choose about a paste. */
export type PasteChoices = {
  /** What a blank cell does to the one it lands on. */
  blanks: "keep" | "clear" | "zero";
  /** What becomes of signs for none, such as `-`, `/` and 无, where the notice wants a figure. */
  signs: "refuse" | "zero";
};

/** Why a pasted text cannot stand in its cell. `parted` is a text of several figures, `long` one that no cell holds. */
export type PasteProblem = EntryProblem | "parted" | "long" | "locked";

/** What one copied cell does. */
export type Landing = {
  row: Line;
  column: Line;
  /** How a person names the cell. */
  name: string;
  /** As it was copied. */
  pasted: string;
  before: Figure | Entry;
} & (
  | { kind: "entered"; after: Entry; yuan?: string }
  | { kind: "kept" }
  | { kind: "refused"; problem: PasteProblem }
  /** A sum is never taken over: the copied one is held against the one that results. */
  | { kind: "compared"; computed: Figure; agrees: boolean }
);

export type PastePlan = {
  matched: "labels" | "position";
  landings: readonly Landing[];
  surplus: readonly Surplus[];
  /** Other tables of the format that were copied along; they are pasted in their own steps. */
  otherTables: readonly string[];
  edits: readonly Edit[];
};

type Target = {
  format: Format;
  table: Table;
  report: Report;
  /** The cell in focus; undefined when there is none. */
  at: { row: string; column: string } | undefined;
  /** Cells that take nothing else than what stands in them. */
  isLocked?: (row: string, column: string) => boolean;
};

/**
 * What a paste would do, cell by cell; nothing is left out silently. Tables with their labels are laid out by these
 * wherever the focus is, blocks of figures from the cell in focus on. Undefined when neither is possible.
 */
export function planPaste(target: Target, clips: readonly Clip[], choices: PasteChoices): PastePlan | undefined {
  const { format, table, report, at } = target;
  const tables = tablesLabelled(format, clips);
  const otherTables = tables.filter((id) => id !== table.id);
  const isOther = otherTables.length > 0 && otherTables.length === tables.length;
  const labelled = isOther ? undefined : laidByLabels(format, table, clips, at?.column);
  const layout = labelled ?? (at && otherTables.length === 0 ? laidByPosition(target, clips.flat(), at) : undefined);
  if (!layout && otherTables.length === 0) return undefined;
  const judged = once(layout?.laid ?? []).map((laid) => unlocked(target, judge(target, laid, choices)));
  const edits = judged.flatMap((landing) =>
    landing.kind === "entered" && landing.after !== landing.before
      ? [{ path: `tables.${table.id}.${landing.row.id}.${landing.column.id}`, value: landing.after }]
      : [],
  );
  const after = applyEdits(format, report, edits).tables[table.id] ?? {};
  const landings = judged.map((landing) => {
    if (landing.kind !== "compared") return landing;
    const computed = figure(table, after, landing.row.id, landing.column.id);
    return { ...landing, computed, agrees: sameFigure(landing.pasted, computed) };
  });
  return {
    matched: labelled ? "labels" : "position",
    landings,
    surplus: layout?.surplus ?? [],
    otherTables,
    edits,
  };
}

/** Of two texts on one cell the first counts. */
function once(laid: readonly Laid[]): Laid[] {
  const seen = new Set<string>();
  return laid.filter(({ cell }) => {
    const key = `${cell.row.id}.${cell.column.id}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** A locked cell refuses what would change it. */
function unlocked({ isLocked }: Target, landing: Landing): Landing {
  if (landing.kind !== "entered" || landing.after === landing.before) return landing;
  const { row, column, name, pasted, before } = landing;
  return isLocked?.(row.id, column.id)
    ? { row, column, name, pasted, before, kind: "refused", problem: "locked" }
    : landing;
}

function judge({ table, report }: Target, { cell, text, inYuan }: Laid, choices: PasteChoices): Landing {
  const { row, column } = cell;
  const rows = report.tables[table.id] ?? {};
  const unit = unitAt(row, column);
  const landing = { row, column, name: cellName(table, row.id, column.id), pasted: text };
  if (row.sum || column.sum) {
    const before = figure(table, rows, row.id, column.id);
    if (text === "") return { ...landing, before, kind: "kept" };
    return { ...landing, before, kind: "compared", computed: before, agrees: false };
  }
  const before = rows[row.id]?.[column.id] ?? null;
  const zero = parseEntry(unit, 0);
  if (text === "") {
    if (choices.blanks === "keep") return { ...landing, before, kind: "kept" };
    return { ...landing, before, kind: "entered", after: choices.blanks === "zero" ? zero : null };
  }
  if (PARTED.test(text)) return { ...landing, before, kind: "refused", problem: "parted" };
  const yuan = unit === "money" ? (yuanIn(text) ?? (inYuan ? withoutUnit(unit, text) : undefined)) : undefined;
  const amount = yuan === undefined ? undefined : fromYuan(yuan);
  const after = amount ?? parseEntry(unit, withoutUnit(unit, text));
  const problem = entryProblem(unit, after);
  if (problem === undefined) {
    return {
      ...landing,
      before,
      kind: "entered",
      after,
      ...(amount !== undefined && yuan !== undefined ? { yuan } : {}),
    };
  }
  if (isAllowedSlash(row, column, after)) return { ...landing, before, kind: "entered", after };
  if (problem === "slash" && choices.signs === "zero") return { ...landing, before, kind: "entered", after: zero };
  return { ...landing, before, kind: "refused", problem: text.length > LONGEST_CELL ? "long" : problem };
}

/** Figures beside or below each other in one cell. Blanks within one part it in thousands. */
const PARTED = /\n|^\s*(?!\d{1,3}(?:\s\d{3})+\s*$)\S*\d\s+\d/;

function sameFigure(printed: string, computed: Figure): boolean {
  const unit = typeof computed === "string" ? "money" : "delta";
  const entry = parseEntry(unit, withoutUnit(unit, printed));
  return computed === null ? entry === 0 : entry === computed;
}
