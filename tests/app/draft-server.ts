import type { JournalStorage } from "../../components/report/draft/journal.ts";
import type { Message, Peers } from "../../components/report/draft/peers.ts";
import { applyEdits, type Edit } from "../../lib/report/edits.ts";
import type { Format } from "../../lib/report/format.ts";
import { judgeSave, type Save, type Saved } from "../../lib/report/save.ts";
import { emptyReport } from "../../lib/report/schema.ts";

/** A report in memory, saved as the store saves it. */
export function memoryStore(format: Format) {
  const answers = new Map<string, Saved>();
  const store = {
    report: emptyReport(format, 2024, { name: "某某县科学技术局" }),
    version: 1,
    savedAt: 0,
    snapshot: () => ({ report: store.report, version: store.version, savedAt: store.savedAt }),
    save(save: Save) {
      const judgement = judgeSave(format, store, answers.get(save.operationId), save);
      if (judgement.kind === "repeated") return { kind: "saved" as const, ...judgement.answer };
      if (judgement.kind === "conflict") return { kind: "conflict" as const, stored: store.snapshot() };
      if (judgement.kind === "refused") return judgement;
      const answer = { version: judgement.version, savedAt: Date.now() };
      Object.assign(store, answer, { report: judgement.report });
      answers.set(save.operationId, answer);
      return { kind: "saved" as const, ...answer };
    },
  };
  return store;
}

/** A server in memory on such a store, with troubles on the way to it. */
export function draftServer(format: Format) {
  const server = Object.assign(memoryStore(format), {
    requests: [] as { baseVersion: number; operationId: string; edits: Edit[] }[],
    /** What happens to the next request instead of the usual answer; consumed one by one. */
    troubles: [] as ("lost" | "lostAnswer" | "swallowed" | { status: number; message: string; retryAfter?: string })[],
    /** Values that the server refuses, with everything that came in the same request. */
    unacceptable: [] as Edit["value"][],
    change(edits: Edit[]) {
      server.report = applyEdits(format, server.report, edits);
      server.version += 1;
    },
    async fetch(_address: unknown, init?: RequestInit): Promise<Response> {
      if (init?.method !== "PATCH") {
        if (server.troubles[0] === "lost") throw new TypeError("network");
        return Response.json(server.snapshot());
      }
      const batch = JSON.parse(String(init.body));
      server.requests.push(batch);
      const trouble = server.troubles.shift();
      if (trouble === "lost") throw new TypeError("network");
      if (batch.edits.some((edit: Edit) => server.unacceptable.includes(edit.value))) {
        return Response.json({ message: "不能接受。" }, { status: 422 });
      }
      if (trouble === "swallowed") return new Promise((_, reject) => onAbort(init.signal, reject));
      if (typeof trouble === "object") {
        const { status, message, retryAfter } = trouble;
        return Response.json({ message }, { status, headers: retryAfter ? { "retry-after": retryAfter } : {} });
      }
      const result = server.save(batch);
      if (result.kind === "conflict") {
        return Response.json({ message: "有更新的内容", ...result.stored }, { status: 409 });
      }
      if (result.kind === "refused") return Response.json({ message: result.message }, { status: 422 });
      if (trouble === "lostAnswer") throw new TypeError("network");
      return Response.json(result);
    },
  });
  return server;
}

function onAbort(signal: AbortSignal | null | undefined, reject: (reason: Error) => void): void {
  signal?.addEventListener("abort", () => reject(new DOMException("gave up", "AbortError")));
}

/** The pages of one browser, hearing each other a moment later. */
export function pagesOfOneBrowser(): () => Peers {
  const ears = new Set<(message: Message) => void>();
  return () => {
    let own: ((message: Message) => void) | undefined;
    return {
      post(message) {
        const data = JSON.stringify(message);
        for (const hear of ears) {
          if (hear !== own) setTimeout(() => ears.has(hear) && hear(JSON.parse(data)), 1);
        }
      },
      listen(hear) {
        own = hear;
        ears.add(hear);
        return () => ears.delete(hear);
      },
    };
  };
}

/** A page that is the only one of its browser. */
export const alone = { owner: "u1", backup: undefined, peers: undefined };

/** localStorage in memory; `full` refuses to write. */
export function memoryStorage() {
  const entries = new Map<string, string>();
  const storage = {
    entries,
    full: false,
    get length() {
      return entries.size;
    },
    key: (index: number) => [...entries.keys()][index] ?? null,
    getItem: (key: string) => entries.get(key) ?? null,
    setItem(key: string, value: string) {
      if (storage.full) throw new DOMException("full", "QuotaExceededError");
      entries.set(key, value);
    },
    removeItem: (key: string) => void entries.delete(key),
  };
  return storage satisfies JournalStorage;
}
