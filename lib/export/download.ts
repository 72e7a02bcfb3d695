import type { Requirements } from "../checks/requirement-pack.ts";
import type { Format } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import { exportReport } from "./export.ts";
import type { DownloadKind } from "./kinds.ts";
import type { SavedVersion } from "./pack.ts";
import { renderPool } from "./render-pool.ts";
import type { Rendered } from "./render-thread.ts";

/** Kinds that are text and cost a few milliseconds: they wait for nobody. */
const textKinds: readonly DownloadKind[] = ["html", "txt", "json"];

/** A report as it was last saved, its format, and the local requirements that the sheet of a pack judges it by. */
export type SavedReport = {
  format: Format;
  report: Report;
  saved: SavedVersion;
  requirements?: readonly Requirements[];
};

/**
 * The report as a file for a server that has others to answer meanwhile: files with pages and the 发布包 are made on another
 * thread, organisation after organisation. Same files as `exportReport` and `publishPack`.
 */
export async function download(
  organisation: string,
  { format, report, saved, requirements = [] }: SavedReport,
  kind: DownloadKind,
): Promise<Rendered> {
  if (kind === "pack")
    return renderPool().render(organisation, { format: format.id, report, kind, saved, requirements });
  if (textKinds.includes(kind)) return { kind: "file", file: await exportReport(format, report, kind) };
  return renderPool().render(organisation, { format: format.id, report, kind });
}
