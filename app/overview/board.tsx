import Link from "next/link";
import { ListTable } from "@/components/ui/list-table.tsx";
import { soft } from "@/components/ui/page.tsx";
import type { UnitProgress } from "@/lib/store/overview.ts";
import { isAwaited, stageNames } from "@/lib/workflow/stages.ts";
import { moment } from "@/lib/workflow/times.ts";
import { stateNames } from "@/lib/workflow/words.ts";
import styles from "./overview.module.css";
import { RemindUnit } from "./remind.tsx";
import type { Row } from "./rows.ts";

/** One line a unit: how far it is, what the checks say, its deadline, and when something was last done. */
export const Board = ({ rows, year }: { rows: readonly Row[]; year: number }) => (
  <ListTable
    className={styles.board}
    name="单位列表"
    caption="各单位的报送情况"
    columns={["单位", "进度", "检查", "公布期限", "最近活动", "催报"]}
  >
    {rows.map((row) => (
      <tr key={row.organisation.id}>
        <th scope="row">
          <Unit {...row} />
        </th>
        <td>
          <Stage {...row} />
        </td>
        <td>
          <Tally {...row} />
        </td>
        <td>
          <Due {...row} />
        </td>
        <td>
          <Activity {...row} />
        </td>
        <td>
          <Reminding row={row} year={year} />
        </td>
      </tr>
    ))}
  </ListTable>
);

/** The way into its report, which a 主管部门 can only read. */
const Unit = ({ organisation, within, report }: Row) => (
  <>
    {report ? <Link href={`/reports/${report.id}`}>{organisation.name}</Link> : organisation.name}
    {within.length > 0 && <span className={soft}>{within.toReversed().join(" › ")}</span>}
  </>
);

const isOpen = (stage: Row["stage"]) => stage === "drafting" || stage === "returned";

function Stage({ stage, report }: Row) {
  const { standing, tally } = report ?? {};
  return (
    <>
      <span className={styles.stage} data-stage={stage}>
        {standing && standing.edition > 1 && stage !== "published" && "更正版："}
        {stageNames[stage]}
      </span>
      {stage === "signing" && standing && <span className={soft}>{stateNames[standing.state]}</span>}
      {isOpen(stage) && tally && (
        <span className={soft}>
          已完成 {tally.done}/{tally.steps} 部分
        </span>
      )}
    </>
  );
}

function Tally({ report, stage }: Row) {
  if (!report) return null;
  const { tally, isTallied } = report;
  if (!tally) return <span className={soft}>正在检查</span>;
  const { errors, warnings, answered } = tally;
  return (
    <>
      {errors > 0 && <strong className={styles.alarm}>错误 {errors}</strong>}
      {warnings > 0 && (
        <span>
          警告 {warnings}
          {answered > 0 && <span className={soft}>已说明 {answered}</span>}
        </span>
      )}
      {errors + warnings === 0 && <span className={soft}>{isOpen(stage) ? "暂无错误" : "没有问题"}</span>}
      {!isTallied && <span className={soft}>正在重新检查</span>}
    </>
  );
}

/** How many days before it a deadline is spoken of. */
const SOON = 30;

function Due({ due, days, isLate, stage }: Row) {
  return (
    <>
      <time dateTime={due.day}>{monthAndDay(due.day)}</time>
      {isLate && <strong className={styles.alarm}>逾期 {-days} 天</strong>}
      {days >= 0 && days <= SOON && stage !== "published" && (
        <span className={soft}>{days === 0 ? "今天到期" : `还有 ${days} 天`}</span>
      )}
    </>
  );
}

const monthAndDay = (date: string): string => `${date.slice(5).split("-").map(Number).join("月")}日`;

/** Without a report it counts whether anybody could begin one. */
function Activity({ report, clerks, loggedInAt }: UnitProgress) {
  if (report) return <Moment at={report.activeAt} />;
  if (clerks === 0) return <span className={soft}>没有经办人</span>;
  if (loggedInAt === undefined) return <span className={soft}>经办人没有登录过</span>;
  return (
    <>
      <Moment at={loggedInAt} />
      <span className={soft}>经办人登录</span>
    </>
  );
}

/** The way to ask for the report, as long as the unit is to do something, and when it was asked before. */
function Reminding({ row: { organisation, report, reminded }, year }: { row: Row; year: number }) {
  if (!isAwaited(report?.standing)) return null;
  return (
    <>
      <RemindUnit year={year} unit={organisation.id} name={organisation.name} />
      {reminded && (
        <span className={soft}>
          {dayOfYear.format(reminded.at)}已催报{reminded.times > 1 && `（${reminded.times} 次）`}
        </span>
      )}
    </>
  );
}

const dayOfYear = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "long", day: "numeric" });

const Moment = ({ at }: { at: number }) => <time dateTime={new Date(at).toISOString()}>{moment.format(at)}</time>;
