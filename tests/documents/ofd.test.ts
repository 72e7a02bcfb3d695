import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { unzipSync } from "fflate";
import { create, type Font } from "fontkit";
import { describe, expect, test } from "vitest";
import type { Page } from "../../lib/layout/display.ts";
import { layOut } from "../../lib/layout/pages.ts";
import { type ComposedDocument, compose, documentText } from "../../lib/report/compose.ts";
import { metrics } from "../../templates/document/fonts.ts";
import { renderOfd } from "../../templates/document/ofd.ts";
import { layoutStyle } from "../../templates/document/style.ts";
import { formats } from "../../templates/index.ts";
import { sampleDocument } from "../layout/sample-reports.ts";
import { all, type Element, elementsOf, first, textOf } from "./read-markup.ts";
import { type OfdFont, type OfdPage, readOfd } from "./read-ofd.ts";
import { anyReport } from "./reports.ts";

const cases = formats.flatMap((format) => [
  { name: `${format.id}, all zero`, document: sampleDocument(format) },
  { name: `${format.id}, long, with figures`, document: sampleDocument(format, { figure: 11_398_889, times: 4 }) },
  { name: `${format.id}, a draft`, document: sampleDocument(format, { figure: 12, times: 2, draft: true }) },
]);

const read = async (document: ComposedDocument) => readOfd(await renderOfd(document));
const withoutBlanks = (text: string): string => text.replace(/\s/g, "");
const pageText = (page: OfdPage): string => withoutBlanks(page.texts.map(({ text }) => text).join(""));
/** Text in the order of the file, without page numbers and draft marks. */
const bodyText = (pages: readonly OfdPage[]): string =>
  pages.map((page) => pageText(page).replace(/—\d+—(?:草稿)?$/, "")).join("");

/** mm; two roundings to a thousandth, and one more for each character of a line. */
const TOLERANCE = 0.05;
const millimetres = (points: number): number => (points * 25.4) / 72;

/**
 * What the schemas of GB/T 33190 allow of the elements that are written here: attributes, those that may be left out with
 * a question mark, and children in their order.
 */
