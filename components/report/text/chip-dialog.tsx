"use client";

import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { TextButton } from "@/components/ui/button.tsx";
import { UNFILLED } from "@/lib/report/chips.ts";
import { useReportContext } from "../report-provider.tsx";
import { type ChipChoice, chipChoices, matching } from "./chip-choices.ts";
import type { TextEditor } from "./editor.ts";
import styles from "./text.module.css";

/** Figures put into texts since the page was opened, last one first. */
let recent: readonly string[] = [];
const MOST_SHOWN = 60;

/** Chooses a figure of the tables by name or number: type to narrow, arrows to choose, Enter to put it in. */
export function ChipDialog({ editor, onClose }: { editor: TextEditor; onClose: () => void }) {
  const { draft } = useReportContext();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const id = useId();
  const choices = useMemo(() => chipChoices(draft.format, draft.state.report.tables, recent), [draft]);
  const found = useMemo(() => matching(choices, typed), [choices, typed]);
  const shown = found.slice(0, MOST_SHOWN);

  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);

  const choose = (choice: ChipChoice | undefined) => {
    if (!choice) return;
    recent = [choice.figure, ...recent.filter((figure) => figure !== choice.figure)].slice(0, 8);
    dialog.current?.close();
    editor.insertChip(choice.figure);
  };
  // The caret is put back at once: keys that follow must find it there.
  const leave = () => {
    dialog.current?.close();
    editor.resume();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setActive(Math.min(active + 1, shown.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(active - 1, 0));
    else if (event.key === "Enter") choose(shown[active]);
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={`${id}-title`}
      onClose={onClose}
      onCancel={(event) => {
        event.preventDefault();
        leave();
      }}
    >
      <h2 id={`${id}-title`}>插入表中数字</h2>
      <input
        className={styles.search}
        role="combobox"
        aria-label="按名称或数字查找"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown.length > 0 ? `${id}-${active}` : undefined}
        placeholder="按名称或数字查找，如“新收 总计”"
        autoComplete="off"
        value={typed}
        onKeyDown={onKey}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
        }}
      />
      <div id={`${id}-list`} className={styles.choices} role="listbox" aria-label="统计表中的数字">
        {shown.map((choice, index) => (
          // The keyboard stays in the search field, which names the active option.
          // biome-ignore lint/a11y/useKeyWithClickEvents: see above
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <div
            key={choice.figure}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onClick={() => choose(choice)}
            onMouseMove={() => setActive(index)}
          >
            <span>
              {choice.name}
              <small>{choice.heading}</small>
            </span>
            <b data-unfilled={choice.value === null || undefined}>{choice.value ?? UNFILLED}</b>
          </div>
        ))}
      </div>
      <p className={styles.dialogFoot} role="status">
        {found.length === 0 ? "没有符合的数字，换个说法试试。" : `共 ${found.length} 个，`}
        {found.length > shown.length && `先列出 ${shown.length} 个，`}
        {found.length > 0 && "↑↓ 选择，回车插入，Esc 取消。"}
        <TextButton onClick={leave}>取消</TextButton>
      </p>
    </dialog>
  );
}
