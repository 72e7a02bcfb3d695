import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import Link from "next/link";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { ForgetHere } from "@/components/access/forget-here.tsx";
import { LogOut } from "@/components/access/log-out.tsx";
import { SessionWarning } from "@/components/access/session-warning.tsx";
import { Alive } from "@/components/ui/alive.tsx";
import { LOOK_COOKIE, lookAttributes, lookOf } from "@/components/ui/look.ts";
import { LookSwitches } from "@/components/ui/look-switches.tsx";
import { OfflineNotice } from "@/components/ui/offline-notice.tsx";
import { isAllowed } from "@/lib/auth/routes.ts";
import { currentSession, endsOf } from "@/lib/auth/session.ts";
import { NONCE } from "@/lib/env.ts";
import "./globals.css";
import styles from "./layout.module.css";
import { productName } from "./product.ts";

export const metadata: Metadata = {
  title: { default: productName, template: `%s - ${productName}` },
  description: "填写、校验政府信息公开工作年度报告，生成可以公布的文档。",
  robots: { index: false },
  formatDetection: { telephone: false, email: false, address: false },
};

/** Every page is made for its request: whose report it is and how it stands changes from one to the next. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection();
  const session = await currentSession();
  const actor = session?.actor;
  const look = lookOf((await cookies()).get(LOOK_COOKIE)?.value);
  const nonce = (await headers()).get(NONCE) ?? undefined;
  return (
    // supported.js is at work on it before the page comes to life.
    <html lang="zh-CN" data-user={actor?.user.id} {...lookAttributes(look)} suppressHydrationWarning>
      <head>
        {/* Not deferred: browsers that lack what the pages need are led away before they try. */}
        <script src="/supported.js" nonce={nonce} />
      </head>
      <body>
        <a className={styles.skip} href="#content">
          跳到正文
        </a>
        <header className={styles.header}>
          <div className={styles.bar}>
            <Link className={styles.product} href="/">
              {productName}
            </Link>
            {actor && (
              <nav aria-label="主导航">
                {isAllowed("GET /overview", actor.roles) && (
                  <Link className={styles.link} href="/overview">
                    报送情况
                  </Link>
                )}
                {isAllowed("GET /reports", actor.roles) && (
                  <Link className={styles.link} href="/reports">
                    年度报告
                  </Link>
                )}
                <Link className={styles.link} href="/checkup">
                  年报体检
                </Link>
                {isAllowed("POST /api/requirements", actor.roles) && (
                  <Link className={styles.link} href="/requirements">
                    地方要求
                  </Link>
                )}
                {isAllowed("GET /audit", actor.roles) && (
                  <Link className={styles.link} href="/audit">
                    操作记录
                  </Link>
                )}
                {isAllowed("GET /administration", actor.roles) && (
                  <Link className={styles.link} href="/administration">
                    单位与用户
                  </Link>
                )}
              </nav>
            )}
            <p className={styles.secrecy}>严禁处理、传输国家秘密</p>
            <div className={styles.looks}>
              <LookSwitches initial={look} />
            </div>
            {actor && (
              <div className={styles.who}>
                <p className={styles.organisation} title={actor.organisation.name}>
                  {actor.organisation.name}
                </p>
                <Link className={styles.link} href="/account">
                  {actor.user.name}
                </Link>
                <LogOut owner={actor.user.id} />
              </div>
            )}
          </div>
        </header>
        <p className={styles.dead} role="alert">
          页面没有完全载入，暂时不能填写。请刷新页面；仍然这样，请换用
          <a href="/unsupported.html">本系统支持的浏览器</a>打开。
        </p>
        <p className={styles.unscripted}>
          浏览器停用了脚本，本系统不能填写和保存。请在浏览器设置中允许本网站运行 JavaScript，或者
          <a href="/unsupported.html">换一个浏览器</a>。
        </p>
        <Alive />
        <ForgetHere user={actor?.user.id} />
        <OfflineNotice />
        {session && <SessionWarning {...endsOf(session)} />}
        <div id="content" className={styles.content} tabIndex={-1}>
          {children}
        </div>
        <footer className={styles.footer}>
          <p>
            本系统只用于编制主动公开的年度报告，严禁处理、传输国家秘密。
            {actor && <Link href="/glossary">名词与口径</Link>}
          </p>
        </footer>
      </body>
    </html>
  );
}
