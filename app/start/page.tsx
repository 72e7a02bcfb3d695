import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Card, Page } from "@/components/ui/page.tsx";
import { currentOrganisation } from "@/lib/auth/session.ts";
import { OrganisationForm } from "./organisation-form.tsx";

export const metadata: Metadata = { title: "开始使用" };

export default async function Start() {
  if (await currentOrganisation()) redirect("/reports");
  return (
    <Page heading="开始使用" narrow>
      <p>
        本系统帮助本单位编制政府信息公开工作年度报告：按官方格式逐项填写，边填边校验，完成后下载可以公布的 Word 和 PDF
        文档。第一次使用，请先填写本单位的全称，它会用在报告的标题和落款中。
      </p>
      <Card>
        <OrganisationForm />
      </Card>
      <p>
        想先看看报告是什么样子？<Link href="/sample">看一份填好的样例</Link>
      </p>
    </Page>
  );
}
