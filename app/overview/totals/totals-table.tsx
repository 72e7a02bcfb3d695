import Link from "next/link";
import { Scroller } from "@/components/ui/list-table.tsx";
import { cellName, type Table } from "@/lib/report/format.ts";
import { type GridCell, grid } from "@/lib/report/grid.ts";
import type { Rows } from "@/lib/report/report.ts";
import { figure } from "@/lib/report/totals.ts";
import styles from "./totals.module.css";

type TotalsTableProps = {
  table: Table;
  /** Accessible name: the heading of its section. */
  heading: string;
  rows: Rows;
  /** The address of the figure that is asked about. */
  asked: string;
  addressOf: (cell: string) => string;
};

/** The table as it is printed; each figure leads to where it comes from. */
export function TotalsTable({ table, heading, rows, asked, addressOf }: TotalsTableProps) {
  return (
    <Scroller name={heading}>
      <table className={styles.table}>
        <tbody>
          {grid(table).rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the printed grid never changes its order
            <tr key={index}>
              {row.cells.map((cell, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the printed grid never changes its order
                <Cell key={place} cell={cell} head={row.head} {...{ table, rows, asked, addressOf }} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

type CellProps = Omit<TotalsTableProps, "heading"> & { cell: GridCell; head: boolean };

function Cell({ cell, head, table, rows, asked, addressOf }: CellProps) {
  const { role, rowSpan, colSpan, label, line, at } = cell;
  const spans = { rowSpan, colSpan };
  if (!at) {
    if (role === "corner") return <td {...spans}>{label}</td>;
    const scope = head ? (line ? "col" : "colgroup") : line ? "row" : "rowgroup";
    return (
      <th className={head ? undefined : styles.side} scope={scope} {...spans}>
        {label}
      </th>
    );
  }
  const [row, column] = [at.row.id, at.column.id];
  const address = `${table.id}.${row}.${column}`;
  const value = figure(table, rows, row, column);
  return (
    <td className={styles.figure} data-role={role} {...spans}>
      {value !== null && (
        <Link
          href={addressOf(address)}
          prefetch={false}
          aria-label={`${cellName(table, row, column)}：${value}`}
          aria-current={address === asked ? "true" : undefined}
        >
          {value}
        </Link>
      )}
    </td>
  );
}
