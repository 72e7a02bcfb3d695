"use client";

import type { KeyboardEvent } from "react";
import { cellName, type Guidance, labelPath, leaves, plainLabel, type Table } from "@/lib/report/format.ts";
import { useReportContext } from "./report-provider.tsx";
import styles from "./side.module.css";
import { useFindingsAt } from "./use-report.ts";

/** The cell, row or column that the clerk is at or asks about. */
export type Line = { row?: string; column?: string };

/** The panel as an element, for the key that leads to it. */
export const guidancePanelId = "guidance";

/** 填报口径 of the cell that is being filled in: what counts, on what it rests, who in the unit knows. */
export function GuidancePanel({ table, line, ask }: { table: Table; line: Line | undefined; ask: string }) {
  const { draft } = useReportContext();
  const guidance = draft.format.guidance[table.id] ?? {};
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
      {line?.row && <LineGuidance name={nameOf(table, line.row)} guidance={guidance[line.row]} />}
      {line?.column && <LineGuidance name={nameOf(table, line.column)} guidance={guidance[line.column]} />}
      {row && column && <Problems at={`${table.id}.${row}.${column}`} />}
      {row && column && <p className={styles.soft}>在格子里按 F1 到这里，按 Esc 回到格子。</p>}
    </section>
  );
}

function LineName({ table, line }: { table: Table; line: Line }) {
  const { row, column } = line;
  return (
    <p className={styles.current}>{row && column ? cellName(table, row, column) : nameOf(table, row ?? column)}</p>
  );
}

function LineGuidance({ name, guidance }: { name: string; guidance: Guidance | undefined }) {
  if (!guidance) return null;
  return (
    <dl className={styles.guidance}>
      {name && <dt>{name}</dt>}
      <dd>{guidance.counts}</dd>
      {guidance.example && <dd>例：{guidance.example}</dd>}
      {guidance.basis && <dd className={styles.soft}>依据：{guidance.basis}</dd>}
      {guidance.knows && <dd className={styles.soft}>可问：{guidance.knows}</dd>}
    </dl>
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

/** The name of a row or column, with the group it stands in where its own label says too little. */
function nameOf(table: Table, id = ""): string {
  for (const band of table.bands) {
    for (const headings of [band.rows, band.columns]) {
      if (leaves(headings).some((leaf) => leaf.id === id)) {
        return labelPath(headings, id).slice(-2).map(plainLabel).join("—");
      }
    }
  }
  return id;
}
