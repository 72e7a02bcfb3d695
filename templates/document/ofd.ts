import { createHash } from "node:crypto";
import type { Page } from "../../lib/layout/display.ts";
import { layOut } from "../../lib/layout/pages.ts";
import type { ComposedDocument } from "../../lib/report/compose.ts";
import { type FontId, font, metrics } from "./fonts.ts";
import { type FontResource, pageContent } from "./ofd-page.ts";
import { box, element, millimetres, textElement, xmlFile } from "./ofd-xml.ts";
import { layoutStyle, officialFaces } from "./style.ts";
import { subsetFont } from "./subset-font.ts";
import { zip, zipEntry } from "./zip.ts";

/** The family that a reader takes in place of an embedded font if it must. */
const families: Readonly<Record<FontId, string>> = {
  imitationSong: "仿宋",
  kai: "楷体",
  sans: "黑体",
  songBold: "宋体",
  song: "宋体",
  "office-title": officialFaces.title,
  "office-body": officialFaces.body,
  "office-heading": officialFaces.heading,
  "office-lead": officialFaces.lead,
  "office-table": officialFaces.table,
};

const CREATOR = "政府信息公开工作年度报告编制系统";

/** A font of the document: its number, its widths, and the characters that are set in it. */
type UsedFont = FontResource & { fontId: FontId; characters: Set<string> };

/**
 * The finished document as OFD (GB/T 33190-2016): the pages of the PDF, fonts embedded, one outline entry a section.
 * The same document gives the same bytes.
 */
export async function renderOfd(document: ComposedDocument): Promise<Uint8Array> {
  const pages = layOut(document, layoutStyle, metrics);
  let lastId = 0;
  const nextId = () => ++lastId;
  const fonts = usedFonts(pages, nextId);
  const pageIds = pages.map(nextId);
  const contents = pages.map((page) => pageContent(page, (id) => fonts.get(id) as UsedFont, nextId));
  const parts = {
    "OFD.xml": entryPart(document, contents),
    "Doc_0/Document.xml": documentPart(pages, pageIds, lastId),
    "Doc_0/PublicRes.xml": resourcesPart([...fonts.values()]),
    ...Object.fromEntries(contents.map((content, index) => [`Doc_0/Pages/Page_${index}/Content.xml`, content])),
    ...Object.fromEntries(
      [...fonts.values()].map((used) => [
        `Doc_0/Res/${fontFile(used)}`,
        subsetFont(font(used.fontId), used.characters),
      ]),
    ),
  };
  return zip(Object.entries(parts).map(([name, part]) => zipEntry(name, part)));
}

/** OFD.xml: what the file is and where its document lies. */
function entryPart(document: ComposedDocument, contents: readonly Uint8Array[]): Uint8Array {
  const information = [
    textElement("DocID", identifier(contents)),
    textElement("Title", document.title.replaceAll("\n", "")),
    textElement("Author", document.organisation),
    textElement("Subject", `${document.year}年政府信息公开工作年度报告`),
    textElement("CreationDate", document.date),
    textElement("Creator", CREATOR),
  ];
  const body = element("DocInfo", {}, information.join("")) + textElement("DocRoot", "Doc_0/Document.xml");
  return xmlFile("OFD", { Version: "1.0", DocType: "OFD" }, element("DocBody", {}, body));
}

/** 32 hexadecimal digits that are others for any other pages; chance would make every copy another file. */
function identifier(contents: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex").slice(0, 32);
}

/** Document.xml: size of the paper, where the pages and the fonts lie, and the outline. */
function documentPart(pages: readonly Page[], pageIds: readonly number[], lastId: number): Uint8Array {
  const { width, height } = layoutStyle.page;
  const common = [
    textElement("MaxUnitID", String(lastId)),
    element("PageArea", {}, textElement("PhysicalBox", box(0, 0, width, height))),
    textElement("PublicRes", "PublicRes.xml"),
  ];
  const list = pageIds.map((id, index) => element("Page", { ID: id, BaseLoc: `Pages/Page_${index}/Content.xml` }));
  const outline = pages.flatMap(({ bookmarks }, index) =>
    bookmarks.map(({ title, y }) => outlineElement(title, pageIds[index] as number, y)),
  );
  return xmlFile(
    "Document",
    {},
    [
      element("CommonData", {}, common.join("")),
      element("Pages", {}, list.join("")),
      ...(outline.length > 0 ? [element("Outlines", {}, outline.join(""))] : []),
    ].join(""),
  );
}

/** An entry that leads to a height on a page and keeps the reader's zoom. */
function outlineElement(title: string, pageId: number, y: number): string {
  const destination = element("Dest", { Type: "XYZ", PageID: pageId, Left: 0, Top: millimetres(y), Zoom: 0 });
  const action = element("Action", { Event: "CLICK" }, element("Goto", {}, destination));
  return element("OutlineElem", { Title: title }, element("Actions", {}, action));
}

/** PublicRes.xml: the fonts. */
function resourcesPart(fonts: readonly UsedFont[]): Uint8Array {
  const list = fonts.map((used) => {
    const names = { FontName: font(used.fontId).postscriptName, FamilyName: families[used.fontId] };
    return element("Font", { ID: used.id, ...names, Charset: "unicode" }, textElement("FontFile", fontFile(used)));
  });
  return xmlFile("Res", { BaseLoc: "Res" }, element("Fonts", {}, list.join("")));
}

const fontFile = ({ fontId }: UsedFont): string => `${fontId}.ttf`;

/** The fonts of the pages by their layout id, in the order in which they first appear. */
function usedFonts(pages: readonly Page[], nextId: () => number): Map<string, UsedFont> {
  const fonts = new Map<string, UsedFont>();
  for (const { font: fontId, text } of pages.flatMap((page) => page.runs)) {
    const used = fonts.get(fontId) ?? usedFont(fontId as FontId, nextId());
    fonts.set(fontId, used);
    for (const character of text) used.characters.add(character);
  }
  return fonts;
}

function usedFont(fontId: FontId, id: number): UsedFont {
  const source = font(fontId);
  const advance = (character: string) =>
    source.glyphForCodePoint(character.codePointAt(0) ?? 0).advanceWidth / source.unitsPerEm;
  return { id, fontId, advance, characters: new Set() };
}
