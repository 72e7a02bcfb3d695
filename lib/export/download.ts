import type { Format } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import { exportReport } from "./export.ts";
import type { DownloadKind } from "./kinds.ts";
import type { JudgedBeside, SavedVersion } from "./pack.ts";
import { renderPool } from "./render-pool.ts";
import type { Rendered } from "./render-thread.ts";

/** Kinds that are text and cost a few milliseconds: they wait for nobody. */
const textKinds: readonly DownloadKind[] = ["html", "txt", "json"];

/** A report as it was last saved, its format, and what else it is judged by: a draft's mark by last year's, the sheet of a pack by all of it. */
export type SavedReport = { format: Format; report: Report; saved: SavedVersion } & JudgedBeside;

/**
 * The report as a file for a server that has others to answer meanwhile: files with pages and the 发布包 are made on another
 * thread, organisation after organisation. Same files as `exportReport` and `publishPack`.
 */
export async function download(
  organisation: string,
  { format, report, saved, requirements = [], lastYear, rollup }: SavedReport,
  kind: DownloadKind,
): Promise<Rendered> {
  const order = { format: format.id, report, ...(lastYear && { lastYear: lastYear.report }) };
  const beside = { requirements, ...(rollup && { rollup }) };
  if (kind === "pack") return renderPool().render(organisation, { ...order, kind, saved, ...beside });
  if (textKinds.includes(kind)) return { kind: "file", file: await exportReport(format, report, kind, lastYear) };
  return renderPool().render(organisation, { ...order, kind });
}
