"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { saveFile } from "@/components/ui/download.ts";
import { DropZone } from "@/components/ui/drop-zone.tsx";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions } from "@/components/ui/page.tsx";
import { post, send } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";

const NO_JSON = "文件内容不是完整的 JSON。请用文本编辑器打开，对照样例检查括号、引号和逗号。";

/** Takes the file of a pack; what is wrong with it is told place by place. */
export function PackUpload({ example }: { example: string }) {
  const alive = useAlive();
  const router = useRouter();
  const [problem, setProblem] = useState("");
  const [done, setDone] = useState("");

  async function take(file: File) {
    setDone("");
    const pack = await file
      .text()
      .then((text) => JSON.parse(text.replace(/^\ufeff/, "")))
      .catch(() => undefined);
    if (typeof pack !== "object" || pack === null) return setProblem(`“${file.name}”没有放入：${NO_JSON}`);
    const answer = await post("/api/requirements", pack);
    setProblem(answer.status === 201 ? "" : (answer.message ?? ""));
    if (answer.status !== 201) return;
    setDone(`已放入“${file.name}”，从现在起适用。`);
    router.refresh();
  }

  return (
    <>
      <DropZone
        label="地方要求文件（JSON）"
        hint="与已有的同名时，替换原来的。"
        accept=".json,application/json"
        disabled={!alive}
        onFiles={([file]) => file && void take(file)}
      />
      <p>
        请先下载样例，改成本地的要求后再放入。样例中的 overview 指总体情况，problems 指存在的主要问题及改进情况，other
        指其他需要报告的事项。
      </p>
      <Actions>
        <Button
          small
          disabled={!alive}
          onClick={() => saveFile({ name: "地方要求样例.json", content: new Blob([example]) })}
        >
          下载一份样例
        </Button>
      </Actions>
      {problem && <Notice error>{problem}</Notice>}
      <p role="status">{done}</p>
    </>
  );
}

/** Takes a pack away, after asking once more. */
export function RemovePack({ id, name }: { id: string; name: string }) {
  const alive = useAlive();
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState("");

  async function remove() {
    const answer = await send("DELETE", `/api/requirements/${id}`);
    setProblem(answer.status === 200 ? "" : (answer.message ?? ""));
    if (answer.status === 200) router.refresh();
  }

  return (
    <>
      <Actions>
        {asked ? (
          <>
            <Button small onClick={() => void remove()} aria-label={`确认移除“${name}”`}>
              确认移除
            </Button>
            <Button small onClick={() => setAsked(false)}>
              不移除
            </Button>
          </>
        ) : (
          <Button small disabled={!alive} onClick={() => setAsked(true)} aria-label={`移除“${name}”`}>
            移除
          </Button>
        )}
      </Actions>
      {problem && <Notice error>{problem}</Notice>}
    </>
  );
}
