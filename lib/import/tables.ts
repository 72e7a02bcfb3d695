import { cellAddress } from "../checks/finding.ts";
import { type Entry, fromYuan, isFigure, parseEntry } from "../report/entry.ts";
import {
  type Band,
  depth,
  type Format,
  type Heading,
  isGroup,
  type Line,
  leaves,
  plainLabel,
  type Table,
  unitAt,
} from "../report/format.ts";
import type { CellRead } from "../sheet/cell-read.ts";
import { bareLabel, labelKey, matchingLabels } from "../sheet/labels.ts";
import { bodyRows, type FoundRow, findRow, looksLikeFigure, withoutUnit } from "../sheet/rows.ts";
import { type PrintedFigure, placeFigures } from "./figures.ts";

/** One printed row, with the table in whose section it stands. */
export type SourceRow = { table: string; cells: readonly string[]; doubt?: string };

type Cells = Record<string, Record<string, Record<string, Entry>>>;
type Texts = Record<string, Record<string, Record<string, string>>>;

export type TablesRead = {
  /** Table → row → column → entry; only rows that were found. */
  entries: Cells;
  /** The published computed cells, kept apart. */
  totals: Cells;
  /** Every table of which at least one row was found. */
  found: ReadonlySet<string>;
  /** Table → rows of which something could not be read. */
  unread: Readonly<Record<string, readonly string[]>>;
  /** What is printed in cells with a remark beside their figure. */
  remarked: Readonly<Texts>;
  /** What is printed where a figure is written in full-width digits or with separators. */
  written: Readonly<Texts>;
  /** Every cell of every table, in printed order. */
  cells: readonly CellRead[];
  /** Finished Chinese lines about what could not be read. */
  notes: readonly string[];
};

const LONGEST_FIGURE = 60;
const LONGEST_QUOTATION = 40;
/** Full-width digits, or commas that part the thousands. */
const WRITTEN_UNUSUALLY = /[０-９]|\d[,，]\d/;
const IN_YUAN = /单位:元/;
/** A figure, perhaps with its unit, with a remark in brackets or the mark of a footnote behind it. */
const REMARKED =
  /^([+-]?[\d０-９][\d０-９,，.．]*\s*(?:万?元|[件条个项])?)\s*(?:[（(［[【][^）)］\]】]*[）)］\]】]|[*＊①-⑳])$/;
/** A long figure that was broken into lines in a narrow cell. */
const LONGEST_BROKEN = 9;
const BROKEN_FIGURE = /^[\d.,]+(?:\n[\d.,]+)+$/;
const YUAN = /^([\d,，.]+)\s*元$/;

/**
 * Reads the printed rows of all tables. A row is found by its printed label, in the table of its section or, where
 * a stretch of the document was lost, in one of the others; its figures are laid out by `placeFigures`.
 */
export function readTables(format: Format, rows: readonly SourceRow[]): TablesRead {
  const reader = new TableReader(format);
  for (const row of rows) reader.read(row);
  return reader.finish();
}

/** Whether some table of the format has this row, with figures behind its label. */
export function isTableRow(format: Format, cells: readonly string[]): boolean {
  return format.tables.some((table) => {
    const found = findRow(table, cells, new Set(), -1);
    return found !== undefined && found.label >= 0 && cells.slice(found.label + 1).some((cell) => cell !== "");
  });
}

/** Every label printed in the format's tables. */
export const tableLabels = (format: Format): string[] =>
  format.tables
    .flatMap((table) => table.bands)
    .flatMap(({ title = "", corner = "", rows, columns }) => [title, corner, ...labels(rows), ...labels(columns)])
    .filter(Boolean);

const labels = (headings: readonly Heading[]): string[] =>
  headings.flatMap((heading) => (isGroup(heading) ? [heading.label, ...labels(heading.of)] : [heading.label]));

