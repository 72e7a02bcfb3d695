"use client";

import { useState } from "react";
import { Notice } from "@/components/ui/notice.tsx";
import { isDraft } from "@/lib/checks/check.ts";
import { addressOf } from "./navigation.tsx";
import styles from "./overview.module.css";
import { PreviewLink } from "./preview-link.tsx";
import { useReportContext } from "./report-provider.tsx";
import { useFindings } from "./use-report.ts";

const kinds = [
  { kind: "docx", name: "Word 文档", use: "可在 Word、WPS 中编辑、盖章" },
  { kind: "pdf", name: "PDF 文档", use: "打印、传阅" },
  { kind: "pdfa", name: "存档 PDF", use: "PDF/A-2b，长期保存、移交档案；不附带报告数据" },
  { kind: "ofd", name: "OFD 文档", use: "试验：请先用本单位的阅读软件打开核对" },
  { kind: "html", name: "网页", use: "贴进网站后台发布" },
  { kind: "txt", name: "纯文本", use: "核对、摘用" },
  { kind: "pack", name: "发布包", use: "Word、PDF、网页、数据和审签单，装在一个 ZIP 里" },
  { kind: "json", name: "数据", use: "备份、交换" },
];

/** Lets the browser fetch a file. This page stays, even if the server has stopped meanwhile. */
function save(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  link.click();
}

/** The finished documents. Made by the server, so what was typed is sent there first. */
export function Downloads() {
  const { draft } = useReportContext();
  const [problem, setProblem] = useState("");
  // Recomputed with the live findings; the documents are judged as to be submitted.
  useFindings();
  const marked = isDraft(draft.format, draft.state.report);

  const download = async (address: string) => {
    setProblem("");
    if (await draft.flush()) save(address);
    else setProblem("服务器没有应答，或还有修改没有存上，没有下载。请等页面上方显示“已保存”后再试。");
  };

  return (
    <section className={styles.card} aria-label="预览和下载">
      <h2>预览和下载</h2>
      {marked && <p className={styles.draft}>还有错误或空格没有处理：现在下载的文件带“草稿”标记，不能直接公布。</p>}
      {problem && <Notice error>{problem}</Notice>}
      <ul className={styles.downloads}>
        <li>
          <PreviewLink className={styles.download} />
          <span className={styles.use}>在浏览器中查看全文</span>
        </li>
        {kinds.map(({ kind, name, use }) => (
          <li key={kind}>
            <a
              className={styles.download}
              href={addressOf(draft.id, `export/${kind}`)}
              onClick={(event) => {
                event.preventDefault();
                void download(event.currentTarget.href);
              }}
            >
              下载{name}
              {marked && "（草稿）"}
            </a>
            <span className={styles.use}>{use}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
