import type { PrintedCell, TableBlock } from "../report/compose.ts";
import { type Area, baselineIn, type Metrics, type Rule, type Tag, type TextRun } from "./display.ts";
import {
  breakEvenly,
  breakLines,
  type Character,
  charactersOf,
  type Line,
  lineRuns,
  type Measure,
  widestWord,
} from "./lines.ts";

/** A cell in its place in the grid, its text broken into lines. */
export type BoxedCell = {
  cell: PrintedCell;
  row: number;
  column: number;
  /** Which cell of its row it is. */
  index: number;
  /** Size of its text in pt: that of the table, or less for a figure that would not fit. */
  size: number;
  lines: Line[];
  /** Its lines where it goes on from the page before. */
  linesAgain: Line[];
};

type TextSetter = {
  /** Characters of a text in the face of tables; in the size of the table unless another, in pt, is given. */
  set: (text: string, size?: number) => readonly Character[];
  /** The width in pt that the longest word of a cell needs in the size of the table. */
  widest: (box: BoxedCell) => number;
};

/** A table whose columns have their widths, ready to be cut into parts. */
export type MeasuredTable = {
  block: number;
  size: number;
  headRows: number;
  /** Left edges of the columns from the left of the table, and its right edge; in pt. */
  edges: number[];
  boxes: BoxedCell[];
  /** Row → grid column → the box that covers it. */
  covers: BoxedCell[][];
};

/** The rows of a table that stand on one page, head rows among them. */
export type TablePart = {
  table: MeasuredTable;
  from: number;
  rows: number[];
  heights: number[];
  density: Density;
  height: number;
};

/** How dense rows are: above and below the text in pt, and the height of its lines in em. */
export type Density = { padding: number; lineHeight: number };
/** What looks best. */
export const FREE: Density = { padding: 4, lineHeight: 1.28 };
/** What looks well, the best first. */
export const ROOMY: readonly Density[] = [FREE, { ...FREE, padding: 3.2 }, { ...FREE, padding: 2.4 }];
/** What is still legible, where it keeps a table on one page. */
export const TIGHT: readonly Density[] = [
  { padding: 1.75, lineHeight: 1.22 },
  { padding: 1, lineHeight: 1.16 },
  { padding: 0.75, lineHeight: 1.08 },
];

/** Beside the text, in pt. Long figures need every point, labels look better with more. */
const SIDE_PADDING = { label: 2.5, figure: 1.5 };
/** How far, in em, the digits of a long figure move together before its column is widened. */
const FIGURE_SHRINK = 1 / 16;
const RULE_WIDTH = 0.5;
/** Share of the table beyond which a column is not widened for one word: no figure is that long. */
const WIDEST_WORD = 1 / 6;
const FIGURE = /^[-+]?[\d.]+$/;
/** The least that a figure is set in, in pt. */
const SMALLEST_SIZE = 5;
/** Behind the label of a group that goes on from the page before; the other is for labels that stand upright. */
const CONTINUED = "（续）";
const CONTINUED_UPRIGHT = "︵续︶";

/** Gives a table its columns within `width` pt and breaks its texts. `block` is its place in the document. */
export function measureTable(table: TableBlock, block: number, width: number, metrics: Metrics): MeasuredTable {
  const setter = textSetter(table.size, metrics);
  const { set } = setter;
  const covers = coveredGrid(table);
  const boxes = [...new Set(covers.flat())];
  const edges = columnEdges(table, boxes, width, setter);
  for (const box of boxes) {
    const inner = (edges[box.column + box.cell.colSpan] ?? 0) - (edges[box.column] ?? 0) - 2 * sidePadding(box);
    box.size = fittingSize(box, table.size, inner, setter);
    const measure = { ...cellMeasure(box, box.size), width: inner };
    const breakText = box.cell.align === "center" ? breakEvenly : breakLines;
    box.lines = breakText(set(box.cell.text, box.size), measure);
    const continued = widestWord(set(CONTINUED), measure) <= inner ? CONTINUED : CONTINUED_UPRIGHT;
    box.linesAgain = box.cell.rowSpan > 1 ? breakText(set(box.cell.text + continued), measure) : box.lines;
  }
  return { block, size: table.size, headRows: table.headRows, edges, boxes, covers };
}