class TableReader {
  private readonly format: Format;
  private readonly labels: ReadonlySet<string>;
  private readonly entries: Cells = {};
  private readonly totals: Cells = {};
  private readonly remarked: Texts = {};
  private readonly written: Texts = {};
  private readonly unread: Record<string, string[]> = {};
  private readonly notes: string[] = [];
  private readonly rowsRead = new Map<string, Set<string>>();
  /** Rows that are printed without any figure. */
  private readonly blankRows = new Set<Line>();
  /** The row read last, by its place in the table. */
  private readonly lastRow = new Map<string, number>();
  /** Cell in which the first column is headed, by table. */
  private readonly firstColumn = new Map<string, number>();
  /** Figures of a table without row labels, as far as they have come: it may be printed in pieces. */
  private readonly unlabelled = new Map<string, PrintedFigure[]>();
  /** Tables whose amounts are headed in 元. */
  private readonly inYuan = new Set<string>();
  /** Tables whose columns are headed in another order. */
  private readonly otherOrder = new Set<string>();
  /** What was read, by address. */
  private readonly cells = new Map<string, CellRead>();
  /** The row read last, where it may be half of one: nothing but labels, or figures of an unknown row, with the note on it. */
  private torn: { cells: readonly string[]; note?: string } | undefined;
  /** The table that the rows of a section have run into. */
  private current: { section: string; table: string } = { section: "", table: "" };

  constructor(format: Format) {
    this.format = format;
    this.labels = new Set(tableLabels(format).map(labelKey));
  }

  read({ table: section, cells: printed, doubt }: SourceRow): void {
    if (this.current.section !== section) this.current = { section, table: section };
    const whole = this.withTorn(printed);
    if (!whole) this.noteTorn();
    this.torn = undefined;
    const row = (whole ?? printed).map((text): PrintedFigure => withDoubt(figureIn(text), doubt));
    const cells = row.map(({ figure }) => figure);
    if (cells.every((cell) => cell === "" || this.isLabel(cell))) {
      this.readLabels(cells);
      this.torn = { cells };
      return;
    }
    for (const table of this.tablesFrom(this.current.table)) {
      const found = this.find(table, cells);
      if (!found) continue;
      if (found.row.label === "") {
        if (table.id !== this.current.table) continue;
        this.unlabelled.set(table.id, [...(this.unlabelled.get(table.id) ?? []), ...row]);
        return;
      }
      const figures = row.slice(found.label + 1);
      if (figures.every(({ figure }) => figure === "")) continue;
      this.current = { section, table: table.id };
      const label = cells[found.label] ?? "";
      this.place(table, found.row, found.label, figures, misprint(found.row.label, label));
      return;
    }
    const unknown = cells.filter((cell) => cell !== "" && !this.isLabel(cell));
    if (unknown.some((cell) => IN_YUAN.test(labelKey(cell)))) this.inYuan.add(this.current.table);
    this.torn = { cells: printed, note: `表格部分有没能读入的内容：${quoted(unknown.join(" "))}。` };
  }

  private noteTorn(): void {
    if (this.torn?.note) this.notes.push(this.torn.note);
  }

  private find(table: Table, cells: readonly string[]): FoundRow | undefined {
    return findRow(table, cells, this.rowsReadOf(table), this.lastRow.get(table.id) ?? -1);
  }

  /**
   * A row that a page end has torn in two, whole again: one half without figures, and only both together bear the label
   * of a row.
   */
  private withTorn(cells: readonly string[]): readonly string[] | undefined {
    const above = this.torn?.cells ?? [];
    if (above.length !== cells.length || hasFigures(above) === hasFigures(cells)) return undefined;
    const whole = cells.map((cell, index) => `${above[index]}${cell}`);
    const isRow = this.tablesFrom(this.current.table).some((table) => {
      const found = this.find(table, whole);
      const key = labelKey(whole[found?.label ?? -1] ?? "");
      return found !== undefined && key === labelKey(found.row.label) && key !== labelKey(cells[found.label] ?? "");
    });
    return isRow ? whole : undefined;
  }

