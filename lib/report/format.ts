/**
 * The words a report format is written in. A format is data: one folder under `templates/` per notice.
 * Nothing here knows any particular notice or year.
 */

/** What a line counts: whole things, a signed change since last year, or an amount in 万元. */
export type Unit = "count" | "delta" | "money";

/** A row or column heading: a leaf that holds figures, or a heading over other headings. */
export type Heading = Line | Group;
export type Line = {
  id: string;
  label: string;
  unit: Unit;
  /** Computed: the sum of every other leaf under the same heading. */
  sum: boolean;
  /** The notice lets this line say `/` (不适用). */
  slash?: true;
  /** Printed behind a figure that is not zero, where the heading itself names no unit. */
  printedUnit?: string;
};
export type Group = { label: string; of: readonly Heading[] };

/** Rows crossed with columns. Bands are stacked to make one printed table. */
export type Band = {
  title?: string;
  corner?: string;
  rows: readonly Heading[];
  columns: readonly Heading[];
};

/** How a table is set in print: widths of its grid columns in mm, size of its text in pt. */
type Print = { widths: readonly number[]; size: number };
export type Table = { id: string; bands: readonly Band[]; print: Print };

/** In every column, the rows on the left must add up to the rows on the right (勾稽). */
export type Balance = {
  table: string;
  left: readonly string[];
  right: readonly string[];
  /** Row → what an equation calls it, shorter than its printed label. */
  names: Readonly<Record<string, string>>;
};
/** What this year opens with is what last year closed with (结转). */
type CarryOver = { table: string; opening: string; closing: string };
/** Of documents counted in these rows, those in force are at least those issued less those repealed. */
type Stock = {
  table: string;
  rows: readonly string[];
  issued: string;
  repealed: string;
  inForce: string;
  /** Row → what running text calls these documents. A longer word must not be another row's. */
  words: Readonly<Record<string, string>>;
};

/** What a report cites by its official name; the checks compare a typed name with it. */
type Citations = {
  /** 《…》 of the notice, without its outer marks. */
  notice: string;
  /** The name of the format itself, within the notice's name. */
  form: string;
  /** Whether the notice calls its format 试行. */
  onTrial: boolean;
  /** The regulation that reports rest on, and its number. */
  regulation: { title: string; order: string };
};

/** 填报口径: what counts here, an example, on which article it rests, who in the unit knows the figure. */
export type Guidance = { counts: string; example?: string; basis?: string; knows?: string };

/** A sub-heading that a prose section is expected to have, with what belongs under it. */
export type Part = {
  heading: string;
  ask: string;
  /** Where the notice demands this part: any of these words in the section speaks of it. */
  words?: readonly string[];
  /** What the report of a government must tell in this part: its name, and the words any of which speaks of it. */
  results?: readonly { name: string; words: readonly string[] }[];
};

export type Section =
  | {
      kind: "prose";
      id: string;
      heading: string;
      ask: string;
      parts: readonly Part[];
      /** Fewest characters that count as an answer; below it 无 or a few words stand for one. */
      least: number;
    }
  | { kind: "table"; id: string; heading: string; ask: string };

/**
 * One sentence of the opening. `{name}` stands for a particular of the agency, `{list}` for those items of `list`
 * whose particulars are known. A sentence that asks for a particular nobody gave is left out.
 */
export type Sentence = { text: string; list?: readonly string[] };

export type Format = {
  id: string;
  /** Document number of the notice that lays the format down. */
  notice: string;
  years: { from: number; to?: number };
  title: string;
  period: string;
  opening: readonly Sentence[];
  sections: readonly Section[];
  tables: readonly Table[];
  balances: readonly Balance[];
  carryOvers: readonly CarryOver[];
  stocks: readonly Stock[];
  /** Table id → line id → 口径. */
  guidance: Readonly<Record<string, Readonly<Record<string, Guidance>>>>;
  citations: Citations;
  /** Phrases of the notice and its form that tell the writer what to do, and must not be left in a report. */
  instructions: readonly string[];
  /** The section that must say what 信息处理费 was charged; absent where the notice asks for none. */
  feeSection?: string;
  /** The notice's form may be published with empty cells, which is then only worth a hint. */
  blanksTolerated: boolean;
};

