"use client";

import { type Balance, leaves, type Table } from "@/lib/report/format.ts";
import { grid } from "@/lib/report/grid.ts";
import type { Rows } from "@/lib/report/report.ts";
import { fitLength } from "./fit-length.ts";
import { figureAt } from "./table-figures.ts";
import styles from "./table-form.module.css";
import { useReport } from "./use-report.ts";

/** 勾稽: under every column, what stands on either side and how far the sides are apart. */
export function BalanceRow({ table, balance }: { table: Table; balance: Balance }) {
  const columns = leaves(table.bands[0]?.columns ?? []);
  const namesOf = (rows: readonly string[]) => rows.map((row) => balance.names[row]).join("＋");
  return (
    <tr>
      <th className={styles.balanceHead} scope="row" colSpan={grid(table).columns - columns.length}>
        勾稽关系
        <small>左：{namesOf(balance.left)}</small>
        <small>右：{namesOf(balance.right)}</small>
      </th>
      {columns.map((column) => (
        <BalanceCell key={column.id} table={table} balance={balance} column={column.id} />
      ))}
    </tr>
  );
}

function BalanceCell({ table, balance, column }: { table: Table; balance: Balance; column: string }) {
  const left = useReport((report) => sideOf(table, report.tables[table.id], balance.left, column));
  const right = useReport((report) => sideOf(table, report.tables[table.id], balance.right, column));
  if (left === null && right === null) return <td data-balance={column}>未填</td>;
  const difference = Math.abs((left ?? 0) - (right ?? 0));
  const length = fitLength(Math.max(left ?? 0, right ?? 0));
  return (
    <td className={difference === 0 ? styles.even : styles.uneven} data-balance={column}>
      <div className={styles.fit}>
        <div className={length ? styles.longSides : styles.sides} data-length={length}>
          <span>
            <small>左</small> {left ?? 0}
          </span>{" "}
          <span>{difference === 0 ? "＝" : "≠"}</span>{" "}
          <span>
            <small>右</small> {right ?? 0}
          </span>{" "}
          <strong>{difference === 0 ? "平" : `差 ${difference} 件`}</strong>
        </div>
      </div>
    </td>
  );
}

/** Sum of one side in one column; null as long as nothing at all is entered there. */
function sideOf(table: Table, rows: Rows | undefined, side: readonly string[], column: string): number | null {
  const figures = side.map((row) => figureAt(table, rows, row, column)).filter((figure) => figure !== null);
  return figures.length === 0 ? null : figures.reduce<number>((all, figure) => all + Number(figure), 0);
}
