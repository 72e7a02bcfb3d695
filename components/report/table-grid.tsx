"use client";

import { type CSSProperties, memo } from "react";
import { cellName, type Guidance, type Table, unitAt } from "@/lib/report/format.ts";
import { type GridCell, type GridRow, grid, placedGrid } from "@/lib/report/grid.ts";
import type { BoundForm } from "./bound-form.ts";
import type { Spot } from "./cell-moves.ts";
import { ComputedCell } from "./computed-cell.tsx";
import { FigureCell } from "./figure-cell.tsx";
import type { Line } from "./guidance-panel.tsx";
import { useReportContext } from "./report-provider.tsx";
import styles from "./table-form.module.css";
import { useHeight } from "./use-height.ts";

type TableGridProps = {
  table: Table;
  form: BoundForm;
  onAsk: (line: Line) => void;
  /** Told for which cell an amount is to be typed in 元. */
  onYuan: (spot: Spot) => void;
};

/** The printed grid, merged cells and all. */
export const TableGrid = memo(function TableGrid({ table, form, onAsk, onYuan }: TableGridProps) {
  const { draft } = useReportContext();
  const headsHeight = useHeight("--heads");
  const guidance = draft.format.guidance[table.id] ?? {};
  const { rows, headRows } = grid(table);
  const width = table.print.widths.reduce((all, part) => all + part, 0);
  const renderRow = (row: GridRow, index: number) => (
    <tr key={rowKey(row, index)}>
      {row.cells.map((cell, position) => (
        <Cell
          // biome-ignore lint/suspicious/noArrayIndexKey: the printed grid never changes its order
          key={position}
          cell={cell}
          head={row.head}
          table={table}
          form={form}
          left={leftOf(table, cell)}
          guidance={cell.line ? guidance[cell.line] : undefined}
          onAsk={onAsk}
          onYuan={onYuan}
        />
      ))}
    </tr>
  );
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

/** How far from its left edge a label of rows is printed, as a part of the width of the table. */
function leftOf(table: Table, cell: GridCell): number | undefined {
  if (cell.role !== "rowHeading" && cell.role !== "corner") return undefined;
  const placed = placedGrid(table)
    .flat()
    .find((other) => other.role === cell.role && other.label === cell.label && other.line === cell.line);
  const widths = table.print.widths;
  const sum = (parts: readonly number[]) => parts.reduce((all, part) => all + part, 0);
  return sum(widths.slice(0, placed?.left ?? 0)) / sum(widths);
}

const rowKey = (row: GridRow, index: number) => row.cells.find((cell) => cell.at)?.at?.row.id ?? `head-${index}`;

type CellProps = {
  cell: GridCell;
  head: boolean;
  table: Table;
  form: BoundForm;
  left: number | undefined;
  guidance: Guidance | undefined;
  onAsk: (line: Line) => void;
  onYuan: (spot: Spot) => void;
};

function Cell({ cell, head, table, form, left, guidance, onAsk, onYuan }: CellProps) {
  const spans = { rowSpan: cell.rowSpan, colSpan: cell.colSpan };
  // Where the table scrolls sideways, labels stay at their place on its left.
  const style = left === undefined ? undefined : ({ "--left": left } as CSSProperties);
  if (cell.role === "entry" && cell.at) {
    const { row, column } = cell.at;
    return (
      <td className={styles.entry} {...spans}>
        <FigureCell table={table} row={row} column={column} form={form} />
        {unitAt(row, column) === "money" && (
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
      <td className={styles.computed} {...spans}>
        <ComputedCell table={table} row={cell.at.row.id} column={cell.at.column.id} />
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
