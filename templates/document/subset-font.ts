/**
 * Fonts with some of their characters, as an OFD file embeds them and a browser shows them. A subset made for a PDF has
 * outlines and widths only; others look characters up in the font, so the tables that say which glyph a character has,
 * and what the font is, are added here (OpenType specification, chapters cmap, name, OS/2 and post).
 */
import type { TrueTypeFont } from "./true-type/font.ts";
import { writeTables } from "./true-type/tables.ts";

/** Characters in a row whose glyphs are in a row too. */
type Segment = { first: number; last: number; glyph: number };

/** A font file with the glyphs of these characters. The same characters give the same bytes. */
export function subsetFont(font: TrueTypeFont, characters: ReadonlySet<string>): Uint8Array {
  const codePoints = [...characters].map((character) => character.codePointAt(0) ?? 0).sort((a, b) => a - b);
  const subset = font.createSubset();
  const segments = segmentsOf(
    codePoints.map((code) => [code, subset.includeGlyph(font.glyphForCodePoint(code).id)] as const),
  );
  const file = writeTables(
    new Map([
      ...tablesOf(subset.encode()),
      ["cmap", cmapTable(segments)],
      ["name", nameTable(font.postscriptName)],
      ["OS/2", metricsTable(font, segments)],
      ["post", Uint8Array.from([...u32(0x30000), ...repeat(28, 0)])],
    ]),
  );
  tablesOf(file)
    .get("head")
    ?.set(u32(CHECKSUM.total - checksum(file)), CHECKSUM.position);
  return file;
}

/** Where the checksum of the whole file stands in `head`, and what it is counted down from. */
const CHECKSUM = { position: 8, total: 0xb1b0afba };

function segmentsOf(glyphs: readonly (readonly [code: number, glyph: number])[]): Segment[] {
  const segments: Segment[] = [];
  for (const [code, glyph] of glyphs) {
    const last = segments.at(-1);
    if (last && code === last.last + 1 && glyph === last.glyph + code - last.first) last.last = code;
    else segments.push({ first: code, last: code, glyph });
  }
  return segments;
}

/** Characters → glyphs, once for readers that know 16 bits only (format 4) and once in full (format 12). */
function cmapTable(segments: readonly Segment[]): Uint8Array {
  const short = shortMap(segments.filter(({ last }) => last < 0xffff));
  const full = [
    ...u16(12, 0),
    ...u32(16 + 12 * segments.length, 0, segments.length),
    ...segments.flatMap(({ first, last, glyph }) => u32(first, last, glyph)),
  ];
  const start = 20;
  const header = [...u16(0, 2), ...u16(3, 1), ...u32(start), ...u16(3, 10), ...u32(start + short.length)];
  return Uint8Array.from([...header, ...short, ...full]);
}

function shortMap(segments: readonly Segment[]): number[] {
  const all = [...segments, { first: 0xffff, last: 0xffff, glyph: 0 }];
  const count = all.length;
  return [
    ...u16(4, 16 + 8 * count, 0, 2 * count, ...searchHints(count)),
    ...all.flatMap(({ last }) => u16(last)),
    ...u16(0),
    ...all.flatMap(({ first }) => u16(first)),
    ...all.flatMap(({ first, glyph }) => u16(glyph - first)),
    ...repeat(2 * count, 0),
  ];
}

/** Family, style, identifier, full name and PostScript name. */
function nameTable(name: string): Uint8Array {
  const texts = [
    [1, name],
    [2, "Regular"],
    [3, name],
    [4, name],
    [6, name],
  ] as const;
  const records: number[] = [];
  const storage: number[] = [];
  for (const [id, text] of texts) {
    const bytes = [...text].flatMap((character) => u16(character.charCodeAt(0)));
    records.push(...u16(3, 1, 0x409, id, bytes.length, storage.length));
    storage.push(...bytes);
  }
  return Uint8Array.from([...u16(0, texts.length, 6 + records.length), ...records, ...storage]);
}

/** OS/2, version 4: what else a reader wants to know is the height of a line and the range of the characters. */
function metricsTable({ unitsPerEm, ascent, descent }: TrueTypeFont, segments: readonly Segment[]): Uint8Array {
  const [first, last] = [segments[0]?.first ?? 0, segments.at(-1)?.last ?? 0];
  const NORMAL = { weight: 400, width: 5 };
  const REGULAR = 0x40;
  return Uint8Array.from([
    ...u16(4, unitsPerEm, NORMAL.weight, NORMAL.width, 0),
    // Subscripts, superscripts, strikeout, class and PANOSE, Unicode ranges, vendor: not said.
    ...repeat(20 + 12 + 16 + 4, 0),
    ...u16(REGULAR, Math.min(first, 0xffff), Math.min(last, 0xffff)),
    ...u16(ascent, descent, 0, ascent, -descent),
    // Code pages, height of letters, default and break character.
    ...repeat(8 + 10, 0),
  ]);
}

/** The tables of a font file, not copied. */
function tablesOf(file: Uint8Array): Map<string, Uint8Array> {
  const view = viewOf(file);
  const records = Array.from({ length: view.getUint16(4) }, (_, index) => 12 + 16 * index);
  return new Map(
    records.map((record) => {
      const [start, length] = [view.getUint32(record + 8), view.getUint32(record + 12)];
      return [String.fromCharCode(...file.subarray(record, record + 4)), file.subarray(start, start + length)];
    }),
  );
}

/** What a search by halves among numbers of 16 bits starts with: the largest power of two, its exponent, and the rest. */
function searchHints(count: number): [number, number, number] {
  const exponent = Math.floor(Math.log2(count));
  const range = 2 ** exponent * 2;
  return [range, exponent, count * 2 - range];
}

/** The sum of the file as numbers of 32 bits. */
function checksum(file: Uint8Array): number {
  const view = viewOf(file);
  let sum = 0;
  for (let at = 0; at < file.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const repeat = (count: number, byte: number): number[] => Array.from({ length: count }, () => byte);
/** Numbers of 16 and of 32 bits as bytes, highest first; negative ones as two's complement. */
const u16 = (...values: number[]): number[] => values.flatMap((value) => [(value >> 8) & 0xff, value & 0xff]);
const u32 = (...values: number[]): number[] => values.flatMap((value) => u16(value >>> 16, value));