  finish(): TablesRead {
    this.noteTorn();
    for (const table of this.format.tables) {
      const cells = this.unlabelled.get(table.id);
      const row = table.bands.flatMap((band) => leaves(band.rows)).find((line) => line.label === "");
      if (cells && row) this.place(table, row, -1, cells, undefined);
      this.noteMissingRows(table);
    }
    return {
      entries: this.entries,
      totals: this.totals,
      found: new Set(this.rowsRead.keys()),
      unread: this.unread,
      remarked: this.remarked,
      written: this.written,
      cells: this.format.tables.flatMap((table) => this.cellsOf(table)),
      notes: this.notes,
    };
  }

  private cellsOf(table: Table): CellRead[] {
    return table.bands.flatMap(({ rows, columns }) =>
      leaves(rows).flatMap((row) =>
        leaves(columns).map((column): CellRead => {
          const at = cellAddress(table.id, row.id, column.id);
          const isMissing = !this.rowsReadOf(table).has(row.id) && !this.blankRows.has(row);
          const read = this.cells.get(at) ?? { at, entry: null, text: "", ...(isMissing && { doubt: MISSING_ROW }) };
          return this.otherOrder.has(table.id) && read.doubt === undefined ? { ...read, doubt: OTHER_ORDER } : read;
        }),
      ),
    );
  }

  private noteMissingRows(table: Table): void {
    const read = this.rowsReadOf(table);
    const missing = bodyRows(table).filter((row) => !read.has(row.id) && !this.blankRows.has(row));
    if (missing.length === 0) return;
    for (const { id } of missing) this.addUnread(table, id);
    const heading = this.headingOf(table);
    const names = missing.map((row) => plainLabel(row.label)).filter(Boolean);
    const which = read.size === 0 ? "整个表格" : names.map((name) => `“${name}”`).join("");
    this.notes.push(`“${heading}”中没有找到${which}，已留空，请对照原件填写。`);
  }

  private addUnread(table: Table, row: string): void {
    this.unread[table.id] = [...(this.unread[table.id] ?? []), row];
  }

  private headingOf(table: Table): string {
    return this.format.sections.find((section) => section.id === table.id)?.heading ?? "";
  }

  /** The tables in the order in which a row is looked for: the one being read, those after it, those before. */
  private tablesFrom(id: string): Table[] {
    const { tables } = this.format;
    const at = Math.max(
      0,
      tables.findIndex((table) => table.id === id),
    );
    return [...tables.slice(at), ...tables.slice(0, at)];
  }

  private rowsReadOf(table: Table): Set<string> {
    return this.rowsRead.get(table.id) ?? new Set();
  }

  private place(
    table: Table,
    row: Line,
    label: number,
    cells: readonly PrintedFigure[],
    misprinted: string | undefined,
  ): void {
    const band = table.bands.find((candidate) => leaves(candidate.rows).includes(row));
    if (!band) return;
    if (this.rowsReadOf(table).has(row.id)) {
      this.notes.push(`“${row.label}”一行出现了不止一次，只读入了第一次。`);
      return;
    }
    this.rowsRead.set(table.id, this.rowsReadOf(table).add(row.id));
    this.lastRow.set(table.id, bodyRows(table).indexOf(row));
    const columns = leaves(band.columns);
    const { figures, doubtful } = placeFigures({
      cells: cells.flatMap((cell) => splitFigures(cell, cells.length === columns.length)),
      columns: band.columns,
      expectedStart: this.expectedStart(table, band, label),
      fillGaps: !this.format.blanksTolerated,
    });
    const given = cells.map(({ text }) => text).filter((text) => text !== "");
    const undecided = `这一行的数字（${given.join("、")}）与栏数对不上，拿不准是哪一个。`;
    if (doubtful) {
      this.addUnread(table, row.id);
      const name = row.label || this.headingOf(table);
      this.notes.push(`“${name}”一行的数字（${given.join("、")}）与栏数对不上，拿不准的格已留空，请对照原件填写。`);
    }
    if (misprinted) this.notes.push(misprinted);
    for (const [index, column] of columns.entries()) {
      const cell = figures[index] ?? { figure: "", text: "", doubt: doubtful ? undecided : undefined };
      this.keep(table, row, column, { ...cell, doubt: cell.doubt ?? misprinted });
    }
  }

