import { deflateSync } from "node:zlib";
import type { TrueTypeFont } from "./true-type/font.ts";

/** An object of the file that others refer to; pdfkit writes it when it ends. */
export type PdfReference = { data: Record<string, unknown>; end(content?: string | Uint8Array): void };
/** What a font needs of pdfkit's document. */
type ObjectStore = { ref(data?: Record<string, unknown>): PdfReference };

/** Width of a glyph that is as wide as it is high, and of all that are not listed; in thousandths of an em. */
const FULL_WIDTH = 1000;
/** Outlines hardly repeat themselves: looking longer for what does makes the file 3 % smaller for twice the time. */
const QUICK = { level: 1, memLevel: 9 };
/** PDF 32000-1:2008, table 123. */
const FLAG = { fixedPitch: 1, serif: 2, symbolic: 4, italic: 64 };
/** Glyphs that one range of the character map may hold. */
const RANGE = 256;

/**
 * A TrueType font in a PDF that is being written: text becomes glyphs of a subset, which is embedded when the document
 * ends. `id` names it on the pages and makes its subset's name unique.
 */
export class PdfFont {
  readonly id: string;
  /** The font as pages list it. */
  readonly reference: PdfReference;
  readonly #store: ObjectStore;
  readonly #font: TrueTypeFont;
  readonly #subset: ReturnType<TrueTypeFont["createSubset"]>;
  /** The number of a character's glyph in the subset, as four hexadecimal digits. */
  readonly #codes = new Map<string, string>();
  /** By number of the glyph: the character it stands for, and its width. Glyph 0 stands for none. */
  readonly #characters = [0];
  readonly #widths: number[];

  constructor(store: ObjectStore, font: TrueTypeFont, number: number) {
    this.id = `T${number}`;
    this.#store = store;
    this.#font = font;
    this.#subset = font.createSubset();
    this.#widths = [this.#thousandths(font.advanceOf(0))];
    this.reference = store.ref();
  }

  /** The text as the string that shows it, in hexadecimal digits. */
  encode(text: string): string {
    let digits = "";
    for (const character of text) digits += this.#codes.get(character) ?? this.#include(character);
    return digits;
  }

  /** Embeds the subset; pdfkit calls this once when the document ends. */
  finalize(): void {
    const name = `${subsetTag(this.id)}+${this.#font.postscriptName}`;
    const descendant = this.#object({
      Type: "Font",
      Subtype: "CIDFontType2",
      BaseFont: name,
      // pdfkit writes string objects as strings and everything else as names.
      CIDSystemInfo: { Registry: new String("Adobe"), Ordering: new String("Identity"), Supplement: 0 },
      FontDescriptor: this.#descriptor(name),
      DW: FULL_WIDTH,
      W: otherWidths(this.#widths),
      CIDToGIDMap: "Identity",
    });
    Object.assign(this.reference.data, {
      Type: "Font",
      Subtype: "Type0",
      BaseFont: name,
      Encoding: "Identity-H",
      DescendantFonts: [descendant],
      ToUnicode: this.#object({}, characterMap(this.#characters)),
    });
    this.reference.end();
  }

  #include(character: string): string {
    const codePoint = character.codePointAt(0) ?? 0;
    const number = this.#subset.includeGlyph(this.#font.glyphOfItsOwn(codePoint));
    const code = hexadecimal(number);
    this.#codes.set(character, code);
    this.#characters[number] = codePoint;
    this.#widths[number] = this.#thousandths(this.#font.glyphForCodePoint(codePoint).advanceWidth);
    return code;
  }

  #descriptor(name: string): PdfReference {
    const { ascent, bbox, capHeight, descent, familyClass, isFixedPitch, isItalic, italicAngle, xHeight } = this.#font;
    const isSerif = familyClass >= 1 && familyClass <= 7;
    return this.#object({
      Type: "FontDescriptor",
      FontName: name,
      Flags:
        FLAG.symbolic +
        (isFixedPitch ? FLAG.fixedPitch : 0) +
        (isSerif ? FLAG.serif : 0) +
        (isItalic ? FLAG.italic : 0),
      FontBBox: [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map((length) => this.#thousandths(length)),
      ItalicAngle: italicAngle,
      Ascent: this.#thousandths(ascent),
      Descent: this.#thousandths(descent),
      CapHeight: this.#thousandths(capHeight),
      XHeight: this.#thousandths(xHeight),
      StemV: 0,
      FontFile2: this.#fontFile(),
    });
  }

  #fontFile(): PdfReference {
    const file = this.#subset.encode();
    return this.#object({ Filter: "FlateDecode", Length1: file.length }, deflateSync(file, QUICK));
  }

  #object(data: Record<string, unknown>, content?: string | Uint8Array): PdfReference {
    const reference = this.#store.ref(data);
    reference.end(content);
    return reference;
  }

  #thousandths(length: number): number {
    return (length * FULL_WIDTH) / this.#font.unitsPerEm;
  }
}

/** Six capital letters before the name of a font say that it is a subset, and which. */
const subsetTag = (id: string): string =>
  [...id.padEnd(6, "Z")].map((sign) => (/\d/.test(sign) ? String.fromCharCode(65 + Number(sign)) : sign)).join("");

/** The widths of glyphs that are not full width: first glyph of each row of them, and their widths. */
function otherWidths(widths: readonly number[]): (number | number[])[] {
  const rows: { first: number; widths: number[] }[] = [];
  for (const [glyph, width] of widths.entries()) {
    if (width === FULL_WIDTH) continue;
    const row = rows.at(-1);
    if (row && row.first + row.widths.length === glyph) row.widths.push(width);
    else rows.push({ first: glyph, widths: [width] });
  }
  return rows.flatMap((row) => [row.first, row.widths]);
}

/** Which character each glyph stands for, so that text can be searched and copied (PDF 32000-1:2008, 9.10.3). */
function characterMap(characters: readonly number[]): string {
  const ranges = Array.from({ length: Math.ceil(characters.length / RANGE) }, (_, index) => {
    const first = index * RANGE;
    const part = characters.slice(first, first + RANGE);
    const last = first + part.length - 1;
    return `<${hexadecimal(first)}> <${hexadecimal(last)}> [${part.map((code) => `<${utf16(code)}>`).join(" ")}]`;
  });
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${ranges.length} beginbfrange
${ranges.join("\n")}
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}

const hexadecimal = (number: number): string => number.toString(16).padStart(4, "0");
const utf16 = (codePoint: number): string => {
  const text = String.fromCodePoint(codePoint);
  return Array.from({ length: text.length }, (_, index) => hexadecimal(text.charCodeAt(index))).join("");
};