export const line = (id: string, label: string): Line => ({ id, label, unit: "count", sum: false });
export const money = (id: string, label: string): Line => ({ id, label, unit: "money", sum: false });
/** A change since last year; the only count that may be negative. */
export const delta = (id: string, label: string): Line => ({ id, label, unit: "delta", sum: false });
/** A computed line: the sum of every other leaf under the same heading. */
export const sum = (id: string, label: string): Line => ({ id, label, unit: "count", sum: true });
/** The same line, where the notice accepts `/`. */
export const orSlash = (of: Line): Line => ({ ...of, slash: true });
/** The same line, its figure printed with a unit. */
export const printedWith = (printedUnit: string, of: Line): Line => ({ ...of, printedUnit });
export const group = (label: string, of: readonly Heading[]): Group => ({ label, of });
export const band = (title: string, columns: readonly Heading[], rows: readonly Heading[]): Band => ({
  title,
  corner: "信息内容",
  rows,
  columns,
});
export const prose = (id: string, heading: string, ask: string, parts: readonly Part[], least = 1): Section => ({
  kind: "prose",
  id,
  heading,
  ask,
  parts,
  least,
});
export const tableSection = (table: Table, heading: string, ask: string): Section => ({
  kind: "table",
  id: table.id,
  heading,
  ask,
});

/** The latest year of any report: whoever types a later one has mistyped. */
export const LATEST_YEAR = 2100;

/** Whether a report on this year may be in the format. */
export const coversYear = ({ years }: Format, year: number): boolean =>
  year >= years.from && year <= (years.to ?? LATEST_YEAR);

export const isGroup = (heading: Heading): heading is Group => "of" in heading;

/** The lines below these headings, in printed order. Kept per list of headings, since every figure is found through it. */
export function leaves(headings: readonly Heading[]): readonly Line[] {
  const known = knownLeaves.get(headings);
  if (known) return known;
  const lines = headings.flatMap((heading) => (isGroup(heading) ? leaves(heading.of) : [heading]));
  knownLeaves.set(headings, lines);
  return lines;
}
const knownLeaves = new WeakMap<readonly Heading[], readonly Line[]>();

/** How many levels of headings are printed above (or beside) the figures. */
export const depth = (headings: readonly Heading[]): number =>
  Math.max(...headings.map((heading) => (isGroup(heading) ? 1 + depth(heading.of) : 1)));

/** The lines a computed line adds up: every leaf under the same heading that is no sum itself. */
export function addends(headings: readonly Heading[], id: string): Line[] {
  if (headings.some((heading) => !isGroup(heading) && heading.id === id)) {
    return leaves(headings).filter((leaf) => !leaf.sum);
  }
  return headings.flatMap((heading) => (isGroup(heading) ? addends(heading.of, id) : []));
}

/** Labels of the groups above a line, outermost first, and then its own. */
export function labelPath(headings: readonly Heading[], id: string): string[] {
  for (const heading of headings) {
    if (!isGroup(heading)) {
      if (heading.id === id) return [heading.label];
      continue;
    }
    const inner = labelPath(heading.of, id);
    if (inner.length > 0) return [heading.label, ...inner];
  }
  return [];
}

/** The table of that id. Throws when the format has none: ids in code come from the format itself. */
export function tableOf(format: Format, id: string): Table {
  const table = format.tables.find((candidate) => candidate.id === id);
  if (!table) throw new Error(`format ${format.id} has no table ${id}`);
  return table;
}

/** The band in which a row is printed, or undefined when the table has no such row. */
export const bandOf = (table: Table, row: string): Band | undefined =>
  table.bands.find((candidate) => leaves(candidate.rows).some((leaf) => leaf.id === row));