  /** Merged labels leave cells between a label and its figures; how many, the headings above tell. */
  private expectedStart(table: Table, band: Band, label: number): number | undefined {
    if (label < 0 || label + 1 >= depth(band.rows)) return 0;
    const firstColumn = this.firstColumn.get(table.id);
    return firstColumn === undefined ? undefined : firstColumn - (label + 1);
  }

  private keep(table: Table, row: Line, column: Line, { figure, text, doubt }: PrintedFigure): void {
    const at = cellAddress(table.id, row.id, column.id);
    const unit = unitAt(row, column);
    const name = [row.label, column.label].filter(Boolean).join("·");
    const bare = withoutUnit(unit, figure);
    const money = unit === "money" && bare !== "" ? this.inWanYuan(table, bare) : undefined;
    const doubts = [doubt, money?.doubt].filter((one) => one !== undefined);
    const typed = money?.amount ?? bare;
    if (doubt && (REMARKED.test(text) || BROKEN_FIGURE.test(text))) this.notes.push(`“${name}”：${doubt}`);
    if (figure !== "" && REMARKED.test(text)) {
      note(this.remarked, table.id, row.id, column.id, text);
    }
    if (money?.doubt) this.notes.push(`“${name}”${money.doubt}`);
    if (typed.length > LONGEST_FIGURE) {
      this.notes.push(`“${name}”中的文字过长，未读入：${quoted(typed)}。`);
      this.cells.set(at, { at, entry: null, text, doubt: "这一格中的文字过长，没有读入。" });
      return;
    }
    const entry = parseEntry(unit, typed);
    this.cells.set(at, { at, entry, text, ...(doubts.length > 0 && { doubt: doubts.join("") }) });
    if (isFigure(unit, entry) && WRITTEN_UNUSUALLY.test(text)) note(this.written, table.id, row.id, column.id, text);
    const computed = row.sum || column.sum;
    if (computed && entry === null) return;
    const kept = computed ? this.totals : this.entries;
    kept[table.id] ??= {};
    const keptTable = kept[table.id] as Record<string, Record<string, Entry>>;
    keptTable[row.id] = { ...keptTable[row.id], [column.id]: entry };
  }

  /** An amount in 万元; one printed in 元, by its own unit or by that of its heading, is converted, which is said. */
  private inWanYuan(table: Table, printed: string): { amount: string; doubt?: string } {
    const isNonZero = /^[\d,，.]*[1-9]/.test(printed);
    const withUnit = this.inYuan.has(table.id) && isNonZero && !printed.endsWith("元") ? `${printed}元` : printed;
    const [, yuan = ""] = YUAN.exec(withUnit) ?? [];
    const amount = fromYuan(yuan);
    if (amount === undefined || !isNonZero) return { amount: withUnit };
    return { amount, doubt: `印的是${yuan}元，已换算为${amount}万元。` };
  }

  /** A row of nothing but labels: the headings of columns, or a row whose figures are all blank. */
  private readLabels(cells: readonly string[]): void {
    for (const table of this.format.tables) this.noteOtherOrder(table, cells);
    for (const table of this.tablesFrom(this.current.table)) {
      const first = table.bands.map((band) => leaves(band.columns)[0]).filter((line) => line !== undefined);
      const at = cells.findIndex((cell) => first.some((line) => labelKey(line.label) === labelKey(cell)));
      if (at < 0) continue;
      this.firstColumn.set(table.id, at);
      return;
    }
    const [table] = this.tablesFrom(this.current.table);
    const printed = cells.findLast((cell) => cell !== "") ?? "";
    for (const row of table ? matchingLabels(printed, bodyRows(table)) : []) this.blankRows.add(row);
  }

