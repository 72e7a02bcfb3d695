"use client";

import { cellName, type Guidance, labelPath, leaves, plainLabel, type Table } from "@/lib/report/format.ts";
import { useReportContext } from "./report-provider.tsx";
import styles from "./side.module.css";
import { useFindingsAt } from "./use-report.ts";

/** The cell, row or column that the clerk is at or asks about. */
export type Line = { row?: string; column?: string };

/** 填报口径 of the cell that is being filled in: what counts, on what it rests, who in the unit knows. */
export function GuidancePanel({ table, line, ask }: { table: Table; line: Line | undefined; ask: string }) {
  const { draft } = useReportContext();
  const guidance = draft.format.guidance[table.id] ?? {};
  return (
    <section className={styles.panel} aria-label="填报口径">
      <h2>填报口径</h2>
      {line ? <LineName table={table} line={line} /> : <p>{ask}</p>}
      {line?.row && <LineGuidance name={nameOf(table, line.row)} guidance={guidance[line.row]} />}
      {line?.column && <LineGuidance name={nameOf(table, line.column)} guidance={guidance[line.column]} />}
      {line?.row && line.column && <Problems at={`${table.id}.${line.row}.${line.column}`} />}
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
