"use client";

import type { KeyboardEvent } from "react";
import { cellName, type Table } from "@/lib/report/format.ts";
import { glossaryAddress } from "./glossary-address.ts";
import { LineGuidance, lineName } from "./line-guidance.tsx";
import { useReportContext } from "./report-provider.tsx";
import styles from "./side.module.css";
import { useFindingsAt, useReport } from "./use-report.ts";

/** The cell, row or column that the clerk is at or asks about. */
export type Line = { row?: string; column?: string };

/** The panel as an element, for the key that leads to it. */
export const guidancePanelId = "guidance";

/** 填报口径 of the cell that is being filled in: what counts, on what it rests, who in the unit knows. */
export function GuidancePanel({ table, line, ask }: { table: Table; line: Line | undefined; ask: string }) {
  const { draft } = useReportContext();
  const guidance = draft.format.guidance[table.id] ?? {};
  const year = useReport((report) => report.year);
  const { row, column } = line ?? {};
  const goBack = (event: KeyboardEvent) => {
    if ((event.key !== "Escape" && event.key !== "F1") || !row || !column) return;
    event.preventDefault();
    document.getElementById(`${table.id}.${row}.${column}`)?.focus();
  };
  return (
    <section className={styles.panel} id={guidancePanelId} tabIndex={-1} aria-label="填报口径" onKeyDown={goBack}>
      <h2>填报口径</h2>
      {line ? <LineName table={table} line={line} /> : <p>{ask}</p>}
      {line?.row && <LineGuidance name={lineName(table, line.row)} guidance={guidance[line.row]} />}
      {line?.column && <LineGuidance name={lineName(table, line.column)} guidance={guidance[line.column]} />}
      {row && column && <Problems at={`${table.id}.${row}.${column}`} />}
      {row && column && <p className={styles.soft}>在格子里按 F1 到这里，按 Esc 回到格子。</p>}
      <p className={styles.soft}>
        <a href={glossaryAddress(year, table.id, row ?? column)} target="_blank" rel="noopener">
          全部名词与口径（新窗口）
        </a>
      </p>
    </section>
  );
}

function LineName({ table, line }: { table: Table; line: Line }) {
  const { row, column } = line;
  return (
    <p className={styles.current}>{row && column ? cellName(table, row, column) : lineName(table, row ?? column)}</p>
  );
}

function Problems({ at }: { at: string }) {
  const findings = useFindingsAt(at);
  return findings.map((finding) => (
    <p key={finding.code} className={styles.problem} data-severity={finding.severity}>
      {finding.message}
      {finding.advice}
    </p>
  ));
}
