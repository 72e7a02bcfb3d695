import type { Metadata } from "next";
import Link from "next/link";
import { Button, buttonLook } from "@/components/ui/button.tsx";
import { Choice, Field } from "@/components/ui/field.tsx";
import { ListTable } from "@/components/ui/list-table.tsx";
import { Actions, Card, Page } from "@/components/ui/page.tsx";
import { auditEvents, eventName } from "@/lib/audit/events.ts";
import { page } from "@/lib/auth/page.ts";
import { listEntries, type NamedEntry } from "@/lib/store/audit.ts";
import { type Role, roleNames } from "@/lib/workflow/roles.ts";
import styles from "./audit.module.css";
import { type Asked, askedIn, filterOf } from "./filter.ts";
import { Verification } from "./verification.tsx";

export const metadata: Metadata = { title: "操作记录" };

const AT_ONCE = 100;

/** What everybody did, in the auditor's organisation and those below it, the latest first. */
export default page("GET /audit", async ({ actor, searchParams }) => {
  const asked = askedIn(searchParams);
  const before = Number(searchParams.before) || undefined;
  const found = await listEntries(actor, filterOf(asked), { before, limit: AT_ONCE + 1 });
  const entries = found.slice(0, AT_ONCE);
  const last = found.length > AT_ONCE ? entries.at(-1) : undefined;
  return (
    <Page heading="操作记录">
      <p>
        记录本单位和下级单位所有用户的登录、管理、审签和下载。记录只增不改，每条都与前一条连在一起，改动、删除、插入都能发现。
      </p>
      <Card>
        <Verification />
      </Card>
      <form className={styles.filter} action="/audit" method="get">
        <Field label="从" name="from" type="date" defaultValue={asked.from} />
        <Field label="到" name="until" type="date" defaultValue={asked.until} />
        <Choice
          label="事项"
          name="event"
          choices={[
            { value: "", name: "全部" },
            ...Object.entries(auditEvents).map(([value, name]) => ({ value, name })),
          ]}
          defaultValue={asked.event}
        />
        <Field label="用户名" name="username" autoComplete="off" defaultValue={asked.username} />
        <Field label="对象编号" name="object" autoComplete="off" defaultValue={asked.object} />
        <Actions>
          <Button primary type="submit">
            查询
          </Button>
          <a className={buttonLook({})} href={`/audit/entries?${queryOf(asked)}`} download>
            导出查询结果
          </a>
        </Actions>
      </form>
      {entries.length === 0 ? <p>没有符合条件的记录。</p> : <Entries entries={entries} />}
      {last && (
        <p>
          <Link href={`/audit?${queryOf(asked)}&before=${last.sequence}`}>更早的记录</Link>
        </p>
      )}
    </Page>
  );
});

const second = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  dateStyle: "medium",
  timeStyle: "medium",
  hour12: false,
});

const queryOf = (asked: Asked): string =>
  new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== "")).toString();

const Entries = ({ entries }: { entries: readonly NamedEntry[] }) => (
  <ListTable
    className={styles.entries}
    name="记录列表"
    caption="操作记录，最近的在前"
    columns={["序号", "时间", "事项", "用户", "单位", "对象和内容"]}
  >
    {entries.map((entry) => (
      <tr key={entry.sequence}>
        <td>{entry.sequence}</td>
        <td>{second.format(entry.at)}</td>
        <td>{eventName(entry.event)}</td>
        <td>
          {entry.username ?? entry.user ?? "—"}
          {entry.role !== null && `（${roleNames[entry.role as Role] ?? entry.role}）`}
        </td>
        <td>{entry.organisationName ?? entry.organisation ?? "—"}</td>
        <td className={styles.about}>
          {entry.object !== null && (
            <Link href={`/audit?${new URLSearchParams({ object: entry.object })}`} prefetch={false}>
              {entry.objectName ?? entry.object}
            </Link>
          )}
          {Object.entries(entry.details).map(([name, value]) => (
            <span key={name}>
              {name}={value}
            </span>
          ))}
        </td>
      </tr>
    ))}
  </ListTable>
);
