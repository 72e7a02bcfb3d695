"use client";

import { DownloadLink } from "@/components/ui/download-link.tsx";
import { Card, soft } from "@/components/ui/page.tsx";
import { type DownloadKind, downloadKinds, kindNames } from "@/lib/export/kinds.ts";
import { addressOf } from "./navigation.tsx";
import styles from "./overview.module.css";
import { PreviewLink } from "./preview-link.tsx";
import { useReportContext } from "./report-provider.tsx";
import { useFindingsToSubmit, useIsChecked } from "./use-report.ts";

const uses: Readonly<Record<DownloadKind, string>> = {
  docx: "可在 Word、WPS 中编辑、盖章",
  pdf: "打印、传阅",
  pdfa: "PDF/A-2b，长期保存、移交档案；不附带报告数据",
  ofd: "试验：请先用本单位的阅读软件打开核对",
  html: "贴进网站后台发布",
  txt: "核对、摘用",
  json: "备份、交换",
  pack: "Word、PDF、网页、数据和审签单，装在一个 ZIP 里",
};

/** What most people need: to edit, to print and to publish. */
const usual: readonly DownloadKind[] = ["docx", "pdf", "pack"];
const others = downloadKinds.filter((kind) => !usual.includes(kind));

/** A Latin word is set off by a blank. */
const beside = (name: string): string => (/^[A-Z]/.test(name) ? ` ${name}` : name);

/** The finished documents. Made by the server, so what was typed is sent there first. */
export function Downloads() {
  const { draft, editable } = useReportContext();
  const errors = useFindingsToSubmit().filter(({ severity }) => severity === "error").length;
  const isChecked = useIsChecked();
  const marked = errors > 0;

  const send = async () =>
    (await draft.flush())
      ? undefined
      : "服务器没有应答，或还有修改没有存上，没有下载。请等页面上方显示“已保存”后再试。";

  const link = (kind: DownloadKind, className?: string) => (
    <>
      <DownloadLink className={className} href={addressOf(draft.id, `export/${kind}`)} before={send}>
        下载{beside(kindNames[kind])}
        {marked && "（草稿）"}
      </DownloadLink>
      <span className={soft}>{uses[kind]}</span>
    </>
  );

  return (
    <Card aria-label="预览和下载">
      <h2>预览和下载</h2>
      {!isChecked && <p className={soft}>正在检查…</p>}
      {marked && <p className={styles.draft}>还有 {errors} 处错误或空格，下载的文件会标明“草稿”，不能直接公布。</p>}
      {isChecked && !marked && <p className={styles.ready}>没有错误{editable && "，下载的文件可以送审、公布"}。</p>}
      <ul className={styles.downloads}>
        <li>
          <PreviewLink className={styles.download} />
          <span className={soft}>在浏览器中查看全文</span>
        </li>
        {usual.map((kind) => (
          <li key={kind}>{link(kind, styles.download)}</li>
        ))}
      </ul>
      <h3>其他格式</h3>
      <ul className={styles.otherDownloads}>
        {others.map((kind) => (
          <li key={kind}>{link(kind)}</li>
        ))}
      </ul>
    </Card>
  );
}
