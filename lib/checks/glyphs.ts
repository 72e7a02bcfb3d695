import { openingOf, titleOf } from "../report/compose.ts";
import type { RawFinding, Rule } from "./catalogue.ts";
import { type CheckContext, cellAddress, passageAddress } from "./finding.ts";
import { textOf } from "./lookup.ts";

export const glyphRules: readonly Rule[] = [uncoveredCharacters];

/** P13: every character can be printed. Each that cannot is named once in its part, where it first stands. */
function uncoveredCharacters({ format, report, covers }: CheckContext): RawFinding[] {
  if (!covers) return [];
  const uncovered = (text: string) => [...new Set(text)].filter((character) => !covers(character));
  const whole = (at: string, text: string): RawFinding[] =>
    uncovered(text).map((character) => ({ code: "P13", at, params: { character } }));
  const exact = (part: string, text: string): RawFinding[] =>
    uncovered(text).map((character) => {
      const from = text.indexOf(character);
      return { code: "P13", at: passageAddress(part, from, from + character.length), params: { character } };
    });
  return [
    ...whole("title", titleOf(format, report)),
    ...exact("opening", openingOf(format, report)),
    ...format.sections.flatMap((section) =>
      section.kind === "prose"
        ? exact(section.id, textOf(report, section.id))
        : Object.entries(report.tables[section.id] ?? {}).flatMap(([row, entries]) =>
            Object.entries(entries).flatMap(([column, entry]) =>
              whole(cellAddress(section.id, row, column), String(entry ?? "")),
            ),
          ),
    ),
    ...whole("closing", `${report.closing.signature ?? ""}${report.closing.note ?? ""}`),
  ];
}
