/** What a font says of characters. */
export type Characters = {
  /** The number of the glyph that draws a character; 0 where the font has none. */
  glyphOf: (codePoint: number) => number;
  /** Code points, first and last, among which are all that the font has; in ascending order. */
  ranges: readonly (readonly [first: number, last: number])[];
};

const MACINTOSH = 1;
/** The ways of listing characters that are read, the better one last. */
const FORMATS = [4, 12];
const LAST_CODE_POINT = 0x10ffff;

/**
 * Reads which glyph draws a character (OpenType specification, chapter "cmap"): from ranges of any code point (format 12)
 * or, in a font without them, from ranges of the Basic Multilingual Plane (format 4).
 */
export function readCharacters(cmap: DataView): Characters {
  const lists = Array.from({ length: cmap.getUint16(2) }, (_, index) => 4 + 8 * index)
    .filter((record) => cmap.getUint16(record) !== MACINTOSH)
    .map((record) => tableFrom(cmap, cmap.getUint32(record + 4)))
    .filter((list) => FORMATS.includes(list.getUint16(0)))
    .sort((one, other) => other.getUint16(0) - one.getUint16(0));
  const [best] = lists;
  if (!best) throw new Error("没有 Unicode 字符表 / without a Unicode character map");
  return best.getUint16(0) === 12
    ? { glyphOf: (codePoint) => glyphInGroups(best, codePoint), ranges: rangesOfGroups(best) }
    : { glyphOf: (code) => glyphInSegments(best, code), ranges: rangesOfSegments(best) };
}

const tableFrom = (view: DataView, offset: number): DataView =>
  new DataView(view.buffer, view.byteOffset + offset, view.byteLength - offset);

/** Format 12: groups of first character, last character and first glyph, in order. */
function glyphInGroups(list: DataView, codePoint: number): number {
  const group = (index: number): number => 16 + 12 * index;
  const index = firstIndex(list.getUint32(12), (candidate) => list.getUint32(group(candidate) + 4) >= codePoint);
  if (index === undefined) return 0;
  const first = list.getUint32(group(index));
  return codePoint < first ? 0 : list.getUint32(group(index) + 8) + codePoint - first;
}

const rangesOfGroups = (list: DataView): Characters["ranges"] =>
  Array.from({ length: list.getUint32(12) }, (_, index) => {
    const group = 16 + 12 * index;
    return [list.getUint32(group), Math.min(list.getUint32(group + 4), LAST_CODE_POINT)];
  });

/**
 * Format 4: last characters, first characters, differences and offsets of all segments, each kind in a row. A glyph is
 * its character plus the difference, or stands in a list that the offset leads to, counted from where the offset stands.
 */
function glyphInSegments(list: DataView, codePoint: number): number {
  const twice = list.getUint16(6);
  const index = firstIndex(twice / 2, (candidate) => list.getUint16(14 + 2 * candidate) >= codePoint);
  if (index === undefined) return 0;
  const first = list.getUint16(16 + twice + 2 * index);
  if (codePoint < first) return 0;
  const difference = list.getUint16(16 + 2 * twice + 2 * index);
  const position = 16 + 3 * twice + 2 * index;
  const offset = list.getUint16(position);
  if (offset === 0) return (codePoint + difference) & 0xffff;
  const listed = list.getUint16(position + offset + 2 * (codePoint - first));
  return listed === 0 ? 0 : (listed + difference) & 0xffff;
}

function rangesOfSegments(list: DataView): Characters["ranges"] {
  const twice = list.getUint16(6);
  return Array.from({ length: twice / 2 }, (_, index) => [
    list.getUint16(16 + twice + 2 * index),
    list.getUint16(14 + 2 * index),
  ]);
}

/** The first of so many indices for which the test holds, once it holds for all that follow. */
function firstIndex(count: number, test: (index: number) => boolean): number | undefined {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low < count ? low : undefined;
}
