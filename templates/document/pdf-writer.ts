/**
 * The only file that knows the insides of pdfkit, which writes the file for `@react-pdf/renderer`. The renderer's canvas
 * has no words for structure and attachments; pdfkit has, and is reached through the canvas. The versions of both are
 * pinned, and the tests read structure and attachment back from finished files.
 */

import type { Rule, TextRun } from "../../lib/layout/display.ts";
import { ruleOperators, textOperators } from "./pdf-content.ts";
import { PdfFont, type PdfReference } from "./pdf-font.ts";
import type { TrueTypeFont } from "./true-type/font.ts";
import { escapeXml } from "./xml.ts";

/** The library's canvas, as far as it is needed to reach pdfkit behind it. */
export type Painter = { text(text: string, x: number, y: number, options: Record<string, unknown>): unknown };

/** What is used of pdfkit's document. Content that is marked stays marked until `endMarkedContent`. */
type PdfkitDocument = {
  readonly page: { readonly fonts: Record<string, PdfReference> };
  /** Fonts by name, which are embedded when the document ends. */
  readonly _fontFamilies: Record<string, Pick<PdfFont, "finalize">>;
  ref(data?: Record<string, unknown>): PdfReference;
  addContent(operators: string): void;
  getMarkInfoDictionary(): { data: Record<string, unknown> };
  struct(type: string, options?: { title?: string; lang?: string }): StructureElement;
  addStructure(element: StructureElement): void;
  markStructureContent(tag: string, options?: { actual: string }): StructureContent;
  markContent(tag: string, options: { type: ArtifactType }): void;
  endMarkedContent(): void;
  /** Title, agency and the like, in the file's own table and, when the document ends, in its XMP metadata. */
  readonly info: Record<string, unknown>;
  endMetadata(): void;
  file(bytes: Uint8Array, options: { name: string; type: string; relationship: string; modifiedDate: Date }): void;
};
type StructureContent = { readonly refs: readonly object[] };

/** An element of the structure tree; `S` is its type. */
export type StructureElement = {
  readonly document: PdfkitDocument;
  readonly dictionary: { readonly data: { S: string } & Record<string, unknown> };
  add(child: StructureElement | StructureContent): void;
};

/** Marks that are no content: those that stand on every page, or lines and fills. */
type ArtifactType = "Pagination" | "Layout";
/** A file that travels inside the PDF. */
export type Attachment = { name: string; type: string; bytes: Uint8Array };
/** What a table cell tells a reading machine. */
type CellAttributes = { colSpan: number; rowSpan: number; scope?: "Column" | "Row" };

/** A PDF that is being written, all its content in one structure tree. */
export type Writer = {
  /** Adds an element below another or, without one, below the root. */
  addElement(type: string, parent?: StructureElement, title?: string): StructureElement;
  addCell(type: "TH" | "TD", row: StructureElement, attributes: CellAttributes): StructureElement;
  /**
   * What `paint` paints belongs to the element, wherever else its parts are. It reads as `typed` when it is copied or
   * spoken, if that is given.
   */
  asContent(element: StructureElement, typed: string | undefined, paint: () => void): void;
  asArtifact(type: ArtifactType, paint: () => void): void;
  /** Paint on the page that was begun last, as all lengths in pt from its top left corner. */
  text(runs: readonly TextRun[]): void;
  rules(rules: readonly Rule[]): void;
  /** The date is that of the file's last change: the clock would make every copy another file. */
  attach(attachment: Attachment, date: Date): void;
};

/**
 * The writer behind a canvas, as a tagged document in Chinese. Once a document: it begins the structure tree. `font` finds
 * the font that a run of text names.
 */
