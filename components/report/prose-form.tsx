"use client";

import { Button, TextButton } from "@/components/ui/button.tsx";
import { later, useLater } from "@/components/ui/later.ts";
import { Notice } from "@/components/ui/notice.tsx";
import { spoken } from "@/components/ui/spoken.ts";
import type { Section } from "@/lib/report/format.ts";
import type { Passage } from "@/lib/report/report.ts";
import { TakeOverButton } from "./last-year/take-over-button.tsx";
import { PassagesPreview } from "./passages-preview.tsx";
import styles from "./prose-form.module.css";
import { ReadText } from "./read-text.tsx";
import { useReportContext } from "./report-provider.tsx";
import { hasPart, withScaffold } from "./scaffold.ts";
import { usePrintedProse, useReport } from "./use-report.ts";

export type ProseSection = Extract<Section, { kind: "prose" }>;
const none: readonly Passage[] = [];

/** A section of text. It is shown at once, and its editor as soon as that is loaded. */
export function ProseForm({ section }: { section: ProseSection }) {
  const { draft, ready, editable } = useReportContext();
  const passages = useReport((report) => report.prose[section.id] ?? none);
  const printed = usePrintedProse(section.id);
  const { part: Editor, failed, retry } = useLater(textEditor);
  const path = `prose.${section.id}`;
  const hint = `${section.id}-hint`;
  if (!editable) return <ReadText section={section} />;
  const missing = section.parts.filter((part) => !hasPart(passages, part)).length;

  return (
    <fieldset className={styles.form} disabled={!ready}>
      <legend className={spoken}>{section.heading}</legend>
      <div className={styles.tools}>
        <Button
          small
          disabled={missing === 0}
          onClick={() => draft.edit([{ path, value: withScaffold(passages, section.parts) }], "插入小标题")}
        >
          {missing === 0 ? "小标题已齐" : `插入缺少的 ${missing} 个小标题`}
        </Button>
        <TakeOverButton section={section} />
      </div>
      <p className={styles.hint} id={hint}>
        一行一段。以“（一）”开头的短行是二级标题，以“1.”开头的短行是三级标题；首行缩进由系统排版，不必键入空格。按 F8
        看下一处检查结果。
      </p>
      {failed && (
        <Notice error>
          文字编辑器没有加载成功，可能是网络断开了；已有的文字都在，下面只能看、不能改。
          <TextButton onClick={retry}>重新加载</TextButton>
        </Notice>
      )}
      {ready && Editor ? <Editor section={section} describedBy={hint} /> : <PassagesPreview passages={printed} />}
    </fieldset>
  );
}

/** The text editor is heavier than all other fields: it is loaded when the first text is opened, or the page rests. */
export const textEditor = later(async () => (await import("./text/text-editor.tsx")).TextEditor);
