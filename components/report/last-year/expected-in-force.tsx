"use client";

import { memo } from "react";
import { TextButton } from "@/components/ui/button.tsx";
import { cellName, type Table } from "@/lib/report/format.ts";
import { expectedInForce, type FormattedReport, inForceBefore } from "@/lib/report/last-year.ts";
import { grouped } from "../grouped.ts";
import { useReportContext } from "../report-provider.tsx";
import { useReport } from "../use-report.ts";
import styles from "./expected-in-force.module.css";

type ExpectedProps = { table: Table; row: string; column: string; lastYear: FormattedReport };

/** 现行有效 as it follows from last year's, below its field; offered to be filled in where something else stands there. */
export const ExpectedInForce = memo(function ExpectedInForce({ table, row, column, lastYear }: ExpectedProps) {
  const { draft, ready, editable } = useReportContext();
  const expected = useReport((report) => expectedInForce(draft.format, report, lastYear, table.id, row)?.expected);
  const now = useReport((report) => report.tables[table.id]?.[row]?.[column] ?? null);
  const before = inForceBefore(lastYear, table.id, row);
  if (typeof before !== "number") return null;
  const path = `tables.${table.id}.${row}.${column}`;
  return (
    <p id={expectedId(table, row, column)} className={styles.expected} data-apart={now !== null && now !== expected}>
      <span>
        {expected === undefined
          ? `上年有效 ${grouped(before) ?? before}，填了制发、废止后推算`
          : `按上年推算 ${grouped(expected) ?? expected}`}
      </span>
      {editable && expected !== undefined && expected >= 0 && now !== expected && (
        <TextButton
          disabled={!ready}
          aria-label={`填入推算的“${cellName(table, row, column)}”：${expected}`}
          onClick={() => draft.edit([{ path, value: expected }], "按上年推算填现行有效")}
        >
          填入
        </TextButton>
      )}
    </p>
  );
});

/** The element that says it, to describe the field above. */
export const expectedId = (table: Table, row: string, column: string): string =>
  `${table.id}.${row}.${column}-expected`;
