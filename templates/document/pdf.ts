import { Canvas, Document, Page, renderToBuffer, View } from "@react-pdf/renderer";
import { createElement, type ReactElement } from "react";
import type { Bookmark, Page as LaidOutPage, TextRun } from "../../lib/layout/display.ts";
import { layOut } from "../../lib/layout/pages.ts";
import type { ComposedDocument } from "../../lib/report/compose.ts";
import { type FontId, font, metrics } from "./fonts.ts";
import { type Structure, structureOf } from "./pdf-structure.ts";
import { typedTexts } from "./pdf-typed-text.ts";
import { type Attachment, type Painter, type StructureElement, type Writer, writerBehind } from "./pdf-writer.ts";
import { layoutStyle } from "./style.ts";

export type PdfOptions = {
  /** Travels inside the file; its name is what a reader is offered to save. */
  attachment?: Attachment;
  /**
   * For long-term keeping. An archive that asks for PDF/A-2b takes no attachments but other PDF/A files: with one, ask
   * for PDF/A-3b.
   */
  conformance?: "PDF/A-2b" | "PDF/A-3b";
};

/**
 * The finished document as a tagged PDF 1.7: A4, fonts embedded, one outline entry a section. Pages are laid out by
 * `lib/layout` and painted as they are; the library is never asked to flow text. The same document gives the same bytes.
 * Throws when an attachment is asked into a PDF/A-2b.
 */
export async function renderPdf(document: ComposedDocument, options: PdfOptions = {}): Promise<Uint8Array> {
  if (options.attachment && options.conformance === "PDF/A-2b") throw new Error("a PDF/A-2b has no such attachments");
  const pages = layOut(document, layoutStyle, metrics);
  return await renderToBuffer(documentElement(document, pages, options));
}

function documentElement(document: ComposedDocument, pages: readonly LaidOutPage[], options: PdfOptions) {
  const paintPage = pagePainter(document, pages, options.attachment);
  const properties = {
    title: document.title.replaceAll("\n", ""),
    author: document.organisation,
    subject: `${document.year}年政府信息公开工作年度报告`,
    language: "zh-CN",
    creationDate: new Date(document.date),
    pdfVersion: "1.7",
    ...(options.conformance ? { conformance: options.conformance } : {}),
  } as const;
  return createElement(
    Document,
    properties,
    pages.map((page, index) => pageElement(page, index, paintPage)),
  );
}

/** The canvas is as high as the page and in its flow: a page without flow would have no height. */
const pageElement = (page: LaidOutPage, key: number, paintPage: PagePainter): ReactElement =>
  createElement(
    Page,
    { key, size: [page.width, page.height], wrap: false },
    createElement(Canvas, {
      style: { width: page.width, height: page.height },
      paint: (painter) => {
        paintPage(painter, page);
        return null;
      },
    }),
    page.bookmarks.map(bookmarkElement),
  );

/** A view of no size that the outline leads to. The library's types forget that a view takes a bookmark. */
function bookmarkElement({ title, y }: Bookmark): ReactElement {
  const position = { position: "absolute", left: 0, top: y, width: 1, height: 1 } as const;
  const props = { key: `${y}`, style: position, bookmark: { title, top: y, left: 0 } };
  return createElement(View, props);
}

/** Paints the pages of one document, from the first to the last. */
type PagePainter = (painter: Painter, page: LaidOutPage) => void;

/** The writer is behind every canvas of the document the same, and can be reached from the first on. */
function pagePainter(
  document: ComposedDocument,
  pages: readonly LaidOutPage[],
  attachment: Attachment | undefined,
): PagePainter {
  const typed = typedTexts(document, pages, metrics);
  let tagged: { writer: Writer; structure: Structure } | undefined;
  const begin = (painter: Painter) => {
    const writer = writerBehind(painter, (id) => font(id as FontId));
    if (attachment) writer.attach(attachment, new Date(document.date));
    return { writer, structure: structureOf(document, writer) };
  };
  return (painter, page) => {
    tagged ??= begin(painter);
    const { writer, structure } = tagged;
    if (page.rules.length > 0) writer.asArtifact("Layout", () => writer.rules(page.rules));
    for (const { element, runs, reading } of stretchesOf(page.runs, structure, typed)) {
      const paint = () => writer.text(runs);
      if (element) writer.asContent(element, reading, paint);
      else writer.asArtifact("Pagination", paint);
    }
  };
}

/** Runs that follow each other and belong to the same element; one that does not show what was typed stands alone. */
type Stretch = { element: StructureElement | undefined; reading: string | undefined; runs: TextRun[] };

function stretchesOf(runs: readonly TextRun[], structure: Structure, typed: ReadonlyMap<TextRun, string>): Stretch[] {
  const stretches: Stretch[] = [];
  for (const run of runs) {
    const element = structure(run.tag);
    const reading = typed.get(run);
    const last = stretches.at(-1);
    const goesOn = last?.element === element && last?.reading === undefined && reading === undefined;
    if (last && goesOn) last.runs.push(run);
    else stretches.push({ element, reading, runs: [run] });
  }
  return stretches;
}
