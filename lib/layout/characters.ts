/**
 * Which characters may be parted at the end of a line (避头尾; GB/T 15834-2011 §5.1, CLREQ).
 */

/** Marks that never begin a line. */
export const NO_START = new Set("，。、；：！？．）］｝》〉】〕〗」』”’％‰℃°…—～–·・/,.;:?!)]}%\"'");
/** Marks that never end a line. */
export const NO_END = new Set("（［｛《〈【〔〖「『“‘￥＄$([{\"'");
/** Closing marks that are blank in their right half, which may therefore hang over the end of a line. */
const CLOSING = new Set("，。、；：！？．）］｝》〉】〕〗」』”’");
/** Opening marks that are blank in their left half. */
const OPENING = new Set("（［｛《〈【〔〖「『“‘");

/** Of these, two in a row belong to one number, word or address. */
const WORD = /[0-9A-Za-z０-９Ａ-Ｚａ-ｚ\u00c0-\u024f\u0370-\u03ff\u2212±&+\-.,:/@_%#?=~]/;
const COMBINING = /\p{M}/u;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
/** A hyphen and the no-break spaces, which hold what is beside them together. */
const JOINS = new Set("-\u00a0\u2007\u202f");
const BLANK = /[\p{Zs}\p{Zl}\p{Zp}\p{Cc}]/u;

/** The common ideographs, which are none of what is asked for below: most of a text is told by this alone. */
const isIdeograph = (character: string): boolean => {
  const code = character.charCodeAt(0);
  return code >= 0x4e00 && code <= 0x9fff;
};
/** Between two of them every line may end. */
export const areIdeographs = (before: string, after: string): boolean => isIdeograph(before) && isIdeograph(after);

export const isOpening = (character: string): boolean => OPENING.has(character);
export const isClosing = (character: string): boolean => CLOSING.has(character);
/** Formatting characters that draw nothing. */
export const isInvisible = (character: string): boolean => !isIdeograph(character) && INVISIBLE.test(character);
/** Blanks at which a line may break; no-break spaces are none. */
export const isBlank = (character: string): boolean =>
  !isIdeograph(character) && BLANK.test(character) && !JOINS.has(character);

/** Whether a line may end with `before` and the next begin with `after`, with nothing or only blanks between them. */
export const mayPart = (before: string, after: string, blankBetween: boolean): boolean =>
  mayPartInWord(before, after) && before !== "/" && (blankBetween || !isWithinWord(before, after));

/** The same for an address that is longer than a line: behind the marks that part it for a reader. */
export const mayPartInAddress = (before: string, after: string): boolean =>
  mayPartInWord(before, after) && (ADDRESS_JOINT.test(before) || !isWithinWord(before, after));
const isWithinWord = (before: string, after: string): boolean =>
  !isIdeograph(before) && !isIdeograph(after) && WORD.test(before) && WORD.test(after);
const ADDRESS_JOINT = /[/?&=#_]/;

/** The same for the name of a host or mailbox that is longer than a line: behind its dots, too. */
export const mayPartInHost = (before: string, after: string): boolean =>
  mayPartInAddress(before, after) || (mayPartInWord(before, after) && /[.@]/.test(before));

/**
 * The same for a word that is longer than a line. Never at a hyphen, which a reader (man or machine) would take for a
 * division of his own, nor at a blank that is there to hold its neighbours together.
 */
export const mayPartInWord = (before: string, after: string): boolean =>
  (isIdeograph(after) || isStart(after)) && !NO_END.has(before) && !JOINS.has(before);
const isStart = (character: string): boolean =>
  !NO_START.has(character) && !COMBINING.test(character) && !JOINS.has(character);
