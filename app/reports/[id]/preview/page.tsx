import type { Metadata } from "next";
import { CopyDocument } from "@/components/report/copy-document.tsx";
import { StepLink } from "@/components/report/navigation.tsx";
import { PrintedPages } from "@/components/report/pages/printed-pages.tsx";
import { page } from "@/lib/auth/page.ts";
import { isDraft } from "@/lib/checks/check.ts";
import { compose, documentText, titleOf } from "@/lib/report/compose.ts";
import { readLastYear } from "@/lib/store/reports.ts";
import { renderHtmlFragment } from "@/templates/document/html.ts";
import { reportOfPage } from "../report.ts";
import styles from "./preview.module.css";

type MetadataProps = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: MetadataProps): Promise<Metadata> {
  const { stored, format } = await reportOfPage((await params).id);
  return { title: `预览：${titleOf(format, stored.report)}` };
}

/** The whole document, page by page as in the PDF, and a way to put it on a website. */
export default page("GET /reports/[id]/preview", async ({ actor, params: { id } }) => {
  const { stored, format } = await reportOfPage(id);
  const { report } = stored;
  const composed = compose(format, report, isDraft(format, report, await readLastYear(actor, id)));
  return (
    <main className={styles.page}>
      <h1>预览</h1>
      <p className={styles.remark}>
        分页、分行、页码与下载的 PDF 相同，可以直接打印；点击版面可回到填写处。
        <StepLink step="">回到任务清单</StepLink>
      </p>
      <CopyDocument html={renderHtmlFragment(composed)} text={documentText(composed)} />
      <PrintedPages />
    </main>
  );
});
