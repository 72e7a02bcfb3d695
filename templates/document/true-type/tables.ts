/**
 * A TrueType file is a list of tables, each with a name of four letters (OpenType specification, chapter "Font File").
 * All numbers are stored highest byte first.
 */
export type Tables = ReadonlyMap<string, DataView>;

const KIND = { trueType: 0x00010000, appleTrueType: 0x74727565, postScript: 0x4f54544f, collection: 0x74746366 };
const HEADER = 12;
const RECORD = 16;
const required = ["cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"];

/**
 * The tables of a font file, as views of its bytes.
 * @throws Error, one line for the operator in Chinese and English, when it is another kind of file or damaged.
 */
export function readTables(file: Uint8Array): Tables {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  checkKind(file.length < HEADER ? 0 : view.getUint32(0));
  const count = view.getUint16(4);
  if (HEADER + RECORD * count > file.length) throw damaged();
  const tables = new Map(Array.from({ length: count }, (_, index) => readTable(file, view, HEADER + RECORD * index)));
  const missing = required.filter((tag) => !tables.has(tag));
  if (missing.length > 0) throw new Error(`不含字形表 ${missing} / without the tables ${missing}`);
  return tables;
}

/** What is said of a file that is cut off or wrong inside. */
export const damaged = (): Error => new Error("字体文件已损坏 / damaged font file");

function checkKind(kind: number): void {
  if (kind === KIND.trueType || kind === KIND.appleTrueType) return;
  if (kind === KIND.collection)
    throw new Error("是字体集合（ttc），请换成单个 ttf 文件 / a collection, not a single font");
  if (kind === KIND.postScript) {
    throw new Error("是 PostScript 轮廓的字体（otf），请换成 ttf 文件 / PostScript outlines, not TrueType ones");
  }
  throw new Error("不是 TrueType 字体文件 / not a TrueType font file");
}

function readTable(file: Uint8Array, view: DataView, record: number): [tag: string, table: DataView] {
  const tag = String.fromCharCode(...file.subarray(record, record + 4));
  const [offset, length] = [view.getUint32(record + 8), view.getUint32(record + 12)];
  if (offset + length > file.length) throw damaged();
  return [tag, new DataView(file.buffer, file.byteOffset + offset, length)];
}

/** A font file of these tables, each on a boundary of four bytes and with its checksum. */
export function writeTables(tables: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const sorted = [...tables].sort(([one], [other]) => (one < other ? -1 : 1));
  const start = HEADER + RECORD * sorted.length;
  const file = new Uint8Array(sorted.reduce((size, [, { length }]) => size + padded(length), start));
  const view = new DataView(file.buffer);
  writeHeader(view, sorted.length);
  let offset = start;
  for (const [index, [tag, table]] of sorted.entries()) {
    const record = HEADER + RECORD * index;
    file.set(table, offset);
    for (let letter = 0; letter < 4; letter++) view.setUint8(record + letter, tag.charCodeAt(letter));
    view.setUint32(record + 4, checksum(view, offset, padded(table.length)));
    view.setUint32(record + 8, offset);
    view.setUint32(record + 12, table.length);
    offset += padded(table.length);
  }
  return file;
}

/** The kind of file, the number of tables, and three numbers for readers that search by halves. */
function writeHeader(view: DataView, count: number): void {
  const exponent = Math.floor(Math.log2(count));
  view.setUint32(0, KIND.trueType);
  view.setUint16(4, count);
  view.setUint16(6, RECORD * 2 ** exponent);
  view.setUint16(8, exponent);
  view.setUint16(10, RECORD * (count - 2 ** exponent));
}

function checksum(view: DataView, offset: number, length: number): number {
  let sum = 0;
  for (let at = offset; at < offset + length; at += 4) sum = (sum + view.getUint32(at)) | 0;
  return sum >>> 0;
}

/** The next boundary of four bytes, on which tables and outlines begin. */
export const padded = (length: number): number => (length + 3) & ~3;
