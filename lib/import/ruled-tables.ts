import { element, piecesOfMarkup, textNode } from "./markup.ts";
import { joinedItems, type Placed, type PlacedTable, words } from "./pdf-lines.ts";

/** A level line at `at` from the top, or an upright one at `at` from the left, and where it begins and ends; in pt. */
export type Rule = { at: number; from: number; to: number };
export type Rules = { level: readonly Rule[]; upright: readonly Rule[] };

/** A table found by its lines, to be filled with text. */
export type RuledTable = PlacedTable & {
  /** Takes an item that stands in the table; false for any other. */
  take: (item: Placed) => boolean;
  /** What stands in each cell. */
  cells: () => readonly (readonly Placed[])[];
};

/** Lines that are no further apart are one. */
const NEAR = 2.5;
/** A line that goes on so far beyond the last crossing one ends an open row, which the page end has cut. */
const OPEN = 5;
/** The middle of a character stands so much of its size above the line of writing. */
const MIDDLE = 0.35;

/** The tables that lines form: those that cross or touch each other, with two at least in both directions. */
export function ruledTables(rules: Rules): RuledTable[] {
  const level = merged(rules.level);
  const upright = merged(rules.upright);
  return connected(level, upright)
    .map(({ level: rows, upright: columns }) => tableOf(rows, columns))
    .filter((table) => table !== undefined)
    .sort((a, b) => a.top - b.top);
}

/** Lines on one line that overlap or follow each other, as one. */
function merged(rules: readonly Rule[]): Rule[] {
  const lines: Rule[] = [];
  for (const rule of [...rules].sort((a, b) => a.at - b.at || a.from - b.from)) {
    const same = lines.findLast(
      (line) => rule.at - line.at <= NEAR && rule.from <= line.to + NEAR && rule.to >= line.from - NEAR,
    );
    if (same) {
      same.from = Math.min(same.from, rule.from);
      same.to = Math.max(same.to, rule.to);
    } else {
      lines.push({ ...rule });
    }
  }
  return lines;
}

type Crossing = { level: Rule[]; upright: Rule[] };

/** Groups of lines that hang together. */
function connected(level: readonly Rule[], upright: readonly Rule[]): Crossing[] {
  const left = { level: new Set(level), upright: new Set(upright) };
  const groups: Crossing[] = [];
  for (const first of level) {
    if (!left.level.delete(first)) continue;
    const group: Crossing = { level: [first], upright: [] };
    const open: { rule: Rule; isLevel: boolean }[] = [{ rule: first, isLevel: true }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { rule, isLevel } = next;
      for (const other of isLevel ? left.upright : left.level) {
        if (!(isLevel ? touch(rule, other) : touch(other, rule))) continue;
        (isLevel ? left.upright : left.level).delete(other);
        (isLevel ? group.upright : group.level).push(other);
        open.push({ rule: other, isLevel: !isLevel });
      }
    }
    groups.push(group);
  }
  return groups;
}

const touch = (level: Rule, upright: Rule): boolean =>
  upright.at >= level.from - NEAR &&
  upright.at <= level.to + NEAR &&
  level.at >= upright.from - NEAR &&
  level.at <= upright.to + NEAR;

/** Where lines stand, each place once, with the open ends of the lines that cross them. */
function places(rules: readonly Rule[], crossing: readonly Rule[]): number[] {
  const standing = distinct(rules.map(({ at }) => at));
  const [first = 0, last = 0] = [standing[0], standing.at(-1)];
  const start = Math.min(...crossing.map(({ from }) => from));
  const end = Math.max(...crossing.map(({ to }) => to));
  return [...(start < first - OPEN ? [start] : []), ...standing, ...(end > last + OPEN ? [end] : [])];
}

function distinct(values: readonly number[]): number[] {
  const found: number[] = [];
  for (const value of [...values].sort((a, b) => a - b)) {
    if (value - (found.at(-1) ?? Number.NEGATIVE_INFINITY) > NEAR) found.push(value);
  }
  return found;
}

