import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions, Card, Page, soft } from "@/components/ui/page.tsx";
import { page } from "@/lib/auth/page.ts";
import { oldestSessions } from "@/lib/auth/session.ts";
import { listSessions } from "@/lib/store/sessions.ts";
import { totpOf } from "@/lib/store/users.ts";
import { roleNames } from "@/lib/workflow/roles.ts";
import styles from "./account.module.css";
import { EndSession } from "./end-session.tsx";
import { SwitchOrganisation } from "./switch-organisation.tsx";
import { TotpPanel } from "./totp-panel.tsx";

export const metadata: Metadata = { title: "我的账号" };

/** Who is logged in, where, and by what. */
export default page("GET /account", async ({ actor, session }) => {
  const { user, organisation, roles } = actor;
  const sessions = await listSessions(actor, oldestSessions());
  const totp = await totpOf(actor);
  return (
    <Page heading="我的账号" narrow>
      {roles.length === 0 && (
        <Notice>您在“{organisation.name}”还没有角色，不能填写或查看报告。请联系系统管理员分配角色。</Notice>
      )}
      <Card>
        <dl className={styles.facts}>
          <dt>姓名</dt>
          <dd>{user.name}</dd>
          <dt>用户名</dt>
          <dd>{user.username}</dd>
          <dt>当前单位</dt>
          <dd>{organisation.name}</dd>
          <dt>角色</dt>
          <dd>{roles.map((role) => roleNames[role]).join("、") || "无"}</dd>
        </dl>
        {session.organisations.length > 1 && (
          <SwitchOrganisation organisations={session.organisations} current={organisation.id} />
        )}
      </Card>
      <Card>
        <h2>密码</h2>
        <p>上次更换：{moment.format(session.passwordSetAt)}</p>
        <Actions>
          <ButtonLink href="/account/password">更换密码</ButtonLink>
        </Actions>
      </Card>
      <Card>
        <h2>动态口令</h2>
        <TotpPanel isConfirmed={totp?.isConfirmed ?? false} />
      </Card>
      <Card>
        <h2>登录的设备</h2>
        <p>不认识的登录，请点“退出”，并更换密码。</p>
        <ul className={styles.sessions}>
          {sessions.map(({ id, browser, address, createdAt, seenAt }) => (
            <li key={id}>
              <div>
                <p>
                  {browser}
                  {id === session.id && <strong className={styles.here}>本机</strong>}
                </p>
                <p className={soft}>
                  {address && `${address}，`}
                  {moment.format(createdAt)}登录，最近使用{moment.format(seenAt)}
                </p>
              </div>
              {id !== session.id && <EndSession id={id} name={browser} />}
            </li>
          ))}
        </ul>
      </Card>
    </Page>
  );
});

const moment = new Intl.DateTimeFormat("zh-CN", { dateStyle: "long", timeStyle: "short", timeZone: "Asia/Shanghai" });