/** Most figures of a table are the same few: each is set and measured once. */
function textSetter(tableSize: number, metrics: Metrics): TextSetter {
  const characters = new Map<string, readonly Character[]>();
  const widths = new Map<string, number>();
  const set: TextSetter["set"] = (text, size = tableSize) =>
    remembered(characters, `${size} ${text}`, () => charactersOf([{ text, face: "table" }], size, metrics));
  const widest = (box: BoxedCell) => {
    const key = `${isLabel(box)} ${box.cell.align} ${box.cell.text}`;
    return remembered(widths, key, () => widestWord(set(box.cell.text), cellMeasure(box, tableSize)));
  };
  return { set, widest };
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

export const rowCount = (table: MeasuredTable): number => table.covers.length;

/** The rows `from` up to and without `to`, under the repeated head rows if they are not the first. */
export function partOf(table: MeasuredTable, from: number, to: number, density: Density): TablePart {
  const rows = [...Array(from > 0 ? table.headRows : 0).keys(), ...range(from, to)];
  const heights = rowHeights(table, from, rows, density);
  return { table, from, rows, heights, density, height: sumOf(heights) };
}

/** The whole table as the first of these densities that is no higher than `height` pt sets it; undefined when none is. */
export const wholeTable = (
  table: MeasuredTable,
  height: number,
  densities: readonly Density[],
): TablePart | undefined =>
  densities
    .map((density) => partOf(table, 0, rowCount(table), density))
    .find((part) => part.height <= height + ROUNDING);
const ROUNDING = 1e-6;

/**
 * The longest part that begins with row `from` and is no higher than `height` pt; undefined when not even one row is.
 * A heading within the table never ends a part.
 */
export function longestPart(
  table: MeasuredTable,
  from: number,
  height: number,
  density: Density,
): TablePart | undefined {
  let best: TablePart | undefined;
  for (let to = from + 1; to <= rowCount(table); to++) {
    const part = partOf(table, from, to, density);
    if (part.height > height) break;
    if (!isHead(table, to - 1)) best = part;
  }
  return best;
}

/** Texts, rules and cells of a part whose top left corner is at `x`, `y`. */
export function drawPart(part: TablePart, x: number, y: number): { runs: TextRun[]; rules: Rule[]; areas: Area[] } {
  const tops = part.heights.map((_, index) => y + sumOf(part.heights.slice(0, index)));
  tops.push(y + part.height);
  const areas = partAreas(part, x, tops);
  const runs = areas.flatMap(({ box, ...area }) => cellRuns(part, box, area));
  return { runs, rules: partRules(part, x, tops), areas: areas.map(({ box: _, ...area }) => area) };
}

/** Puts every cell where the cells before and above it leave room. */
function coveredGrid(table: TableBlock): BoxedCell[][] {
  const covers: BoxedCell[][] = table.rows.map(() => []);
  for (const [row, { cells }] of table.rows.entries()) {
    let column = 0;
    for (const [index, cell] of cells.entries()) {
      while (covers[row]?.[column]) column++;
      const box: BoxedCell = { cell, row, column, index, size: table.size, lines: [], linesAgain: [] };
      for (const below of range(row, row + cell.rowSpan)) {
        for (const beside of range(column, column + cell.colSpan)) (covers[below] as BoxedCell[])[beside] = box;
      }
    }
  }
  return covers;
}

const isLabel = ({ cell }: BoxedCell): boolean => cell.at === undefined;
const sidePadding = (box: BoxedCell): number => (isLabel(box) ? SIDE_PADDING.label : SIDE_PADDING.figure);
const cellMeasure = (box: BoxedCell, size: number): Omit<Measure, "width"> => ({
  size,
  hangAtStart: box.cell.align === "center",
  ...(FIGURE.test(box.cell.text) ? { shrink: FIGURE_SHRINK } : {}),
});

/** A figure is never broken: where it is wider than its cell it is set smaller, as long as it can be read. */
function fittingSize(box: BoxedCell, size: number, inner: number, { widest }: TextSetter): number {
  if (!FIGURE.test(box.cell.text)) return size;
  const needed = widest(box);
  return needed > inner + ROUNDING ? Math.max((size * inner) / needed, SMALLEST_SIZE) : size;
}

/** Edges of the columns in pt: the widths asked for, but none too narrow for its longest figure or word. */
function columnEdges(table: TableBlock, boxes: readonly BoxedCell[], width: number, { widest }: TextSetter): number[] {
  const scale = width / sumOf(table.widths);
  const asked = table.widths.map((mm) => mm * scale);
  const needed = asked.map((_, column) => {
    const own = boxes.filter((box) => box.column === column && box.cell.colSpan === 1);
    const words = own.map((box) => 2 * sidePadding(box) + widest(box));
    return Math.min(Math.max(0, ...words), width * WIDEST_WORD);
  });
  const widths = widenedWhereNeeded(asked, needed);
  return [0, ...widths.map((_, column) => sumOf(widths.slice(0, column + 1)))];
}

/** Narrow columns take what they lack from those that can spare it; unchanged when there is not enough to spare. */
export function widenedWhereNeeded(asked: readonly number[], needed: readonly number[]): number[] {
  const spare = asked.map((width, column) => width - (needed[column] ?? 0));
  const lacking = -sumOf(spare.filter((width) => width < 0));
  const available = sumOf(spare.filter((width) => width > 0));
  if (lacking === 0 || lacking > available) return [...asked];
  return asked.map((width, column) => {
    const own = spare[column] ?? 0;
    return own < 0 ? width - own : width - (own * lacking) / available;
  });
}

function rowHeights(table: MeasuredTable, from: number, rows: readonly number[], density: Density): number[] {
  const lineHeight = table.size * density.lineHeight;
  const padding = density.padding;
  const heights = rows.map(() => lineHeight + 2 * padding);
  const shown = table.boxes
    .filter((box) => linesShown(box, from).length > 1)
    .map((box) => ({ box, places: placesOf(box, rows) }))
    .filter(({ places }) => places.length > 0)
    .sort((a, b) => a.places.length - b.places.length);
  for (const { box, places } of shown) {
    const needed = linesShown(box, from).length * lineHeight + 2 * padding;
    const lacking = needed - sumOf(places.map((place) => heights[place] ?? 0));
    if (lacking > 0) for (const place of places) heights[place] = (heights[place] ?? 0) + lacking / places.length;
  }
  return heights;
}

/** Positions among the shown rows that a box covers. */
function placesOf({ row: first, cell }: BoxedCell, rows: readonly number[]): number[] {
  const places: number[] = [];
  for (let row = first; row < first + cell.rowSpan; row++) {
    const place = rows.indexOf(row);
    if (place >= 0) places.push(place);
  }
  return places;
}

const isHead = (table: MeasuredTable, row: number): boolean =>
  row < table.headRows ||
  (table.covers[row] ?? []).some(({ cell }) => cell.role === "band" || cell.role === "columnHeading");

const isRepeated = (box: BoxedCell, { from, table }: TablePart): boolean =>
  box.row < from && (box.row < table.headRows || box.cell.rowSpan > 1);

/** A row label that goes on from the page before says so; repeated head rows read as before. */
const linesShown = (box: BoxedCell, from: number): Line[] =>
  box.row < from && box.row + box.cell.rowSpan > from ? box.linesAgain : box.lines;

/** The shown cells, each with its box. */
function partAreas(part: TablePart, x: number, tops: readonly number[]): (Area & { box: BoxedCell })[] {
  const { table, rows } = part;
  const shown = new Set(rows.flatMap((row) => table.covers[row] ?? []));
  return [...shown].map((box) => {
    const places = placesOf(box, rows);
    const [left, right] = [table.edges[box.column] ?? 0, table.edges[box.column + box.cell.colSpan] ?? 0];
    const [top, bottom] = [tops[places[0] ?? 0] ?? 0, tops[(places.at(-1) ?? 0) + 1] ?? 0];
    const tag: Tag = {
      kind: "cell",
      block: table.block,
      row: box.row,
      cell: box.index,
      repeated: isRepeated(box, part),
    };
    return { x: x + left, y: top, width: right - left, height: bottom - top, tag, box };
  });
}

/** The text of a cell, in the middle of its height. */
function cellRuns(part: TablePart, box: BoxedCell, { x, y, width, height, tag }: Area): TextRun[] {
  const lineHeight = part.table.size * part.density.lineHeight;
  const lines = linesShown(box, part.from);
  const [left, right] = [x + sidePadding(box), x + width - sidePadding(box)];
  const first = y + (height - lines.length * lineHeight) / 2;
  return lines.flatMap((line, index) => {
    const ink = line.width - line.hang.start - line.hang.end;
    const start = box.cell.align === "center" ? (left + right - ink) / 2 : left;
    return lineRuns(line, start, baselineIn(first + index * lineHeight, lineHeight, box.size), box.size, tag);
  });
}

/** Rules wherever two neighbouring fields belong to different cells, and around the part. */
function partRules({ table, rows }: TablePart, x: number, tops: readonly number[]): Rule[] {
  const tag: Tag = { kind: "grid", block: table.block };
  const columns = table.edges.length - 1;
  const at = (place: number, column: number) => table.covers[rows[place] ?? -1]?.[column];
  const horizontal = tops.flatMap((y, place) =>
    stretches(columns, (column) => at(place - 1, column) !== at(place, column)).map(([from, to]) => ({
      x1: x + (table.edges[from] ?? 0),
      y1: y,
      x2: x + (table.edges[to] ?? 0),
      y2: y,
      width: RULE_WIDTH,
      tag,
    })),
  );
  const vertical = table.edges.flatMap((edge, column) =>
    stretches(rows.length, (place) => at(place, column - 1) !== at(place, column)).map(([from, to]) => ({
      x1: x + edge,
      y1: tops[from] ?? 0,
      x2: x + edge,
      y2: tops[to] ?? 0,
      width: RULE_WIDTH,
      tag,
    })),
  );
  return [...horizontal, ...vertical];
}

/** The unbroken stretches of `0 … length` in which something holds, as [from, to). */
function stretches(length: number, holds: (index: number) => boolean): [number, number][] {
  const found: [number, number][] = [];
  for (let index = 0; index < length; index++) {
    if (!holds(index)) continue;
    const last = found.at(-1);
    if (last?.[1] === index) last[1] = index + 1;
    else found.push([index, index + 1]);
  }
  return found;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
const sumOf = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);
