"use client";

import { memo, type ReactNode } from "react";
import { linesAt, type Table } from "@/lib/report/format.ts";
import type { FormattedReport } from "@/lib/report/last-year.ts";
import type { Rows } from "@/lib/report/report.ts";
import { type Change, changeFrom, figure } from "@/lib/report/totals.ts";
import { grouped } from "../grouped.ts";
import { useReport } from "../use-report.ts";
import styles from "./figure-before.module.css";

type FigureBeforeProps = { table: Table; row: string; column: string; lastYear: FormattedReport };

const signs: Readonly<Record<Change["direction"], string>> = { more: "+", less: "−", same: "" };

const none: Rows = {};

/** Last year's figure of a cell, and by how much this year's is more or less. */
export const FigureBefore = memo(function FigureBefore({ table, row, column, lastYear }: FigureBeforeProps) {
  const now = useReport((report) => figure(table, report.tables[table.id] ?? none, row, column));
  const id = beforeId(table, row, column);
  const old = lastYear.format.tables.find(({ id }) => id === table.id);
  if (!old || !linesAt(old, row, column)) return <Before id={id}>上年无此项</Before>;
  const before = figure(old, lastYear.report.tables[table.id] ?? none, row, column);
  const change = changeFrom(before, now);
  return (
    <Before id={id}>
      <span>上年{before === null ? "空" : (grouped(before) ?? before)}</span>
      {change && change.direction !== "same" && (
        <span data-direction={change.direction}>
          {signs[change.direction]}
          {change.by}
        </span>
      )}
      {change?.percent !== undefined && change.direction !== "same" && (
        <span data-direction={change.direction}>{share(change, change.percent)}</span>
      )}
      {change?.direction === "same" && before !== 0 && <span>持平</span>}
    </Before>
  );
});

/** The element that says it, to describe the field above. */
export const beforeId = (table: Table, row: string, column: string): string => `${table.id}.${row}.${column}-before`;

/** From eleven times on, per cents say less than how many times. */
const MOST_PERCENT = 1000;
const share = ({ direction }: Change, percent: string): string =>
  Number(percent) < MOST_PERCENT ? `${signs[direction]}${percent}%` : `约 ${Math.round(Number(percent) / 100) + 1} 倍`;

const Before = ({ id, children }: { id: string; children: ReactNode }) => (
  <p id={id} className={styles.before}>
    {children}
  </p>
);
