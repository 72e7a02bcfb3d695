import { mayBeSlash } from "./entry.ts";
import { addends, type Format, type Line, leaves, type Table, unitAt } from "./format.ts";
import { type GridCell, grid } from "./grid.ts";
import type { Rows } from "./report.ts";
import { figure } from "./totals.ts";

/**
 * A format as text, for proof-reading beside its notice: headings, the printed grid of every table with ids and spans
 * (`2×1` is two rows high and one column wide, `〃` is covered by a cell above), sums, balances and carry-overs.
 */
export function outline(format: Format): string {
  const { from, to } = format.years;
  const head = [
    `${format.id}　${format.notice}　${from}年${to ? `至${to}年` : "起"}`,
    `标题：${format.title}`,
    `统计期限：${format.period}`,
    ...format.opening.map(({ text, list }) => `开头：${text}${list ? `〔${list.join("；")}〕` : ""}`),
  ];
  const sections = format.sections.flatMap((section) => {
    const below =
      section.kind === "prose"
        ? section.parts.map((part) => `  ${part.heading}`)
        : format.tables.filter((table) => table.id === section.id).flatMap((table) => tableOutline(format, table));
    return ["", `${section.heading} [${section.id}]`, ...below];
  });
  return [...head, ...sections, ""].join("\n");
}

function tableOutline(format: Format, table: Table): string[] {
  const { columns, headRows, rows } = grid(table);
  const cells = rows.flatMap((row) => row.cells);
  const count = (role: GridCell["role"]) => cells.filter((cell) => cell.role === role).length;
  const repeated = headRows > 0 ? `，表头${headRows}行` : "";
  const printed = gridLines(table, cellText).map((text, index) => `${String(index + 1).padStart(2)}　${text}`);
  const size = `${rows.length}行×${columns}列${repeated}，填报${count("entry")}格，计算${count("computed")}格`;
  return [size, ...printed, ...sums(table), ...equations(format, table.id)].map((text) => `  ${text}`);
}

/** A table with its figures as text, a line for each row of its printed grid. */
export const figuresOutline = (table: Table, rows: Rows): string[] =>
  gridLines(table, ({ at, label }) =>
    at ? String(figure(table, rows, at.row.id, at.column.id) ?? "") : (label ?? ""),
  );

/** Each row of the printed grid as a line, `〃` where a cell from above reaches down. */
function gridLines(table: Table, textOf: (cell: GridCell) => string): string[] {
  /** Column → the cell above that still reaches down there. */
  const reaching = new Map<number, { width: number; rowsLeft: number }>();
  return grid(table).rows.map(({ cells }) => {
    const texts: string[] = [];
    let column = 0;
    const passCovered = () => {
      for (let above = reaching.get(column); above && above.rowsLeft > 0; above = reaching.get(column)) {
        texts.push("〃");
        above.rowsLeft -= 1;
        column += above.width;
      }
    };
    for (const cell of cells) {
      passCovered();
      texts.push(textOf(cell));
      reaching.set(column, { width: cell.colSpan, rowsLeft: cell.rowSpan - 1 });
      column += cell.colSpan;
    }
    passCovered();
    return texts.join(" ｜ ");
  });
}

function cellText(cell: GridCell): string {
  const { rowSpan, colSpan } = cell;
  const span = rowSpan * colSpan > 1 ? ` ${rowSpan}×${colSpan}` : "";
  if (!cell.at) return `${cell.label}${cell.line ? ` [${cell.line}]` : ""}${span}`;
  return `${cell.role === "computed" ? "计" : entryMark(cell.at)}${span}`;
}

function entryMark({ row, column }: { row: Line; column: Line }): string {
  const unit = unitAt(row, column);
  const remarks = [
    ...(unit === "money" ? ["万元"] : []),
    ...(unit === "delta" ? ["可为负"] : []),
    ...(mayBeSlash(row, column) ? ["可填/"] : []),
  ];
  return remarks.length > 0 ? `填（${remarks.join("，")}）` : "填";
}

/** What each computed line adds up, and the ids of rows that print no label. */
function sums(table: Table): string[] {
  return table.bands.flatMap(({ rows, columns }) => [
    ...leaves(rows)
      .filter((row) => row.label === "")
      .map((row) => `无栏目名的行：[${row.id}]`),
    ...[rows, columns].flatMap((headings) =>
      leaves(headings)
        .filter((line) => line.sum)
        .map(({ id }) => `合计：${id}＝${joined(addends(headings, id).map((line) => line.id))}`),
    ),
  ]);
}

function equations(format: Format, table: string): string[] {
  const concerns = (equation: { table: string }) => equation.table === table;
  return [
    ...format.balances.filter(concerns).map(({ left, right }) => `勾稽（每列）：${joined(left)}＝${joined(right)}`),
    ...format.carryOvers.filter(concerns).map(({ opening, closing }) => `结转（每列）：${opening}＝上年${closing}`),
    ...format.stocks
      .filter(concerns)
      .map(({ rows, inForce, issued, repealed }) => `结存（${rows.join("、")}）：${inForce}≥${issued}－${repealed}`),
  ];
}

const joined = (ids: readonly string[]): string => ids.join("＋");
