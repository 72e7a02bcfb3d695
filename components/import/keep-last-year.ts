import { fetchHere } from "@/components/ui/fetch-for.ts";
import type { Report } from "@/lib/report/report.ts";

const UNREACHABLE = "没有保存：连接不上服务器。请检查网络后再试一次。";

/**
 * Has the server keep last year's report with a draft: the one given, or the one that is stored there. Answers what is kept.
 * Never throws; messages are finished Chinese sentences.
 */
export async function keepOnServer(
  id: string,
  report: Report | "stored",
): Promise<{ ok: true; report: Report } | { ok: false; message: string }> {
  try {
    const response = await fetchHere(`/api/reports/${encodeURIComponent(id)}/last-year`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ report }),
    });
    const answer = await response.json();
    return response.ok ? { ok: true, report: answer.report } : { ok: false, message: answer.message ?? UNREACHABLE };
  } catch {
    return { ok: false, message: UNREACHABLE };
  }
}