/** The two lines that cross in a cell, or undefined when they do not meet in this table. */
export const linesAt = (table: Table, row: string, column: string): Crossing | undefined =>
  cellsByRow(table).get(row)?.get(column);

type Crossing = { band: Band; row: Line; column: Line };
const knownCells = new WeakMap<Table, ReadonlyMap<string, ReadonlyMap<string, Crossing>>>();

/** Row → column → what crosses there. Kept per table, since every figure is found through it. */
function cellsByRow(table: Table): ReadonlyMap<string, ReadonlyMap<string, Crossing>> {
  const known = knownCells.get(table);
  if (known) return known;
  const cells = new Map<string, ReadonlyMap<string, Crossing>>();
  for (const band of table.bands) {
    const columns = leaves(band.columns);
    for (const row of leaves(band.rows)) {
      // A row stands in one band: the first that has it.
      if (cells.has(row.id)) continue;
      cells.set(row.id, new Map(columns.map((column) => [column.id, { band, row, column }])));
    }
  }
  knownCells.set(table, cells);
  return cells;
}

/** Every cell of a table that is entered, in printed order. */
export function enteredCells(table: Table): readonly Crossing[] {
  const known = knownEntered.get(table);
  if (known) return known;
  const cells = [...cellsByRow(table).values()].flatMap((row) => [...row.values()]);
  const entered = cells.filter(({ row, column }) => !row.sum && !column.sum);
  knownEntered.set(table, entered);
  return entered;
}
const knownEntered = new WeakMap<Table, readonly Crossing[]>();

/** What a cell's figure is: the column decides unless the row is the more particular of the two. */
export const unitAt = (row: Line, column: Line): Unit => (column.unit === "count" ? row.unit : column.unit);

/** A row label no longer than 其他 or 总计 says too little without the heading above it. */
const SHORT_LABEL = 2;

/** A cell by its lines, and what its figure is. */
export type Cell = { table: Table; row: string; column: string; unit: Unit; computed: boolean };

/** The cell at an address (`requests.handled.natural`), or undefined when the format has no such cell. */
export function cellAt(format: Format, address: string): Cell | undefined {
  const [id, row = "", column = "", ...deeper] = address.split(".");
  const table = format.tables.find((candidate) => candidate.id === id);
  const at = table && linesAt(table, row, column);
  if (!at || deeper.length > 0) return undefined;
  return { table, row, column, unit: unitAt(at.row, at.column), computed: at.row.sum || at.column.sum };
}

/**
 * How a person names a cell: `行·列`, without numbering, bracketed remarks, the heading that all columns share and the
 * label of an only column.
 */
export function cellName(table: Table, row: string, column: string): string {
  const at = linesAt(table, row, column);
  if (!at) return `${row}·${column}`;
  const headings = tellingColumns(at.band);
  const isOnlyColumn = leaves(headings).length === 1 && at.row.label !== "";
  const columnName = isOnlyColumn ? "" : labelPath(headings, column).slice(-2).join("—");
  return [shortRowName(at.band, row), columnName].filter(Boolean).join("·");
}

/** The columns of a band without the heading that all of them share, which tells none from another. */
export function tellingColumns({ columns }: Band): readonly Heading[] {
  const [first, ...others] = columns;
  return first && isGroup(first) && others.length === 0 ? first.of : columns;
}

/** How a person names a row: its own label, with the heading above where that says too little; empty where it has none. */
export function shortRowName(band: Band, row: string): string {
  const path = labelPath(band.rows, row).map(plainLabel);
  return path.slice((path.at(-1) ?? "").length > SHORT_LABEL ? -1 : -2).join("—");
}

/** A printed label without its number and its bracketed remark: `1.属于国家秘密` → `属于国家秘密`. */
export const plainLabel = (label: string): string =>
  label.replace(/^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．])/, "").replace(/（.*）$/, "");
