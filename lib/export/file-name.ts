/** Longest name in characters, extension not counted: file systems stop at 255 bytes, a rare character takes four. */
const LONGEST = 60;

/** A file name that every desktop accepts, see `safeName`. */
export const fileName = (title: string, extension: string): string => `${safeName(title)}.${extension}`;

/**
 * A name of a file or folder that every desktop accepts, Windows above all: without line breaks, control characters and
 * the signs \ / : * ? " < > |, without blanks and dots at its ends, of a sane length. The draft mark at the end of a long
 * title is kept: it is the middle that gives way.
 */
export function safeName(title: string): string {
  const plain = title.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\\/:*?"<>|]/gu, "").replace(/^[\s.]+|[\s.]+$/g, "");
  const isRefused = plain === "" || reservedOnWindows.test(plain);
  return shortened([...(isRefused ? `年度报告${plain}` : plain)]);
}

/** Names of devices, whatever follows them behind a dot. */
const reservedOnWindows = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)/i;

function shortened(characters: string[]): string {
  if (characters.length <= LONGEST) return characters.join("");
  const tail = characters.slice(-LONGEST / 2);
  return [...characters.slice(0, LONGEST - tail.length - 1), "…", ...tail].join("");
}

/** Two files that are kept together may have the same name; the later one gets a number before its extension. */
export function freeName(name: string, taken: Set<string>): string {
  const [stem, extension] = [name.slice(0, name.lastIndexOf(".")), name.slice(name.lastIndexOf("."))];
  let free = name;
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${stem}（${number}）${extension}`;
  taken.add(free.toLowerCase());
  return free;
}
