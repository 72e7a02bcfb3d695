/**
 * The parts of a Word file that hold no content: styles, settings, names of fonts, properties. They are written here as
 * XML because `docx` has no word for 避头尾, for the grid and for the spacing between scripts.
 */
import { FREE } from "../../lib/layout/table.ts";
import { CARRIED_NAMESPACE } from "../../lib/report/carried.ts";
import { headingFaces, lineHeight, officialFaces, size } from "./style.ts";
import { escapeXml } from "./xml.ts";

const MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006";
const RELATIONSHIPS = `${OFFICE}/relationships`;
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** Latin letters and digits in running text. */
const WESTERN_FACE = "Times New Roman";

/** pt → twips (1/20 pt). */
export const twips = (points: number): number => Math.round(points * 20);

/** Pitch of the lines in twips, rounded down so that the page really holds its 22 lines. */
export const linePitch = Math.floor(lineHeight * 20);

/** Two characters of body text, in twips. */
const twoCharacters = twips(2 * size.body);

/**
 * 28 characters of 16 pt are 448 pt, the 版心 is 442 pt wide: every character gives up 0.35 pt. A quarter of a point would
 * do, but the PDF lets a line that holds one more character so move together by up to half a point; this is the middle.
 */
const CLOSER = -7;

/** What names a style in the file, and how a person finds it in Word. */
export const styles = {
  title: "Title",
  heading: { 1: "Heading1", 2: "Heading2", 3: "Heading3" },
  body: "Body",
  signature: "Signature",
  date: "Date",
  note: "Note",
  header: "Header",
  footer: "Footer",
  lead: "Lead",
  strong: "Strong",
  grid: "ReportTable",
  table: (points: number): string => `TableText${String(points).replace(".", "_")}`,
} as const;

/** word/styles.xml; `tableSizes` are the sizes in pt that the document's tables are set in. */
export function stylesPart(tableSizes: readonly number[]): string {
  return [
    `${DECLARATION}<w:styles xmlns:w="${MAIN}">`,
    `<w:docDefaults><w:rPrDefault><w:rPr>${faces(officialFaces.body)}${typeSize(size.body)}`,
    `<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>${chineseLines}</w:pPr></w:pPrDefault></w:docDefaults>`,
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>',
    "<w:pPr><w:widowControl/></w:pPr></w:style>",
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>',
    paragraphStyle({
      id: styles.title,
      name: "Title",
      next: styles.body,
      paragraph: `<w:keepNext/><w:keepLines/><w:snapToGrid w:val="0"/><w:spacing w:line="${linePitch}" w:lineRule="exact" w:before="0" w:after="${linePitch}"/><w:jc w:val="center"/><w:outlineLvl w:val="9"/>`,
      run: `${faces(officialFaces.title)}${typeSize(size.title)}`,
    }),
    ...([1, 2, 3] as const).map((level) =>
      paragraphStyle({
        id: styles.heading[level],
        name: `heading ${level}`,
        next: styles.body,
        paragraph: `<w:keepNext/><w:keepLines/>${exactLines}${indent}<w:jc w:val="both"/><w:outlineLvl w:val="${level - 1}"/>`,
        run: `${faces(officialFaces[headingFaces[level]])}<w:b w:val="0"/><w:color w:val="auto"/>${closer}`,
      }),
    ),
    paragraphStyle({
      id: styles.body,
      name: "公文正文",
      paragraph: `${exactLines}${indent}<w:jc w:val="both"/>`,
      run: closer,
    }),
    ...tableSizes.map((points) =>
      paragraphStyle({
        id: styles.table(points),
        name: `表格文字 ${points}磅`,
        paragraph: `<w:snapToGrid w:val="0"/><w:spacing w:line="${twips(points * FREE.lineHeight)}" w:lineRule="exact"/><w:jc w:val="center"/>`,
        run: `${faces(officialFaces.table)}${typeSize(points)}`,
      }),
    ),
    paragraphStyle({
      id: styles.signature,
      name: "Signature",
      paragraph: `<w:keepNext/><w:keepLines/>${exactLines}<w:jc w:val="right"/>`,
      run: closer,
    }),
    paragraphStyle({
      id: styles.date,
      name: "Date",
      paragraph: `<w:keepLines/>${exactLines}<w:jc w:val="right"/>`,
      run: closer,
    }),
    paragraphStyle({ id: styles.note, name: "附注", paragraph: `${exactLines}${indent}`, run: closer }),
    paragraphStyle({
      id: styles.header,
      name: "header",
      paragraph: '<w:snapToGrid w:val="0"/><w:jc w:val="center"/>',
      run: faces(officialFaces.heading),
    }),
    paragraphStyle({
      id: styles.footer,
      name: "footer",
      paragraph: `<w:snapToGrid w:val="0"/><w:spacing w:line="${twips(size.number)}" w:lineRule="exact"/>`,
      run: `${faces(officialFaces.table, officialFaces.table)}${typeSize(size.number)}`,
    }),
    tableStyle(styles.grid, "报告表格"),
    characterStyle(styles.lead, "段首标题", faces(officialFaces.lead)),
    characterStyle(styles.strong, "Strong", "<w:b/>"),
    "</w:styles>",
  ].join("");
}

/** word/settings.xml: mirrored page numbers, punctuation that closes up, Chinese as the language of the text. */
export const settingsPart = (): string =>
  [
    `${DECLARATION}<w:settings xmlns:w="${MAIN}"><w:defaultTabStop w:val="${twoCharacters}"/><w:evenAndOddHeaders/>`,
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>',
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>',
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>',
  ].join("");

