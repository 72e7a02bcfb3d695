/** Characters as a part of an address: their code points in hexadecimal digits, `4e00-20bb7`, in ascending order. */
export const namesOf = (characters: Iterable<string>): string =>
  [...new Set(characters)]
    .map((character) => character.codePointAt(0) ?? 0)
    .sort((a, b) => a - b)
    .map((codePoint) => codePoint.toString(16))
    .join("-");

/** The characters of such an address; undefined where it is none, or names more than `most`. */
export function charactersNamed(names: string, most: number): Set<string> | undefined {
  if (names.length > most * LONGEST_NAME || !NAMES.test(names)) return undefined;
  const codePoints = names.split("-").map((name) => Number.parseInt(name, 16));
  if (codePoints.length > most || codePoints.some((codePoint) => codePoint > LAST_CODE_POINT)) return undefined;
  return new Set(codePoints.map((codePoint) => String.fromCodePoint(codePoint)));
}

/** Digits of the last code point and the hyphen. */
const LONGEST_NAME = 7;
const NAMES = /^[0-9a-f]{1,6}(?:-[0-9a-f]{1,6})*$/;
const LAST_CODE_POINT = 0x10ffff;
