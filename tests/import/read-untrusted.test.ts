import { readdirSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { readUntrusted } from "../../lib/import/read-untrusted.ts";
import { compose, documentText } from "../../lib/report/compose.ts";
import { soundReport } from "../checks/samples.ts";

const { format, report } = soundReport({ organisation: { name: "青川县水务局" } });
const bytes = new TextEncoder().encode(documentText(compose(format, report, false)));

/** Of a thread or process that may be gone meanwhile. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Ends the reading processes of this one, as the machine does when it runs out of memory, until so many were ended. */
async function endReaders(count: number): Promise<void> {
  const ended = new Set<string>();
  while (ended.size < count) {
    for (const task of readdirSync("/proc/self/task")) {
      for (const child of textOf(`/proc/self/task/${task}/children`).split(" ").filter(Boolean)) {
        if (ended.has(child) || !textOf(`/proc/${child}/cmdline`).includes("read-process.ts")) continue;
        process.kill(Number(child), "SIGKILL");
        ended.add(child);
      }
    }
    await setTimeout(5);
  }
}

test("a reading process that is ended from outside costs nothing but time", async () => {
  const [read] = await Promise.all([readUntrusted(bytes), endReaders(1)]);
  expect(read).toMatchObject({ ok: true, kind: "txt", report: { organisation: { name: "青川县水务局" } } });
});

test("one that is ended again is taken for what the file does", async () => {
  const [read] = await Promise.all([readUntrusted(bytes), endReaders(2)]);
  expect(read).toMatchObject({ ok: false, problem: "crashed" });
});
