"use client";

import { type ComponentProps, useState } from "react";
import { fetchFile, saveFile } from "./download.ts";
import styles from "./download-link.module.css";
import { fetchHere } from "./fetch-for.ts";
import { spoken } from "./spoken.ts";

type DownloadLinkProps = Omit<ComponentProps<"a">, "href" | "onClick"> & {
  href: string;
  /** What must be done first; why the file cannot be downloaded yet, or nothing when all is well. */
  before?: () => Promise<string | undefined>;
};

const words = { making: "正在生成…", queued: "排队生成中…" };

/**
 * A link to a file that the server has to make first: says that it is being made, waits for a busy server, and says in
 * words why there is no file when there is none. Without a script it is an ordinary link.
 */
export function DownloadLink({ href, before, children, ...rest }: DownloadLinkProps) {
  const [busy, setBusy] = useState<keyof typeof words>();
  const [problem, setProblem] = useState("");

  const download = async () => {
    setProblem("");
    setBusy("making");
    const blocked = await before?.();
    const fetched = blocked
      ? ({ kind: "refused", message: blocked } as const)
      : await fetchFile(href, {
          fetch: fetchHere,
          pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
          onBusy: () => setBusy("queued"),
        });
    setBusy(undefined);
    if (fetched.kind === "file") saveFile(fetched);
    else setProblem(fetched.message);
  };

  return (
    <>
      <a
        {...rest}
        download
        href={href}
        aria-disabled={busy !== undefined || undefined}
        onClick={(event) => {
          event.preventDefault();
          if (!busy) void download();
        }}
      >
        {busy ? words[busy] : children}
      </a>
      <span role="status" className={problem ? styles.problem : spoken}>
        {busy ? words[busy] : problem}
      </span>
    </>
  );
}
