import type { Metadata } from "next";
import Link from "next/link";
import { buttonLook } from "@/components/ui/button.tsx";
import { ListTable } from "@/components/ui/list-table.tsx";
import { Actions, Card, Page, soft } from "@/components/ui/page.tsx";
import { PrintButton } from "@/components/ui/print-button.tsx";
import { page } from "@/lib/auth/page.ts";
import { placeName, stepName } from "@/lib/checks/place-names.ts";
import { printedDelta } from "@/lib/report/adjustments.ts";
import { cellAt, cellName } from "@/lib/report/format.ts";
import { adjustmentsOf, contributions, countedAdjustments, excessive, rollUp } from "@/lib/report/rollup.ts";
import { figure } from "@/lib/report/totals.ts";
import { lastYear } from "../../reports/new/years.ts";
import overview from "../overview.module.css";
import { AdjustmentForm, WithdrawAdjustment } from "./adjustment-actions.tsx";
import styles from "./totals.module.css";
import { signatureOf, totalsOf } from "./totals.ts";
import { TotalsTable } from "./totals-table.tsx";

export const metadata: Metadata = { title: "汇总" };

/** The three tables of a region, added up over the units that handed their reports in; and who contributes to a figure. */
export default page("GET /overview/totals", async ({ actor, searchParams }) => {
  const year = Number(searchParams.year) || lastYear(new Date());
  const totals = await totalsOf(actor, year);
  const { format, units, missing, adjustments } = totals;
  const tables = rollUp(format, units, adjustments);
  const counted = countedAdjustments(units, adjustments);
  const asked = typeof searchParams.cell === "string" ? searchParams.cell : "";
  return (
    <Page
      heading={`${year}年度报告汇总`}
      aside={
        units.length > 0 && (
          <Actions>
            <a className={buttonLook({})} href={`/overview/totals/workbook?year=${year}`} download>
              下载 Excel
            </a>
            <PrintButton>打印</PrintButton>
          </Actions>
        )
      }
    >
      <p className={overview.onScreen}>
        <Link href={`/overview?year=${year}`}>返回报送情况</Link>
      </p>
      {units.length === 0 && counted.length === 0 ? (
        <Card>还没有下级单位报送{year}年度报告。有单位报送以后，三张统计表在这里自动汇总。</Card>
      ) : (
        <>
          <p>
            {actor.organisation.name}下级单位已报送的 {units.length} 份报告之和
            {counted.length > 0 && `，加上 ${counted.length} 项调整`}，还有 {missing.length} 个单位没有计入
            {missing.length > 0 && `：${namesOf(missing)}`}。点一个数字，可以看到各单位的数，也可以登记调整。
          </p>
          <Contributors totals={totals} cell={asked} year={year} />
          {format.tables.map((table) => (
            <div key={table.id} className={styles.part}>
              <h2>{stepName(format, table.id)}</h2>
              <TotalsTable
                table={table}
                heading={stepName(format, table.id)}
                rows={tables[table.id] ?? {}}
                asked={asked}
                addressOf={(cell) => `/overview/totals?year=${year}&cell=${cell}#cell`}
              />
            </div>
          ))}
        </>
      )}
      {adjustments.length > 0 && <Adjustments totals={totals} />}
    </Page>
  );
});

/** Names that are listed; the workbook has all of them. */
const MOST_NAMES = 8;

function namesOf(missing: readonly { name: string; why: string }[]): string {
  const names = missing.slice(0, MOST_NAMES).map(({ name, why }) => `${name}（${why}）`);
  return `${names.join("、")}${missing.length > MOST_NAMES ? "等" : ""}`;
}

type Totals = Awaited<ReturnType<typeof totalsOf>>;

/** Who contributes how much to a figure, what was adjusted in it, and a form for adjusting more. */
function Contributors({ totals, cell, year }: { totals: Totals; cell: string; year: number }) {
  const { format, units } = totals;
  const at = cellAt(format, cell);
  if (!at) return null;
  const { table, row, column, unit: counts, computed } = at;
  const list = contributions(format, units, cell);
  const counted = countedAdjustments(units, totals.adjustments);
  const adjusted = adjustmentsOf(format, counted, cell);
  const sum = figure(table, rollUp(format, units, counted)[table.id] ?? {}, row, column);
  return (
    <div id="cell">
      <Card>
        <h2>
          {cellName(table, row, column)}：{sum ?? 0}
        </h2>
        {list.length === 0 && <p>各单位都是 0 或者没有填。</p>}
        {list.length + adjusted.length > 0 && (
          <ol className={styles.contributors}>
            {list.map(({ unit, figure: value }) => (
              <li key={unit.id}>
                <Link href={`/reports/${unit.id}/${table.id}`}>{unit.name}</Link>
                <span>{value}</span>
              </li>
            ))}
            {adjusted.map((adjustment) => (
              <li key={adjustment.id}>
                {adjustment.unit}（调整：{adjustment.reason}）<span>{printedDelta(adjustment)}</span>
              </li>
            ))}
          </ol>
        )}
        <div className={overview.onScreen}>
          {computed ? (
            <p>这是各格相加的数；要调整，请点相加的格。</p>
          ) : (
            <AdjustmentForm
              key={cell}
              year={year}
              cell={cell}
              unitName={counts === "money" ? "万元" : "件"}
              units={units.map(({ organisationId, name }) => ({ organisationId, name }))}
            />
          )}
          <p>
            <Link href={`/overview/totals?year=${year}`}>收起</Link>
          </p>
        </div>
      </Card>
    </div>
  );
}

/** Everything that was adjusted, on paper, too. */
function Adjustments({ totals: { format, units, adjustments } }: { totals: Totals }) {
  const counted = countedAdjustments(units, adjustments);
  const tooMuch = excessive(format, units, adjustments);
  const remark = (one: (typeof adjustments)[number]) => {
    if (!counted.includes(one)) return "（这个单位没有计入，调整也没有计入）";
    return tooMuch.includes(one) ? "（单位改动以后，这一格减去调整小于 0，请核对）" : "";
  };
  return (
    <div className={styles.part}>
      <h2>调整（{adjustments.length} 项）</h2>
      <ListTable
        name="调整"
        caption={`${adjustments.length} 项调整`}
        columns={["单位", "栏目", "调整数", "原因", "登记", "撤销"]}
        className={styles.adjustments}
      >
        {adjustments.map((one) => (
          <tr key={one.id}>
            <th scope="row">{one.unit}</th>
            <td>
              {placeName(format, one.cell)}
              {remark(one)}
            </td>
            <td>{printedDelta(one)}</td>
            <td>{one.reason}</td>
            <td className={soft}>{signatureOf(one)}</td>
            <td>
              <WithdrawAdjustment id={one.id} about={`${one.unit}“${placeName(format, one.cell)}”`} />
            </td>
          </tr>
        ))}
      </ListTable>
    </div>
  );
}
