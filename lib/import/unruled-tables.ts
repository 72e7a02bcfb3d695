import { labelKey } from "../sheet/labels.ts";
import { looksLikeFigure } from "../sheet/rows.ts";
import { isNumbered, linesOfItems, type Placed, type PlacedTable, partsOfLine, words } from "./pdf-lines.ts";
import type { Piece } from "./text.ts";

/** A stretch of a line that wide gaps part from the others. */
type Part = { text: string; x: number; end: number; y: number; size: number };
type Line = { items: readonly Placed[]; parts: readonly Part[] };
/** A printed label, over as many lines as it takes. */
type Block = { text: string; x: number; end: number; from: number; to: number };
/** A line with figures: `figures` from left to right. */
type FigureLine = { y: number; figures: readonly Part[]; parts: readonly Part[] };

/** Parts of the size of the text: gaps that may part two cells, how far lines of one label are apart, how far it reaches. */
const WIDE_GAP = 0.4;
const CELL_GAPS = [WIDE_GAP, 0.12, 0.02];
const LINE_PITCH = 2;
const REACH = 0.8;
/** Part of the width of the text: a line that is wider, and no row of a table, ends a table. */
const WIDE = 0.5;
/** A table has this many figures at least, and one without a label that is known. */
const FEWEST_FIGURES = 4;
const FEWEST_UNNAMED = 10;
/** Figures that must stand beside another one in their cell before it is taken for several. */
const FEWEST_CROWDED = 3;
/** The figures of narrow columns that are one item. */
const FIGURES = /^\s*[\d.,]+(?:\s+[\d.,]+)+\s*$/;
/** No page of a report has so many; labels are looked for among all of them. */
const MOST_ITEMS = 3_000;
const REMARKED_FIGURE = /^\d[\d,.]*\s*[（(].*[）)]$/;

/**
 * The tables of a page that no lines are drawn around. What its labels are is known (`labels`, as `labelKey` gives them), so
 * rows are found by theirs, over several lines too, and columns by where figures stand above each other. Answers the tables
 * and what is left of the text.
 */
export function unruledTables(
  printed: readonly Placed[],
  labels: ReadonlySet<string>,
): { tables: PlacedTable[]; rest: readonly Placed[] } {
  const items = printed.flatMap(apart);
  if (items.length > MOST_ITEMS) return { tables: [], rest: printed };
  const { lines, blocks } = parted(items, labels);
  const taken = new Set<Placed>();
  const tables = regionsOf(lines, blocks).map((region) => {
    for (const { items: own } of region) for (const item of own) taken.add(item);
    return tableOf(region, blocks);
  });
  return { tables, rest: items.filter((item) => !taken.has(item)) };
}

/** Whether lines leave out the columns of a table: several figures beside each other stand in one cell. */
export function lacksColumns(cells: readonly (readonly Placed[])[]): boolean {
  const crowded = cells.flatMap(linesOfItems).map((line) => {
    const figures = partsOfLine(line.flatMap(apart), WIDE_GAP).filter(({ text }) => isFigure(text));
    return Math.max(0, figures.length - 1);
  });
  return crowded.reduce((all, more) => all + more, 0) >= FEWEST_CROWDED;
}

/** The lines parted into cells by the gap at which most of the labels come whole. */
function parted(items: readonly Placed[], labels: ReadonlySet<string>) {
  const rows = linesOfItems(items);
  const ways = CELL_GAPS.map((gap) => {
    const lines = rows.map((line): Line => ({ items: line, parts: partsOfLine(line, gap) }));
    const parts = lines.flatMap((line) => line.parts);
    const blocks = blocksOf(parts, labels);
    const count = [...new Set(blocks.values())].reduce((all, { text }) => all + text.length, 0);
    return { lines, blocks, count };
  });
  return ways.reduce((best, next) => (next.count > best.count ? next : best));
}

const apart = (item: Placed): readonly Placed[] => (FIGURES.test(item.text) ? words(item) : [item]);

/** The labels among parts, with the parts that each is made of: as many lines below each other as make up the longest one. */
function blocksOf(parts: readonly Part[], labels: ReadonlySet<string>): ReadonlyMap<Part, Block> {
  const known = [...labels];
  const free = new Set(parts.filter(({ text }) => !isFigure(text)));
  const blocks = new Map<Part, Block>();
  for (const first of free) {
    const chain: Part[] = [];
    let text = "";
    let whole: { text: string; parts: Part[] } | undefined;
    for (let next: Part | undefined = first; next; next = below(next, free)) {
      chain.push(next);
      text += next.text;
      const key = labelKey(text);
      if (labels.has(key)) whole = { text, parts: [...chain] };
      if (!known.some((label) => label.startsWith(key))) break;
    }
    if (!whole) continue;
    const block = {
      text: whole.text,
      x: Math.min(...whole.parts.map(({ x }) => x)),
      end: Math.max(...whole.parts.map(({ end }) => end)),
      from: Math.min(...whole.parts.map(({ y }) => y)),
      to: Math.max(...whole.parts.map(({ y }) => y)),
    };
    for (const part of whole.parts) {
      free.delete(part);
      blocks.set(part, block);
    }
  }
  return blocks;
}

