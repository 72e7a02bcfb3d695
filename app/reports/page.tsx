import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { deadlineWords, yearDue } from "@/components/report/deadline.ts";
import { DeadlineNotice } from "@/components/report/deadline-notice.tsx";
import { ButtonLink, buttonLook } from "@/components/ui/button.tsx";
import { DownloadLink } from "@/components/ui/download-link.tsx";
import { ListTable } from "@/components/ui/list-table.tsx";
import { Actions, Card, Page, soft } from "@/components/ui/page.tsx";
import { page } from "@/lib/auth/page.ts";
import { isAllowed } from "@/lib/auth/routes.ts";
import { batches } from "@/lib/export/batches.ts";
import { dayInChina } from "@/lib/report/day.ts";
import { listReminders } from "@/lib/store/reminders.ts";
import { listReports } from "@/lib/store/reports.ts";
import { requirementsFor } from "@/lib/store/requirements.ts";
import type { Role } from "@/lib/workflow/roles.ts";
import { stateNames } from "@/lib/workflow/words.ts";
import { isOpen, type Standing, turnOf } from "@/lib/workflow/workflow.ts";
import { formatById } from "@/templates/index.ts";
import { BatchDownload } from "./batch-download.tsx";
import { kindChoices } from "./kind-choices.ts";
import { ReminderNotice } from "./reminder-notice.tsx";
import styles from "./reports.module.css";
import { WELCOME_COOKIE } from "./welcome.ts";
import { Welcome } from "./welcome-card.tsx";

export const metadata: Metadata = { title: "年度报告" };

/** The years of my organisation, newest first. */
export default page("GET /reports", async ({ actor }) => {
  const { organisation } = actor;
  const reports = await listReports(actor);
  const today = dayInChina(new Date());
  const requirements = await requirementsFor(actor);
  const next = yearDue(organisation, today, requirements);
  const notices = (
    <>
      <ReminderNotice reminders={await listReminders(actor)} />
      <DeadlineNotice words={deadlineWords({ year: next, organisation }, today, requirements)} />
    </>
  );
  const mayBegin = isAllowed("GET /reports/new", actor.roles);
  const isNew = mayBegin && !(await cookies()).has(WELCOME_COOKIE);
  const welcome = isNew && <Welcome report={reports[0]?.id} />;
  if (reports.length === 0) {
    return (
      <NoReports next={next} mayBegin={mayBegin}>
        {notices}
        {welcome}
      </NoReports>
    );
  }
  return (
    <Page
      heading="年度报告"
      aside={
        <Actions>
          <ButtonLink href="/sample">看一份填好的样例</ButtonLink>
          {mayBegin && (
            <ButtonLink primary href="/reports/new">
              新建年度报告
            </ButtonLink>
          )}
        </Actions>
      }
    >
      {notices}
      {welcome}
      <ListTable
        className={styles.list}
        name="报告列表"
        caption={`${organisation.name}的年度报告`}
        columns={["年度", "适用格式", "状态", "最近保存", "办理", "下载"]}
      >
        {reports.map(({ id, report: { year, format }, savedAt, standing }) => (
          <tr key={id}>
            <th scope="row">{year}年</th>
            <td>{formatById(format)?.notice}</td>
            <td>
              {standing.edition > 1 && "更正版："}
              {stateNames[standing.state]}
            </td>
            <td>
              <time dateTime={new Date(savedAt).toISOString()}>{moment.format(savedAt)}</time>
            </td>
            <td>
              <OpenReport id={id} year={year} standing={standing} roles={actor.roles} />
            </td>
            <td>
              <Actions>
                <DownloadLink
                  className={small}
                  href={`/reports/${id}/export/docx`}
                  aria-label={`下载${year}年报告的 Word 文档`}
                >
                  Word
                </DownloadLink>
                <DownloadLink
                  className={small}
                  href={`/reports/${id}/export/pdf`}
                  aria-label={`下载${year}年报告的 PDF 文档`}
                >
                  PDF
                </DownloadLink>
              </Actions>
            </td>
          </tr>
        ))}
      </ListTable>
      <p className={soft}>报告中还有错误时也可以下载，文档会标明“草稿”。</p>
      <BatchDownload
        heading="批量下载"
        path="/api/batches"
        years={reports.map(({ report }) => report.year)}
        kinds={kindChoices}
        begun={batches().latest(organisation.id)}
      />
    </Page>
  );
});

type OpenReportProps = { id: string; year: number; standing: Standing; roles: readonly Role[] };

/** The way into a report, named after what whoever looks at the list is to do there. */
function OpenReport({ id, year, standing, roles }: OpenReportProps) {
  const turn = turnOf(standing);
  const isMine = turn !== undefined && roles.includes(turn);
  const name = isMine ? (isOpen(standing) ? "继续填写" : "办理") : "查看";
  return (
    <ButtonLink primary={isMine} small href={`/reports/${id}`} aria-label={`${name}${year}年报告`}>
      {name}
    </ButtonLink>
  );
}

function NoReports({ next, mayBegin, children }: { next: number; mayBegin: boolean; children: ReactNode }) {
  return (
    <Page heading="年度报告">
      {children}
      <Card>
        <p>
          {mayBegin
            ? `还没有年度报告。请新建${next}年的报告，系统会按该年度适用的官方格式准备好各个部分。`
            : "本单位还没有年度报告。经办人新建以后，在这里查看和办理。"}
        </p>
        <Actions>
          {mayBegin && (
            <ButtonLink primary href="/reports/new">
              新建{next}年度报告
            </ButtonLink>
          )}
          <ButtonLink href="/sample">看一份填好的样例</ButtonLink>
        </Actions>
      </Card>
    </Page>
  );
}

const small = buttonLook({ small: true });

const moment = new Intl.DateTimeFormat("zh-CN", {
  dateStyle: "long",
  timeStyle: "short",
  timeZone: "Asia/Shanghai",
});
