"use client";

import type { Guidance, Table } from "@/lib/report/format.ts";
import { type GridCell, type GridRow, grid } from "@/lib/report/grid.ts";
import type { BoundForm } from "./bound-form.ts";
import { ComputedCell } from "./computed-cell.tsx";
import { FigureCell } from "./figure-cell.tsx";
import type { Line } from "./guidance-panel.tsx";
import { useReportContext } from "./report-provider.tsx";
import styles from "./table-form.module.css";

type TableGridProps = { table: Table; form: BoundForm; onAsk: (line: Line) => void };

/** The printed grid, merged cells and all. */
export function TableGrid({ table, form, onAsk }: TableGridProps) {
  const { draft } = useReportContext();
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
          guidance={cell.line ? guidance[cell.line] : undefined}
          onAsk={onAsk}
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
      {headRows > 0 && <thead>{rows.slice(0, headRows).map(renderRow)}</thead>}
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
}

const rowKey = (row: GridRow, index: number) => row.cells.find((cell) => cell.at)?.at?.row.id ?? `head-${index}`;

type CellProps = {
  cell: GridCell;
  head: boolean;
  table: Table;
  form: BoundForm;
  guidance: Guidance | undefined;
  onAsk: (line: Line) => void;
};

function Cell({ cell, head, table, form, guidance, onAsk }: CellProps) {
  const spans = { rowSpan: cell.rowSpan, colSpan: cell.colSpan };
  if (cell.role === "entry" && cell.at) {
    return (
      <td className={styles.entry} {...spans}>
        <FigureCell table={table} row={cell.at.row} column={cell.at.column} form={form} />
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
      <td className={styles.corner} {...spans}>
        {cell.label}
      </td>
    );
  }
  const { line } = cell;
  return (
    <th
      className={cell.role === "band" ? styles.band : head ? styles.head : styles.side}
      scope={scopeOf(cell)}
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
