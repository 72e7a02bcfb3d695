import { openingOf } from "../report/compose.ts";
import { leadInLength, passageText } from "../report/prose.ts";
import type { PrintedPassage, PrintedReport } from "../report/report.ts";
import { type Amount, amountsIn } from "./amounts.ts";
import type { Source } from "./lookup.ts";
import { placedPassages, readableText, type Stretch } from "./text.ts";

/** A sentence up to its 。, with the sub-heading it stands under and the numbers in it. */
export type Period = Stretch & { part: string; heading: string; isFirst: boolean; amounts: readonly Amount[] };

/** A passage as it is typed, and made readable (`readableText`); both have the same offsets. */
export type ReadPassage = Stretch & { part: string; kind: PrintedPassage["kind"]; typed: string; heading: string };

/** Longer sentences are no prose any more, and nothing is read from them. */
const LONGEST_PERIOD = 3000;

/** Every passage of the prose sections, in printed order. */
export const passagesOf = ({ format, report }: Source): ReadPassage[] =>
  format.sections.flatMap((section) =>
    section.kind === "prose" ? readSection(section.id, report.prose[section.id] ?? []).passages : [],
  );

/** The passages of one prose section. */
export const passagesIn = ({ report }: Source, section: string): readonly ReadPassage[] =>
  readSection(section, report.prose[section] ?? []).passages;

/** Every sentence of the prose sections, headings among them. */
export const periodsOf = ({ format, report }: Source): Period[] =>
  format.sections.flatMap((section) =>
    section.kind === "prose" ? readSection(section.id, report.prose[section.id] ?? []).periods : [],
  );

/** The sentences of one prose section. */
export const periodsIn = ({ report }: Source, section: string): readonly Period[] =>
  readSection(section, report.prose[section] ?? []).periods;

/** The opening as a passage a line, typed and readable. */
export function openingPassages({ format, report }: Source): readonly ReadPassage[] {
  const before = openings.get(report);
  if (before) return before;
  let from = 0;
  const read: ReadPassage[] = [];
  for (const typed of openingOf(format, report).split("\n")) {
    if (typed.trim() !== "") {
      read.push({ part: "opening", kind: "paragraph", typed, text: readableText(typed), from, heading: "" });
    }
    from += typed.length + 1;
  }
  openings.set(report, read);
  return read;
}

const openings = new WeakMap<PrintedReport, readonly ReadPassage[]>();

/** Opening and prose sections: everything the clerk words herself. */
export const allPassages = (source: Source): ReadPassage[] => [...openingPassages(source), ...passagesOf(source)];

type Read = { section: string; passages: ReadPassage[]; periods: Period[] };

/** Kept per list of passages, which never changes in place: typing in one section reads only that one again. */
const known = new WeakMap<readonly PrintedPassage[], Read>();

function readSection(section: string, passages: readonly PrintedPassage[]): Read {
  const before = known.get(passages);
  if (before?.section === section) return before;
  let heading = "";
  const read = placedPassages(passages).map(({ kind, text: typed, from }, index): ReadPassage => {
    const passage = passages[index];
    const lead = passage ? leadInLength(passage) : 0;
    if (kind === "heading2") heading = typed;
    else if (passage && lead > 0) heading = passageText(passage).slice(0, lead);
    return { part: section, kind, typed, text: readableText(typed), from, heading };
  });
  const result = { section, passages: read, periods: read.flatMap(periodsOfPassage) };
  known.set(passages, result);
  return result;
}

function periodsOfPassage({ text, from, part, heading }: ReadPassage): Period[] {
  return [...text.matchAll(/[^。！？\n]+[。！？]?/g)]
    .filter((match) => match[0].length <= LONGEST_PERIOD)
    .map((match) => {
      const stretch = { text: match[0], from: from + match.index };
      return { ...stretch, part, heading, isFirst: match.index === 0, amounts: amountsIn(stretch) };
    });
}
