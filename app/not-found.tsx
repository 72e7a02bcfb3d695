import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button.tsx";
import { Actions, Page } from "@/components/ui/page.tsx";

export const metadata: Metadata = { title: "没有找到" };

export default function NotFound() {
  return (
    <Page heading="没有找到这个页面" narrow>
      <p>网址可能输入有误，或者您没有查看的权限。请检查网址，或从首页重新打开。</p>
      <Actions>
        <ButtonLink primary href="/">
          返回首页
        </ButtonLink>
        <ButtonLink href="/sample">看一份填好的样例</ButtonLink>
      </Actions>
    </Page>
  );
}
