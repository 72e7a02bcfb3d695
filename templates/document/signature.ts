import { page } from "./style.ts";

/** Beyond this the 署名 fills more than one line and the date keeps to the middle of the page. */
const FURTHEST_INDENT = page.characters / 2;

/** Least distance from the right edge, and of the date from the beginning of 署名. */
const GAP = 2;

/**
 * How many characters 署名 and 成文日期 stand away from the right edge: the name two, the date beginning two characters to
 * the right of it. When the date reaches further it takes the edge and the name moves in (GB/T 9704, without a seal).
 */
export function signatureIndents(organisation: string, date: string): { organisation: number; date: number } {
  const overhang = widthInCharacters(organisation) - widthInCharacters(date);
  const indent = (characters: number) => Math.min(Math.max(GAP, characters), FURTHEST_INDENT);
  return {
    organisation: date ? indent(2 * GAP - overhang) : GAP,
    date: organisation ? indent(overhang) : GAP,
  };
}

/** Digits and Latin letters are half as wide as a character. */
const widthInCharacters = (text: string): number =>
  [...text].reduce((width, character) => width + (/[ -~]/.test(character) ? 0.5 : 1), 0);
