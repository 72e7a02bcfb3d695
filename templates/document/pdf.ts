import { Canvas, Document, Page, renderToBuffer, View } from "@react-pdf/renderer";
import { createElement, type ReactElement } from "react";
import type { Bookmark, Page as LaidOutPage } from "../../lib/layout/display.ts";
import { layOut } from "../../lib/layout/pages.ts";
import type { ComposedDocument } from "../../lib/report/compose.ts";
import { type FontId, font, metrics } from "./fonts.ts";
import { layoutStyle } from "./style.ts";

/**
 * The finished document as a PDF 1.7: A4, fonts embedded, one outline entry a section. Pages are laid out by
 * `lib/layout` and painted as they are; the library is never asked to flow text. The same document gives the same bytes.
 */
export async function renderPdf(document: ComposedDocument): Promise<Uint8Array> {
  const pages = layOut(document, layoutStyle, metrics);
  return await renderToBuffer(documentElement(document, pages));
}

const documentElement = (document: ComposedDocument, pages: readonly LaidOutPage[]) =>
  createElement(
    Document,
    {
      title: document.title.replaceAll("\n", ""),
      author: document.organisation,
      subject: `${document.year}年政府信息公开工作年度报告`,
      language: "zh-CN",
      creationDate: dateOf(document),
      pdfVersion: "1.7",
    },
    pages.map((page, index) => pageElement(page, index)),
  );

/** 成文日期, or else the end of the year reported on: the clock would make every copy another file. */
function dateOf({ blocks, year }: ComposedDocument): Date {
  const signature = blocks.find((block) => block.kind === "signature");
  const [, ...date] = /^(\d+)年(\d+)月(\d+)日$/.exec(signature?.date ?? "") ?? [];
  const [signed = year, month = 12, day = 31] = date.map(Number);
  return new Date(Date.UTC(signed, month - 1, day));
}

/** The canvas is as high as the page and in its flow: a page without flow would have no height. */
const pageElement = (page: LaidOutPage, key: number): ReactElement =>
  createElement(
    Page,
    { key, size: [page.width, page.height], wrap: false },
    createElement(Canvas, {
      style: { width: page.width, height: page.height },
      paint: (painter) => {
        paint(painter, page);
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

/** What a page needs of the library's canvas. */
type Painter = {
  lineWidth(width: number): Painter;
  moveTo(x: number, y: number): Painter;
  lineTo(x: number, y: number): Painter;
  stroke(): Painter;
  font(source: unknown, family: string, size: number): Painter;
  text(text: string, x: number, y: number, options: Record<string, unknown>): Painter;
};

/** The library remembers an embedded font by its family only, hence the name beside the font. */
function paint(painter: Painter, page: LaidOutPage): void {
  for (const { x1, y1, x2, y2, width } of page.rules) {
    painter.lineWidth(width).moveTo(x1, y1).lineTo(x2, y2).stroke();
  }
  for (const { text, x, y, font: id, size, spacing } of page.runs) {
    painter
      .font(font(id as FontId), id, size)
      .text(text, x, y, { lineBreak: false, characterSpacing: spacing, baseline: "alphabetic" });
  }
}
