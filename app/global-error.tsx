"use client";

import { useEffect } from "react";
import { lookInCookies, lookOf } from "@/components/ui/look.ts";
import { showLook } from "@/components/ui/look-switches.tsx";
import "./globals.css";
import ErrorPage from "./error.tsx";
import styles from "./layout.module.css";
import { productName } from "./product.ts";

/** Stands in for the layout itself, when that has failed: mostly because the database does not answer. */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  useEffect(() => showLook(lookOf(lookInCookies(document.cookie))), []);
  return (
    <html lang="zh-CN">
      <body>
        <title>{`页面没有打开 - ${productName}`}</title>
        <header className={styles.header}>
          <div className={styles.bar}>
            <p className={styles.product}>{productName}</p>
            <p className={styles.secrecy}>严禁处理、传输国家秘密</p>
          </div>
        </header>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
