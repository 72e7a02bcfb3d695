"use client";

import { useEffect, useRef, useState } from "react";
import { chipCells } from "@/lib/report/chips.ts";
import { offerSelection } from "../focus.ts";
import { useShowStep } from "../navigation.tsx";
import type { ProseSection } from "../prose-form.tsx";
import { useReportContext } from "../report-provider.tsx";
import { CaretNotes } from "./caret-notes.tsx";
import { ChipDialog } from "./chip-dialog.tsx";
import { type TextEditor as Editor, openEditor } from "./editor.ts";
import type { Pasted } from "./paste.ts";
import { PasteNotice } from "./paste-notice.tsx";
import styles from "./text.module.css";
import { Toolbar } from "./toolbar.tsx";

/** The editor of a section of text, with its tools above and what is to be said about the place of the caret below. */
export function TextEditor({ section, describedBy }: { section: ProseSection; describedBy: string }) {
  const { draft, findings, kept, remarks } = useReportContext();
  const showStep = useShowStep();
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor>();
  const [choosing, setChoosing] = useState(false);
  const [pasted, setPasted] = useState<Pasted>();
  const showCell = useRef<(figure: string) => void>(undefined);
  useEffect(() => {
    showCell.current = (figure) => {
      const [cell] = chipCells(draft.format, figure) ?? [];
      if (cell) showStep(cell.table.id, `${cell.table.id}.${cell.row}.${cell.column}`);
    };
  }, [draft, showStep]);

  useEffect(() => {
    if (!place.current) return;
    const opened = openEditor(place.current, {
      draft,
      findings,
      kept,
      section: section.id,
      attributes: {
        id: section.id,
        class: styles.text ?? "",
        "aria-label": section.heading,
        "aria-describedby": describedBy,
      },
      onChoose: () => setChoosing(true),
      onPaste: setPasted,
      onShowCell: (figure) => showCell.current?.(figure),
    });
    setEditor(opened);
    const withdraw = offerSelection(section.id, opened.selectText);
    return () => {
      withdraw();
      setEditor(undefined);
      opened.close();
    };
  }, [draft, findings, kept, section, describedBy]);

  useEffect(() => {
    const open = remarks.filter((remark) => remark.place === section.id && !remark.settled);
    editor?.showRemarks(open.flatMap(({ quote }) => quote ?? []));
  }, [editor, remarks, section]);

  return (
    <div className={styles.editor}>
      {editor && <Toolbar editor={editor} />}
      <div ref={place} />
      {editor && <CaretNotes editor={editor} onShowCell={(figure) => showCell.current?.(figure)} />}
      {editor && pasted && <PasteNotice editor={editor} pasted={pasted} onClose={() => setPasted(undefined)} />}
      {editor && choosing && <ChipDialog editor={editor} onClose={() => setChoosing(false)} />}
    </div>
  );
}
