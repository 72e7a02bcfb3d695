"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Actions, Card } from "@/components/ui/page.tsx";
import { useAlive } from "@/components/ui/use-alive.ts";
import styles from "./welcome.module.css";
import { welcomeCookie } from "./welcome.ts";

/** 三步上手: shown until it is put away, once and for all on this machine. */
export function Welcome() {
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
      <h2>三步上手</h2>
      <ol className={styles.steps}>
        <li>
          <strong>新建</strong>选择统计年度，系统按该年度适用的格式准备好各个部分。
        </li>
        <li>
          <strong>填写</strong>按任务清单一步一步填，不用记顺序；内容随填随存，可以随时离开、下次接着填。
        </li>
        <li>
          <strong>校验与下载</strong>把系统指出的问题改好，下载 Word、PDF 或发布包，送审、公布。
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
