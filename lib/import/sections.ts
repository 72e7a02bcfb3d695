import type { Format, Section } from "../report/format.ts";
import { bareLabel, labelKey, labelNumber, likeness } from "../sheet/labels.ts";
import type { Piece } from "./text.ts";

export type SectionRead = { section: Section; heading: string; pieces: Piece[] };

const LONGEST_HEADING = 45;
/** A heading with the right number may be worded differently, as long as this much of it is the same. */
const LEAST_LIKENESS = 0.5;
/** What some print in front of a heading that stands for itself in the format. */
const LONG_FORM = /^政府信息公开工作(?=存在)/;

/** Cuts a document at the headings of its sections, in printed order; what comes before the first is `front`. */
export function splitSections(format: Format, pieces: readonly Piece[]): { front: Piece[]; sections: SectionRead[] } {
  const front: Piece[] = [];
  const sections: SectionRead[] = [];
  for (const piece of pieces) {
    const missing = format.sections.filter((section) => sections.every((read) => read.section !== section));
    const found = headingIn(piece, missing);
    if (!found) {
      (sections.at(-1)?.pieces ?? front).push(piece);
      continue;
    }
    const { section, heading, rest } = found;
    sections.push({ section, heading, pieces: rest ? [{ kind: "line", text: rest }] : [] });
  }
  return { front, sections };
}

type Found = { section: Section; heading: string; rest: string };

/** The section that a piece begins, with what else stands in its line. */
function headingIn(piece: Piece, sections: readonly Section[]): Found | undefined {
  const line = plainLine(piece);
  if (line === undefined) return undefined;
  const [, before, behind = ""] = /^([^：:。]+)[：:。](.*)$/s.exec(line) ?? [];
  const heading = before ?? line;
  const section = heading.length <= LONGEST_HEADING ? sectionHeaded(heading, sections) : undefined;
  if (!section) return undefined;
  return behind === "" ? { section, heading: line, rest: "" } : { section, heading, rest: behind.trim() };
}

function plainLine(piece: Piece): string | undefined {
  if (piece.kind === "line") return piece.text.replaceAll("**", "");
  const [only, ...others] = piece.cells.filter((cell) => cell !== "");
  return others.length === 0 ? only : undefined;
}

function sectionHeaded(heading: string, sections: readonly Section[]): Section | undefined {
  const key = labelKey(heading);
  const number = labelNumber(heading);
  if (number.endsWith(")") || /^\d+\./.test(number)) return undefined;
  const bare = bareLabel(heading);
  return (
    sections.find((section) => labelKey(section.heading) === key) ??
    sections.find((section) => bareLabel(section.heading) === bare.replace(LONG_FORM, "")) ??
    sections.find(
      (section) =>
        labelNumber(section.heading) === number.replace(".", "、") &&
        likeness(bareLabel(section.heading), bare) >= LEAST_LIKENESS,
    )
  );
}
