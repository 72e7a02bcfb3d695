"use client";

import { DropZone } from "@/components/ui/drop-zone.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { READABLE } from "./reading.ts";
import type { Import } from "./use-import.ts";

type ImportFieldProps = { label: string; file: Import; disabled?: boolean; onFile: (file: File) => void };

/** Takes a file of a report, and says what becomes of it. */
export function ImportField({ label, file, disabled = false, onFile }: ImportFieldProps) {
  return (
    <>
      <DropZone
        label={label}
        hint="可以是 Word（.docx）、有文字的 PDF、网页、文本，或者本系统导出的文件。"
        accept={READABLE}
        disabled={disabled || file.state === "reading"}
        onFiles={([chosen]) => chosen && onFile(chosen)}
      />
      <p role="status">{file.state === "reading" && `正在读取“${file.name}”……`}</p>
      {file.state === "refused" && (
        <Notice error>
          “{file.name}”没有读入：{file.message}
        </Notice>
      )}
    </>
  );
}
