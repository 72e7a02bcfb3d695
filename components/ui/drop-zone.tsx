"use client";

import { type DragEvent, useEffect, useId, useState } from "react";
import { buttonLook } from "./button.tsx";
import styles from "./drop-zone.module.css";

type DropZoneProps = {
  /** What is to be chosen or dropped here. */
  label: string;
  hint?: string;
  /** What the dialog for choosing files offers, as of `<input accept>`. What is dropped is not held against it. */
  accept?: string;
  /** Takes many files at once; without it the first one counts. */
  multiple?: boolean;
  disabled?: boolean;
  /** Told the files, at least one; folders are not among them. */
  onFiles: (files: readonly File[]) => void;
};

/** A field for files: click it, reach it by keys, or drop files on it. The browser does not open what misses it. */
export function DropZone({ label, hint, accept, multiple, disabled, onFiles }: DropZoneProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState("");
  useFilesThatMiss();

  const take = (files: readonly File[]) => {
    setProblem(files.length === 0 ? "没有收到文件：文件夹请打开后选中里面的文件再拖。" : "");
    if (files.length > 0) onFiles(multiple ? files : files.slice(0, 1));
  };
  const drag = (event: DragEvent) => {
    if (disabled || !holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    setOver(true);
  };
  const leave = ({ currentTarget, relatedTarget }: DragEvent) => {
    if (!currentTarget.contains(relatedTarget as Node | null)) setOver(false);
  };
  const drop = (event: DragEvent) => {
    setOver(false);
    if (disabled || !holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    take(droppedFiles(event.dataTransfer));
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way; the field within is reached by keys
    <div
      className={styles.zone}
      data-over={over || undefined}
      data-disabled={disabled || undefined}
      onDragEnter={drag}
      onDragOver={drag}
      onDragLeave={leave}
      onDrop={drop}
    >
      <p className={styles.label} id={`${id}-label`}>
        {label}
      </p>
      <label className={`${buttonLook({ small: true })} ${styles.choose}`}>
        <span id={`${id}-choose`}>选择文件</span>
        <input
          className={styles.input}
          type="file"
          accept={accept}
          multiple={multiple}
          disabled={disabled}
          aria-labelledby={`${id}-label ${id}-choose`}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => {
            const files = [...(target.files ?? [])];
            // The same file may be chosen again.
            target.value = "";
            if (files.length > 0) take(files);
          }}
        />
      </label>
      <p className={styles.hint} id={`${id}-hint`}>
        也可以把文件拖到这个框里。{hint}
      </p>
      <p className={styles.problem} role="alert">
        {problem}
      </p>
    </div>
  );
}

const holdsFiles = (data: DataTransfer): boolean => data.types.includes("Files");

/** A folder comes as a file that cannot be read. */
const droppedFiles = (data: DataTransfer): File[] =>
  [...data.items].flatMap((item) => {
    const isFolder = item.webkitGetAsEntry?.()?.isDirectory;
    const file = item.kind === "file" && !isFolder && item.getAsFile();
    return file ? [file] : [];
  });

/** A browser opens a file that is dropped anywhere else, in place of the page. */
function useFilesThatMiss(): void {
  useEffect(() => {
    const hold = (event: globalThis.DragEvent) => {
      if (event.defaultPrevented || !event.dataTransfer || !holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "none";
    };
    window.addEventListener("dragover", hold);
    window.addEventListener("drop", hold);
    return () => {
      window.removeEventListener("dragover", hold);
      window.removeEventListener("drop", hold);
    };
  }, []);
}
