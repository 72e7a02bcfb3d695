import { parseEntry } from "../report/entry.ts";
import { addends, type Heading, leaves } from "../report/format.ts";

/** A printed cell: the figure in it, empty for a blank one, and whatever stands there. */
export type PrintedFigure = {
  figure: string;
  text: string;
  /** A finished Chinese sentence on why the figure may be wrong. */
  doubt?: string | undefined;
};

/**
 * One way to lay the printed figures of a row under its columns: a cell for each column, undefined where the figure was
 * lost.
 */
type Reading = readonly (PrintedFigure | undefined)[];

export type PlacedRow = {
  figures: Reading;
  /** Some column could not be decided and was left out. */
  doubtful: boolean;
};

export type RowToPlace = {
  /** The cells printed behind the last label of the row. */
  cells: readonly PrintedFigure[];
  columns: readonly Heading[];
  /** Where the headings above say that the first figure stands among the cells. */
  expectedStart?: number | undefined;
  /** A gap in a damaged row is nought when the published total is already reached without it. */
  fillGaps: boolean;
};

/** More lost or surplus figures than this leave nothing to go by. */
const MOST_MISSING = 3;

/**
 * Decides which printed figure stands in which column. A row with as many cells, or as many figures, as there are
 * columns is read in order. Conversion adds cells for merged labels, drops or repeats some; then every way of laying the
 * figures out is tried, those that contradict the published sums of the row are dropped, and a column gets a figure only
 * when all remaining ways agree on it. A figure that was lost is taken when a published sum leaves just one value for it.
 */
export function placeFigures({ cells, columns, expectedStart, fillGaps }: RowToPlace): PlacedRow {
  const width = leaves(columns).length;
  const given = cells.filter(isFilled);
  if (given.length === 0) return { figures: new Array(width).fill(blank), doubtful: false };
  if (cells.length === width) return { figures: cells, doubtful: false };
  if (given.length === width) return { figures: given, doubtful: false };

  const sums = sumsOf(columns);
  const padded = cells.length > width && given.length < width;
  const possible = padded ? windows(cells, width) : withoutOrWith(given, cells, width).map((figures) => ({ figures }));
  let readings: { figures: Reading; start?: number }[] = possible.filter(({ figures }) => !contradicts(figures, sums));
  if (padded) {
    readings = preferring(readings, ({ start }) => start === expectedStart);
    readings = preferring(readings, ({ figures }) => sums.some(({ sum }) => Boolean(figures[sum]?.figure)));
  }
  const settled = readings.map(({ figures }) => settle(figures, sums, fillGaps));
  return agreement(settled, width, new Set(sums.map(({ sum }) => sum)));
}

const blank: PrintedFigure = { figure: "", text: "" };
const isFilled = ({ figure }: PrintedFigure): boolean => figure !== "";

type Sum = { sum: number; of: number[] };

function sumsOf(columns: readonly Heading[]): Sum[] {
  const lines = leaves(columns);
  const indexOf = (id: string) => lines.findIndex((line) => line.id === id);
  return lines
    .filter((line) => line.sum)
    .map((line) => ({ sum: indexOf(line.id), of: addends(columns, line.id).map((addend) => indexOf(addend.id)) }));
}

/** Every run of `width` cells that leaves no figure outside. */
function windows(cells: readonly PrintedFigure[], width: number): { figures: Reading; start: number }[] {
  const first = cells.findIndex(isFilled);
  const last = cells.findLastIndex(isFilled);
  return cells
    .map((_, start) => ({ figures: cells.slice(start, start + width), start }))
    .filter(({ figures, start }) => figures.length === width && start <= first && start + width > last);
}

function withoutOrWith(given: Reading, cells: Reading, width: number): Reading[] {
  const surplus = given.length - width;
  const lost = width - cells.length;
  if (surplus > MOST_MISSING || lost > MOST_MISSING) return [];
  if (surplus > 0) return without(given, surplus);
  return withLost(cells, lost);
}

function without(figures: Reading, surplus: number): Reading[] {
  if (surplus === 0) return [figures];
  return figures.flatMap((_, index) =>
    without(figures.slice(index + 1), surplus - 1).map((rest) => [...figures.slice(0, index), ...rest]),
  );
}

function withLost(figures: Reading, lost: number): Reading[] {
  if (lost === 0) return [figures];
  return Array.from({ length: figures.length + 1 }).flatMap((_, index) =>
    withLost(figures.slice(index), lost - 1).map((rest) => [...figures.slice(0, index), undefined, ...rest]),
  );
}

const countOf = (cell: PrintedFigure | undefined): number | undefined => {
  const entry = parseEntry("count", cell?.figure ?? "");
  return typeof entry === "number" ? entry : undefined;
};

/** A published sum with what is there of its addends; undefined where there is nothing to compare. */
function compare(figures: Reading, { sum, of }: Sum): { total: number; there: number; lost: number[] } | undefined {
  const total = countOf(figures[sum]);
  const counts = of.map((index) => countOf(figures[index])).filter((count) => count !== undefined);
  const lost = of.filter((index) => figures[index] === undefined);
  if (total === undefined || (counts.length === 0 && lost.length === 0)) return undefined;
  return { total, there: counts.reduce((all, count) => all + count, 0), lost };
}

const contradicts = (figures: Reading, sums: readonly Sum[]): boolean =>
  sums.some((sum) => {
    const sides = compare(figures, sum);
    return sides !== undefined && (sides.lost.length > 0 ? sides.there > sides.total : sides.there !== sides.total);
  });

/** Puts in what the published sums leave no choice about. */
function settle(figures: Reading, sums: readonly Sum[], fillGaps: boolean): Reading {
  const settled = [...figures];
  for (const sum of sums) {
    const sides = compare(figures, sum);
    if (!sides) continue;
    const missing = sides.total - sides.there;
    const [onlyLost] = sides.lost;
    if (missing > 0 && sides.lost.length === 1 && onlyLost !== undefined) settled[onlyLost] = inferred(missing);
    if (missing !== 0) continue;
    for (const index of sum.of) {
      if (figures[index] === undefined || (fillGaps && figures[index]?.figure === "")) settled[index] = inferred(0);
    }
  }
  return settled;
}

const inferred = (figure: number): PrintedFigure => ({
  figure: String(figure),
  text: "",
  doubt: `这一格没有印出数字，${figure}是按同一行公布的合计推算的。`,
});

function preferring<T>(items: readonly T[], wanted: (item: T) => boolean): T[] {
  const preferred = items.filter(wanted);
  return preferred.length > 0 ? preferred : [...items];
}

function agreement(readings: readonly Reading[], width: number, sums: ReadonlySet<number>): PlacedRow {
  const [first] = readings;
  if (!first) return { figures: new Array(width).fill(undefined), doubtful: true };
  const figures = first.map((figure, index) =>
    readings.every((reading) => reading[index]?.figure === figure?.figure) ? figure : undefined,
  );
  return { figures, doubtful: figures.some((figure, index) => figure === undefined && !sums.has(index)) };
}
