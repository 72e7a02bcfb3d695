"use client";

import { Button } from "@/components/ui/button.tsx";
import { Actions, Page } from "@/components/ui/page.tsx";

/** What is shown instead of a page that failed; `retry` asks the server for it again. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <Page heading="页面没有打开" narrow>
      <p>
        系统出了错，或者网络断开了；已经保存的内容不受影响，没有存上的修改还在本机。请点“重试”；仍然不行，请把出错的时间和下面的编号告诉系统管理员。
      </p>
      {hasDigest(error) && <p>错误编号：{error.digest}</p>}
      <Actions>
        <Button primary onClick={retry}>
          重试
        </Button>
        {/* Not a Link: after an error the whole page is loaded anew. */}
        <a href="/">返回首页</a>
      </Actions>
    </Page>
  );
}

/** The number under which the server's log holds the error. */
const hasDigest = (error: unknown): error is { digest: string } =>
  typeof error === "object" && error !== null && "digest" in error;
