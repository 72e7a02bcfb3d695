import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button.tsx";
import { Actions, Page } from "@/components/ui/page.tsx";

export const metadata: Metadata = { title: "没有找到" };

export default function NotFound() {
  return (
    <Page heading="没有找到这个页面" narrow>
      <p>网址可能输入有误，或者这份报告不属于本单位。请检查网址，或从年度报告列表重新打开；列表里没有的，可以新建。</p>
      <Actions>
        <ButtonLink primary href="/">
          返回年度报告
        </ButtonLink>
        <ButtonLink href="/sample">看一份填好的样例</ButtonLink>
      </Actions>
    </Page>
  );
}
