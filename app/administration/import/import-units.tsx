"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { saveFile } from "@/components/ui/download.ts";
import { DropZone } from "@/components/ui/drop-zone.tsx";
import { fetchHere } from "@/components/ui/fetch-for.ts";
import { Notice } from "@/components/ui/notice.tsx";
import { Actions } from "@/components/ui/page.tsx";
import { useAlive } from "@/components/ui/use-alive.ts";
import styles from "../administration.module.css";

type Problem = { line: number; message: string };
type Plan = { problems: Problem[]; units: number; users: number; known: { units: number; users: number } };
type Added = { unit: string; name: string; username: string; password: string };

const PATH = "/api/unit-imports";
const UNREACHABLE = "连接不上服务器。请检查网络后重新选择文件；已经导入的不会重复。";
/** Problems that are listed; whoever mended these finds the next. */
const MOST_LISTED = 100;

/** Tries a table, imports it in parts, and gives the first passwords out once. */
export function ImportUnits() {
  const alive = useAlive();
  const router = useRouter();
  const [file, setFile] = useState<File>();
  const [plan, setPlan] = useState<Plan>();
  const [refused, setRefused] = useState("");
  const [added, setAdded] = useState<Added[]>([]);
  const [state, setState] = useState<"idle" | "reading" | "importing" | "done">("idle");

  async function examine(chosen: File) {
    setState("reading");
    setPlan(undefined);
    setAdded([]);
    setFile(chosen);
    const answer = await send<Plan>("POST", chosen);
    setRefused(answer.message ?? "");
    if (answer.body) setPlan(answer.body);
    setState("idle");
  }

  async function apply() {
    if (!file) return;
    setState("importing");
    for (let left = 1; left > 0; ) {
      const answer = await send<{ added: Added[]; left: number }>("PUT", file);
      const { body } = answer;
      if (!body) {
        setRefused(answer.message ?? "");
        setPlan((before) => before && { ...before, problems: answer.problems ?? [] });
        return setState("idle");
      }
      setAdded((before) => [...before, ...body.added]);
      left = body.left;
    }
    setState("done");
    router.refresh();
  }

  const isReady = plan && plan.problems.length === 0 && plan.units + plan.users > 0;
  return (
    <>
      <DropZone
        label="填好的表格（.xlsx）"
        accept=".xlsx"
        disabled={!alive || state === "reading" || state === "importing"}
        onFiles={([chosen]) => chosen && void examine(chosen)}
      />
      <p role="status">{statusOf(state, file, plan, added)}</p>
      {refused && <Notice error>{refused}</Notice>}
      {plan && plan.problems.length > 0 && <Problems problems={plan.problems} />}
      {isReady && state === "idle" && added.length === 0 && (
        <Actions>
          <Button primary onClick={() => void apply()}>
            导入
          </Button>
        </Actions>
      )}
      {state === "importing" && plan && <progress value={added.length} max={plan.users || 1} aria-label="导入进度" />}
      {added.length > 0 && state !== "importing" && (
        <Notice>
          <p>{added.length} 名新用户的初始密码只在这里给出一次，离开本页后不能再看到。第一次登录后必须更换。</p>
          <Actions>
            {partsOf(added).map(({ name, users }) => (
              <Button key={name} small onClick={() => void savePasswords(name, users)}>
                下载{name}
              </Button>
            ))}
          </Actions>
        </Notice>
      )}
    </>
  );
}

function Problems({ problems }: { problems: readonly Problem[] }) {
  return (
    <Notice error>
      <p>表格里有 {problems.length} 处错误，没有导入。请改好以后重新选择文件：</p>
      <ul className={styles.problems}>
        {problems.slice(0, MOST_LISTED).map(({ line, message }) => (
          <li key={`${line} ${message}`}>
            第 {line} 行：{message}
          </li>
        ))}
      </ul>
      {problems.length > MOST_LISTED && <p>只列出前 {MOST_LISTED} 处。</p>}
    </Notice>
  );
}

function statusOf(state: string, file: File | undefined, plan: Plan | undefined, added: readonly Added[]): string {
  if (state === "reading") return "正在检查表格…";
  if (state === "importing") return `正在导入，已增加用户 ${added.length} 名，请不要离开本页…`;
  if (state === "done") return `导入完成：增加单位 ${plan?.units ?? 0} 个、用户 ${added.length} 名。`;
  if (!plan || plan.problems.length > 0) return "";
  const { units, users, known } = plan;
  const existing = [known.units > 0 && `单位 ${known.units} 个`, known.users > 0 && `用户 ${known.users} 名`].filter(
    Boolean,
  );
  const there = existing.length > 0 ? `已有的${existing.join("、")}不会改动。` : "";
  if (units + users === 0) return `“${file?.name}”里的单位和用户系统里都有了，不用导入。${there}`;
  return `“${file?.name}”没有错误，将增加单位 ${units} 个、用户 ${users} 名。${there}`;
}

type Answered<Body> = { body?: Body; message?: string; problems?: Problem[] };

async function send<Body>(method: "POST" | "PUT", file: File): Promise<Answered<Body>> {
  try {
    const headers = { "content-type": "application/octet-stream" };
    const response = await fetchHere(PATH, { method, headers, body: file });
    const body = await response.json();
    if (response.ok) return { body };
    return { message: body.message ?? UNREACHABLE, problems: body.problems };
  } catch {
    return { message: UNREACHABLE };
  }
}

/** Larger ones would be packed by a worker that the content security policy does not let begin. */
const USERS_PER_FILE = 200;

/** The new users in files of a size that the browser can make, each with its name. */
function partsOf(added: readonly Added[]): { name: string; users: readonly Added[] }[] {
  if (added.length <= USERS_PER_FILE) return [{ name: "初始密码", users: added }];
  return Array.from({ length: Math.ceil(added.length / USERS_PER_FILE) }, (_, part) => {
    const users = added.slice(part * USERS_PER_FILE, (part + 1) * USERS_PER_FILE);
    return { name: `初始密码（第 ${part * USERS_PER_FILE + 1} 至 ${part * USERS_PER_FILE + users.length} 名）`, users };
  });
}

/** As a workbook whose cells are text: whatever a name begins with, it does not become a formula. */
async function savePasswords(file: string, added: readonly Added[]): Promise<void> {
  const { default: writeExcelFile } = await import("write-excel-file/browser");
  const text = (value: string) => ({ value, type: String, format: "@" });
  const heads = ["单位", "姓名", "用户名", "初始密码"].map((value) => ({ value, fontWeight: "bold" as const }));
  const rows = added.map(({ unit, name, username, password }) => [unit, name, username, password].map(text));
  const columns = [34, 12, 20, 24].map((width) => ({ width }));
  const content = await writeExcelFile([heads, ...rows], { sheet: "初始密码", columns }).toBlob();
  saveFile({ name: `${file}.xlsx`, content });
}
