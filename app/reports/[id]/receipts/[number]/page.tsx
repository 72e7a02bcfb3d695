import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Card, Page, soft } from "@/components/ui/page.tsx";
import { PrintButton } from "@/components/ui/print-button.tsx";
import { page } from "@/lib/auth/page.ts";
import { titleOf } from "@/lib/report/compose.ts";
import { readWorkflow } from "@/lib/store/workflow.ts";
import { roleNames } from "@/lib/workflow/roles.ts";
import { moment } from "@/lib/workflow/times.ts";
import { actionNames, stateNames } from "@/lib/workflow/words.ts";
import { reportOfPage } from "../../report.ts";
import styles from "./receipt.module.css";

export const metadata: Metadata = { title: "回执" };

/** What proves later who did what with which content: to be printed and put into the file. */
export default page("GET /reports/[id]/receipts/[number]", async ({ actor, params: { id, number } }) => {
  const { stored, format } = await reportOfPage(id);
  const workflow = await readWorkflow(actor, id);
  const made = workflow?.transitions.find((transition) => String(transition.number) === number);
  if (!made) notFound();
  const rows: [string, string][] = [
    ["报告", titleOf(format, stored.report).replaceAll("\n", "")],
    ["办理事项", `${actionNames[made.action]}（${stateNames[made.from]} → ${stateNames[made.to]}）`],
    ["办理人", `${made.userName}（${roleNames[made.role]}）`],
    ["办理时间", moment.format(made.at)],
    ["报告版本", `第 ${made.version} 版${made.edition > 1 ? `，更正版（第 ${made.edition - 1} 次更正）` : ""}`],
    ["内容校验值", made.digest],
    ["操作记录", `第 ${made.record.sequence} 条，校验值 ${made.record.hash}`],
  ];
  if (made.reason !== undefined) rows.push(["理由", made.reason]);
  return (
    <Page heading={`${actionNames[made.action]}回执`} narrow>
      <Card>
        <dl className={styles.receipt}>
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className={soft}>
          内容校验值是这一版报告的数据文件（JSON）的
          SHA-256。保存操作记录的序号和校验值，以后可以核对系统中的记录有没有被改动。
        </p>
      </Card>
      <p className={styles.tools}>
        <PrintButton>打印回执</PrintButton>
        <Link href={`/reports/${id}`}>回到任务清单</Link>
      </p>
    </Page>
  );
});
