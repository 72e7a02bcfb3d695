import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Notice } from "@/components/ui/notice.tsx";
import { Card, Page } from "@/components/ui/page.tsx";
import { placeHere } from "@/lib/auth/next-place.ts";
import { currentSession } from "@/lib/auth/session.ts";
import { isSetUp } from "@/lib/store/installation.ts";
import { LogIn } from "./log-in.tsx";

export const metadata: Metadata = { title: "登录" };

type LoginProps = { searchParams: Promise<{ next?: string | string[] }> };

/** For whoever is not logged in; afterwards it goes on to where she wanted to go. */
export default async function Login({ searchParams }: LoginProps) {
  const next = placeHere((await searchParams).next);
  if (await currentSession()) redirect(next);
  return (
    <Page heading="登录" narrow>
      {(await isSetUp()) ? (
        <>
          <Card>
            <LogIn next={next} />
          </Card>
          <p>忘记密码、没有账号，请联系本单位的系统管理员；账号由管理员开通，不需要邮箱。</p>
        </>
      ) : (
        <Notice>
          系统还没有完成首次设置。请在启动系统的那台机器上，用浏览器打开控制台里显示的设置地址；地址已过期的，请重新启动系统，会显示新的地址。
        </Notice>
      )}
    </Page>
  );
}
