import type { FormattedReport } from "@/lib/report/last-year.ts";
import { parseReport } from "@/lib/report/schema.ts";
import { formatById } from "@/templates/index.ts";

type Read = ({ ok: true } & FormattedReport) | { ok: false; message: string };

/** A report of either format as a preview sends it back; undefined where none was sent. Messages are finished Chinese lines. */
export function readReportOfFile(sent: unknown): Read | undefined {
  if (sent === undefined) return undefined;
  const id = typeof sent === "object" && sent !== null && "format" in sent ? sent.format : undefined;
  const format = formatById(String(id));
  if (!format) return { ok: false, message: "送来的报告没有写明格式，或者是不认识的格式，没有写入。" };
  const parsed = parseReport(format, sent);
  return parsed.ok ? { ok: true, format, report: parsed.report } : { ok: false, message: parsed.problems.join("") };
}
