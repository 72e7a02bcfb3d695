import type { Edit } from "@/lib/report/edits.ts";
import type { Report } from "@/lib/report/report.ts";
import type { Standing } from "@/lib/workflow/workflow.ts";

/** A report as the server last told it. `savedAt` is in epoch milliseconds. */
export type ServerReport = { report: Report; version: number; savedAt: number; standing?: Standing };

/** One save: sent again with the same operation id until it is answered, so that it counts only once. */
export type Batch = { operationId: string; baseVersion: number; edits: Edit[] };

/** Why there was no answer, or only one that asks to come back later. */
export type Trouble = "network" | "busy" | "server";

export type Answer =
  | { kind: "saved"; version: number; savedAt: number }
  /** Somebody saved in between; here is what the server has now. */
  | { kind: "stale"; server: ServerReport }
  /** Something among the edits is too large or of a wrong shape (413, 422). */
  | { kind: "unacceptable"; message: string }
  /** Whoever sent this has to sign in again (401). */
  | { kind: "signedOut" }
  /** The server takes nothing from here, and sending it again would not help. */
  | { kind: "refused"; message: string }
  /** To be sent again, not before `after` milliseconds. */
  | { kind: "unreachable"; trouble: Trouble; after: number };

/** Longest wait for an answer in milliseconds. */
const PATIENCE = 20_000;
/** Browsers refuse `keepalive` requests above 64 KB. */
const LARGEST_KEEPALIVE = 60_000;
/** A server may ask to be left alone for as long as this (milliseconds). */
const LONGEST_REQUESTED_PAUSE = 120_000;
/** Largest body of a save, in bytes; a single edit may be larger and then goes alone. */
const LARGEST_BODY = 256 * 1024;
/** Room in it for all but the edits. */
const ENVELOPE = 1024;

const addressOf = (id: string) => `/api/reports/${encodeURIComponent(id)}`;

/** As many of the edits as fit into one save, in order; at least the first. */
export function fitting(edits: readonly Edit[]): Edit[] {
  const encoder = new TextEncoder();
  let room = LARGEST_BODY - ENVELOPE;
  return edits.filter((edit, index) => {
    const size = encoder.encode(JSON.stringify(edit)).length + 1;
    if (size > room && index > 0) return false;
    room -= size;
    return true;
  });
}

export async function saveBatch(
  fetch: typeof globalThis.fetch,
  id: string,
  batch: Batch,
  leaving: boolean,
): Promise<Answer> {
  const body = JSON.stringify(batch);
  try {
    return await withPatience(async (signal) => {
      const response = await fetch(addressOf(id), {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body,
        keepalive: leaving && body.length * 3 < LARGEST_KEEPALIVE,
        signal,
      });
      if (response.status >= 500 || response.status === 429) return comeBackLater(response);
      if (response.status === 401) return { kind: "signedOut" };
      const answer = await response.json();
      if (response.ok) return { kind: "saved", version: answer.version, savedAt: answer.savedAt };
      if (response.status === 409 && answer.report) return { kind: "stale", server: answer };
      const message: string = answer.message ?? `服务器没有接受修改（${response.status}）。`;
      return { kind: response.status === 413 || response.status === 422 ? "unacceptable" : "refused", message };
    });
  } catch {
    return { kind: "unreachable", trouble: "network", after: 0 };
  }
}

/** `Retry-After` in seconds only: a date would have to be held against this machine's clock, which may be wrong. */
function comeBackLater(response: Response): Answer {
  const asked = Number(response.headers.get("retry-after") ?? "") * 1_000;
  const after = asked > 0 ? Math.min(asked, LONGEST_REQUESTED_PAUSE) : 0;
  const isBusy = response.status === 429 || response.status === 503;
  return { kind: "unreachable", trouble: isBusy ? "busy" : "server", after };
}

/** The report as the server has it now; undefined when it cannot be asked. */
export async function fetchReport(fetch: typeof globalThis.fetch, id: string): Promise<ServerReport | undefined> {
  try {
    return await withPatience(async (signal) => {
      const response = await fetch(addressOf(id), { cache: "no-store", signal });
      return response.ok ? await response.json() : undefined;
    });
  } catch {
    return undefined;
  }
}

/** Gives up a request that is swallowed without a word. */
async function withPatience<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), PATIENCE);
  try {
    return await ask(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** 128 random bits. `crypto.randomUUID` does not exist on a plain http origin. */
export const newOperationId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
