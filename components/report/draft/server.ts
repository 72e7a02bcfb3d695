import type { Edit } from "@/lib/report/edits.ts";
import type { Report } from "@/lib/report/report.ts";

/** A report as the server last told it. `savedAt` is in epoch milliseconds. */
export type ServerReport = { report: Report; version: number; savedAt: number };

/** One save: sent again with the same operation id until it is answered, so that it counts only once. */
export type Batch = { operationId: string; baseVersion: number; edits: Edit[] };

export type Answer =
  | { kind: "saved"; version: number; savedAt: number }
  /** Somebody saved in between; here is what the server has now. */
  | { kind: "stale"; server: ServerReport }
  /** Something among the edits is too large or of a wrong shape (413, 422). */
  | { kind: "unacceptable"; message: string }
  /** The server takes nothing from here, and sending it again would not help. */
  | { kind: "refused"; message: string }
  /** No answer, or one that only asks to come back later. */
  | { kind: "unreachable" };

/** Longest wait for an answer in milliseconds. */
const PATIENCE = 20_000;
/** Browsers refuse `keepalive` requests above 64 KB. */
const LARGEST_KEEPALIVE = 60_000;

const addressOf = (id: string) => `/api/reports/${encodeURIComponent(id)}`;

export async function saveBatch(
  fetch: typeof globalThis.fetch,
  id: string,
  batch: Batch,
  leaving: boolean,
): Promise<Answer> {
  const body = JSON.stringify(batch);
  try {
    const response = await fetch(addressOf(id), {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body,
      keepalive: leaving && body.length * 3 < LARGEST_KEEPALIVE,
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.status >= 500 || response.status === 429) return { kind: "unreachable" };
    const answer = await response.json();
    if (response.ok) return { kind: "saved", version: answer.version, savedAt: answer.savedAt };
    if (response.status === 409 && answer.report) return { kind: "stale", server: answer };
    const message: string = answer.message ?? `服务器没有接受修改（${response.status}）。`;
    return { kind: response.status === 413 || response.status === 422 ? "unacceptable" : "refused", message };
  } catch {
    return { kind: "unreachable" };
  }
}

/** The report as the server has it now; undefined when it cannot be asked. */
export async function fetchReport(fetch: typeof globalThis.fetch, id: string): Promise<ServerReport | undefined> {
  try {
    const response = await fetch(addressOf(id), { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

/** 128 random bits. `crypto.randomUUID` does not exist on a plain http origin. */
export const newOperationId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