/** word/fontTable.xml: what to take where a machine lacks an official face. */
export const fontsPart = (): string =>
  `${DECLARATION}<w:fonts xmlns:w="${MAIN}">${Object.entries(otherNames)
    .map(([face, other]) => `<w:font w:name="${face}"><w:altName w:val="${other}"/><w:charset w:val="86"/></w:font>`)
    .join("")}</w:fonts>`;

/** docProps/core.xml. It bears no time, so that the same document is the same file. */
export const propertiesPart = (title: string, subject: string, organisation: string): string =>
  [
    `${DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">`,
    `<dc:title>${escapeXml(title)}</dc:title><dc:subject>${escapeXml(subject)}</dc:subject><dc:creator>${escapeXml(organisation)}</dc:creator>`,
    `<cp:lastModifiedBy>${escapeXml(organisation)}</cp:lastModifiedBy><dc:language>zh-CN</dc:language></cp:coreProperties>`,
  ].join("");

/**
 * customXml/item1.xml: the report in its JSON form. `digest` of the document's text tells whether it was edited since.
 * U+FFFE and U+FFFF, the only characters of JSON that XML cannot hold, are written as JSON escapes.
 */
export const reportPart = (json: string, digest: string): string =>
  `${DECLARATION}<report xmlns="${CARRIED_NAMESPACE}" document="${digest}">${escapeXml(
    json.replaceAll("\ufffe", "\\ufffe").replaceAll("\uffff", "\\uffff"),
  )}</report>`;

/** customXml/itemProps1.xml: without it, programs do not keep the part. The id is that of all reports, and never changes. */
export const reportPropertiesPart = (): string =>
  [
    `${DECLARATION}<ds:datastoreItem xmlns:ds="${OFFICE}/customXml" ds:itemID="{5B1D6C0E-7A43-4E0B-9C58-2F6E0D9A7B31}">`,
    `<ds:schemaRefs><ds:schemaRef ds:uri="${CARRIED_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>`,
  ].join("");

/** customXml/_rels/item1.xml.rels. */
export const reportRelationsPart = (): string =>
  `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONSHIPS}/customXmlProps" Target="itemProps1.xml"/></Relationships>`;

/** word/_rels/document.xml.rels with the report among what belongs to the document. */
export const withReportRelation = (relations: string): string =>
  relations.replace(
    "</Relationships>",
    `<Relationship Id="report" Type="${RELATIONSHIPS}/customXml" Target="../customXml/item1.xml"/></Relationships>`,
  );

/** [Content_Types].xml with the kind of the report's properties; the report itself is plain XML. */
export const withReportType = (types: string): string =>
  types.replace(
    "</Types>",
    '<Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/></Types>',
  );

const otherNames: Readonly<Record<string, string>> = {
  [officialFaces.title]: "方正小标宋_GBK",
  [officialFaces.body]: "仿宋",
  [officialFaces.lead]: "楷体",
  [officialFaces.heading]: "SimHei",
  [officialFaces.table]: "SimSun",
};

/**
 * 避头尾; no gap between Chinese and Western characters or digits. Hanging punctuation is on where nothing is said of it
 * (ECMA-376, 17.3.1.21); saying so would switch it off in LibreOffice, which reads the element the wrong way round.
 */
const chineseLines = '<w:kinsoku/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>';
const exactLines = `<w:spacing w:line="${linePitch}" w:lineRule="exact" w:before="0" w:after="0"/>`;
const indent = `<w:ind w:firstLine="${twoCharacters}" w:firstLineChars="200"/>`;
const closer = `<w:spacing w:val="${CLOSER}"/>`;

const faces = (chinese: string, western = WESTERN_FACE): string =>
  `<w:rFonts w:ascii="${western}" w:hAnsi="${western}" w:eastAsia="${chinese}" w:cs="${western}"/>`;

/** Word counts type in half points. */
const typeSize = (points: number): string => `<w:sz w:val="${points * 2}"/><w:szCs w:val="${points * 2}"/>`;

function paragraphStyle(style: { id: string; name: string; next?: string; paragraph: string; run: string }): string {
  const builtIn = /^[A-Za-z]/.test(style.name);
  return [
    `<w:style w:type="paragraph"${builtIn ? "" : ' w:customStyle="1"'} w:styleId="${style.id}">`,
    `<w:name w:val="${style.name}"/><w:basedOn w:val="Normal"/>`,
    style.next ? `<w:next w:val="${style.next}"/>` : "",
    `<w:qFormat/><w:pPr>${style.paragraph}</w:pPr><w:rPr>${style.run}</w:rPr></w:style>`,
  ].join("");
}

const characterStyle = (id: string, name: string, run: string): string =>
  `<w:style w:type="character" w:styleId="${id}"><w:name w:val="${name}"/><w:qFormat/><w:rPr>${run}</w:rPr></w:style>`;

/** Fine rules around every cell, and beside its text as little room as the narrow columns leave. */
const tableStyle = (id: string, name: string): string =>
  [
    `<w:style w:type="table" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>`,
    `<w:tblBorders>${rules.map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`).join("")}</w:tblBorders>`,
    `<w:tblCellMar>${cellMargins.map(([side, width]) => `<w:${side} w:w="${width}" w:type="dxa"/>`).join("")}</w:tblCellMar>`,
    "</w:tblPr></w:style>",
  ].join("");
const rules = ["top", "left", "bottom", "right", "insideH", "insideV"] as const;
/** In twips, in the order of the schema. */
const cellMargins = [
  ["top", 15],
  ["left", 30],
  ["bottom", 15],
  ["right", 30],
] as const;