  /** Figures are read in the order of the format: where the columns are headed in another one, that must be said. */
  private noteOtherOrder(table: Table, cells: readonly string[]): void {
    const keys = cells.map(labelKey);
    const isMixed = table.bands.some((band) => {
      const headed = leaves(band.columns).map(({ label }) => labelKey(label));
      const once = headed.filter((key) => headed.indexOf(key) === headed.lastIndexOf(key) && keys.includes(key));
      return once.some((key, index) => index > 0 && keys.indexOf(key) < keys.indexOf(once[index - 1] ?? ""));
    });
    if (!isMixed || this.otherOrder.has(table.id)) return;
    this.otherOrder.add(table.id);
    this.notes.push(`“${this.headingOf(table)}”各栏的顺序与格式不同，数字是按格式的顺序读入的，请对照原件逐栏核对。`);
  }

  /** A label, or what a page break left of one. */
  private isLabel(cell: string): boolean {
    const key = labelKey(cell);
    return (
      this.labels.has(key) ||
      (/^\p{Script=Han}|^..+/u.test(key) && [...this.labels].some((label) => label.includes(key)))
    );
  }
}

/** Keeps the text of a cell. */
function note(texts: Texts, table: string, row: string, column: string, text: string): void {
  const rows = texts[table] ?? {};
  texts[table] = { ...rows, [row]: { ...rows[row], [column]: text } };
}

const quoted = (text: string): string =>
  `“${text.length > LONGEST_QUOTATION ? `${text.slice(0, LONGEST_QUOTATION)}…` : text}”`;

const hasFigures = (cells: readonly string[]): boolean => cells.some((cell) => cell !== "" && looksLikeFigure(cell));

const withDoubt = (cell: PrintedFigure, doubt: string | undefined): PrintedFigure =>
  cell.figure === "" || doubt === undefined ? cell : { ...cell, doubt: `${cell.doubt ?? ""}${doubt}` };

/** The figure in a printed cell, apart from a remark behind it, `12（含上年2件）` is 12, and whole where it stands in lines. */
function figureIn(text: string): PrintedFigure {
  if (BROKEN_FIGURE.test(text)) {
    const whole = text.replaceAll("\n", "");
    if (whole.length > LONGEST_BROKEN) return { figure: "", text, doubt: "原件的这一格里有几行数字，没有读入。" };
    return { figure: whole, text, doubt: `原件中这个数字分印在几行，连起来读作${whole}。` };
  }
  const figure = REMARKED.exec(text)?.[1]?.trim();
  if (figure === undefined) return { figure: text, text };
  return { figure, text, doubt: `原件印的是${quoted(text)}，只读入了数字${figure}。` };
}

/** Two figures in one cell are two, `12 5` is not 125, and so are those in lines, unless the row is wide enough without. */
const splitFigures = (cell: PrintedFigure, isWideEnough: boolean): PrintedFigure[] =>
  /^\d+(?:\s+\d+)+$/.test(isWideEnough ? cell.figure : cell.text)
    ? cell.text.split(/\s+/).map((figure) => ({ ...cell, figure, doubt: "原件的这一格里不止一个数字。" }))
    : [cell];

/** Says so when a row was recognised although its label is printed differently. */
function misprint(label: string, printed: string): string | undefined {
  const [wanted, found] = [bareLabel(label), bareLabel(printed)];
  if (wanted.includes(found) || found.includes(wanted)) return undefined;
  return `${quoted(printed)}一行按“${plainLabel(label)}”读入，行名与格式不同，请对照原件核对。`;
}

const MISSING_ROW = "原件中没有找到这一行。";
const OTHER_ORDER = "原件各栏的顺序与格式不同，数字是按格式的顺序读入的。";
