"use client";

import { memo, type ReactNode } from "react";
import { spoken } from "@/components/ui/spoken.ts";

import { entryProblem, isAllowedSlash } from "@/lib/report/entry.ts";
import { cellName, type Table, unitAt } from "@/lib/report/format.ts";
import { type GridCell, type GridRow, grid } from "@/lib/report/grid.ts";
import type { Report } from "@/lib/report/report.ts";
import { figure as totalOf } from "@/lib/report/totals.ts";
import type { CellRead } from "@/lib/sheet/cell-read.ts";
import type { Corrections } from "./corrections.ts";
import styles from "./import-preview.module.css";

/** The id of a cell's field in a preview. */
export const previewCell = (at: string): string => `read-${at}`;

type PreviewTableProps = {
  table: Table;
  /** Accessible name: the heading of its section. */
  heading: string;
  report: Report;
  readAt: ReadonlyMap<string, CellRead>;
  corrections: Corrections;
  onCorrect: (at: string, typed: string) => void;
};

/** The official table with what was read in its cells, each of which can be corrected. Totals are computed, as always. */
export function PreviewTable({ table, heading, report, readAt, corrections, onCorrect }: PreviewTableProps) {
  const { rows } = grid(table);
  const width = table.print.widths.reduce((all, part) => all + part, 0);
  const rowsOf = (band: number) => rows.filter((row) => row.band === band);
  const figureCell = (cell: GridCell) => {
    if (!cell.at) return null;
    const { row, column } = cell.at;
    const at = `${table.id}.${row.id}.${column.id}`;
    const name = cellName(table, row.id, column.id) || heading;
    const read = readAt.get(at);
    if (cell.role === "computed") {
      const figure = totalOf(table, report.tables[table.id] ?? {}, row.id, column.id);
      return <TotalCell name={name} figure={figure} printed={read?.entry ?? null} />;
    }
    const entry = report.tables[table.id]?.[row.id]?.[column.id] ?? null;
    const typed = corrections.get(at);
    return (
      <EntryCell
        at={at}
        name={name}
        text={typed ?? String(entry ?? "")}
        doubt={typed === undefined ? read?.doubt : undefined}
        isUnreadable={entryProblem(unitAt(row, column), entry) !== undefined && !isAllowedSlash(row, column, entry)}
        isBlank={typed === undefined && entry === null && read !== undefined}
        onCorrect={onCorrect}
      />
    );
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className={styles.scroller} tabIndex={0} aria-label={`${heading}：读到的表格`}>
      <table className={styles.table} aria-label={heading}>
        <colgroup>
          {table.print.widths.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the printed grid never changes its order
            <col key={index} width={`${(100 * part) / width}%`} />
          ))}
        </colgroup>
        {table.bands.map((band, index) => (
          <tbody key={band.title ?? band.corner ?? "band"}>
            {rowsOf(index).map((row) => (
              <PreviewRow key={rows.indexOf(row)} row={row} figureCell={figureCell} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function PreviewRow({ row, figureCell }: { row: GridRow; figureCell: (cell: GridCell) => ReactNode }) {
  return (
    <tr>
      {row.cells.map((cell, index) => {
        const { role, rowSpan, colSpan, label } = cell;
        const spans = { rowSpan, colSpan };
        if (cell.at) {
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the printed grid never changes its order
            <td key={index} className={styles.figure} data-role={role} {...spans}>
              {figureCell(cell)}
            </td>
          );
        }
        const scope = row.head ? (cell.line ? "col" : "colgroup") : cell.line ? "row" : "rowgroup";
        return role === "corner" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the printed grid never changes its order
          <td key={index} className={styles.heading} {...spans}>
            {label}
          </td>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the printed grid never changes its order
          <th key={index} className={row.head ? styles.heading : styles.side} scope={scope} {...spans}>
            {label}
          </th>
        );
      })}
    </tr>
  );
}

type EntryCellProps = {
  at: string;
  name: string;
  text: string;
  doubt: string | undefined;
  /** It is no figure, as the form would say, too. */
  isUnreadable: boolean;
  isBlank: boolean;
  onCorrect: (at: string, typed: string) => void;
};

const EntryCell = memo(function EntryCell({ at, name, text, doubt, isUnreadable, isBlank, onCorrect }: EntryCellProps) {
  const id = previewCell(at);
  const why = doubt ?? (isBlank ? "没有读到数字。" : isUnreadable ? "这不是数字，导入后请改正。" : undefined);
  return (
    <>
      <input
        id={id}
        className={styles.input}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        value={text}
        aria-label={name}
        aria-describedby={why ? `${id}-why` : undefined}
        aria-invalid={isUnreadable || undefined}
        title={why}
        data-doubt={isBlank ? "blank" : why ? "doubt" : undefined}
        onChange={({ target }) => onCorrect(at, target.value)}
      />
      {why && (
        <span className={styles.sign} aria-hidden>
          ?
        </span>
      )}
      {why && (
        <span id={`${id}-why`} hidden>
          {why}
        </span>
      )}
    </>
  );
});

type TotalCellProps = { name: string; figure: number | string | null; printed: number | string | null };

/** A computed total, and what the file prints in its place where that is something else. */
function TotalCell({ name, figure, printed }: TotalCellProps) {
  const isApart = printed !== null && String(printed) !== String(figure ?? "");
  return (
    <span className={styles.total} data-apart={isApart || undefined}>
      <span className={spoken}>{name}：</span>
      {figure ?? ""}
      {isApart && <small>原件 {printed}</small>}
    </span>
  );
}
