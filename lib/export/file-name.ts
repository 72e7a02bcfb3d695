/** Longest name in characters, extension not counted: file systems stop at 255 bytes, a rare character takes four. */
const LONGEST = 60;

/**
 * A file name that every desktop accepts, Windows above all: without line breaks, control characters and the signs
 * \ / : * ? " < > |, without blanks and dots at its ends, of a sane length. The draft mark at the end of a long title
 * is kept: it is the middle that gives way.
 */
export function fileName(title: string, extension: string): string {
  const plain = title.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\\/:*?"<>|]/gu, "").replace(/^[\s.]+|[\s.]+$/g, "");
  const safe = reservedOnWindows.test(plain) ? "" : plain;
  return `${shortened([...(safe || "年度报告")])}.${extension}`;
}

const reservedOnWindows = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

function shortened(characters: string[]): string {
  if (characters.length <= LONGEST) return characters.join("");
  const tail = characters.slice(-LONGEST / 2);
  return [...characters.slice(0, LONGEST - tail.length - 1), "…", ...tail].join("");
}
