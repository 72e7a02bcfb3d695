import type { Metadata } from "next";
import Link from "next/link";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { currentOrganisation } from "@/lib/auth/session.ts";
import "./globals.css";
import styles from "./layout.module.css";
import { productName } from "./product.ts";

export const metadata: Metadata = {
  title: { default: productName, template: `%s - ${productName}` },
  description: "填写、校验政府信息公开工作年度报告，生成可以公布的文档。",
  referrer: "same-origin",
  robots: { index: false },
  formatDetection: { telephone: false, email: false, address: false },
};

/** Every page is made for its request: whose report it is and how it stands changes from one to the next. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection();
  const organisation = await currentOrganisation();
  return (
    <html lang="zh-CN">
      <body>
        <a className={styles.skip} href="#content">
          跳到正文
        </a>
        <header className={styles.header}>
          <div className={styles.bar}>
            <Link className={styles.product} href="/">
              {productName}
            </Link>
            {organisation && (
              <nav aria-label="主导航">
                <Link className={styles.link} href="/reports">
                  年度报告
                </Link>
              </nav>
            )}
            <p className={styles.secrecy}>严禁处理、传输国家秘密</p>
            {organisation && (
              <p className={styles.organisation} title={organisation.name}>
                {organisation.name}
              </p>
            )}
          </div>
        </header>
        <p className={styles.outdated}>
          您的浏览器版本过低，本系统不能正常使用。请改用 Chrome、Edge 109 及以上版本，或
          360、奇安信等浏览器最新版的极速模式。
        </p>
        <noscript>
          <p className={styles.warning}>
            浏览器停用了脚本，本系统不能填写和保存。请在浏览器设置中允许本网站运行 JavaScript。
          </p>
        </noscript>
        <div id="content" className={styles.content} tabIndex={-1}>
          {children}
        </div>
        <footer className={styles.footer}>
          <p>本系统只用于编制主动公开的年度报告，严禁处理、传输国家秘密。</p>
        </footer>
      </body>
    </html>
  );
}
