import {
  type Band,
  bandOf,
  type Format,
  type Heading,
  isGroup,
  type Line,
  leaves,
  type Table,
} from "../report/format.ts";
import type { Clip, ClipCell } from "./clipboard.ts";
import { bareLabel, labelKey, matchingLabels } from "./labels.ts";
import type { Laid, Layout, Surplus } from "./layout.ts";
import { bodyRows, type FoundRow, findRow, looksLikeFigure } from "./rows.ts";

/** So many rows or columns must be recognised before figures are laid out by their labels in a table that is not in sight. */
const FEWEST_LABELS = 2;
const IN_YUAN = /单位:元/;

/** The headings above one copied column, outermost first; the last one is its own. */
type Heads = readonly (readonly string[])[];
type Row = { clip: number; cells: readonly ClipCell[]; texts: readonly string[]; heads: Heads };
type LostRow = { clip: number; text: string };
type LabelledRow = Row & { row: Line; label: number };

/**
 * Lays copied tables out by the labels of rows and columns printed in them. Where no columns are headed, the figures are
 * read in the order of the format, or from the column in focus on when there are too few. Undefined when no row (of a
 * table without row labels: no column) is recognised by its label.
 */
export function laidByLabels(
  format: Format,
  table: Table,
  clips: readonly Clip[],
  columnInFocus: string | undefined,
): Layout | undefined {
  const { found, lost } = findRows(table, clips);
  if (found.length === 0) return undefined;
  const layout = { laid: [] as Laid[], surplus: [] as Surplus[] };
  const read = new Set<string>();
  for (const labelled of found) {
    const { row, label, texts, cells, heads } = labelled;
    const band = bandOf(table, row.id);
    if (!band) continue;
    const columns =
      heads.length > 0 ? headedColumns(band, heads) : unheadedColumns(band, labelled, found, columnInFocus);
    for (const [index, text] of texts.entries()) {
      if (index <= label || cells[index]?.covered) continue;
      const column = columns.get(index);
      if (column && !read.has(row.id)) {
        const inYuan = (heads[index] ?? []).some((head) => IN_YUAN.test(labelKey(head)));
        layout.laid.push({ cell: { row, column }, text, ...(inYuan ? { inYuan } : {}) });
      } else if (text !== "") {
        layout.surplus.push({ text: `${row.label} ${text}`.trim(), why: column ? "twice" : "noColumn" });
      }
    }
    read.add(row.id);
  }
  const isOfOther = clips.map((clip) => tablesLabelled(format, [clip]).some((id) => id !== table.id));
  const surplus = lost.filter(({ clip }) => !isOfOther[clip] || found.some((row) => row.clip === clip));
  layout.surplus.push(...surplus.map(({ text }): Surplus => ({ text, why: "noRow" })));
  return layout;
}

/** The tables of a format that are recognised in what was copied by two labels of rows, or of columns, at least. */
export function tablesLabelled(format: Format, clips: readonly Clip[]): string[] {
  return format.tables
    .filter((table) => {
      const { found } = findRows(table, clips);
      const [first] = found;
      if (first?.row.label !== "") return found.length >= FEWEST_LABELS;
      const band = bandOf(table, first.row.id);
      return band !== undefined && headedColumns(band, first.heads).size >= FEWEST_LABELS;
    })
    .map(({ id }) => id);
}

/** The copied rows that are rows of the table, and the others that hold a figure, as text. */
function findRows(table: Table, clips: readonly Clip[]): { found: LabelledRow[]; lost: LostRow[] } {
  const rows = clips.flatMap((clip, index) => withHeads(table, clip, index));
  const lines = bodyRows(table);
  const found: LabelledRow[] = [];
  const lost: LostRow[] = [];
  const read = new Set<string>();
  const unlabelled = table.bands.find((band) => leaves(band.rows).some(({ label }) => label === ""));
  let isCertain = false;
  let last = -1;
  for (const row of rows) {
    const match = unlabelled ? standsUnder(unlabelled, row) : findRow(table, row.texts, read, last);
    if (match) {
      found.push({ ...row, row: match.row, label: match.label });
      read.add(match.row.id);
      last = lines.indexOf(match.row);
      isCertain ||= !match.guessed;
    } else if (row.texts.some((text) => text !== "" && looksLikeFigure(text))) {
      lost.push({ clip: row.clip, text: row.texts.filter((text) => text !== "").join(" ") });
    }
  }
  return isCertain ? { found, lost } : { found: [], lost: [] };
}

/** The only row of a band without labels, where all that was copied in this row stands under columns of the band. */
function standsUnder(band: Band, { texts, heads }: Row): FoundRow | undefined {
  const columns = headedColumns(band, heads);
  const isUnder =
    texts.some((text) => text !== "" && looksLikeFigure(text)) &&
    texts.every((text, index) => text === "" || columns.has(index));
  const [row] = leaves(band.rows);
  return isUnder && row ? { row, label: -1, guessed: false } : undefined;
}