const schema: Record<string, { attributes: string; children: RegExp }> = {
  OFD: { attributes: "xmlns:ofd Version DocType", children: /^(DocBody )+$/ },
  DocBody: { attributes: "", children: /^DocInfo DocRoot $/ },
  DocInfo: {
    attributes: "",
    children: /^DocID (Title )?(Author )?(Subject )?(Abstract )?(CreationDate )?(Creator )?$/,
  },
  Document: { attributes: "xmlns:ofd", children: /^CommonData Pages (Outlines )?$/ },
  CommonData: { attributes: "", children: /^MaxUnitID PageArea (PublicRes )*(DocumentRes )*$/ },
  PageArea: { attributes: "", children: /^PhysicalBox $/ },
  Area: { attributes: "", children: /^PhysicalBox $/ },
  Pages: { attributes: "", children: /^(Page )+$/ },
  Outlines: { attributes: "", children: /^(OutlineElem )+$/ },
  OutlineElem: { attributes: "Title", children: /^Actions $/ },
  Actions: { attributes: "", children: /^(Action )+$/ },
  Action: { attributes: "Event", children: /^Goto $/ },
  Goto: { attributes: "", children: /^Dest $/ },
  Dest: { attributes: "Type PageID Left? Top? Zoom?", children: /^$/ },
  Res: { attributes: "xmlns:ofd BaseLoc", children: /^Fonts $/ },
  Fonts: { attributes: "", children: /^(Font )+$/ },
  Font: { attributes: "ID FontName FamilyName? Charset?", children: /^(FontFile )?$/ },
  Content: { attributes: "", children: /^(Layer )+$/ },
  Layer: { attributes: "ID Type?", children: /^((Text|Path)Object )*$/ },
  TextObject: { attributes: "ID Boundary Font Size", children: /^(TextCode )+$/ },
  PathObject: { attributes: "ID Boundary LineWidth?", children: /^AbbreviatedData $/ },
  TextCode: { attributes: "X Y DeltaX?", children: /^$/ },
  // In the list of pages and as the root of a page.
  Page: { attributes: "xmlns:ofd? ID? BaseLoc?", children: /^(Area Content )?$/ },
};
const values = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const LENGTH = String.raw`\d+(?:\.\d+)?`;
const [ID, BOX] = [values(String.raw`[1-9]\d*`), values(`${NUMBER} ${NUMBER} ${LENGTH} ${LENGTH}`)];
const DISTANCES = String.raw`(?:g [1-9]\d* )?${NUMBER}`;
/** The types that the standard gives to attributes and texts (ST_ID, ST_Box, ST_Array, enumerations). */
const types: Record<string, RegExp> = {
  "OFD@Version": values("1.0"),
  "OFD@DocType": values("OFD"),
  DocID: values(String.raw`[\da-f]{32}`),
  CreationDate: values(String.raw`\d{4}-\d\d-\d\d`),
  MaxUnitID: ID,
  PhysicalBox: BOX,
  "Page@ID": ID,
  "Font@ID": ID,
  "Font@Charset": values("symbol|prc|big5|shift-jis|wansung|johab|unicode"),
  "Layer@ID": ID,
  "Layer@Type": values("Body|Foreground|Background|Custom"),
  "TextObject@ID": ID,
  "TextObject@Boundary": BOX,
  "TextObject@Font": ID,
  "TextObject@Size": values(LENGTH),
  "TextCode@X": values(NUMBER),
  "TextCode@Y": values(NUMBER),
  "TextCode@DeltaX": values(`${DISTANCES}(?: ${DISTANCES})*`),
  "PathObject@ID": ID,
  "PathObject@Boundary": BOX,
  "PathObject@LineWidth": values(LENGTH),
  AbbreviatedData: values(`M ${NUMBER} ${NUMBER} L ${NUMBER} ${NUMBER}`),
  "Action@Event": values("DO|PO|CLICK"),
  "Dest@Type": values("XYZ|Fit|FitH|FitV|FitR"),
  "Dest@PageID": ID,
  "Dest@Left": values(NUMBER),
  "Dest@Top": values(NUMBER),
  "Dest@Zoom": values(NUMBER),
};

/** Values of an element and below it that are of another type, and which types were met. */
function wrongValues(element: Element): { met: string[]; wrong: string[] } {
  const name = element.name.replace("ofd:", "");
  const own = [
    ...Object.entries(element.attributes).map(([key, value]) => [`${name}@${key}`, value] as const),
    ...(elementsOf(element).length === 0 ? [[name, textOf(element)] as const] : []),
  ].filter(([key]) => types[key]);
  const below = elementsOf(element).map(wrongValues);
  return {
    met: [...own.map(([key]) => key), ...below.flatMap(({ met }) => met)],
    wrong: [
      ...own.filter(([key, value]) => !types[key]?.test(value)).map(([key, value]) => `${key}: ${value}`),
      ...below.flatMap(({ wrong }) => wrong),
    ],
  };
}

const TEXT_ONLY = { attributes: "", children: /^$/ };
const TEXT_ELEMENTS =
  /^(DocID|Title|Author|Subject|CreationDate|Creator|DocRoot|MaxUnitID|PhysicalBox|PublicRes|FontFile|AbbreviatedData)$/;

/** Every breach of the schema in an element and below it, and how many elements were looked at. */
function breaches(element: Element): { looked: number; found: string[] } {
  const name = element.name.replace("ofd:", "");
  const rule = TEXT_ELEMENTS.test(name) ? TEXT_ONLY : schema[name];
  if (!rule) return { looked: 1, found: [`${element.name} is unknown`] };
  const children = elementsOf(element);
  const found: string[] = [];
  const order = children.map((child) => `${child.name.replace("ofd:", "")} `).join("");
  if (!rule.children.test(order)) found.push(`${name}: ${order}`);
  const attributes = rule.attributes.split(" ").filter(Boolean);
  const missing = attributes.filter((key) => !key.endsWith("?") && element.attributes[key] === undefined);
  const known = new Set(attributes.map((key) => key.replace("?", "")));
  const strange = Object.keys(element.attributes).filter((key) => !known.has(key));
  found.push(...missing.map((key) => `${name} lacks ${key}`), ...strange.map((key) => `${name} has ${key}`));
  const below = children.map(breaches);
  return {
    looked: 1 + below.reduce((all, { looked }) => all + looked, 0),
    found: [...found, ...below.flatMap((child) => child.found)],
  };
}

