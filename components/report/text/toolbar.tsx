"use client";

import type { ComponentProps } from "react";
import type { Passage } from "@/lib/report/report.ts";
import type { TextEditor } from "./editor.ts";
import styles from "./text.module.css";
import { useCaret } from "./use-caret.ts";

const kinds: readonly { kind: Passage["kind"]; name: string; keys: string }[] = [
  { kind: "paragraph", name: "正文", keys: "Ctrl+Alt+0" },
  { kind: "heading2", name: "二级标题", keys: "Ctrl+Alt+2" },
  { kind: "heading3", name: "三级标题", keys: "Ctrl+Alt+3" },
  { kind: "item", name: "自动编号", keys: "Ctrl+Alt+7" },
];

/** What can be done with the selected text. Every tool has a key. */
export function Toolbar({ editor }: { editor: TextEditor }) {
  const { kind: current, bold } = useCaret(editor);
  return (
    <fieldset className={styles.toolbar} aria-label="文字格式">
      {kinds.map(({ kind, name, keys }) => (
        <Tool key={kind} pressed={kind === current} title={`${name}（${keys}）`} onClick={() => editor.setKind(kind)}>
          {name}
        </Tool>
      ))}
      <span className={styles.divider} />
      <Tool pressed={bold} title="加粗（Ctrl+B）" onClick={editor.toggleBold}>
        <strong>加粗</strong>
      </Tool>
      <span className={styles.divider} />
      <Tool title="插入表中数字（Ctrl+/，或在文字中键入 /）" onClick={editor.choose}>
        插入表中数字
      </Tool>
    </fieldset>
  );
}

type ToolProps = ComponentProps<"button"> & { pressed?: boolean };

/** Pressed with the mouse it leaves the caret where it is. */
const Tool = ({ pressed, ...rest }: ToolProps) => (
  <button
    type="button"
    className={styles.tool}
    aria-pressed={pressed}
    onMouseDown={(event) => event.preventDefault()}
    {...rest}
  />
);
