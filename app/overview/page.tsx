import type { Metadata } from "next";
import Link from "next/link";
import { after } from "next/server";
import { Button, ButtonLink } from "@/components/ui/button.tsx";
import { Choice, Field } from "@/components/ui/field.tsx";
import { Actions, Card, Page, soft } from "@/components/ui/page.tsx";
import { PrintButton } from "@/components/ui/print-button.tsx";
import { page } from "@/lib/auth/page.ts";
import { batches } from "@/lib/export/batches.ts";
import { printedDate } from "@/lib/report/compose.ts";
import { dayInChina } from "@/lib/report/day.ts";
import { readProgress, reportedYears, type UnitProgress } from "@/lib/store/overview.ts";
import { tallyReports } from "@/lib/store/tallies.ts";
import { isAwaited } from "@/lib/workflow/stages.ts";
import { moment } from "@/lib/workflow/times.ts";
import { isCovered } from "@/templates/document/fonts.ts";
import { regionOf } from "../api/batches/owners.ts";
import { BatchDownload } from "../reports/batch-download.tsx";
import { kindChoices } from "../reports/kind-choices.ts";
import { lastYear } from "../reports/new/years.ts";
import { Board } from "./board.tsx";
import styles from "./overview.module.css";
import { RefreshSoon } from "./refresh-soon.tsx";
import { RemindAll } from "./remind.tsx";
import { type Asked, addressOf, askedIn, isIn, named, type Row, rowsOf, viewNames, views } from "./rows.ts";

export const metadata: Metadata = { title: "报送情况" };

/** Units that are shown at once. */
const AT_ONCE = 200;
/** How long the page waits for the checks of reports that were changed, in ms; the others are asked after it was sent. */
const PATIENCE = 60;

/** How far all units below are with their reports of a year. */
export default page("GET /overview", async ({ actor, searchParams }) => {
  const now = new Date();
  const usual = lastYear(now);
  const years = [...new Set([usual, ...(await reportedYears(actor))])].sort((a, b) => b - a);
  const asked = askedIn(searchParams, years, usual);
  const units = await tallied(actor, await readProgress(actor, asked.year));
  const found = named(rowsOf(units, asked.year, dayInChina(now)), asked.name);
  const picked = found.filter((row) => isIn(asked.view, row));
  const awaited = picked.filter(({ report }) => isAwaited(report?.standing)).map(({ organisation }) => organisation.id);
  const pages = Math.max(1, Math.ceil(picked.length / AT_ONCE));
  const at = Math.min(asked.page, pages);
  return (
    <Page
      heading={`${asked.year}年度报告报送情况`}
      aside={
        <Actions>
          <ButtonLink href={`/overview/totals?year=${asked.year}`}>汇总</ButtonLink>
          <PrintButton>打印</PrintButton>
        </Actions>
      }
    >
      <form className={styles.filter} action="/overview" method="get">
        <Choice
          label="年度"
          name="year"
          defaultValue={asked.year}
          choices={years.map((year) => ({ value: `${year}`, name: `${year}年` }))}
        />
        <Field label="单位名称" name="name" type="search" autoComplete="off" defaultValue={asked.name} />
        {asked.view !== "all" && <input type="hidden" name="view" value={asked.view} />}
        <Button primary type="submit">
          查询
        </Button>
      </form>
      {units.length === 0 ? (
        <Card>还没有下级单位。由系统管理员在“单位与用户”里增加。</Card>
      ) : (
        <>
          <Views rows={found} asked={asked} />
          <p className={soft}>
            {actor.organisation.name}下级单位，截至{moment.format(now)}。{deadlinesIn(found)}
          </p>
          {awaited.length > 0 && (
            <div className={styles.onScreen}>
              <RemindAll key={addressOf(asked)} year={asked.year} units={awaited} />
            </div>
          )}
          {picked.length === 0 ? (
            <Card>没有符合条件的单位。</Card>
          ) : (
            <Board rows={picked.slice((at - 1) * AT_ONCE, at * AT_ONCE)} year={asked.year} />
          )}
          {pages > 1 && <Pages asked={asked} at={at} pages={pages} />}
          {picked.some(({ report }) => report) && (
            <div className={styles.onScreen}>
              <BatchDownload
                heading={`下载列表中的报告（${picked.filter(({ report }) => report).length} 份）`}
                path="/api/region-batches"
                fixed={{ year: asked.year, view: asked.view, name: asked.name }}
                kinds={kindChoices}
                begun={batches().latest(regionOf(actor))}
              />
            </div>
          )}
        </>
      )}
      <RefreshSoon waiting={untallied(units).length} />
    </Page>
  );
});

const untallied = (units: readonly UnitProgress[]) =>
  units.flatMap(({ report, requirements }) => (report && !report.isTallied ? [{ ...report, requirements }] : []));

/** The same units, with what the checks say of their reports now as far as there is time. The rest is counted after the page. */
async function tallied(
  actor: Parameters<typeof readProgress>[0],
  units: readonly UnitProgress[],
): Promise<UnitProgress[]> {
  const waiting = untallied(units);
  const counted = await tallyReports(actor, waiting, { covers: isCovered, until: Date.now() + PATIENCE });
  const left = waiting.filter(({ id }) => !counted.has(id));
  if (left.length > 0) after(() => tallyReports(actor, left, { covers: isCovered, until: Number.POSITIVE_INFINITY }));
  return units.map((unit) => {
    const tally = unit.report && counted.get(unit.report.id);
    return unit.report && tally ? { ...unit, report: { ...unit.report, tally, isTallied: true } } : unit;
  });
}

/** How many units are how far, each a way to see only those. */
const Views = ({ rows, asked }: { rows: readonly Row[]; asked: Asked }) => (
  <nav aria-label="按进度查看">
    <ul className={styles.views}>
      {views.map((view) => {
        const count = rows.filter((row) => isIn(view, row)).length;
        return (
          <li key={view}>
            <Link
              className={styles.view}
              href={addressOf({ ...asked, view, page: 1 })}
              aria-current={view === asked.view ? "page" : undefined}
              data-alarm={(count > 0 && (view === "late" || view === "faulty")) || undefined}
            >
              <span>{viewNames[view]}</span> <strong>{count}</strong>
            </Link>
          </li>
        );
      })}
    </ul>
  </nav>
);

/** The days by which these units must have published, and how many by which. */
function deadlinesIn(rows: readonly Row[]): string {
  const days = new Map<string, number>();
  for (const { due } of rows) {
    const words = `${printedDate(due.day)}（${due.by}）`;
    days.set(words, (days.get(words) ?? 0) + 1);
  }
  if (days.size === 0) return "";
  if (days.size === 1) return `公布期限：${[...days.keys()][0]}。`;
  return `公布期限：${[...days].map(([words, count]) => `${words}${count} 个单位`).join("，")}。`;
}

const Pages = ({ asked, at, pages }: { asked: Asked; at: number; pages: number }) => (
  <nav className={styles.pages} aria-label="分页">
    {at > 1 && <Link href={addressOf({ ...asked, page: at - 1 })}>上一页</Link>}
    <span>
      第 {at} 页，共 {pages} 页
    </span>
    {at < pages && <Link href={addressOf({ ...asked, page: at + 1 })}>下一页</Link>}
  </nav>
);