/** Every mark of the file stands where the layout put it. Returns how many characters were compared. */
function compareWithLayout(pages: readonly OfdPage[], laidOut: readonly Page[], fonts: readonly OfdFont[]): number {
  expect(pages).toHaveLength(laidOut.length);
  const embedded = new Map(fonts.map(({ id, bytes }) => [id, openFont(bytes)]));
  let compared = 0;
  for (const [index, page] of pages.entries()) {
    const { runs = [], rules = [] } = laidOut[index] ?? {};
    expect(page.texts.map(({ text }) => text)).toEqual(runs.map(({ text }) => text));
    for (const [at, { places, font, size }] of page.texts.entries()) {
      const run = runs[at] as Page["runs"][number];
      expect(size).toBeCloseTo(millimetres(run.size), 2);
      let x = run.x;
      for (const place of places) {
        expect(Math.abs(place.x - millimetres(x))).toBeLessThan(TOLERANCE);
        expect(Math.abs(place.y - millimetres(run.y))).toBeLessThan(TOLERANCE);
        const glyph = embedded.get(font)?.glyphForCodePoint(place.character.codePointAt(0) ?? 0);
        expect(glyph?.id, `${place.character} in font ${font}`).toBeGreaterThan(0);
        x += ((glyph?.advanceWidth ?? 0) / (embedded.get(font)?.unitsPerEm ?? 1)) * run.size + run.spacing;
        compared++;
      }
    }
    const ends = page.lines.flatMap(({ from, to, width }) => [from.x, from.y, to.x, to.y, width]);
    const expected = rules.flatMap(({ x1, y1, x2, y2, width }) => [x1, y1, x2, y2, width].map(millimetres));
    expect(ends).toHaveLength(expected.length);
    expect(Math.max(0, ...ends.map((end, at) => Math.abs(end - (expected[at] ?? 0))))).toBeLessThan(TOLERANCE);
  }
  return compared;
}

function openFont(bytes: Uint8Array): Font {
  const font = create(Buffer.from(bytes));
  if (!("glyphForCodePoint" in font)) throw new Error("a collection, not a font");
  return font;
}

/** The font with its second character map, the one of 32 bits, under a platform that no reader knows. */
function withoutFullMap(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const records = Array.from({ length: view.getUint16(4) }, (_, index) => 12 + 16 * index);
  const record = records.find((at) => String.fromCharCode(...copy.subarray(at, at + 4)) === "cmap") ?? Number.NaN;
  view.setUint16(view.getUint32(record + 8) + 12, 9);
  return copy;
}

const fontsFolder = new URL("../../templates/fonts/", import.meta.url);
const fontFiles = readdirSync(fontsFolder).filter((file) => file.endsWith(".ttf"));
const sources = fontFiles.map((file) => openFont(readFileSync(new URL(file, fontsFolder))));

