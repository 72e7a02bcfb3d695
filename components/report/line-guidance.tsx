import { type Guidance, labelPath, leaves, plainLabel, type Table } from "@/lib/report/format.ts";
import styles from "./side.module.css";

/** What counts in a row or column, on what it rests, who in the unit knows. The only row of a table may have no name. */
export function LineGuidance({ name, guidance }: { name: string; guidance: Guidance | undefined }) {
  if (!guidance) return null;
  return (
    <dl className={styles.guidance}>
      <dt>{name || "全表"}</dt>
      <dd>{guidance.counts}</dd>
      {guidance.example && <dd>例：{guidance.example}</dd>}
      {guidance.basis && <dd className={styles.soft}>依据：{guidance.basis}</dd>}
      {guidance.knows && <dd className={styles.soft}>可问：{guidance.knows}</dd>}
    </dl>
  );
}

/** The name of a row or column, with the group it stands in where its own label says too little. */
export function lineName(table: Table, id = ""): string {
  for (const band of table.bands) {
    for (const headings of [band.rows, band.columns]) {
      if (leaves(headings).some((leaf) => leaf.id === id)) {
        return labelPath(headings, id).slice(-2).map(plainLabel).join("—");
      }
    }
  }
  return id;
}
