import { damaged, padded, type Tables, writeTables } from "./tables.ts";

/** What a subset takes from its font. */
type Source = {
  tables: Tables;
  /** The outline of a glyph as it is stored, empty for a blank one. */
  outline(glyph: number): Uint8Array;
  /** Width and left side bearing of a glyph, in font units. */
  advance(glyph: number): number;
  bearing(glyph: number): number;
};

/** How a part of a composite glyph is stored (OpenType specification, chapter "glyf"). */
const FLAG = { wordArguments: 1, scale: 8, more: 32, twoScales: 64, matrix: 128 };
/** Programs that hinted outlines call. */
const programs = ["cvt ", "fpgm", "prep"];

/** Some of the glyphs of a font under new numbers, in the order in which they are asked for. Glyph 0 is always the first. */
export class TrueTypeSubset {
  readonly #source: Source;
  readonly #numbers = new Map([[0, 0]]);

  constructor(source: Source) {
    this.#source = source;
  }

  /** Takes a glyph into the subset. Returns its number there. */
  includeGlyph(glyph: number): number {
    const known = this.#numbers.get(glyph);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(glyph, number);
    return number;
  }

  /** The font file of the glyphs so far: the tables that a PDF asks for, none for finding or naming characters. */
  encode(): Uint8Array {
    const outlines = this.#outlines();
    const count = outlines.length;
    const tables = new Map([
      ...this.#copies(programs),
      ["glyf", joined(outlines)],
      ["hmtx", this.#widths()],
      ["loca", offsets(outlines)],
      [
        "head",
        this.#changed("head", [
          { at: 8, value: 0 },
          { at: 10, value: 0 },
          { at: 50, value: 1 },
        ]),
      ],
      ["hhea", this.#changed("hhea", [{ at: 34, value: count }])],
      ["maxp", this.#changed("maxp", [{ at: 4, value: count }])],
    ]);
    return writeTables(tables);
  }

  /** The glyphs grow while they are walked: a composite brings its parts along. */
  #outlines(): Uint8Array[] {
    const outlines: Uint8Array[] = [];
    for (const glyph of this.#numbers.keys()) outlines.push(this.#renumbered(this.#source.outline(glyph)));
    return outlines;
  }

  /** A composite names its parts by number, which are others here. */
  #renumbered(outline: Uint8Array): Uint8Array {
    if (outline.length === 0 || viewOf(outline).getInt16(0) >= 0) return outline;
    const copy = outline.slice();
    const view = viewOf(copy);
    let position = 10;
    let flags = FLAG.more;
    while (flags & FLAG.more) {
      if (position + 4 > copy.length) throw damaged();
      flags = view.getUint16(position);
      view.setUint16(position + 2, this.includeGlyph(view.getUint16(position + 2)));
      position += 4 + (flags & FLAG.wordArguments ? 4 : 2) + transformLength(flags);
    }
    return copy;
  }

  #widths(): Uint8Array {
    const table = new Uint8Array(4 * this.#numbers.size);
    const view = viewOf(table);
    for (const [glyph, number] of this.#numbers) {
      view.setUint16(4 * number, this.#source.advance(glyph));
      view.setInt16(4 * number + 2, this.#source.bearing(glyph));
    }
    return table;
  }

  #copies(tags: readonly string[]): [string, Uint8Array][] {
    return tags.flatMap((tag) => {
      const table = this.#source.tables.get(tag);
      return table ? [[tag, bytesOf(table)] as [string, Uint8Array]] : [];
    });
  }

  /** A copy of a table with other numbers of 16 bits at some places. */
  #changed(tag: string, changes: readonly { at: number; value: number }[]): Uint8Array {
    const table = this.#source.tables.get(tag);
    if (!table) throw damaged();
    const copy = bytesOf(table).slice();
    for (const { at, value } of changes) viewOf(copy).setUint16(at, value);
    return copy;
  }
}

function transformLength(flags: number): number {
  if (flags & FLAG.scale) return 2;
  if (flags & FLAG.twoScales) return 4;
  return flags & FLAG.matrix ? 8 : 0;
}

/** Outlines one behind the other, each on a boundary of four bytes. */
function joined(outlines: readonly Uint8Array[]): Uint8Array {
  const table = new Uint8Array(outlines.reduce((size, { length }) => size + padded(length), 0));
  let offset = 0;
  for (const outline of outlines) {
    table.set(outline, offset);
    offset += padded(outline.length);
  }
  return table;
}

/** Where each of these outlines begins, and where the last one ends, as numbers of 32 bits. */
function offsets(outlines: readonly Uint8Array[]): Uint8Array {
  const table = new Uint8Array(4 * (outlines.length + 1));
  const view = viewOf(table);
  let offset = 0;
  for (const [index, outline] of outlines.entries()) {
    offset += padded(outline.length);
    view.setUint32(4 * (index + 1), offset);
  }
  return table;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const bytesOf = (view: DataView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