export function writerBehind(painter: Painter, font: (id: string) => TrueTypeFont): Writer {
  const probe = probeOf(painter);
  const document = probe.document;
  document.endMarkedContent();
  document.getMarkInfoDictionary().data.Marked = true;
  escapeMetadata(document);
  const root = document.struct("Document", { lang: "zh-CN" });
  document.addStructure(root);
  root.add(probe);
  const fonts = new Map<string, PdfFont>();
  const embedded = (id: string): PdfFont => {
    const known = fonts.get(id) ?? embedFont(document, font(id), fonts.size + 1);
    fonts.set(id, known);
    return known;
  };
  return {
    addElement: (type, parent = root, title) => addElement(document, type, parent, title),
    addCell: (type, row, attributes) => addCell(document, type, row, attributes),
    asContent: (element, typed, paint) => {
      element.add(markContentOf(document, element, typed));
      paint();
      document.endMarkedContent();
    },
    asArtifact: (type, paint) => {
      document.markContent("Artifact", { type });
      paint();
      document.endMarkedContent();
    },
    text: (runs) => document.addContent(textOperators(runs, (id) => fontOnPage(document, embedded(id)))),
    rules: (rules) => document.addContent(ruleOperators(rules)),
    attach: ({ bytes, name, type }, modifiedDate) =>
      document.file(bytes, { name, type, relationship: "Source", modifiedDate }),
  };
}

/** pdfkit embeds its own fonts slower and larger: ours stands among them, and is asked to embed itself when they are. */
function embedFont(document: PdfkitDocument, font: TrueTypeFont, number: number): PdfFont {
  const embedded = new PdfFont(document, font, number);
  document._fontFamilies[embedded.id] = embedded;
  return embedded;
}

function fontOnPage(document: PdfkitDocument, font: PdfFont): PdfFont {
  document.page.fonts[font.id] = font.reference;
  return font;
}

/**
 * pdfkit puts title and agency into its XML as they are, where a `&` or `<` would break it. When it comes to that, its own
 * table is written already, and they can be escaped.
 */
function escapeMetadata(document: PdfkitDocument): void {
  const { endMetadata } = document;
  document.endMetadata = () => {
    for (const [key, value] of Object.entries(document.info)) {
      if (typeof value === "string") document.info[key] = escapeXml(value);
    }
    endMetadata.call(document);
  };
}

/**
 * pdfkit hands the element of a text to whatever stands as its `structParent`, and every element knows its document.
 * The text is empty, so that nothing is drawn; its element stays in the tree as one without meaning, because an element
 * of no parent would never be written and pdfkit would wait for it for ever.
 */
function probeOf(painter: Painter): StructureElement {
  let probe: StructureElement | undefined;
  const structParent = {
    add: (element: StructureElement) => {
      probe = element;
    },
  };
  painter.text("", 0, 0, { lineBreak: false, structType: "NonStruct", structParent });
  if (!probe) throw new Error("pdfkit does not hand out the structure element of a text");
  return probe;
}

/**
 * Only content that is tagged as a span may carry its own text. One mark for both: poppler takes the end of a span
 * within marked content for the end of that content.
 */
const markContentOf = (document: PdfkitDocument, element: StructureElement, typed: string | undefined) =>
  typed === undefined
    ? document.markStructureContent(element.dictionary.data.S)
    : document.markStructureContent("Span", { actual: typed });

function addElement(
  document: PdfkitDocument,
  type: string,
  parent: StructureElement,
  title: string | undefined,
): StructureElement {
  const element = document.struct(type, title === undefined ? {} : { title });
  parent.add(element);
  return element;
}

/** pdfkit knows the scope of a cell but not its spans, hence the attributes are written as the standard spells them. */
function addCell(
  document: PdfkitDocument,
  type: "TH" | "TD",
  row: StructureElement,
  { scope, colSpan, rowSpan }: CellAttributes,
): StructureElement {
  const cell = addElement(document, type, row, undefined);
  const attributes = {
    ...(scope ? { Scope: scope } : {}),
    ...(colSpan > 1 ? { ColSpan: colSpan } : {}),
    ...(rowSpan > 1 ? { RowSpan: rowSpan } : {}),
  };
  if (Object.keys(attributes).length > 0) cell.dictionary.data.A = { O: "Table", ...attributes };
  return cell;
}
