import type { FinishedReport } from "@/lib/checks/checkup.ts";
import { formatById } from "@/templates/index.ts";

/** A report that was read from a file; `notes` are finished Chinese lines about what could not be read with certainty. */
export type ReadReport = FinishedReport & { notes: readonly string[] };
type Read = { ok: true; read: ReadReport } | { ok: false; message: string };

/** How often a file is sent while the server has too many to read, and the pause in between, in ms. */
const ATTEMPTS = 60;
const PAUSE = 2_000;
const UNREACHABLE = "没有读到这份文件：连接不上服务器，或者文件过大、已被移走。请检查后再试一次。";

/** Has the server read a file. Nothing is stored. Never throws, unless it is called off; messages are finished Chinese sentences. */
export async function readOnServer(file: Blob, signal: AbortSignal): Promise<Read> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch("/api/imports", { method: "POST", body: file, signal });
      if (response.status !== 503 || attempt === ATTEMPTS) return readOf(response.ok, await response.json());
    } catch {
      signal.throwIfAborted();
      return { ok: false, message: UNREACHABLE };
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

type Answer = Omit<ReadReport, "format"> & { format: string; message?: string };

function readOf(isRead: boolean, { report, printed, notes, format: id, message }: Answer): Read {
  const format = formatById(id);
  if (!isRead || !format) return { ok: false, message: message ?? UNREACHABLE };
  return { ok: true, read: { format, report, notes, ...(printed && { printed }) } };
}
