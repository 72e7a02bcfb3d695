"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { encode } from "uqr";
import { Button } from "@/components/ui/button.tsx";
import { Field } from "@/components/ui/field.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions, stack } from "@/components/ui/page.tsx";
import { type Answer, send } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";
import styles from "./account.module.css";

/** Opens and closes the second factor, each by the password. */
export function TotpPanel({ isConfirmed }: { isConfirmed: boolean }) {
  const alive = useAlive();
  const router = useRouter();
  const [begun, setBegun] = useState<Answer>();
  const [message, setMessage] = useState<string>();

  async function ask(method: "POST" | "PUT" | "DELETE", body: object) {
    const answer = await send(method, "/api/account/totp", body);
    setMessage(answer.status === 200 ? undefined : answer.message);
    if (answer.status !== 200) return;
    setBegun(method === "POST" ? answer : undefined);
    if (method !== "POST") router.refresh();
  }
  const submit = (method: "POST" | "PUT" | "DELETE") => (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void ask(method, Object.fromEntries(new FormData(event.currentTarget)));
  };
  const wrong = message !== undefined && { error: message };

  if (begun?.address) {
    return (
      <form key="code" className={stack} method="dialog" noValidate onSubmit={submit("PUT")}>
        <div className={styles.code}>
          <QrCode text={begun.address} />
          <div>
            <p>用手机上的身份验证器（如微信小程序“腾讯身份验证器”、FreeOTP 等）扫描二维码，不能扫描的手工输入密钥：</p>
            <p className={styles.secret}>{begun.secret?.replace(/.{4}/g, "$& ")}</p>
          </div>
        </div>
        <Field
          label="动态口令"
          hint="输入身份验证器当前显示的 6 位数字。"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          {...wrong}
        />
        <Actions>
          <Button primary type="submit">
            确认开通
          </Button>
        </Actions>
      </form>
    );
  }
  return (
    <form
      key="password"
      className={stack}
      method="dialog"
      noValidate
      onSubmit={submit(isConfirmed ? "DELETE" : "POST")}
    >
      {isConfirmed ? (
        <Notice>已经开通：登录时除密码外，还要输入手机上显示的动态口令。</Notice>
      ) : (
        <p>没有开通。开通后登录时除密码外，还要输入手机上显示的 6 位动态口令，密码泄露也不能登录。手机不需要联网。</p>
      )}
      <Field
        label="现在的密码"
        name="password"
        type="password"
        disabled={!alive}
        autoComplete="current-password"
        {...wrong}
      />
      <Actions>
        <Button type="submit" disabled={!alive}>
          {isConfirmed ? "关闭动态口令" : "开通动态口令"}
        </Button>
      </Actions>
    </form>
  );
}

/** Dark squares on white in any look: scanners know no other. */
function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { border: 2 });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg role="img" aria-label="开通动态口令的二维码" viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <path d={squares.join("")} fill="#000000" />
    </svg>
  );
}
