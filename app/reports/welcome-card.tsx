"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Actions, Card } from "@/components/ui/page.tsx";
import { useAlive } from "@/components/ui/use-alive.ts";
import styles from "./welcome.module.css";
import { welcomeCookie } from "./welcome.ts";

/** 三分钟上手: shown until it is put away, once and for all on this machine. `report` is the id of the newest one. */
export function Welcome({ report }: { report: string | undefined }) {
  const [shown, setShown] = useState(true);
  const alive = useAlive();
  if (!shown) return null;
  const close = () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not there over plain HTTP
    document.cookie = welcomeCookie;
    setShown(false);
    document.getElementById("content")?.focus();
  };
  return (
    <Card>
      <h2>三分钟上手</h2>
      <ol className={styles.steps}>
        <li>
          <strong>
            <Link href="/sample">看样例</Link>
          </strong>
          先看一份填好的报告：三张表和各部分文字最后是什么样子。
        </li>
        <li>
          <strong>
            <Link href="/reports/new">新建</Link>
          </strong>
          选择统计年度，带上上年的报告，上年结转自动填好。
        </li>
        <li>
          <strong>{report ? <Link href={`/reports/${report}`}>填写</Link> : "填写"}</strong>
          按任务清单一步一步填，随填随存，可以随时离开、下次接着填。一个数该怎样统计，看
          <Link href="/glossary">名词与口径</Link>。
        </li>
        <li>
          <strong>{report ? <Link href={`/reports/${report}/check`}>校验与下载</Link> : "校验与下载"}</strong>
          把系统指出的问题改好，下载 Word、PDF 或发布包。
        </li>
        <li>
          <strong>送审和公开</strong>
          没有错误以后送审；审核、签发、报送、公开，每一步办理都有回执。
        </li>
      </ol>
      <Actions>
        <Button small disabled={!alive} onClick={close}>
          知道了，不再显示
        </Button>
      </Actions>
    </Card>
  );
}
