"use client";

import { PlaceLink } from "@/components/report/navigation.tsx";
import { pathName, placeOfPath } from "@/components/report/places.ts";
import { useReportContext } from "@/components/report/report-provider.tsx";
import { useReport } from "@/components/report/use-report.ts";
import { ListTable } from "@/components/ui/list-table.tsx";
import { Card } from "@/components/ui/page.tsx";
import type { RegionSum } from "@/lib/checks/finding.ts";
import { type Edit, valueAt } from "@/lib/report/edits.ts";
import { FillIn } from "./fill-in.tsx";
import styles from "./import-preview.module.css";
import { changesByStep } from "./parts.ts";

type RegionSumPreviewProps = { rollup: RegionSum; onFill: (edits: readonly Edit[]) => void };

/** What the sum of the units below would change in the report of a region, cell by cell, and the way to take it over. */
export function RegionSumPreview({ rollup, onFill }: RegionSumPreviewProps) {
  const { draft } = useReportContext();
  const current = useReport((held) => held);
  const summed = { ...current, tables: rollup.tables };
  const edits = draft.admitted([...changesByStep(draft.format, current, summed).values()].flat());
  return (
    <Card aria-labelledby="region-sum">
      <h2 id="region-sum">下级单位的汇总</h2>
      <p>{summaryOf(rollup)}</p>
      {edits.length > 0 && (
        <details className={styles.cells} open={edits.length <= MOST_OPEN}>
          <summary>填入汇总会改动的格（{edits.length}）</summary>
          <ListTable name="会改动的格" caption="填入汇总会改动的格" columns={["位置", "改动"]}>
            {edits.map(({ path, value }) => (
              <tr key={path}>
                <th scope="row">
                  <PlaceLink at={placeOfPath(path)}>{pathName(draft.format, path)}</PlaceLink>
                </th>
                <td>
                  {String(valueAt(current, path) ?? "（空白）")} 改为 {String(value)}
                </td>
              </tr>
            ))}
          </ListTable>
        </details>
      )}
      {rollup.bodies > 0 && <FillIn report={summed} source="汇总" onFill={onFill} />}
    </Card>
  );
}

/** More than this are folded. */
const MOST_OPEN = 12;

function summaryOf({ bodies, adjustments, missing }: RegionSum): string {
  if (bodies === 0) return `下级单位还没有报送报告，没有可以填入的汇总；应报送的有 ${missing.length} 个。`;
  const adjusted = adjustments.length > 0 ? `，加上 ${adjustments.length} 项调整` : "";
  const left = missing.length > 0 ? `，还有 ${missing.length} 个单位没有计入` : "，全部单位都已计入";
  return `这是本级报告，统计表应为下级单位的汇总：已报送的 ${bodies} 份报告之和${adjusted}${left}。汇总中空白的格不动。`;
}
