import type { ComposedDocument } from "../report/compose.ts";
import type { LayoutStyle, Metrics, Page } from "./display.ts";
import { draftMark, pageNumber } from "./furniture.ts";
import { type Remember, type Strip, stripsOf, textWidth } from "./strips.ts";
import {
  drawPart,
  FREE,
  longestPart,
  type MeasuredTable,
  partOf,
  ROOMY,
  rowCount,
  type TablePart,
  TIGHT,
  wholeTable,
} from "./table.ts";

type LineStrip = Extract<Strip, { kind: "line" }>;
/** Strips that want to stand on one page: lines tied to each other and what they lead to. */
type Group = { lines: LineStrip[]; table?: MeasuredTable };

/** A table and the height in pt that its page has for it below its heading. */
export type PlacedTable = { table: MeasuredTable; room: number };
/** The pages and the tables on them; `filled` is how far down the text block the last page is filled, in pt. */
type Flow = { style: LayoutStyle; pages: Page[]; tables: PlacedTable[]; filled: number };

/** Fewest rows under its head that a table begins with at the foot of a page. */
const ROWS_TO_BEGIN = 3;
/** Between a table and the line after it, in lines. */
const BELOW_TABLE = 0.5;
const ROUNDING = 1e-6;

/**
 * Lays a finished document out on pages. The same document, style and metrics always give the same pages, whatever is
 * remembered of earlier ones.
 */
export function layOut(document: ComposedDocument, style: LayoutStyle, metrics: Metrics, remember?: Remember): Page[] {
  const { pages } = flowOf(stripsOf(document, style, metrics, remember), style);
  for (const [index, page] of pages.entries()) {
    page.runs.push(...pageNumber(index + 1, style, metrics));
    if (document.draft) {
      const mark = draftMark(style, metrics);
      page.runs.push(...mark.runs);
      page.rules.push(...mark.rules);
    }
  }
  return pages;
}

/** The tables of a document in their order, each with its room; for programs that make the pages themselves. */
export const placedTables = (document: ComposedDocument, style: LayoutStyle, metrics: Metrics): PlacedTable[] =>
  flowOf(stripsOf(document, style, metrics), style).tables;

function flowOf(strips: readonly Strip[], style: LayoutStyle): Flow {
  const flow: Flow = { style, pages: [], tables: [], filled: 0 };
  startPage(flow);
  for (const group of groupsOf(strips)) placeGroup(flow, group);
  return flow;
}

function groupsOf(strips: readonly Strip[]): Group[] {
  const groups: Group[] = [];
  let lines: LineStrip[] = [];
  for (const strip of strips) {
    if (strip.kind === "table") {
      groups.push({ lines, table: strip.table });
      lines = [];
    } else {
      lines.push(strip);
      if (strip.keepWithNext) continue;
      groups.push({ lines });
      lines = [];
    }
  }
  return lines.length > 0 ? [...groups, { lines }] : groups;
}

function placeGroup(flow: Flow, { lines, table }: Group): void {
  if (table) placeTable(flow, lines, table);
  else placeLines(flow, lines, 0);
}

/** Places lines that belong together, and that need `below` pt more under them, on a page that has room for all. */
function placeLines(flow: Flow, lines: readonly LineStrip[], below: number): void {
  const { lineHeight } = flow.style;
  const height = lines.length * lineHeight + below;
  if (height > room(flow) && height <= pageHeight(flow.style)) startPage(flow);
  for (const line of lines) {
    if (lineHeight > room(flow)) startPage(flow);
    placeLine(flow, line);
  }
}

function placeLine(flow: Flow, line: LineStrip): void {
  const page = lastPage(flow);
  const top = flow.style.page.top + flow.filled;
  page.runs.push(...line.runs.map((run) => ({ ...run, y: run.y + top })));
  const [first] = line.runs;
  const { page: paper, lineHeight } = flow.style;
  if (first) {
    page.areas.push({ x: paper.left, y: top, width: textWidth(flow.style), height: lineHeight, tag: first.tag });
  }
  if (line.bookmark !== undefined) page.bookmarks.push({ title: line.bookmark, y: top });
  flow.filled += lineHeight;
}

/**
 * Places a table under its heading: whole where there is room for it, or else whole on a new page, its rows a little
 * lower if need be; only a table that is higher than a page is parted.
 */
function placeTable(flow: Flow, heading: readonly LineStrip[], table: MeasuredTable): void {
  const headingHeight = heading.length * flow.style.lineHeight;
  const whole =
    wholeTable(table, room(flow) - headingHeight, ROOMY) ??
    wholeTable(table, pageHeight(flow.style) - headingHeight, [...ROOMY, ...TIGHT]);
  if (whole) {
    placeLines(flow, heading, whole.height);
    flow.tables.push({ table, room: room(flow) });
    placePart(flow, whole);
  } else {
    flow.tables.push({ table, room: pageHeight(flow.style) - headingHeight });
    placeParts(flow, heading, table);
  }
  flow.filled += BELOW_TABLE * flow.style.lineHeight;
}

function placeParts(flow: Flow, heading: readonly LineStrip[], table: MeasuredTable): void {
  const begins = partOf(table, 0, Math.min(table.headRows + ROWS_TO_BEGIN, rowCount(table)), FREE);
  placeLines(flow, heading, begins.height);
  for (let from = 0; from < rowCount(table); ) {
    const fits = longestPart(table, from, room(flow), FREE);
    if (!fits && flow.filled > 0) {
      startPage(flow);
      continue;
    }
    const part = fits ?? partOf(table, from, from + 1, FREE);
    placePart(flow, part);
    from = (part.rows.at(-1) ?? from) + 1;
    if (from < rowCount(table)) startPage(flow);
  }
}

function placePart(flow: Flow, part: TablePart): void {
  const page = lastPage(flow);
  const { runs, rules, areas } = drawPart(part, flow.style.page.left, flow.style.page.top + flow.filled);
  page.runs.push(...runs);
  page.rules.push(...rules);
  page.areas.push(...areas);
  flow.filled += part.height;
}

function startPage(flow: Flow): void {
  const { width, height } = flow.style.page;
  flow.pages.push({ width, height, runs: [], rules: [], bookmarks: [], areas: [] });
  flow.filled = 0;
}

const lastPage = (flow: Flow): Page => flow.pages.at(-1) as Page;
const pageHeight = ({ page }: LayoutStyle): number => page.height - page.top - page.bottom;
const room = (flow: Flow): number => pageHeight(flow.style) - flow.filled + ROUNDING;