/** The next line of the same cell. */
function below(part: Part, parts: ReadonlySet<Part>): Part | undefined {
  let nearest: Part | undefined;
  for (const other of parts) {
    const distance = other.y - part.y;
    if (distance <= part.size / 2 || distance > part.size * LINE_PITCH || !overlap(part, other)) continue;
    if (!nearest || other.y < nearest.y) nearest = other;
  }
  return nearest;
}

type Extent = { x: number; end: number };
const overlap = (one: Extent, other: Extent): boolean => one.x < other.end && other.x < one.end;
const isFigure = (text: string): boolean => looksLikeFigure(text) || REMARKED_FIGURE.test(text);

/** Runs of lines that are rows of a table, its headings, or torn off pieces of either between them. */
function regionsOf(lines: readonly Line[], blocks: ReadonlyMap<Part, Block>): Line[][] {
  const all = lines.flatMap(({ parts }) => parts);
  const width = Math.max(...all.map(({ end }) => end)) - Math.min(...all.map(({ x }) => x));
  const regions: Line[][] = [];
  let region: Line[] = [];
  let certain = 0;
  const end = () => {
    regions.push(region.slice(0, certain));
    region = [];
    certain = 0;
  };
  for (const line of lines) {
    const isRow = figureLine(line, blocks) !== undefined || line.parts.every((part) => blocks.has(part));
    if (isRow || (certain > 0 && isPiece(line, width))) region.push(line);
    else end();
    if (isRow) certain = region.length;
  }
  end();
  return regions.filter((one) => {
    const rows = one.flatMap((line) => figureLine(line, blocks) ?? []);
    const figures = rows.reduce((count, row) => count + row.figures.length, 0);
    const isNamed = one.some(({ parts }) => parts.some((part) => blocks.has(part)));
    return figures >= (isNamed ? FEWEST_FIGURES : FEWEST_UNNAMED);
  });
}

const isPiece = ({ parts }: Line, width: number): boolean =>
  !isNumbered(parts[0]?.text ?? "") && parts.every(({ x, end }) => end - x < width * WIDE);

/** The figures of a line with nothing but figures behind the first; a single one needs a known label before it. */
function figureLine({ parts }: Line, blocks: ReadonlyMap<Part, Block>): FigureLine | undefined {
  const first = parts.findIndex(({ text }) => isFigure(text));
  const figures = parts.slice(first);
  const [figure] = figures;
  if (first < 0 || !figure || figures.some(({ text }) => !isFigure(text))) return undefined;
  const isLabelled = [...new Set(blocks.values())].some((block) => block.end <= figure.x && reaches(block, figure));
  return figures.length > 1 || isLabelled ? { y: figure.y, figures, parts } : undefined;
}

/** Whether the line of a part passes by a label. */
const reaches = ({ from, to }: Block, { y, size }: Part): boolean => y >= from - size * REACH && y <= to + size * REACH;

type Row = { y: number; cells: readonly string[]; doubt?: string };

function tableOf(region: readonly Line[], all: ReadonlyMap<Part, Block>): PlacedTable {
  const parts = region.flatMap((line) => line.parts);
  const blocks = [...new Set(parts.flatMap((part) => all.get(part) ?? []))];
  const lines = region.flatMap((line) => figureLine(line, all) ?? []);
  const labelled = lines.map((line) => ({ line, label: labelOf(line, blocks, all) }));
  const labelEnd = Math.max(...labelled.map(({ label }) => label?.end ?? Number.NEGATIVE_INFINITY));
  const bands = bandsOf(
    labelled,
    blocks.filter((block) => block.x >= labelEnd),
  ).map(readBand);
  const used = new Set(bands.flatMap((band) => band.used));
  const rows = bands.flatMap((band) => band.rows);
  const hasLabels = labelled.some(({ label }) => label);
  const others = [
    ...blocks.filter((block) => !used.has(block)).map((block): Row => ({ y: block.from, cells: [block.text] })),
    ...parts
      .filter((part) => !all.has(part) && !used.has(part) && !isFigure(part.text))
      .map((part): Row => ({ y: part.y, cells: [part.text] })),
  ];
  const printed = [...rows, ...others]
    .sort((a, b) => a.y - b.y)
    .map(
      ({ cells, doubt }): Piece => ({
        kind: "row",
        cells: hasLabels || cells.length === 1 ? cells : cells.slice(1),
        ...(doubt !== undefined && { doubt }),
      }),
    );
  return {
    kind: "table",
    top: Math.min(...parts.map(({ y, size }) => y - size)),
    texts: () => parts.map(({ text }) => text),
    pieces: () => printed,
  };
}

