import { kindOfLine } from "../report/prose.ts";
import type { PrintedPassage, TextInline } from "../report/report.ts";

/** Numbering that begins a paragraph or a heading. */
const NUMBERED = /^(?:（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\)|\d{1,2}[.．](?!\d))/;
const ENDED = /[。：；！？…:;!?][”’」』）)]*$/;
const UNENDED = /[，、,（(《〈“‘—]$/;
/** A page ends in the middle of a sentence only after a full line; shorter lines without an end are headings. */
const SHORTEST_BROKEN_LINE = 20;

/**
 * Joins paragraphs that a page end has cut in two: a line without 。：； at its end goes on in the next, unless it reads
 * like a heading or the next one begins with a number.
 */
export function joinBrokenLines(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    if (before !== undefined && goesOn(plain(before)) && !NUMBERED.test(plain(line))) {
      joined[joined.length - 1] = before + line;
    } else {
      joined.push(line);
    }
  }
  return joined;
}

function goesOn(line: string): boolean {
  if (ENDED.test(line) || kindOfLine(line) !== "paragraph") return false;
  return UNENDED.test(line) || line.length >= SHORTEST_BROKEN_LINE;
}

/** One paragraph, with Markdown's `**…**` as bold runs. Sub-headings are bold by nature and keep no runs. */
export function passageOf(paragraph: string): PrintedPassage {
  const content = inlines(paragraph);
  const text = content.map((inline) => inline.text).join("");
  const kind = kindOfLine(text);
  return { kind, content: kind === "paragraph" ? content : [{ text }] };
}

/** The paragraph without its Markdown marks. */
export const plain = (paragraph: string): string =>
  inlines(paragraph)
    .map((inline) => inline.text)
    .join("");

const inlines = (paragraph: string): TextInline[] =>
  paragraph
    .split(/\*\*(?=\S)(.+?)\*\*/g)
    .map((text, index): TextInline => (index % 2 === 1 ? { text, bold: true } : { text }))
    .filter((inline) => inline.text !== "");
