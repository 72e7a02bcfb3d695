import { isDraft } from "../checks/check.ts";
import { CARRIED_FILE, carriedReport, carriedText } from "../report/carried.ts";
import { type ComposedDocument, compose, documentText, titleOf } from "../report/compose.ts";
import type { Format } from "../report/format.ts";
import type { FormattedReport } from "../report/last-year.ts";
import type { Report } from "../report/report.ts";
import { fileName } from "./file-name.ts";
import type { ExportKind } from "./kinds.ts";

export type ExportedFile = { name: string; type: string; bytes: Uint8Array };

/** Stands before the extension of a report that must not be published yet. */
const DRAFT_NAME = "（草稿）";

/** Stands there in the name of the file for archives, which ends like any other PDF. */
const ARCHIVE_NAME = "（存档）";

/** Media types. */
export const fileTypes: Readonly<Record<ExportKind, string>> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pdf: "application/pdf",
  pdfa: "application/pdf",
  ofd: "application/ofd",
  html: "text/html; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  json: "application/json",
};

/**
 * The report as a file. A report that could not be submitted, because a check finds an error in it or beside last year's,
 * is marked as a draft in its name and, where the kind has pages, on its pages.
 */
export async function exportReport(
  format: Format,
  held: Report,
  kind: ExportKind,
  lastYear?: FormattedReport,
): Promise<ExportedFile> {
  const report = carriedReport(held);
  const draft = isDraft(format, held, lastYear);
  const data = encode(carriedText(report));
  const bytes = kind === "json" ? data : await renderDocument(compose(format, report, draft), kind, data);
  const title = `${titleOf(format, report)}${kind === "pdfa" ? ARCHIVE_NAME : ""}${draft ? DRAFT_NAME : ""}`;
  return { name: fileName(title, kind === "pdfa" ? "pdf" : kind), type: fileTypes[kind], bytes };
}

/**
 * A composed document as a file. Renderers are loaded when they are first asked for: each brings a large library. Word files
 * and PDF carry `data`, the report itself, where it is given.
 */
export async function renderDocument(
  document: ComposedDocument,
  kind: Exclude<ExportKind, "json">,
  data?: Uint8Array,
): Promise<Uint8Array> {
  switch (kind) {
    case "docx":
      return (await import("../../templates/document/docx.ts")).renderDocx(document, data && { data });
    case "pdf":
      return (await import("../../templates/document/pdf.ts")).renderPdf(
        document,
        data && { attachment: { name: CARRIED_FILE, type: fileTypes.json, bytes: data } },
      );
    case "pdfa":
      return (await import("../../templates/document/pdf.ts")).renderPdf(document, { conformance: "PDF/A-2b" });
    case "ofd":
      return (await import("../../templates/document/ofd.ts")).renderOfd(document);
    case "html":
      return encode((await import("../../templates/document/html.ts")).renderHtmlPage(document));
    case "txt":
      return encode(`${documentText(document)}\n`.replaceAll("\n", WINDOWS_LINE_END));
  }
}

/** Older versions of Windows' editor know no other end of a line. */
const WINDOWS_LINE_END = "\r\n";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
