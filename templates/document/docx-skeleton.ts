import {
  AlignmentType,
  Document,
  DocumentGridType,
  Footer,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from "docx";
import { strFromU8, unzipSync } from "fflate";
import {
  fontsPart,
  linePitch,
  reportPropertiesPart,
  reportRelationsPart,
  settingsPart,
  styles,
  twips,
  withReportRelation,
  withReportType,
} from "./docx-parts.ts";
import { draftMark, page, points, size } from "./style.ts";
import { type ZipEntry, zipEntry } from "./zip.ts";

/** A Word file without what differs from document to document. */
export type Skeleton = {
  /** What stands before and behind the content of the body in `word/document.xml`. */
  before: string;
  after: string;
  /** The parts that are the same in every document, compressed. */
  parts: readonly ZipEntry[];
};

/** Whether every page is marked as a draft's, and whether the file has a place for the report it carries. */
export type SkeletonKind = { draft: boolean; carriesReport: boolean };

const made = new Map<string, Promise<Skeleton>>();

/** The skeleton of that kind, which `docx` makes once a process: section, headers, footers, and how the parts belong together. */
export function skeletonOf(kind: SkeletonKind): Promise<Skeleton> {
  const key = `${kind.draft} ${kind.carriesReport}`;
  const known = made.get(key) ?? makeSkeleton(kind);
  made.set(key, known);
  return known;
}

/** What every document writes anew. */
const OWN_PARTS = new Set(["word/document.xml", "word/styles.xml", "docProps/core.xml"]);
const TYPES = "[Content_Types].xml";
const RELATIONS = "word/_rels/document.xml.rels";

async function makeSkeleton({ draft, carriesReport }: SkeletonKind): Promise<Skeleton> {
  const packed = await Packer.toArrayBuffer(emptyDocument(draft), undefined, [
    { path: "word/settings.xml", data: settingsPart() },
    { path: "word/fontTable.xml", data: fontsPart() },
  ]);
  const parts = Object.fromEntries(
    Object.entries(unzipSync(new Uint8Array(packed))).map(([path, part]) => [path, strFromU8(part)]),
  );
  const { "word/document.xml": text = "", [TYPES]: types = "", [RELATIONS]: relations = "" } = parts;
  const section = text.indexOf("<w:sectPr");
  if (section < 0) throw new Error("the document has no section");
  const whole: Record<string, string> = {
    // Programs that look at the beginning of a file tell by this part what it is.
    [TYPES]: types,
    ...parts,
    ...(carriesReport && {
      [TYPES]: withReportType(types),
      [RELATIONS]: withReportRelation(relations),
      "customXml/itemProps1.xml": reportPropertiesPart(),
      "customXml/_rels/item1.xml.rels": reportRelationsPart(),
    }),
  };
  return {
    before: text.slice(0, section),
    after: text.slice(section),
    parts: Object.entries(whole)
      .filter(([path]) => !OWN_PARTS.has(path))
      .map(([path, part]) => zipEntry(path, part)),
  };
}

const millimetres = (length: number): number => twips(points(length));

function emptyDocument(draft: boolean): Document {
  /** The dashes, in the middle of the line of the number, stand where the standard wants them. */
  const numberLine = points(page.bottom - page.numberBelow) - size.number / 2;
  return new Document({
    sections: [
      {
        properties: {
          page: {
            size: { width: millimetres(page.width), height: millimetres(page.height) },
            margin: {
              top: millimetres(page.top),
              right: millimetres(page.right),
              bottom: millimetres(page.bottom),
              left: millimetres(page.left),
              header: millimetres(page.top / 2),
              footer: twips(numberLine),
            },
          },
          grid: { type: DocumentGridType.LINES, linePitch },
        },
        headers: draft ? { default: draftHeader(), even: draftHeader() } : {},
        footers: {
          default: pageNumber(AlignmentType.RIGHT, { right: twips(size.number) }),
          even: pageNumber(AlignmentType.LEFT, { left: twips(size.number) }),
        },
        children: [],
      },
    ],
  });
}

/** `— 1 —`, odd pages on the right, even pages on the left, one character in. */
const pageNumber = (alignment: "left" | "right", indent: { left?: number; right?: number }): Footer =>
  new Footer({
    children: [
      new Paragraph({
        style: styles.footer,
        alignment,
        indent,
        children: [new TextRun({ children: ["— ", PageNumber.CURRENT, " —"] })],
      }),
    ],
  });

const draftHeader = (): Header =>
  new Header({
    children: [
      new Paragraph({
        style: styles.header,
        children: [new TextRun({ text: draftMark, size: size.title * 2, color: "C00000" })],
      }),
    ],
  });
