import { isChip } from "@/lib/report/chips.ts";
import { type Part, plainLabel } from "@/lib/report/format.ts";
import { leadInLength, passageText } from "@/lib/report/prose.ts";
import type { Passage } from "@/lib/report/report.ts";

/** Whether a passage is, or begins with, the sub-heading of this part. Numbering and 情况 may differ. */
function heads(passage: Passage, part: Part): boolean {
  if (passage.kind === "item") return false;
  const words = { kind: passage.kind, content: passage.content.flatMap((inline) => (isChip(inline) ? [] : [inline])) };
  const text = passageText(words);
  const heading = words.kind === "paragraph" ? text.slice(0, leadInLength(words)) : text;
  return heading !== "" && heading.includes(plainLabel(part.heading).replace(/情况$/, ""));
}

/** Whether the section has the sub-heading of this part already. */
export const hasPart = (passages: readonly Passage[], part: Part): boolean =>
  passages.some((passage) => heads(passage, part));

/**
 * Adds the sub-headings that are missing, each in front of the next one that is there. What is written already stays as
 * and where it is.
 */
export function withScaffold(passages: readonly Passage[], parts: readonly Part[]): Passage[] {
  const result = [...passages];
  for (const [index, part] of parts.entries()) {
    if (hasPart(result, part)) continue;
    const later = parts.slice(index + 1);
    const before = result.findIndex((passage) => later.some((next) => heads(passage, next)));
    const heading: Passage = { kind: "heading2", content: [{ text: part.heading }] };
    result.splice(before === -1 ? result.length : before, 0, heading);
  }
  return result;
}
