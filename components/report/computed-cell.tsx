"use client";

import { memo } from "react";
import { cellName, type Table } from "@/lib/report/format.ts";
import { figure as figureAt } from "@/lib/report/totals.ts";
import { fitLength } from "./fit-length.ts";
import { grouped } from "./grouped.ts";
import styles from "./table-form.module.css";
import { useFindingsAt, useReport } from "./use-report.ts";

const none = {};

type ComputedCellProps = { table: Table; row: string; column: string };

/** A sum: follows its addends, is never typed and not reached by the Tab key. */
export const ComputedCell = memo(function ComputedCell({ table, row, column }: ComputedCellProps) {
  const id = `${table.id}.${row}.${column}`;
  const figure = useReport((report) => figureAt(table, report.tables[table.id] ?? none, row, column));
  const findings = useFindingsAt(id);
  const worst = findings.find((finding) => finding.severity !== "hint");
  const shown = grouped(figure) ?? figure;
  return (
    <div className={styles.fit}>
      <output
        id={id}
        className={styles.output}
        data-length={fitLength(shown)}
        data-mark={worst?.severity}
        tabIndex={-1}
        aria-live="off"
        aria-label={`${cellName(table, row, column)}，自动计算：${figure ?? "空"}`}
        title={worst?.message ?? "自动计算"}
      >
        {shown}
      </output>
    </div>
  );
});
