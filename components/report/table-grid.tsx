"use client";

import { type CSSProperties, memo } from "react";
import { cellName, type Guidance, type Table, unitAt } from "@/lib/report/format.ts";
import { type GridCell, type GridRow, grid, type PlacedCell, placedGrid } from "@/lib/report/grid.ts";
import type { FormattedReport } from "@/lib/report/last-year.ts";
import type { BoundForm } from "./bound-form.ts";
import type { Spot } from "./cell-moves.ts";
import { ComputedCell } from "./computed-cell.tsx";
import { FigureCell } from "./figure-cell.tsx";
import type { Line } from "./guidance-panel.tsx";
import { ExpectedInForce, expectedId } from "./last-year/expected-in-force.tsx";
import { beforeId, FigureBefore } from "./last-year/figure-before.tsx";
import { useReportContext } from "./report-provider.tsx";
import styles from "./table-form.module.css";
import { useMeasure } from "./use-measure.ts";

type TableGridProps = {
  table: Table;
  form: BoundForm;
  onAsk: (line: Line) => void;
  /** Last year's report, where its figures are to be shown beside this year's. */
  compared: FormattedReport | undefined;
  /** Told for which cell an amount is to be typed in 元. */
  onYuan: (spot: Spot) => void;
};

/** The printed grid, merged cells and all. */
export const TableGrid = memo(function TableGrid({ table, form, compared, onAsk, onYuan }: TableGridProps) {
  const { draft } = useReportContext();
  const headsHeight = useMeasure("--heads", "height");
  const guidance = draft.format.guidance[table.id] ?? {};
  const { rows, headRows } = grid(table);
  const width = table.print.widths.reduce((all, part) => all + part, 0);
  const places = placedGrid(table);
  const renderRow = (row: GridRow) => {
    const top = rows.indexOf(row);
    const begun = (places[top] ?? []).filter((cell, left) => cell.top === top && cell.left === left);
    return (
      <tr key={top}>
        {begun.map((cell) => (
          <Cell
            key={cell.left}
            cell={cell}
            head={row.head}
            table={table}
            form={form}
            compared={compared}
            guidance={cell.line ? guidance[cell.line] : undefined}
            onAsk={onAsk}
            onYuan={onYuan}
          />
        ))}
      </tr>
    );
  };
  return (
    <>
      <colgroup>
        {table.print.widths.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the printed grid never changes its order
          <col key={index} width={`${(100 * part) / width}%`} />
        ))}
      </colgroup>
      {headRows > 0 && <thead ref={headsHeight}>{rows.slice(0, headRows).map(renderRow)}</thead>}
      {table.bands.map((band, index) => (
        <tbody key={band.title ?? band.corner ?? "band"}>
          {rows
            .slice(headRows)
            .filter((row) => row.band === index)
            .map(renderRow)}
        </tbody>
      ))}
    </>
  );
});

/** What the style sheet asks of a figure: how wide its cell is; of a label: how far it is from the left edge; as shares of the table. */
function shareOf({ print: { widths } }: Table, { at, left, colSpan }: PlacedCell): CSSProperties {
  const sum = (parts: readonly number[]) => parts.reduce((all, part) => all + part, 0);
  const share = (from: number, to: number) => sum(widths.slice(from, to)) / sum(widths);
  const properties: Record<`--${string}`, number> = at
    ? { "--part": share(left, left + colSpan) }
    : { "--left": share(0, left) };
  return properties;
}

type CellProps = {
  cell: PlacedCell;
  head: boolean;
  table: Table;
  form: BoundForm;
  compared: FormattedReport | undefined;
  guidance: Guidance | undefined;
  onAsk: (line: Line) => void;
  onYuan: (spot: Spot) => void;
};

function Cell({ cell, head, table, form, compared, guidance, onAsk, onYuan }: CellProps) {
  const { draft, editable, lastYear } = useReportContext();
  const spans = { rowSpan: cell.rowSpan, colSpan: cell.colSpan };
  const style = shareOf(table, cell);
  if (cell.role === "entry" && cell.at) {
    const { row, column } = cell.at;
    const isStock = draft.format.stocks.some(
      (stock) => stock.table === table.id && stock.rows.includes(row.id) && stock.inForce === column.id,
    );
    const describedBy = [
      isStock && lastYear && expectedId(table, row.id, column.id),
      compared && beforeId(table, row.id, column.id),
    ]
      .filter(Boolean)
      .join(" ");
    return (
      <td className={styles.entry} style={style} {...spans}>
        <FigureCell table={table} row={row} column={column} form={form} describedBy={describedBy || undefined} />
        {isStock && lastYear && <ExpectedInForce table={table} row={row.id} column={column.id} lastYear={lastYear} />}
        {compared && <FigureBefore table={table} row={row.id} column={column.id} lastYear={compared} />}
        {editable && unitAt(row, column) === "money" && (
          <button
            type="button"
            className={styles.yuan}
            aria-label={`按元填写“${cellName(table, row.id, column.id)}”`}
            onClick={() => onYuan({ row: row.id, column: column.id })}
          >
            按元填写
          </button>
        )}
      </td>
    );
  }
  if (cell.role === "computed" && cell.at) {
    return (
      <td className={styles.computed} style={style} {...spans}>
        <ComputedCell table={table} row={cell.at.row.id} column={cell.at.column.id} />
        {compared && <FigureBefore table={table} row={cell.at.row.id} column={cell.at.column.id} lastYear={compared} />}
      </td>
    );
  }
  if (cell.role === "corner") {
    return (
      <td className={styles.corner} style={style} {...spans}>
        {cell.label}
      </td>
    );
  }
  const { line } = cell;
  return (
    <th
      className={cell.role === "band" ? styles.band : head ? styles.head : styles.side}
      scope={scopeOf(cell)}
      data-column={head ? line : undefined}
      style={style}
      {...spans}
    >
      {scopeOf(cell) === "rowgroup" ? <span className={styles.groupName}>{cell.label}</span> : cell.label}
      {line && guidance && (
        <button
          type="button"
          className={styles.ask}
          tabIndex={-1}
          aria-label={`填报口径：${cell.label}`}
          title="填报口径"
          onClick={() => onAsk(head ? { column: line } : { row: line })}
        >
          ?
        </button>
      )}
    </th>
  );
}

function scopeOf(cell: GridCell): "row" | "col" | "rowgroup" | "colgroup" {
  if (cell.role === "band") return "rowgroup";
  if (cell.role === "columnHeading") return cell.line ? "col" : "colgroup";
  return cell.line ? "row" : "rowgroup";
}
