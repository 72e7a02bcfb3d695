import type { Format } from "@/lib/report/format.ts";
import type { Report } from "@/lib/report/report.ts";
import type { CellRead } from "@/lib/sheet/cell-read.ts";
import { formatById } from "@/templates/index.ts";

/** What was read from a file, before anything is done with it. */
export type Reading = {
  /** What the file is, by its content. */
  kind: keyof typeof kindNames;
  format: Format;
  report: Report;
  /** Every cell of the tables; empty where the file holds the report's own data, which leaves no doubt. */
  cells: readonly CellRead[];
  /** Finished Chinese lines about places that could not be read with certainty. */
  notes: readonly string[];
};

/** What people call the kinds of file that a report is read from. */
export const kindNames = { docx: "Word 文档", pdf: "PDF", html: "网页", txt: "文本", json: "数据文件" } as const;

/** What the dialog for choosing a file offers. */
export const READABLE = ".docx,.pdf,.html,.htm,.txt,.json";

const UNREACHABLE = "没有读到这份文件：连接不上服务器，或者文件过大。请检查网络后再试一次。";

/** Has the server read a file. Nothing is stored. Never throws; messages are finished Chinese sentences. */
export async function readOnServer(
  file: Blob,
): Promise<{ ok: true; reading: Reading } | { ok: false; message: string }> {
  try {
    const response = await fetch("/api/imports", { method: "POST", body: file });
    const answer = await response.json();
    const format = formatById(answer.format);
    if (response.ok && format) return { ok: true, reading: { ...answer, format } };
    return { ok: false, message: answer.message ?? UNREACHABLE };
  } catch {
    return { ok: false, message: UNREACHABLE };
  }
}
