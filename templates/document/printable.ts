/** Text without characters that no document can hold: control characters but tab and line ends, halves of pairs, non-characters. */
export const printable = (text: string): string => text.replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu, "");