type Labelled = { line: FigureLine; label: Block | Part | undefined };
/** Rows under the same headings, and the labels above them. */
type Band = { rows: readonly Labelled[]; above: readonly Block[] };

/** Rows that follow each other belong together, unless a label stands over the figures between them. */
function bandsOf(rows: readonly Labelled[], overFigures: readonly Block[]): Band[] {
  const bands: { rows: Labelled[]; above: Block[] }[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const above = overFigures.filter((block) => block.from > end && block.to < row.line.y);
    const last = bands.at(-1);
    if (last && above.length === 0) last.rows.push(row);
    else bands.push({ rows: [row], above });
    end = row.line.y;
  }
  return bands;
}

/** The rows of a band, with the row of its headings, and which labels these are made of. */
function readBand({ rows: labelled, above }: Band): { rows: Row[]; used: (Block | Part)[] } {
  const columns = withBlankColumns(columnsOf(labelled.map(({ line }) => line)), above);
  const heads = headsOf(above, columns);
  const firstRow = Math.min(...labelled.map(({ line }) => line.y));
  const rows = labelled.map(({ line, label }): Row => {
    const figures = laid(line.figures, columns);
    return {
      y: line.y,
      cells: [label?.text ?? "", ...(figures ?? line.figures.map(({ text }) => text))],
      ...(!figures && { doubt: OUT_OF_COLUMN }),
    };
  });
  const hasHeads = heads.blocks.length > 1;
  return {
    rows: [...(hasHeads ? [{ y: firstRow - 1, cells: ["", ...heads.cells] }] : []), ...rows],
    used: [...labelled.flatMap(({ label }) => label ?? []), ...(hasHeads ? heads.blocks : [])],
  };
}

/**
 * Where figures stand above each other, from left to right; of lines with several figures. None where no line has a figure in
 * each: it is not certain then that these are the columns.
 */
function columnsOf(lines: readonly FigureLine[]): Extent[] {
  const columns: Extent[] = [];
  const figures = lines.filter((line) => line.figures.length > 1).flatMap((line) => line.figures);
  for (const { x, end } of figures.sort((a, b) => a.x - b.x)) {
    const last = columns.at(-1);
    if (last && x < last.end) last.end = Math.max(last.end, end);
    else columns.push({ x, end });
  }
  return lines.some((line) => line.figures.length === columns.length) ? columns : [];
}

const OUT_OF_COLUMN = "原件的表格没有框线，这一行的数字与上下各行没有对齐，是按先后顺序读入的。";

/** Columns without a figure besides: a label stands over where they are, on a line with labels over others. */
function withBlankColumns(columns: readonly Extent[], above: readonly Block[]): Extent[] {
  const heads = headsOf(above, columns).blocks;
  const blank = above.filter(
    (block) =>
      columns.every((column) => !overlap(block, column)) &&
      heads.some((head) => head.from <= block.to && head.to >= block.from),
  );
  return [...columns, ...blank].sort((a, b) => a.x - b.x);
}

/** The figures each in its column; undefined where they do not stand in the columns. */
function laid(figures: readonly Part[], columns: readonly Extent[]): string[] | undefined {
  const at = figures.map((figure) => columns.findIndex((column) => overlap(column, figure)));
  const texts = figures.map(({ text }) => text);
  if (columns.length === 0) return texts;
  if (at.includes(-1) || new Set(at).size < at.length) return undefined;
  return columns.map((_, column) => texts[at.indexOf(column)] ?? "");
}

/** What the row of figures is called: of the labels beside it the one nearest to the figures, known or not. */
function labelOf(
  { parts, figures }: FigureLine,
  blocks: readonly Block[],
  known: ReadonlyMap<Part, Block>,
): Block | Part | undefined {
  const [figure] = figures;
  if (!figure) return undefined;
  const beside = [
    ...blocks.filter((block) => block.end <= figure.x && reaches(block, figure)),
    ...parts.filter((part) => part.x < figure.x && !known.has(part)),
  ];
  return beside.reduce<Block | Part | undefined>((best, next) => (!best || next.x > best.x ? next : best), undefined);
}

/** The labels above the rows that stand over just one column each: the lowest where several do. */
function headsOf(above: readonly Block[], columns: readonly Extent[]) {
  const over = columns.map((column) =>
    above
      .filter((block) => overlap(block, column) && columns.filter((other) => overlap(block, other)).length === 1)
      .reduce<Block | undefined>((lowest, next) => (!lowest || next.to > lowest.to ? next : lowest), undefined),
  );
  return { cells: over.map((block) => block?.text ?? ""), blocks: over.filter((block) => block !== undefined) };
}
