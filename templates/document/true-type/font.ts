import { type Characters, readCharacters } from "./characters.ts";
import { TrueTypeSubset } from "./subset.ts";
import { damaged, readTables, type Tables } from "./tables.ts";

/** A glyph; `advanceWidth` is in font units. */
type FontGlyph = { id: number; advanceWidth: number };
/**
 * In a PDF a glyph reads as one character only. One that draws several (a blank and a no-break blank, 文 and the radical ⽂)
 * is therefore taken once for each of them: beyond this factor its number says for which.
 */
const GLYPHS = 0x10000;

/**
 * A TrueType font, read as far as page layout and embedding need it: widths, coverage, subsets.
 * Characters are drawn one by one: no ligatures, no kerning, which official documents do without. Lengths are in font
 * units, `unitsPerEm` to the em.
 */
export class TrueTypeFont {
  readonly unitsPerEm: number;
  /** Above and below the baseline; `descent` is negative. */
  readonly ascent: number;
  readonly descent: number;
  readonly lineGap: number;
  readonly bbox: { minX: number; minY: number; maxX: number; maxY: number };
  /** Degrees counter-clockwise from the vertical. */
  readonly italicAngle: number;
  readonly capHeight: number;
  readonly xHeight: number;
  readonly postscriptName: string;
  readonly numGlyphs: number;
  /** That of the whole file, by which two fonts of one name are told apart. */
  readonly checksum: number;
  readonly isItalic: boolean;
  readonly isFixedPitch: boolean;
  /** The IBM class of the design (OpenType specification, chapter "OS/2"); 1 to 7 have serifs. */
  readonly familyClass: number;

  readonly #tables: Tables;
  readonly #glyf: DataView;
  readonly #loca: DataView;
  readonly #hmtx: DataView;
  readonly #longOffsets: boolean;
  readonly #widths: number;
  readonly #characters: Characters;
  readonly #glyphs = new Map<number, FontGlyph>();

  /** @throws Error, one line for the operator in Chinese and English, when the file is no TrueType font or damaged. */
  constructor(file: Uint8Array) {
    this.#tables = readTables(file);
    const [head, hhea, os2, post] = [
      this.#table("head"),
      this.#table("hhea"),
      this.#tables.get("OS/2"),
      this.#tables.get("post"),
    ];
    this.unitsPerEm = head.getUint16(18);
    this.bbox = { minX: head.getInt16(36), minY: head.getInt16(38), maxX: head.getInt16(40), maxY: head.getInt16(42) };
    this.checksum = head.getUint32(8);
    this.isItalic = (head.getUint16(44) & 2) !== 0;
    this.ascent = hhea.getInt16(4);
    this.descent = hhea.getInt16(6);
    this.lineGap = hhea.getInt16(8);
    this.italicAngle = post ? post.getInt32(4) / 0x10000 : 0;
    this.isFixedPitch = post ? post.getUint32(12) !== 0 : false;
    this.familyClass = os2 ? os2.getInt16(30) >> 8 : 0;
    const heights = os2 && os2.getUint16(0) >= 2 ? os2 : undefined;
    this.xHeight = heights?.getInt16(86) ?? 0;
    this.capHeight = heights?.getInt16(88) ?? this.ascent;
    this.numGlyphs = this.#table("maxp").getUint16(4);
    this.#glyf = this.#table("glyf");
    this.#loca = this.#table("loca");
    this.#hmtx = this.#table("hmtx");
    this.#longOffsets = head.getInt16(50) === 1;
    this.#widths = hhea.getUint16(34);
    this.#checkLengths();
    this.postscriptName = readPostscriptName(this.#tables.get("name"));
    this.#characters = readCharacters(this.#table("cmap"));
  }

  hasGlyphForCodePoint(codePoint: number): boolean {
    return this.glyphForCodePoint(codePoint).id !== 0;
  }

  /** The glyph of a character; glyph 0, a box, where the font has none. */
  glyphForCodePoint(codePoint: number): FontGlyph {
    const known = this.#glyphs.get(codePoint);
    if (known) return known;
    const id = this.#glyphNumber(codePoint);
    const glyph = { id, advanceWidth: this.advanceOf(id) };
    this.#glyphs.set(codePoint, glyph);
    return glyph;
  }

  /** Every character of the font in ascending order, with its width. */
  *characterWidths(): Generator<[codePoint: number, width: number]> {
    for (const [first, last] of this.#characters.ranges) {
      for (let codePoint = first; codePoint <= last; codePoint++) {
        const id = this.#glyphNumber(codePoint);
        if (id !== 0) yield [codePoint, this.advanceOf(id)];
      }
    }
  }

  /** The number of a character's glyph in subsets of this font: another for each character, even if they look the same. */
  glyphOfItsOwn(codePoint: number): number {
    return this.glyphForCodePoint(codePoint).id + GLYPHS * codePoint;
  }

  /** Width of a glyph. The last width of the table stands for all glyphs behind it. */
  advanceOf(glyph: number): number {
    return this.#hmtx.getUint16(4 * Math.min(glyph, this.#widths - 1));
  }

  createSubset(): TrueTypeSubset {
    return new TrueTypeSubset({
      tables: this.#tables,
      outline: (glyph) => this.#outline(glyph % GLYPHS),
      advance: (glyph) => this.advanceOf(glyph % GLYPHS),
      bearing: (glyph) => this.#bearing(glyph % GLYPHS),
    });
  }

  #table(tag: string): DataView {
    const table = this.#tables.get(tag);
    if (!table) throw damaged();
    return table;
  }

  #checkLengths(): void {
    const offsets = (this.numGlyphs + 1) * (this.#longOffsets ? 4 : 2);
    const widths = 4 * this.#widths + 2 * Math.max(0, this.numGlyphs - this.#widths);
    const complete = this.#loca.byteLength >= offsets && this.#hmtx.byteLength >= widths && this.#widths > 0;
    if (!complete || this.#offset(this.numGlyphs) > this.#glyf.byteLength) throw damaged();
  }

  #glyphNumber(codePoint: number): number {
    const listed = this.#characters.glyphOf(codePoint);
    return listed < this.numGlyphs ? listed : 0;
  }

  #outline(glyph: number): Uint8Array {
    const [start, end] = [this.#offset(glyph), this.#offset(glyph + 1)];
    if (start > end || end > this.#glyf.byteLength) throw damaged();
    return new Uint8Array(this.#glyf.buffer, this.#glyf.byteOffset + start, end - start);
  }

  #offset(glyph: number): number {
    return this.#longOffsets ? this.#loca.getUint32(4 * glyph) : 2 * this.#loca.getUint16(2 * glyph);
  }

  #bearing(glyph: number): number {
    return this.#hmtx.getInt16(glyph < this.#widths ? 4 * glyph + 2 : 2 * this.#widths + 2 * glyph);
  }
}

const POSTSCRIPT_NAME = 6;

/** The name by which a PDF lists the font, letters of ASCII (OpenType specification, chapter "name"). */
function readPostscriptName(names: DataView | undefined): string {
  const records = names ? Array.from({ length: names.getUint16(2) }, (_, index) => 6 + 12 * index) : [];
  const record = records.find((candidate) => names?.getUint16(candidate + 6) === POSTSCRIPT_NAME);
  if (!names || record === undefined) return "Unnamed";
  const start = names.byteOffset + names.getUint16(4) + names.getUint16(record + 10);
  const stored = new Uint8Array(names.buffer, start, names.getUint16(record + 8));
  return String.fromCharCode(...stored.filter((byte) => byte > 0x20 && byte < 0x7f)) || "Unnamed";
}
