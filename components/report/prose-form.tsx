"use client";

import { useDeferredValue, useMemo } from "react";
import { Button } from "@/components/ui/button.tsx";
import { printedProse } from "@/lib/report/chips.ts";
import type { Section } from "@/lib/report/format.ts";
import { mergePassages, plainText } from "@/lib/report/prose.ts";
import type { Passage } from "@/lib/report/report.ts";
import { type Binding, inputName, useBoundForm } from "./bound-form.ts";
import { GrowingTextarea } from "./growing-textarea.tsx";
import { PassagesPreview } from "./passages-preview.tsx";
import styles from "./prose-form.module.css";
import { useReportContext } from "./report-provider.tsx";
import { hasPart, withScaffold } from "./scaffold.ts";
import { useReport } from "./use-report.ts";

export type ProseSection = Extract<Section, { kind: "prose" }>;
const none: readonly Passage[] = [];

/** A section of text: plain lines in, sub-headings recognised, shown below as it will be printed. */
export function ProseForm({ section }: { section: ProseSection }) {
  const { draft, ready } = useReportContext();
  const passages = useReport((report) => report.prose[section.id] ?? none);
  const report = useReport((current) => current);
  const printed = useMemo(() => printedProse(draft.format, report, section.id), [draft, report, section]);
  const shownPassages = useDeferredValue(printed);
  const path = `prose.${section.id}`;
  const bindings = useMemo((): Binding[] => {
    // A line that is typed back to what it was gets its emphasis back.
    const original = printedProse(draft.format, draft.state.report, section.id);
    return [
      {
        path,
        shown: (report) => plainText(printedProse(draft.format, report, section.id)),
        read: (text, report) => mergePassages([...printedProse(draft.format, report, section.id), ...original], text),
      },
    ];
  }, [draft, section, path]);
  const form = useBoundForm(bindings);
  const missing = section.parts.filter((part) => !hasPart(passages, part)).length;
  const characters = plainText(printed).replace(/\s/g, "").length;

  return (
    <fieldset className={styles.form} disabled={!ready}>
      <legend className={styles.hidden}>{section.heading}</legend>
      <div className={styles.tools}>
        <Button
          small
          disabled={missing === 0}
          onClick={() => draft.edit([{ path, value: withScaffold(passages, section.parts) }], "插入小标题")}
        >
          {missing === 0 ? "小标题已齐" : `插入缺少的 ${missing} 个小标题`}
        </Button>
        <span className={styles.count}>{characters} 字</span>
      </div>
      <p className={styles.hint} id={`${section.id}-hint`}>
        一行一段。以“（一）”开头的短行是二级标题，以“1.”开头的短行是三级标题；首行缩进由系统排版，不必键入空格。
      </p>
      <GrowingTextarea
        id={section.id}
        form={form}
        name={inputName(path)}
        rows={12}
        aria-label={section.heading}
        aria-describedby={`${section.id}-hint`}
      />
      <PassagesPreview passages={shownPassages} />
    </fieldset>
  );
}
