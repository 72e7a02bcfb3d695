import type { Metadata } from "next";
import { CopyDocument } from "@/components/report/copy-document.tsx";
import { DocumentFrame } from "@/components/report/document-frame.tsx";
import { StepLink } from "@/components/report/navigation.tsx";
import { isDraft } from "@/lib/checks/check.ts";
import { compose, documentText, titleOf } from "@/lib/report/compose.ts";
import { renderHtmlFragment, renderHtmlPage } from "@/templates/document/html.ts";
import { reportOfPage } from "../report.ts";
import styles from "./preview.module.css";

type PageProps = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { stored, format } = await reportOfPage((await params).id);
  return { title: `预览：${titleOf(format, stored.report)}` };
}

/** The whole document as it was last saved, in the form in which it is put on a website. */
export default async function ReportPreview({ params }: PageProps) {
  const { id } = await params;
  const { stored, format } = await reportOfPage(id);
  const { report } = stored;
  const composed = compose(format, report, isDraft(format, report));
  return (
    <main className={styles.page}>
      <h1>预览</h1>
      <p className={styles.remark}>
        这里是网页样式的全文；分页、页码以下载的 PDF 为准。<StepLink step="">回到任务清单</StepLink>
      </p>
      <CopyDocument html={renderHtmlFragment(composed)} text={documentText(composed)} />
      <DocumentFrame className={styles.sheet} title="报告全文" html={renderHtmlPage(composed)} />
    </main>
  );
}