describe.each(cases)("the OFD of $name", ({ document }) => {
  test("gives the whole text back in its order", async () => {
    expect(bodyText((await read(document)).pages)).toBe(withoutBlanks(documentText(document)));
  });

  test("follows the schemas of the standard", async () => {
    const { markup } = await read(document);
    const results = [...markup.values()].flatMap(elementsOf).map(breaches);
    expect(results.flatMap(({ found }) => found)).toEqual([]);
    expect(results.reduce((all, { looked }) => all + looked, 0)).toBeGreaterThan(500);
  });

  test("has values of the types that the standard gives them", async () => {
    const { markup } = await read(document);
    const results = [...markup.values()].flatMap(elementsOf).map(wrongValues);
    expect(results.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(new Set(results.flatMap(({ met }) => met))).toEqual(new Set(Object.keys(types)));
  });

  test("refers to objects that there are, and holds no file that nothing leads to", async () => {
    const bytes = await renderOfd(document);
    const { fonts, markup, outline, pages } = readOfd(bytes);
    const fontIds = fonts.map(({ id }) => id);
    for (const { font } of pages.flatMap(({ texts }) => texts)) expect(fontIds).toContain(font);
    for (const { page } of outline) expect(pages.map(({ id }) => id)).toContain(page);
    const [entry, root] = [markup.get("OFD.xml"), markup.get("Doc_0/Document.xml")] as [Element, Element];
    const resources = markup.get("Doc_0/PublicRes.xml") as Element;
    const reached = [
      "OFD.xml",
      textOf(first(entry, "ofd:DocRoot")),
      ...all(root, "ofd:PublicRes").map((path) => `Doc_0/${textOf(path)}`),
      ...all(root, "ofd:Page").map(({ attributes }) => `Doc_0/${attributes.BaseLoc}`),
      ...all(resources, "ofd:FontFile").map((path) => `Doc_0/Res/${textOf(path)}`),
    ];
    expect(Object.keys(unzipSync(bytes)).sort()).toEqual(reached.sort());
  });

  test("numbers every object once and knows the highest number", async () => {
    const { markup } = await read(document);
    const numbers = (element: Element): number[] => [
      ...(element.attributes.ID ? [Number(element.attributes.ID)] : []),
      ...elementsOf(element).flatMap(numbers),
    ];
    const ids = [...markup.values()].flatMap(numbers);
    expect(ids.length).toBeGreaterThan(200);
    expect(new Set(ids).size).toBe(ids.length);
    const highest = first(markup.get("Doc_0/Document.xml") as Element, "ofd:MaxUnitID");
    expect(textOf(highest)).toBe(`${Math.max(...ids)}`);
  });

  test("is dated as it is signed, with title and author", async () => {
    const { information } = await read(document);
    expect(information).toMatchObject({ Title: document.title, Author: document.organisation });
    expect(information.CreationDate).toBe(`${document.year + 1}-01-21`);
    expect(information.DocID).toMatch(/^[\da-f]{32}$/);
  });

  test("has A4 pages with everything inside them, each numbered, and marked if it is a draft", async () => {
    const { pages } = await read(document);
    expect(pages.length).toBeGreaterThan(3);
    for (const [index, { size, texts, lines }] of pages.entries()) {
      expect(size).toEqual({ x: 0, y: 0, width: 210, height: 297 });
      for (const { box } of [...texts, ...lines]) {
        expect(Math.min(box.x, box.y)).toBeGreaterThan(0);
        expect(box.x + box.width).toBeLessThan(210);
        expect(box.y + box.height).toBeLessThan(297);
      }
      const text = pageText(pages[index] as OfdPage);
      expect(text).toMatch(new RegExp(`—${index + 1}—(草稿)?$`));
      expect(text.endsWith("草稿")).toBe(document.draft);
    }
  });

  test("has an outline of its sections that leads to their headings", async () => {
    const { outline, pages } = await read(document);
    const sections = document.blocks.filter((block) => block.kind === "heading" && block.level === 1);
    expect(outline.map(({ title }) => title)).toEqual(
      sections.map((block) => documentText({ ...document, blocks: [block] })),
    );
    for (const { title, page, top } of outline) {
      const texts = pages.find(({ id }) => id === page)?.texts ?? [];
      const below = texts.filter(({ box }) => box.y + box.height > top && box.y < top + 15).map(({ text }) => text);
      expect(below.join("")).toContain(title);
    }
  });

  test("embeds each font that it uses, with the very outlines of all its characters", async () => {
    const { fonts, pages } = await read(document);
    const texts = pages.flatMap((page) => page.texts);
    expect(new Set(fonts.map(({ id }) => id))).toEqual(new Set(texts.map(({ font }) => font)));
    for (const { id, name, bytes } of fonts) {
      const embedded = openFont(bytes);
      const source = sources.find(({ postscriptName }) => postscriptName === name);
      if (!source) throw new Error(`${name} is the name of no font`);
      const characters = new Set(texts.filter(({ font }) => font === id).flatMap(({ text }) => [...text]));
      for (const character of characters) {
        const code = character.codePointAt(0) ?? 0;
        expect(embedded.hasGlyphForCodePoint(code), `${character} in ${name}`).toBe(true);
        expect(embedded.glyphForCodePoint(code).path.toSVG()).toBe(source.glyphForCodePoint(code).path.toSVG());
      }
      expect(embedded.postscriptName).toBe(name);
      expect(embedded.numGlyphs).toBeLessThan(source.numGlyphs / 4);
    }
  });

  test("puts every character and every rule where the layout has it", async () => {
    const { fonts, pages } = await read(document);
    const compared = compareWithLayout(pages, layOut(document, layoutStyle, metrics), fonts);
    expect(compared).toBeGreaterThan(withoutBlanks(documentText(document)).length);
  });
});

test("any report stands in the OFD as it was laid out", async () => {
  let compared = 0;
  const property = fc.asyncProperty(anyReport, fc.boolean(), async ({ format, report }, draft) => {
    const document = compose(format, report, draft);
    const { fonts, pages } = await read(document);
    compared += compareWithLayout(pages, layOut(document, layoutStyle, metrics), fonts);
  });
  await fc.assert(property, { numRuns: 15 });
  expect(compared).toBeGreaterThan(10_000);
});

describe("an OFD", () => {
  const written = (text: string): ComposedDocument => ({
    title: "“甲&乙”\n<报告>",
    organisation: "某某县科学技术局",
    year: 2024,
    date: "2024-12-31",
    draft: false,
    blocks: [{ kind: "paragraph", at: "overview", runs: [{ text }] }],
  });

  test("is the same, byte for byte, for the same document, and another for another", async () => {
    const one = await renderOfd(written("甲"));
    const other = await renderOfd(written("乙"));
    expect(Buffer.compare(await renderOfd(written("甲")), one)).toBe(0);
    expect(readOfd(other).information.DocID).not.toBe(readOfd(one).information.DocID);
  });

  test("of an unsigned document is dated at the end of its year, and needs no outline", async () => {
    const { information, outline } = await read(written("正文"));
    expect(information.CreationDate).toBe("2024-12-31");
    expect(outline).toEqual([]);
  });

  test("holds signs of markup, quotes and control characters", async () => {
    const { information, pages } = await read(written(`“甲”<b>&amp;"'\u0007 A  B`));
    expect(information.Title).toBe("“甲&乙”<报告>");
    expect(bodyText(pages)).toBe(`“甲”<b>&amp;"'AB`);
  });

  test("places rare characters and what follows blanks on their own, whatever a reader makes of them", async () => {
    const { markup, pages } = await read(written("张𬭸生"));
    const codes = all(markup.get("Doc_0/Pages/Page_0/Content.xml") as Element, "ofd:TextCode").map(textOf);
    expect(codes).toContain("𬭸");
    expect(codes).toContain("—");
    expect(codes).toContain(" ");
    expect(bodyText(pages)).toBe("张𬭸生");
  });

  test("has fonts in which readers that know 16 bits only find the same glyphs", async () => {
    const text = "公开，2024年、。";
    const { fonts } = await read(written(text));
    for (const { bytes } of fonts) {
      const [whole, short] = [openFont(bytes), openFont(withoutFullMap(bytes))];
      expect(whole.characterSet.length).toBeGreaterThan(0);
      for (const code of whole.characterSet) {
        expect(short.glyphForCodePoint(code).id).toBe(whole.glyphForCodePoint(code).id);
        expect(short.glyphForCodePoint(code).id).toBeGreaterThan(0);
      }
    }
  });

  test("has fonts whose checksums are right", async () => {
    const { fonts } = await read(written("公开，2024年"));
    expect(fonts.length).toBeGreaterThan(1);
    for (const { bytes } of fonts) {
      const view = new DataView(bytes.slice().buffer);
      let sum = 0;
      for (let index = 0; index < view.byteLength; index += 4) sum = (sum + view.getUint32(index)) >>> 0;
      expect(sum).toBe(0xb1b0afba);
    }
  });
});