/** The rows of a clip that are no headings, each with the headings last printed above it. */
function withHeads(table: Table, cells: Clip, clip: number): Row[] {
  let heads: Heads = [];
  let pending: (readonly ClipCell[])[] = [];
  return cells.flatMap((row) => {
    if (isHeadRow(table, row)) {
      pending.push(row);
      return [];
    }
    if (pending.length > 0) heads = headPaths(pending);
    pending = [];
    return [{ clip, cells: row, texts: row.map(({ text, covered }) => (covered ? "" : text)), heads }];
  });
}

/** Whether a row heads columns: it names one that no row is named like, and holds no figure and no label of a row. */
export function isHeadRow(table: Table, row: readonly ClipCell[]): boolean {
  const texts = row.filter(({ text, covered }) => text !== "" && !covered).map(({ text }) => text);
  if (texts.length === 0 || texts.some(looksLikeFigure)) return false;
  const rowLabels = new Set(bodyRows(table).map(({ label }) => bareLabel(label)));
  const columnLabels = new Set(table.bands.flatMap(({ columns }) => labelsOf(columns)).map(bareLabel));
  const named = texts.filter((text) => columnLabels.has(bareLabel(text)));
  return named.some((text) => !rowLabels.has(bareLabel(text))) || named.length >= FEWEST_LABELS;
}

const labelsOf = (headings: readonly Heading[]): string[] =>
  headings.flatMap((heading) => (isGroup(heading) ? [heading.label, ...labelsOf(heading.of)] : [heading.label]));

/**
 * The headings above every column. A merged heading stands above all its columns: text alone does not say so, so that
 * there a gap belongs to the heading on its left, but for the lowest heading of a column, which is its own.
 */
export function headPaths(rows: readonly (readonly ClipCell[])[]): Heads {
  const width = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, column) => {
    const own = rows.findLastIndex((row) => row[column]?.text);
    const lowest = rows[own]?.[column];
    if (!lowest || lowest.covered === "left") return [];
    const above = rows
      .slice(0, own)
      .map((row) => row.slice(0, column + 1).findLast(({ text }) => text !== "")?.text ?? "");
    return [...above.filter((text) => text !== "" && text !== lowest.text), lowest.text];
  });
}

/** Copied column → column of the band: by its own heading and, where several are headed alike, by those above it. */
export function headedColumns(band: Band, heads: Heads): Map<number, Line> {
  const columns = new Map<number, Line>();
  const paths = pathsOf(band.columns, []);
  for (const [index, head] of heads.entries()) {
    const own = head.at(-1);
    if (own === undefined) continue;
    const above = new Set(head.slice(0, -1).map(bareLabel));
    const taken = new Set(columns.values());
    const free = paths.filter(({ line }) => !taken.has(line));
    const matching = new Set(
      matchingLabels(
        own,
        free.map(({ line }) => line),
      ),
    );
    const scored = free
      .filter(({ line }) => matching.has(line))
      .map(({ line, groups }) => ({ line, score: groups.filter((group) => above.has(bareLabel(group))).length }));
    const best = Math.max(...scored.map(({ score }) => score));
    const line = scored.find(({ score }) => score === best)?.line;
    if (line) columns.set(index, line);
  }
  return columns;
}

const pathsOf = (
  headings: readonly Heading[],
  groups: readonly string[],
): { line: Line; groups: readonly string[] }[] =>
  headings.flatMap((heading) =>
    isGroup(heading) ? pathsOf(heading.of, [...groups, heading.label]) : [{ line: heading, groups }],
  );

/**
 * Copied column → column of the band, by order: all columns, or all that are filled in, end with the row; fewer than
 * these begin at the column in focus, or at the first.
 */
function unheadedColumns(
  band: Band,
  { clip, label, texts, cells }: LabelledRow,
  found: readonly LabelledRow[],
  columnInFocus: string | undefined,
): Map<number, Line> {
  const all = leaves(band.columns);
  const peers = found.filter((row) => row.clip === clip && row.texts.length === texts.length);
  const first = 1 + Math.max(label, ...peers.map((row) => row.label));
  const isEmptyUpTo = (start: number) =>
    start >= first && peers.every((row) => row.texts.slice(row.label + 1, start).every((text) => text === ""));
  for (const columns of [all, all.filter((column) => !column.sum)]) {
    const start = texts.length - columns.length;
    if (isEmptyUpTo(start)) return new Map(columns.map((column, index) => [start + index, column]));
  }
  const covered = cells.findIndex((cell, index) => index > label && !cell.covered);
  const start = Math.max(first, covered);
  const from = Math.max(
    0,
    all.findIndex(({ id }) => id === columnInFocus),
  );
  return new Map(all.slice(from).map((column, index) => [start + index, column]));
}
