"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions } from "@/components/ui/page.tsx";
import { type Answer, send } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";
import { OneTimePassword } from "../../one-time-password.tsx";

type UserAccessProps = { user: { id: string; name: string; isDisabled: boolean }; isOwn: boolean };

/** How she gets in, or does not any more. */
export function UserAccess({ user, isOwn }: UserAccessProps) {
  const alive = useAlive();
  const router = useRouter();
  const [error, setError] = useState<string>();
  const [done, setDone] = useState<string>();
  const [password, setPassword] = useState<string>();

  async function act(asked: Promise<Answer>, said?: string) {
    const answer = await asked;
    setError(answer.message);
    setPassword(answer.password);
    setDone(answer.message ? undefined : said);
    if (!answer.message) router.refresh();
  }
  const path = `/api/users/${user.id}`;

  if (isOwn) return <p>这是您自己的账号。更换密码请到“我的账号”。</p>;
  return (
    <>
      {user.isDisabled && <Notice>已停用，不能登录。</Notice>}
      <Actions>
        <Button disabled={!alive} onClick={() => act(send("POST", `${path}/password`))}>
          重设密码
        </Button>
        <Button disabled={!alive} onClick={() => act(send("DELETE", `${path}/lock`), "已解除锁定，可以马上登录。")}>
          解除锁定
        </Button>
        <Button
          disabled={!alive}
          onClick={() =>
            act(
              send("PATCH", path, { isDisabled: !user.isDisabled }),
              user.isDisabled ? "已恢复使用。" : "已停用，正在进行的登录已经结束。",
            )
          }
        >
          {user.isDisabled ? "恢复使用" : "停用"}
        </Button>
      </Actions>
      <p>忘记密码、丢失手机动态口令的，请重设密码：动态口令同时关闭，正在进行的登录全部结束。</p>
      {error && <Notice error>{error}</Notice>}
      {done && <p role="status">{done}</p>}
      {password && <OneTimePassword of={user.name} password={password} />}
    </>
  );
}