function tableOf(level: readonly Rule[], upright: readonly Rule[]): RuledTable | undefined {
  const ys = places(level, upright);
  const xs = places(upright, level);
  if (ys.length < 2 || xs.length < 2 || upright.length < 2) return undefined;
  const width = xs.length - 1;
  const roots = cellRoots(ys, xs, level, upright);
  const items = new Map<number, Placed[]>();
  const cellAt = (x: number, y: number): number => {
    const [row, column] = [indexIn(ys, y), indexIn(xs, x)];
    return row < 0 || column < 0 ? -1 : (roots[row * width + column] ?? -1);
  };
  const put = (item: Placed, cell: number) => items.set(cell, [...(items.get(cell) ?? []), item]);

  return {
    kind: "table",
    top: ys[0] ?? 0,
    take: (item) => {
      const y = item.y - item.size * MIDDLE;
      if (cellAt(item.x + item.width / 2, y) < 0) return false;
      for (const part of cellAt(item.x + 1, y) === cellAt(item.x + item.width - 1, y) ? [item] : words(item)) {
        const cell = cellAt(part.x + part.width / 2, y);
        put(part, cell < 0 ? cellAt(item.x + item.width / 2, y) : cell);
      }
      return true;
    },
    cells: () => [...items.values()],
    texts: () => [...items.values()].flat().map(({ text }) => text),
    pieces: () =>
      piecesOfMarkup(
        element(
          "table",
          ys.slice(1).map((_, row) =>
            element(
              "tr",
              xs.slice(1).flatMap((_, column) => {
                const cell = row * width + column;
                if (roots[cell] !== cell) return [];
                const members = [...roots.keys()].filter((member) => roots[member] === cell);
                const rowspan = new Set(members.map((member) => Math.floor(member / width))).size;
                const colspan = new Set(members.map((member) => member % width)).size;
                const cellWidth = (xs[column + colspan] ?? 0) - (xs[column] ?? 0);
                const lines = joinedItems(items.get(cell) ?? [], cellWidth);
                const content = lines.flatMap((line, index) => [
                  ...(index > 0 ? [element("br", [])] : []),
                  textNode(line),
                ]);
                return [element("td", content, { rowspan: String(rowspan), colspan: String(colspan) })];
              }),
            ),
          ),
        ),
        { keepsBlanks: true },
      ),
  };
}

/** For each field of the grid, row by row, the first field of the cell that it belongs to. */
function cellRoots(
  ys: readonly number[],
  xs: readonly number[],
  level: readonly Rule[],
  upright: readonly Rule[],
): number[] {
  const [height, width] = [ys.length - 1, xs.length - 1];
  const roots = Array.from({ length: height * width }, (_, field) => field);
  const rootOf = (field: number): number => {
    const root = roots[field] ?? field;
    return root === field ? field : rootOf(root);
  };
  const join = (one: number, other: number) => {
    const [a, b] = [rootOf(one), rootOf(other)];
    roots[Math.max(a, b)] = Math.min(a, b);
  };
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const field = row * width + column;
      const [middleX, middleY] = [middleOf(xs, column), middleOf(ys, row)];
      if (column + 1 < width && !drawn(upright, xs[column + 1] ?? 0, middleY)) join(field, field + 1);
      if (row + 1 < height && !drawn(level, ys[row + 1] ?? 0, middleX)) join(field, field + width);
    }
  }
  return roots.map((_, field) => rootOf(field));
}

const middleOf = (values: readonly number[], index: number): number =>
  ((values[index] ?? 0) + (values[index + 1] ?? 0)) / 2;

const drawn = (rules: readonly Rule[], at: number, middle: number): boolean =>
  rules.some((rule) => Math.abs(rule.at - at) <= NEAR && rule.from - NEAR <= middle && rule.to + NEAR >= middle);

/** Between which two values one stands; -1 outside. */
const indexIn = (values: readonly number[], value: number): number =>
  value < (values[0] ?? 0) || value > (values.at(-1) ?? 0)
    ? -1
    : values.findLastIndex((start, index) => index < values.length - 1 && value >= start);
