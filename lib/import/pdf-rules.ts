import { getResolvedPDFJS } from "unpdf";
import type { Rule, Rules } from "./ruled-tables.ts";

type Operators = { fnArray: readonly number[]; argsArray: readonly unknown[] };
type Matrix = readonly [number, number, number, number, number, number];
type Point = readonly [number, number];

/** A filled shape no thicker than this is a line; in pt, like all that follows. */
const THICKEST = 3;
const SHORTEST = 3;
/** How far the ends of a line may differ for it to be upright or level. */
const SLANT = 0.75;
/** A drawing has many lines; no page of tables has more. */
const MOST_RULES = 4000;
const DEEPEST = 100;
/** Commands of a path, as pdf.js encodes them, with how many numbers each takes. */
const MOVE = 0;
const LINE = 1;
const CURVE = 2;
const QUADRATIC = 3;
const CLOSE = 4;
const NUMBERS: Readonly<Record<number, number>> = { [MOVE]: 2, [LINE]: 2, [CURVE]: 6, [QUADRATIC]: 4, [CLOSE]: 0 };

/** The level and upright lines that a page draws, by stroke or as thin filled shapes, on the page as it is shown. */
export async function rulesOf({ fnArray, argsArray }: Operators, view: readonly number[]): Promise<Rules> {
  const { OPS } = await getResolvedPDFJS();
  const strokes = new Set([OPS.stroke, OPS.closeStroke, OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke]);
  const fills = new Set([OPS.fill, OPS.eoFill]);
  const rules: { level: Rule[]; upright: Rule[] } = { level: [], upright: [] };
  let matrix = asMatrix(view);
  const saved: Matrix[] = [];
  for (const [index, operator] of fnArray.entries()) {
    const args = argsArray[index];
    if (operator === OPS.save || operator === OPS.paintFormXObjectBegin) {
      if (saved.length < DEEPEST) saved.push(matrix);
      if (operator === OPS.paintFormXObjectBegin && Array.isArray(args) && Array.isArray(args[0])) {
        matrix = product(matrix, asMatrix(args[0]));
      }
    } else if (operator === OPS.restore || operator === OPS.paintFormXObjectEnd) {
      matrix = saved.pop() ?? matrix;
    } else if (operator === OPS.transform) {
      matrix = product(matrix, asMatrix(args as readonly number[]));
    } else if (operator === OPS.constructPath && Array.isArray(args)) {
      const [paint, [path] = []] = args as [number, [ArrayLike<number> | null]?];
      if (path && (strokes.has(paint) || fills.has(paint))) {
        for (const shape of shapesOf(path)) addRules(rules, shape.map(at(matrix)), strokes.has(paint));
      }
    }
    if (rules.level.length + rules.upright.length > MOST_RULES) return { level: [], upright: [] };
  }
  return rules;
}

const asMatrix = ([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: readonly number[]): Matrix => [a, b, c, d, e, f];

/** First the second, then the first. */
const product = ([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix => [
  a * g + c * h,
  b * g + d * h,
  a * i + c * j,
  b * i + d * j,
  a * k + c * l + e,
  b * k + d * l + f,
];

const at =
  ([a, b, c, d, e, f]: Matrix) =>
  ([x, y]: Point): Point => [a * x + c * y + e, b * x + d * y + f];

/** The corners of every shape in a path; curves are left out with what they belong to. */
function shapesOf(path: ArrayLike<number>): Point[][] {
  const shapes: Point[][] = [];
  let shape: Point[] = [];
  for (let index = 0; index < path.length; ) {
    const command = path[index] ?? CLOSE;
    const numbers = NUMBERS[command];
    if (numbers === undefined) return shapes;
    const point: Point = [path[index + 1] ?? 0, path[index + 2] ?? 0];
    if (command === MOVE) {
      shape = [point];
      shapes.push(shape);
    } else if (command === LINE) {
      shape.push(point);
    } else if (command === CLOSE) {
      const [first] = shape;
      if (first) shape.push(first);
    } else {
      shape = [];
    }
    index += 1 + numbers;
  }
  return shapes;
}

function addRules(rules: { level: Rule[]; upright: Rule[] }, corners: readonly Point[], isStroke: boolean): void {
  if (!isStroke) {
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
    if (Math.min(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) > THICKEST) return;
  }
  for (const [index, [x, y]] of corners.entries()) {
    const [nextX, nextY] = corners[index + 1] ?? [x, y];
    const [across, down] = [Math.abs(nextX - x), Math.abs(nextY - y)];
    if (down <= SLANT && across >= SHORTEST) {
      rules.level.push({ at: (y + nextY) / 2, from: Math.min(x, nextX), to: Math.max(x, nextX) });
    } else if (across <= SLANT && down >= SHORTEST) {
      rules.upright.push({ at: (x + nextX) / 2, from: Math.min(y, nextY), to: Math.max(y, nextY) });
    }
  }
}
