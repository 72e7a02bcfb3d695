"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { fetchFile, saveFile } from "@/components/ui/download.ts";
import { Notice } from "@/components/ui/notice.tsx";
import type { Corrections } from "@/lib/checks/corrections.ts";

const kinds = [
  { id: "docx", name: "Word" },
  { id: "html", name: "网页" },
] as const;

type DownloadsProps = {
  /** What the buttons are for: stands before the kind of file. */
  label: string;
  small?: boolean;
  disabled?: boolean;
  content: () => Corrections;
};

/** Buttons that have the server make a list of corrections and save it. */
export function CorrectionDownloads({ label, small, disabled, content }: DownloadsProps) {
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState("");

  const download = async (kind: string) => {
    setProblem("");
    setBusy(kind);
    const init = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(content()),
    };
    const fetched = await fetchFile(`/api/corrections/${kind}`, {
      fetch: (address, given) => fetch(address, { ...given, ...init }),
      pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      onBusy: () => undefined,
    });
    setBusy(undefined);
    if (fetched.kind === "file") saveFile(fetched);
    else setProblem(fetched.message);
  };

  return (
    <>
      {kinds.map(({ id, name }) => (
        <Button
          key={id}
          small={small ?? false}
          primary={!small && id === "docx"}
          disabled={disabled || busy !== undefined}
          onClick={() => void download(id)}
        >
          {busy === id ? "正在生成…" : `${label}（${name}）`}
        </Button>
      ))}
      {problem && <Notice error>{problem}</Notice>}
    </>
  );
}
