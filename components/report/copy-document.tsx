"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { putOnClipboard } from "./clipboard.ts";

type CopyDocumentProps = {
  /** The document as a fragment of HTML. */
  html: string;
  /** The same as plain text, for editors that take nothing else. */
  text: string;
};

/** Puts the document on the clipboard, ready to be pasted into the editor of a website. */
export function CopyDocument({ html, text }: CopyDocumentProps) {
  const [told, setTold] = useState("");
  const copy = () =>
    setTold(
      putOnClipboard({ "text/html": html, "text/plain": text })
        ? "已复制，可以粘贴到网站后台的编辑框。"
        : "浏览器没有允许复制，请改用下载网页文件。",
    );
  return (
    <p>
      <Button small onClick={copy}>
        复制全文到网站后台
      </Button>{" "}
      <span role="status">{told}</span>
    </p>
  );
}
