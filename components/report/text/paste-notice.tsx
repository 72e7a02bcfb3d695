"use client";

import { TextButton } from "@/components/ui/button.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { useReportContext } from "../report-provider.tsx";
import { useDraft } from "../use-report.ts";
import type { TextEditor } from "./editor.ts";
import type { Pasted } from "./paste.ts";

type NoticeProps = { editor: TextEditor; pasted: Pasted; onClose: () => void };

/** What became of pasted text: what was left out, and that figures of a table belong elsewhere. */
export function PasteNotice({ editor, pasted, onClose }: NoticeProps) {
  const { passages, dropped } = pasted;
  const rows = passages.filter(({ row }) => row).length;
  const isPlainWord = passages.length === 1 && dropped.length + rows === 0;
  if (isPlainWord) return null;
  return (
    <div role="status">
      <Notice>
        {passages.length === 0 ? "剪贴板中没有可以粘贴的文字。" : `已粘贴 ${passages.length} 段文字。`}
        {dropped.length > 0 && `已去除${dropped.join("、")}。`}
        {rows > 0 && <PastedTable editor={editor} pasted={pasted} rows={rows} onClose={onClose} />}
        <TextButton onClick={onClose}>知道了</TextButton>
      </Notice>
    </div>
  );
}

function PastedTable({ editor, pasted, rows, onClose }: NoticeProps & { rows: number }) {
  const { draft } = useReportContext();
  const action = useDraft((state) => state.undoable);
  const tables = draft.format.sections
    .filter(({ kind }) => kind === "table")
    .map(({ heading }) => heading.split("、")[0]);
  return (
    <>
      这是一张表：表中文字按行保留了（{rows} 行）；统计数字请填入第{tables.join("、")}
      部分的统计表，正文用“插入表中数字”引用。
      {action?.label === "粘贴" && (
        <TextButton
          onClick={() => {
            editor.pasteWithoutRows(pasted);
            onClose();
          }}
        >
          不要表中文字
        </TextButton>
      )}
    </>
  );
}
