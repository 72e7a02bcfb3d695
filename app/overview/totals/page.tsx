import type { Metadata } from "next";
import Link from "next/link";
import { buttonLook } from "@/components/ui/button.tsx";
import { Actions, Card, Page } from "@/components/ui/page.tsx";
import { PrintButton } from "@/components/ui/print-button.tsx";
import { page } from "@/lib/auth/page.ts";
import { parsePlace } from "@/lib/checks/finding.ts";
import { stepName } from "@/lib/checks/place-names.ts";
import { cellName, type Format, linesAt } from "@/lib/report/format.ts";
import { contributions, rollUp } from "@/lib/report/rollup.ts";
import { figure } from "@/lib/report/totals.ts";
import { lastYear } from "../../reports/new/years.ts";
import overview from "../overview.module.css";
import styles from "./totals.module.css";
import { totalsOf } from "./totals.ts";
import { TotalsTable } from "./totals-table.tsx";

export const metadata: Metadata = { title: "汇总" };

/** The three tables of a region, added up over the units that handed their reports in; and who contributes to a figure. */
export default page("GET /overview/totals", async ({ actor, searchParams }) => {
  const year = Number(searchParams.year) || lastYear(new Date());
  const { format, units, missing } = await totalsOf(actor, year);
  const tables = rollUp(format, units);
  const asked = typeof searchParams.cell === "string" ? searchParams.cell : "";
  return (
    <Page
      heading={`${year}年度报告汇总`}
      aside={
        <Actions>
          <a className={buttonLook({})} href={`/overview/totals/workbook?year=${year}`} download>
            下载 Excel
          </a>
          <PrintButton>打印</PrintButton>
        </Actions>
      }
    >
      <p className={overview.onScreen}>
        <Link href={`/overview?year=${year}`}>返回报送情况</Link>
      </p>
      <p>
        {actor.organisation.name}下级单位已报送的{units.length}份报告之和，还有{missing.length}个单位没有计入
        {missing.length > 0 && `：${namesOf(missing)}`}。点一个数字，可以看到各单位的数。
      </p>
      <Contributors format={format} units={units} cell={asked} year={year} />
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
    </Page>
  );
});

/** Names that are listed; the workbook has all of them. */
const MOST_NAMES = 8;

function namesOf(missing: readonly { name: string; why: string }[]): string {
  const names = missing.slice(0, MOST_NAMES).map(({ name, why }) => `${name}（${why}）`);
  return `${names.join("、")}${missing.length > MOST_NAMES ? "等" : ""}`;
}

type Units = Awaited<ReturnType<typeof totalsOf>>["units"];

/** Who contributes how much to a figure. */
function Contributors({ format, units, cell, year }: { format: Format; units: Units; cell: string; year: number }) {
  const place = parsePlace(cell);
  const table = place.kind === "cell" && format.tables.find(({ id }) => id === place.table);
  if (!table || !linesAt(table, place.row, place.column)) return null;
  const list = contributions(format, units, cell);
  const sum = figure(table, rollUp(format, units)[table.id] ?? {}, place.row, place.column);
  return (
    <div id="cell">
      <Card>
        <h2>
          {cellName(table, place.row, place.column)}：{sum ?? 0}
        </h2>
        {list.length === 0 ? (
          <p>各单位都是 0 或者没有填。</p>
        ) : (
          <ol className={styles.contributors}>
            {list.map(({ unit, figure: value }) => (
              <li key={unit.id}>
                <Link href={`/reports/${unit.id}/${table.id}`}>{unit.name}</Link>
                <span>{value}</span>
              </li>
            ))}
          </ol>
        )}
        <p className={overview.onScreen}>
          <Link href={`/overview/totals?year=${year}`}>收起</Link>
        </p>
      </Card>
    </div>
  );
}
