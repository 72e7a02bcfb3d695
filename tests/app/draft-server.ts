import type { JournalStorage } from "../../components/report/draft/journal.ts";
import { applyEdits, type Edit } from "../../lib/report/edits.ts";
import type { Format } from "../../lib/report/format.ts";
import { emptyReport } from "../../lib/report/schema.ts";

/** A server in memory that keeps the save protocol: compare-and-set by version, one effect per operation id. */
export function draftServer(format: Format) {
  const answers = new Map<string, { version: number; savedAt: number }>();
  const server = {
    report: emptyReport(format, 2024, { name: "某某县科学技术局" }),
    version: 1,
    savedAt: 0,
    requests: [] as { baseVersion: number; operationId: string; edits: Edit[] }[],
    /** What happens to the next request instead of the usual answer; consumed one by one. */
    troubles: [] as ("lost" | "lostAnswer" | { status: number; message: string })[],
    /** Values that the server refuses, with everything that came in the same request. */
    unacceptable: [] as Edit["value"][],
    change(edits: Edit[]) {
      server.report = applyEdits(format, server.report, edits);
      server.version += 1;
    },
    snapshot: () => ({ report: server.report, version: server.version, savedAt: server.savedAt }),
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
      if (typeof trouble === "object") return Response.json({ message: trouble.message }, { status: trouble.status });
      const known = answers.get(batch.operationId);
      if (!known && batch.baseVersion !== server.version) {
        return Response.json({ message: "有更新的内容", ...server.snapshot() }, { status: 409 });
      }
      if (!known) {
        server.change(batch.edits);
        server.savedAt = Date.now();
        answers.set(batch.operationId, { version: server.version, savedAt: server.savedAt });
      }
      if (trouble === "lostAnswer") throw new TypeError("network");
      return Response.json(answers.get(batch.operationId));
    },
  };
  return server;
}

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
