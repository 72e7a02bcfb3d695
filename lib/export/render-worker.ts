import { AsyncLocalStorage } from "node:async_hooks";
import { parentPort } from "node:worker_threads";
import { formatById } from "../../templates/index.ts";
import type { FormattedReport } from "../report/last-year.ts";
import type { Report } from "../report/report.ts";
import { correctionListFile } from "./correction-list.ts";
import { type ExportedFile, exportReport } from "./export.ts";
import { publishPack } from "./pack.ts";
import type { RenderAnswer, RenderOrder } from "./render-thread.ts";

// In the built application React brings Next's runtime into this thread, which wraps the console. Where it does not find this
// beforehand, every line that anything prints here, a warning of Node for example, is an error that ends the thread.
Object.assign(globalThis, { AsyncLocalStorage });

/** What a rendering thread runs: one answer for each order. Libraries and fonts stay loaded from one to the next. */
parentPort?.on("message", async (order: RenderOrder) => {
  const answer = await answerTo(order);
  parentPort?.postMessage(answer, "file" in answer ? [answer.file.bytes.buffer as ArrayBuffer] : []);
});

async function answerTo(order: RenderOrder): Promise<RenderAnswer> {
  try {
    const file = await made(order);
    // Copied, because what the libraries return may be a part of a buffer that Node shares among many and hands over to nobody.
    return { file: { ...file, bytes: new Uint8Array(file.bytes) } };
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    return { error: { name, message, stack } };
  }
}

async function made(order: RenderOrder): Promise<ExportedFile> {
  if (order.kind === "corrections") return correctionListFile(order.content, order.sender, order.as);
  const format = formatById(order.format);
  if (!format) throw new Error("there is no such format");
  const lastYear = order.lastYear && formatted(order.lastYear);
  if (order.kind !== "pack") return exportReport(format, order.report, order.kind, lastYear);
  const { requirements, rollup } = order;
  return publishPack(format, order.report, order.saved, {
    ...(requirements && { requirements }),
    ...(lastYear && { lastYear }),
    ...(rollup && { rollup }),
  });
}

/** A format is functions and data: only its id comes along. */
function formatted(report: Report): FormattedReport {
  const format = formatById(report.format);
  if (!format) throw new Error("last year's report is in a format that is not installed");
  return { format, report };
}
