import { chipText, isChip } from "./chips.ts";
import type { Format } from "./format.ts";
import { itemNumbers, printedNumber } from "./prose.ts";
import type { Inline, Passage, Report } from "./report.ts";

/** New words for a stretch of a section's plain text (UTF-16 offsets). */
export type Replacement = { from: number; to: number; text: string };

/**
 * A section with some of its words replaced. The new words are bold where the first of the old ones was. Chips and the
 * numbers of items stay; passages without anything to replace keep their identity. Replacements must not overlap.
 */
export function withReplacements(
  format: Format,
  tables: Report["tables"],
  passages: readonly Passage[],
  replacements: readonly Replacement[],
): Passage[] {
  const numbers = itemNumbers(passages);
  let from = 0;
  return passages.map((passage, index) => {
    const number = numbers.get(index);
    from += number === undefined ? 0 : printedNumber(number).length;
    let isChanged = false;
    const content = passage.content.flatMap((inline): Inline[] => {
      const to = from + (isChip(inline) ? chipText(format, tables, inline.figure) : inline.text).length;
      const start = from;
      from = to;
      const touching = isChip(inline) ? [] : replacements.filter((one) => one.from < to && one.to > start);
      if (isChip(inline) || touching.length === 0) return [inline];
      isChanged = true;
      const text = replaced(inline.text, start, touching);
      return text === "" ? [] : [{ ...inline, text }];
    });
    from += 1;
    return isChanged ? { ...passage, content } : passage;
  });
}

/** Words that a stretch goes on with after it began in the inline before have been replaced there. */
function replaced(text: string, start: number, replacements: readonly Replacement[]): string {
  let result = "";
  let done = 0;
  for (const { from, to, text: words } of [...replacements].sort((a, b) => a.from - b.from)) {
    const begin = Math.max(from - start, 0);
    result += text.slice(done, begin) + (from >= start ? words : "");
    done = Math.min(to - start, text.length);
  }
  return result + text.slice(done);
}
