import { placedPassages, type Stretch, sentencesOf } from "@/lib/checks/text.ts";
import { isChip } from "@/lib/report/chips.ts";
import { type Part, plainLabel } from "@/lib/report/format.ts";
import { leadInLength, passageText } from "@/lib/report/prose.ts";
import type { Passage, PrintedPassage } from "@/lib/report/report.ts";

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

/** Where a section speaks of a part: its sub-heading, and the first sentence below it if there is one. */
export function whereWritten(
  passages: readonly PrintedPassage[],
  part: Part,
): { heading: Stretch; sentence: Stretch | undefined } | undefined {
  const start = passages.findIndex((passage) => heads(passage, part));
  const [head, ...below] = placedPassages(passages).slice(start);
  const passage = passages[start];
  if (!head || !passage) return undefined;
  const lead = leadInLength(passage);
  const end = passages.slice(start + 1).findIndex((next) => levelOf(next) === 2);
  const texts =
    lead > 0 ? [{ text: head.text.slice(lead), from: head.from + lead }] : below.slice(0, end < 0 ? undefined : end);
  const [sentence] = texts.flatMap(sentencesOf);
  return { heading: head, sentence };
}

/** A sub-heading of a section: how deep it is, where it stands, and whether nothing is written below it. */
export type OutlineEntry = Stretch & { level: 2 | 3; empty: boolean; repeated: boolean };

/** The sub-headings of a section as they are printed, those within a paragraph included. */
export function outlineOf(passages: readonly PrintedPassage[]): OutlineEntry[] {
  const seen = new Set<string>();
  return placedPassages(passages).flatMap(({ text, from }, index) => {
    const [passage, next] = [passages[index], passages[index + 1]];
    const level = passage && levelOf(passage);
    if (!level) return [];
    const lead = leadInLength(passage);
    const heading = lead > 0 ? text.slice(0, lead) : text;
    const repeated = seen.has(heading);
    seen.add(heading);
    const empty = lead === 0 && (!next || (levelOf(next) ?? Number.POSITIVE_INFINITY) <= level);
    return [{ level, text: heading, from, empty, repeated }];
  });
}

/** How deep a sub-heading is, or a paragraph that begins with one; undefined for any other. */
function levelOf(passage: PrintedPassage): 2 | 3 | undefined {
  if (passage.kind === "heading3") return 3;
  return passage.kind === "heading2" || leadInLength(passage) > 0 ? 2 : undefined;
}
