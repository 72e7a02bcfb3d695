"use client";

import { type FormEvent, useCallback, useEffect, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { fetchHere } from "@/components/ui/fetch-for.ts";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions, Card, stack } from "@/components/ui/page.tsx";
import { post } from "@/components/ui/post.ts";
import { useAlive } from "@/components/ui/use-alive.ts";
import type { BatchState } from "@/lib/export/batches.ts";
import styles from "./batch-download.module.css";

type Choice = { value: string; name: string; usual: boolean };
type BatchDownloadProps = {
  heading: string;
  /** Where batches are ordered, and what belongs to the order beside what is chosen here. */
  path: string;
  fixed?: object;
  /** Years to choose from; without them `fixed` says which. */
  years?: readonly number[];
  kinds: readonly Choice[];
  /** The batch that was begun before this page was opened. */
  begun?: BatchState;
};

/** How often progress is asked for, in ms. */
const INTERVAL = 700;
const LOST = "连接不上服务器，正在重试。文件仍在服务器上生成。";

const UNREACHABLE = "连接不上服务器，没有开始生成。请检查网络后再试一次。";

const addressOf = (id: string) => `/api/batches/${id}`;

/** Several years and kinds of file as one ZIP, made by the server in the background. */
export function BatchDownload({ heading, path, fixed, years, kinds, begun }: BatchDownloadProps) {
  const alive = useAlive();
  const [batch, setBatch] = useState(begun);
  const [problem, setProblem] = useState("");
  const [asked, setAsked] = useState(false);
  const running = batch?.state === "running";

  /** Returns whether the server still has it. */
  const follow = useCallback(async (id: string): Promise<boolean> => {
    const answer = await fetchHere(addressOf(id), { cache: "no-store" }).catch(() => undefined);
    const state: BatchState & { message?: string } = await answer?.json().catch(() => ({}));
    setProblem(answer?.ok ? "" : (state?.message ?? LOST));
    if (answer?.ok) setBatch(state);
    else if (answer?.status === 404) setBatch(undefined);
    return answer?.ok === true;
  }, []);

  const id = running ? batch.id : undefined;
  useEffect(() => {
    if (!id) return;
    const timer = setInterval(() => void follow(id), INTERVAL);
    return () => clearInterval(timer);
  }, [id, follow]);

  // What she asked for on this page she need not fetch as well.
  const finished = asked && batch?.state === "finished" ? batch.id : undefined;
  useEffect(() => {
    if (!finished) return;
    setAsked(false);
    save(finished);
  }, [finished]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setProblem("");
    const chosen = years && { years: form.getAll("year").map(Number) };
    const answer = await post(path, { ...fixed, ...chosen, kinds: form.getAll("kind") });
    if (!answer.id) return setProblem((answer.status > 0 && answer.message) || UNREACHABLE);
    setAsked(true);
    await follow(answer.id);
  }

  async function cancel() {
    if (!id) return;
    await fetchHere(addressOf(id), { method: "DELETE" }).catch(() => undefined);
    await follow(id);
  }

  return (
    <Card>
      <h2>{heading}</h2>
      {/* Until the script is there nothing can be chosen, and a form that closes a dialog does nothing outside one. */}
      <form className={stack} method="dialog" onSubmit={submit} aria-label={heading}>
        {years && (
          <Choices
            legend="年度"
            disabled={!alive}
            name="year"
            choices={years.map((year) => ({ value: `${year}`, name: `${year}年`, usual: true }))}
          />
        )}
        <Choices legend="文件" name="kind" choices={kinds} disabled={!alive} />
        <Actions>
          <Button type="submit" disabled={!alive || running}>
            {running ? "正在生成…" : "装进一个 ZIP 下载"}
          </Button>
          {running && <Button onClick={cancel}>取消</Button>}
        </Actions>
      </form>
      {problem && <Notice error>{problem}</Notice>}
      {batch && <Progress batch={batch} onSave={async () => void ((await follow(batch.id)) && save(batch.id))} />}
    </Card>
  );
}

type ChoicesProps = { legend: string; name: string; choices: readonly Choice[]; disabled: boolean };

function Choices({ legend, name, choices, disabled }: ChoicesProps) {
  return (
    <fieldset className={styles.choices} disabled={disabled}>
      <legend>{legend}</legend>
      {choices.map(({ value, name: label, usual }) => (
        <label key={value}>
          <input type="checkbox" name={name} value={value} defaultChecked={usual} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** Large, so that the browser writes it to disk as it comes; the server was asked before whether it still has it. */
function save(id: string): void {
  const link = document.createElement("a");
  link.href = `${addressOf(id)}/file`;
  link.download = "";
  link.click();
}

function Progress({ batch, onSave }: { batch: BatchState; onSave: () => void }) {
  const { done, total, failures } = batch;
  return (
    <div className={styles.progress}>
      {batch.state === "running" && <progress value={done} max={total} aria-label="生成进度" />}
      <p role="status">{words(batch)}</p>
      {batch.state === "finished" && (
        <p>
          <Button small onClick={onSave}>
            保存 ZIP（{sizeOf(batch.size)}）
          </Button>
        </p>
      )}
      {failures.length > 0 && (
        <Notice error>
          <p>有 {failures.length} 个文件没有生成，其余不受影响：</p>
          <ul className={styles.failures}>
            {failures.map(({ name, reason }) => (
              <li key={name}>
                {name}：{reason}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}

function words(batch: BatchState): string {
  const { done, total, current, failures } = batch;
  switch (batch.state) {
    case "running":
      return `正在生成 ${Math.min(done + 1, total)}/${total}${current && `：${current}`}`;
    case "cancelled":
      return "已取消，没有留下文件。";
    case "failed":
      return batch.message;
    case "finished":
      return `已生成 ${total - failures.length} 个文件。ZIP 保留半小时，没有自动保存的请点下面的按钮。`;
  }
}

const MEBIBYTE = 1024 * 1024;
const sizeOf = (bytes: number): string => `${Math.max(bytes / MEBIBYTE, 0.1).toFixed(1)} MB`;
