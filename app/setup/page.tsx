import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Card, Page } from "@/components/ui/page.tsx";
import { passwordRules } from "@/lib/auth/passwords.ts";
import { foundOrganisation, isSetUp } from "@/lib/store/installation.ts";
import { SetupForm } from "./setup-form.tsx";

export const metadata: Metadata = { title: "首次设置", referrer: "no-referrer" };

/** The first organisation and its administrator. Gone once they are made. */
export default async function Setup() {
  if (await isSetUp()) notFound();
  return (
    <Page heading="首次设置" narrow>
      <p>
        本系统帮助各单位编制政府信息公开工作年度报告：按官方格式逐项填写，边填边校验，完成后下载可以公布的 Word 和 PDF
        文档。第一次使用，请登记本单位和系统管理员。管理员登录后可以增加下级单位和其他用户；只有一个人用的，现在这一个账号就够了。
      </p>
      <Card>
        <SetupForm organisation={(await foundOrganisation())?.name} passwordRules={passwordRules()} />
      </Card>
    </Page>
  );
}
