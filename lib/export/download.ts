import type { Format } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import { type ExportKind, exportReport } from "./export.ts";
import type { SavedVersion } from "./pack.ts";
import { renderPool } from "./render-pool.ts";
import type { Rendered } from "./render-thread.ts";

/** Kinds that are text and cost a few milliseconds: they wait for nobody. */
const textKinds: readonly ExportKind[] = ["html", "txt", "json"];

/**
 * The report as a file for a server that has others to answer meanwhile: files with pages are rendered on another thread,
 * organisation after organisation. Same files as `exportReport`.
 */
export async function download(
  organisation: string,
  format: Format,
  report: Report,
  kind: ExportKind,
): Promise<Rendered> {
  if (textKinds.includes(kind)) return { kind: "file", file: await exportReport(format, report, kind) };
  return renderPool().render(organisation, { format: format.id, report, kind });
}

/** The 发布包 of a saved version, made on another thread like the files with pages. */
export const downloadPack = (
  organisation: string,
  format: Format,
  report: Report,
  saved: SavedVersion,
): Promise<Rendered> => renderPool().render(organisation, { format: format.id, report, kind: "pack", saved });
