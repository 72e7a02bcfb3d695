import type { FinishedReport } from "@/lib/checks/checkup.ts";
import type { CellRead } from "@/lib/sheet/cell-read.ts";
import { formatById } from "@/templates/index.ts";

/** What was read from a file, before anything is done with it. */
export type Reading = FinishedReport & {
  /** What the file is, by its content. */
  kind: keyof typeof kindNames;
  /** Every cell of the tables; empty where the file holds the report's own data, which leaves no doubt. */
  cells: readonly CellRead[];
  /** Finished Chinese lines about places that could not be read with certainty. */
  notes: readonly string[];
};
type Read = { ok: true; reading: Reading } | { ok: false; message: string };

/** What people call the kinds of file that a report is read from. */
export const kindNames = { docx: "Word 文档", pdf: "PDF", html: "网页", txt: "文本", json: "数据文件" } as const;

/** What the dialog for choosing a file offers. */
export const READABLE = ".docx,.pdf,.html,.htm,.txt,.json";

/** How often a file is sent while the server has too many to read, and the pause in between, in ms. */
const ATTEMPTS = 60;
const PAUSE = 2_000;
const UNREACHABLE = "没有读到这份文件：连接不上服务器，或者文件过大、已被移走。请检查后再试一次。";

/** Has the server read a file. Nothing is stored. Never throws, unless it is called off; messages are finished Chinese sentences. */
export async function readOnServer(file: Blob, signal?: AbortSignal): Promise<Read> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch("/api/imports", { method: "POST", body: file, ...(signal && { signal }) });
      if (response.status !== 503 || attempt === ATTEMPTS) return readOf(response.ok, await response.json());
    } catch {
      signal?.throwIfAborted();
      return { ok: false, message: UNREACHABLE };
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

type Answer = Omit<Reading, "format"> & { format: string; message?: string };

function readOf(isRead: boolean, { format: id, message, ...reading }: Answer): Read {
  const format = formatById(id);
  if (!isRead || !format) return { ok: false, message: message ?? UNREACHABLE };
  return { ok: true, reading: { ...reading, format } };
}
