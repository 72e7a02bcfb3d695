import type { Passage, PrintedInline, PrintedPassage } from "./report.ts";

const SECOND_LEVEL = /^（[一二三四五六七八九十]+）|^\([一二三四五六七八九十]+\)/;
const THIRD_LEVEL = /^\d{1,2}[.．](?!\d)/;
/** Longer lines that begin with a number are paragraphs with a lead-in, not headings. */
const LONGEST_HEADING = 40;

/** Whether a line could be a heading: it is short and holds at most one sentence. */
export const mayBeHeading = (line: string): boolean => line.length <= LONGEST_HEADING && !/[。！？；：:;]./u.test(line);

/** What a line of plain text is. */
export function kindOfLine(line: string): PrintedPassage["kind"] {
  if (!mayBeHeading(line)) return "paragraph";
  if (SECOND_LEVEL.test(line)) return "heading2";
  if (THIRD_LEVEL.test(line)) return "heading3";
  return "paragraph";
}

/** Plain text → passages: a line a passage, blank lines and blanks around a line dropped. */
export const parsePassages = (text: string): PrintedPassage[] =>
  text
    .split(/\r\n|[\n\r\u2028\u2029\v]/)
    .map((line) => line.replace(/^[\s\u3000]+|[\s\u3000]+$/g, ""))
    .filter((line) => line !== "")
    .map((line) => ({ kind: kindOfLine(line), content: [{ text: line }] }));

/** Printed passages → plain text, the inverse of `parsePassages`. Findings count their offsets (UTF-16) in this text. */
export const plainText = (passages: readonly PrintedPassage[]): string => passages.map(passageText).join("\n");

export const passageText = (passage: PrintedPassage): string => passage.content.map((inline) => inline.text).join("");

/** The numbers of numbered items by position in the section; every run of items counts from 1, and an empty one has none. */
export function itemNumbers(passages: readonly Pick<Passage, "kind" | "content">[]): ReadonlyMap<number, number> {
  const numbers = new Map<number, number>();
  let last = 0;
  for (const [index, { kind, content }] of passages.entries()) {
    if (kind !== "item") last = 0;
    else if (content.length > 0) numbers.set(index, ++last);
  }
  return numbers;
}

/** The number of an item as it is printed in front of its text. */
export const printedNumber = (number: number): string => `${number}.`;

/**
 * The lead-in of a numbered paragraph: `（一）主动公开情况。` in front of its own text, printed like a heading.
 * Returns its length in UTF-16 units, 0 when the paragraph has none.
 */
export function leadInLength(passage: PrintedPassage): number {
  if (passage.kind !== "paragraph") return 0;
  const text = passageText(passage);
  if (!SECOND_LEVEL.test(text)) return 0;
  const end = text.search(/[。：:]/);
  return end > 0 && end < LONGEST_HEADING && end < text.length - 1 ? end + 1 : 0;
}

/** Cuts the content of a passage at an offset. */
export function splitInlines(content: readonly PrintedInline[], at: number): [PrintedInline[], PrintedInline[]] {
  const head: PrintedInline[] = [];
  const tail: PrintedInline[] = [];
  let position = 0;
  for (const inline of content) {
    const cut = Math.min(Math.max(at - position, 0), inline.text.length);
    if (cut > 0) head.push({ ...inline, text: inline.text.slice(0, cut) });
    if (cut < inline.text.length) tail.push({ ...inline, text: inline.text.slice(cut) });
    position += inline.text.length;
  }
  return [head, tail];
}
