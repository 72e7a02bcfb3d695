import { baselineIn, type Face, type LayoutStyle, type Metrics, type Rule, type Tag, type TextRun } from "./display.ts";
import { breakLines, charactersOf, type Line, lineRuns } from "./lines.ts";

/** The mark of a draft, in pt: its text, the frame around it, and how far its foot is above the text block. */
const DRAFT = { size: 26, padding: 5, rule: 1.5, above: 26 };

/** `— 1 —` below the text block, a character in from the outer edge: right on odd pages, left on even ones. */
export function pageNumber(number: number, { page, size, numberBelow }: LayoutStyle, metrics: Metrics): TextRun[] {
  const line = singleLine(`— ${number} —`, "table", size.number, metrics);
  const isOdd = number % 2 === 1;
  const x = isOdd ? page.width - page.right - size.number - line.width : page.left + size.number;
  const dashes = page.height - page.bottom + numberBelow;
  return lineRuns(line, x, baselineIn(dashes, 0, size.number), size.number, { kind: "pageNumber" });
}

/** The framed mark in the head margin of every page of a draft. */
export function draftMark(
  { page, draftMark: text }: LayoutStyle,
  metrics: Metrics,
): { runs: TextRun[]; rules: Rule[] } {
  const { size, padding, rule, above } = DRAFT;
  const tag: Tag = { kind: "draftMark" };
  const line = singleLine(text, "heading", size, metrics);
  const [left, right] = [page.width - page.right - line.width - 2 * padding, page.width - page.right];
  const [top, bottom] = [page.top - above - size - 2 * padding, page.top - above];
  const side = (x1: number, y1: number, x2: number, y2: number): Rule => ({ x1, y1, x2, y2, width: rule, tag });
  return {
    runs: lineRuns(line, left + padding, baselineIn(top, bottom - top, size), size, tag),
    rules: [
      side(left, top, right, top),
      side(left, bottom, right, bottom),
      side(left, top, left, bottom),
      side(right, top, right, bottom),
    ],
  };
}

function singleLine(text: string, face: Face, size: number, metrics: Metrics): Line {
  const [line] = breakLines(charactersOf([{ text, face }], size, metrics), { size, width: Number.POSITIVE_INFINITY });
  return line as Line;
}
