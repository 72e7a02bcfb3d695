import type { Metadata } from "next";
import { DocumentPages } from "@/components/report/pages/document-pages.tsx";
import { ButtonLink } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions, Card, Page } from "@/components/ui/page.tsx";
import { page } from "@/lib/auth/page.ts";
import { compose, documentText, titleOf } from "@/lib/report/compose.ts";
import { sampleReport } from "@/templates/samples.ts";
import styles from "./sample.module.css";

export const metadata: Metadata = { title: "填好的样例" };

/** A whole report of an agency that does not exist, to be looked at before and while writing one's own. */
export default page("GET /sample", async () => {
  const { format, report } = sampleReport();
  const document = compose(format, report, false);
  return (
    <Page heading="一份填好的样例" narrow>
      <Notice>
        样例中的单位和数字都是虚构的，只供对照写法，不能照抄。它按{format.notice}
        的格式编写，各格都已填写，勾稽平衡，校验没有发现问题。
      </Notice>
      <Card>
        <h2>{titleOf(format, report)}</h2>
        <details>
          <summary>文字版全文</summary>
          <div className={styles.text}>{documentText(document)}</div>
        </details>
        <Actions>
          <ButtonLink primary href="/reports">
            返回年度报告
          </ButtonLink>
          <ButtonLink href="/glossary">各部分写什么，各格怎样统计</ButtonLink>
        </Actions>
      </Card>
      <DocumentPages document={document} />
    </Page>
  );
});
